"""How many ideas came to the themes lately, as a picture shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from cocreation.ideas.ids import ThemeId
from cocreation.ideas.movement import ThemeActivity
from cocreation.ideas.period import Period

STEPS = 8
"""Periods in the picture; the last is the one that it is about."""

ROWS = 6
"""Themes in it, at most."""

RISING = 3
"""Rows that are kept for those that got most ideas now, before those that got most in all."""


@dataclass(frozen=True, slots=True)
class TrendRow:
    """A theme and what came to it in each of the periods, the oldest first."""

    id: ThemeId
    label: str
    colour: int
    counts: tuple[int, ...]

    @property
    def now(self) -> int:
        return self.counts[-1]

    @property
    def before(self) -> int:
        return self.counts[-2]


@dataclass(frozen=True, slots=True)
class Trend:
    """`periods` touch, the oldest first; what came to most themes lately comes first among the rows."""

    periods: tuple[Period, ...]
    rows: tuple[TrendRow, ...]


def trend_periods(period: Period, zone: ZoneInfo) -> tuple[Period, ...]:
    """The period and those of the same length before it, the oldest first."""
    return (*reversed(period.earlier(zone, STEPS - 1)), period)


def trend_of(themes: Sequence[ThemeActivity], periods: Sequence[Period]) -> Trend:
    """The themes that a picture has room for, of those to which something came.

    Their `earlier` counts are those of the periods before the last one, the latest first.
    """
    rows = [_row(theme, len(periods)) for theme in themes]
    spoken = [row for row in rows if any(row.counts)]
    rising = sorted((row for row in spoken if row.now), key=_by_now)[:RISING]
    others = sorted((row for row in spoken if row not in rising), key=lambda row: (-sum(row.counts), row.id))
    return Trend(tuple(periods), tuple(sorted([*rising, *others][:ROWS], key=_by_now)))


def _row(theme: ThemeActivity, steps: int) -> TrendRow:
    earlier = theme.earlier[: steps - 1]
    return TrendRow(theme.id, theme.label, theme.colour, (*reversed(earlier), theme.arrived))


def _by_now(row: TrendRow) -> tuple[int, int, int]:
    return -row.now, -sum(row.counts), row.id
