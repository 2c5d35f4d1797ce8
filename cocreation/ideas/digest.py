"""The digest: what facilitators receive on a schedule. Numbers and quotes in, a value out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.reply import WaitingIdea

MAIN = "main"
"""The ledger's name for the digest that facilitators receive."""

LINES = 3
"""Themes or ideas that a section of the digest lists at most."""

NEWEST = 4
LARGEST = 5

NOTICEABLE = 5
"""Fewer ideas make no busy week, and no calm one."""

SEVERAL = 3
"""Themes over which ideas can be said to spread."""


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` (included) to `end` (not included), aware UTC.

    An open one ends at the moment at which somebody asks, and not with a day.
    """

    start: datetime
    end: datetime
    is_open: bool = False

    def before(self) -> "Period":
        """The period of the same length that ends where this one starts."""
        return Period(self.start - (self.end - self.start), self.start)

    @property
    def days(self) -> int:
        """Its length in whole days, at least one, whatever a clock change adds or takes."""
        return max(1, round((self.end - self.start) / timedelta(days=1)))


@dataclass(frozen=True, slots=True)
class Counts:
    """What happened in one period. `people` wrote at least one idea, `newcomers` their first; `answers` are
    the town's."""

    ideas: int = 0
    people: int = 0
    newcomers: int = 0
    supports: int = 0
    answers: int = 0


@dataclass(frozen=True, slots=True)
class ThemeActivity:
    """A theme's published ideas: in all, in the period, in the one before, and when the last one came.

    `quotes` stand for it, the best one first.
    """

    id: ThemeId
    label: str
    size: int
    arrived: int
    arrived_before: int
    quotes: tuple[str, ...]
    last_idea_at: datetime | None
    born_at: datetime


@dataclass(frozen=True, slots=True)
class SupportedIdea:
    """An idea with its supports."""

    id: IdeaId
    text: str
    supports: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewestIdea:
    """An idea of the period and the name of its theme, where it has one."""

    id: IdeaId
    text: str
    theme: str | None
    created_at: datetime


class HeadlineKind(StrEnum):
    """The rule that speaks. SPREAD says that no theme stands out, PLAIN has nothing to say."""

    NOTHING_YET = "nothing_yet"
    EMPTY = "empty"
    THEME = "theme"
    FIRST = "first"
    BUSIER = "busier"
    CALMER = "calmer"
    SPREAD = "spread"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Headline:
    """The period in one sentence, as data: which rule spoke, with its theme and numbers.

    `share` is what the theme brought, what came in the period before, or how many themes got ideas.
    """

    kind: HeadlineKind
    theme: str | None = None
    share: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Digest:
    """One period of a town's co-creation, ready to be put into words."""

    period: Period
    counts: Counts
    before: Counts
    total_ideas: int
    headline: Headline
    grew: tuple[ThemeActivity, ...]
    born: tuple[ThemeActivity, ...]
    quiet: tuple[ThemeActivity, ...]
    largest: tuple[ThemeActivity, ...]
    supported: tuple[SupportedIdea, ...]
    newest: tuple[NewestIdea, ...]
    without_theme: int
    waiting: tuple[WaitingIdea, ...] = ()
    """Those without an answer that have most support, of `waiting_count`."""
    waiting_count: int = 0
    is_late: bool = False


def compose_digest(
    period: Period,
    *,
    counts: Counts,
    before: Counts,
    total_ideas: int,
    themes: Sequence[ThemeActivity],
    supported: Sequence[SupportedIdea],
    newest: Sequence[NewestIdea],
    without_theme: int,
    waiting: Sequence[WaitingIdea] = (),
    waiting_count: int = 0,
    is_late: bool = False,
) -> Digest:
    """The digest that these numbers make. Pure: the same numbers give the same digest."""
    newest = newest[:NEWEST]
    said = {idea.text for idea in newest}
    told = [replace(t, quotes=tuple(quote for quote in t.quotes if quote not in said)) for t in themes]
    born = sorted((t for t in told if _is_born(t, period)), key=lambda t: (-t.size, t.id))
    grew = sorted(
        (t for t in told if t.arrived > 0 and not _is_born(t, period)),
        key=lambda t: (-t.arrived, -t.size, t.id),
    )
    moving = {t.id for t in (*born[:LINES], *grew[:LINES])}
    largest = sorted((t for t in told if t.id not in moving), key=lambda t: (-t.size, t.id))
    quiet = sorted((t for t in told if _fell_quiet(t, period)), key=lambda t: (-t.size, t.id))
    return Digest(
        period=period,
        counts=counts,
        before=before,
        total_ideas=total_ideas,
        headline=_headline(counts, before, total_ideas, [*grew, *born]),
        grew=tuple(grew[:LINES]),
        born=tuple(born[:LINES]),
        quiet=tuple(quiet[:2]),
        largest=tuple(largest[:LARGEST]),
        supported=tuple(supported[:LINES]),
        newest=tuple(newest),
        without_theme=without_theme,
        waiting=tuple(waiting[:LINES]),
        waiting_count=waiting_count,
        is_late=is_late,
    )


def _is_born(theme: ThemeActivity, period: Period) -> bool:
    """A theme that is new, and not just found anew among ideas that were there."""
    return theme.born_at >= period.start and theme.arrived == theme.size


def _fell_quiet(theme: ThemeActivity, period: Period) -> bool:
    """Whether a third period without an idea ends here, which is news once and not every week."""
    length = period.end - period.start
    latest = theme.last_idea_at
    return latest is not None and period.end - 4 * length <= latest < period.end - 3 * length


def _headline(counts: Counts, before: Counts, total_ideas: int, moving: Sequence[ThemeActivity]) -> Headline:
    if counts.ideas == 0:
        return Headline(HeadlineKind.EMPTY if total_ideas else HeadlineKind.NOTHING_YET)
    top = max(moving, key=lambda t: t.arrived, default=None)
    if top is not None and counts.ideas >= NOTICEABLE and top.arrived * 5 >= counts.ideas:
        return Headline(HeadlineKind.THEME, theme=top.label, share=top.arrived, total=counts.ideas)
    if counts.ideas == total_ideas:
        return Headline(HeadlineKind.FIRST, total=counts.ideas)
    return _comparison(counts.ideas, before.ideas, len(moving))


def _comparison(ideas: int, ideas_before: int, themes: int) -> Headline:
    """What can be said where no theme explains the period."""
    if ideas_before and ideas >= max(2 * ideas_before, ideas_before + NOTICEABLE):
        return Headline(HeadlineKind.BUSIER, share=ideas_before, total=ideas)
    if ideas <= min(ideas_before // 2, ideas_before - NOTICEABLE):
        return Headline(HeadlineKind.CALMER, share=ideas_before, total=ideas)
    if themes >= SEVERAL:
        return Headline(HeadlineKind.SPREAD, share=themes, total=ideas)
    return Headline(HeadlineKind.PLAIN, total=ideas)
