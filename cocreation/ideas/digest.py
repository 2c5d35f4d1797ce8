"""The digest: what facilitators receive on a schedule. Numbers and quotes in, a value out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cocreation.ideas.ids import IdeaId, ThemeId

LINES = 5


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` (included) to `end` (not included), aware UTC."""

    start: datetime
    end: datetime

    def before(self) -> "Period":
        """The period of the same length that ends where this one starts."""
        return Period(self.start - (self.end - self.start), self.start)


@dataclass(frozen=True, slots=True)
class Counts:
    """What happened in one period. `people` wrote at least one idea, `newcomers` their first."""

    ideas: int = 0
    people: int = 0
    newcomers: int = 0
    supports: int = 0


@dataclass(frozen=True, slots=True)
class ThemeActivity:
    """A theme's published ideas: in all, in the period, in the one before, and when the last one came."""

    id: ThemeId
    label: str
    size: int
    arrived: int
    arrived_before: int
    quote: str | None
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
class Headline:
    """The week in one sentence, as data: which rule spoke, with its theme and numbers."""

    kind: str
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
    without_theme: int
    is_late: bool = False


def compose_digest(
    period: Period,
    *,
    counts: Counts,
    before: Counts,
    total_ideas: int,
    themes: Sequence[ThemeActivity],
    supported: Sequence[SupportedIdea],
    without_theme: int,
    is_late: bool = False,
) -> Digest:
    """The digest that these numbers make. Pure: the same numbers give the same digest."""
    born = sorted(
        (t for t in themes if t.born_at >= period.start and t.arrived == t.size),
        key=lambda t: (-t.size, t.id),
    )
    fresh = {t.id for t in born}
    grew = sorted(
        (t for t in themes if t.id not in fresh and t.arrived > 0 and t.size > t.arrived),
        key=lambda t: (-t.arrived, -t.size, t.id),
    )
    quiet_since = period.end - 3 * (period.end - period.start)
    quiet = sorted(
        (t for t in themes if t.last_idea_at is not None and t.last_idea_at < quiet_since),
        key=lambda t: (-t.size, t.id),
    )
    moving = fresh | {t.id for t in grew[:LINES]}
    largest = sorted((t for t in themes if t.id not in moving), key=lambda t: (-t.size, t.id))
    return Digest(
        period=period,
        counts=counts,
        before=before,
        total_ideas=total_ideas,
        headline=_headline(counts, before, [*grew, *born]),
        grew=tuple(grew[:LINES]),
        born=tuple(born[:LINES]),
        quiet=tuple(quiet[:2]),
        largest=tuple(largest[:LINES]),
        supported=tuple(supported[:LINES]),
        without_theme=without_theme,
        is_late=is_late,
    )


def _headline(counts: Counts, before: Counts, moving: Sequence[ThemeActivity]) -> Headline:
    if counts.ideas == 0:
        return Headline("empty")
    top = max(moving, key=lambda t: t.arrived, default=None)
    if top is not None and counts.ideas >= 5 and top.arrived * 5 >= counts.ideas:
        return Headline("theme", theme=top.label, share=top.arrived, total=counts.ideas)
    if before.ideas and counts.ideas >= 2 * before.ideas:
        return Headline("busier", share=before.ideas, total=counts.ideas)
    if before.ideas and counts.ideas * 2 <= before.ideas:
        return Headline("calmer", share=before.ideas, total=counts.ideas)
    return Headline("plain", total=counts.ideas)
