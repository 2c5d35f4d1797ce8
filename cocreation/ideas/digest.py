"""The digest: what facilitators receive on a schedule. Numbers and quotes in, a value out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from cocreation.ideas.headline import Headline, headline_of
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.movement import FOLDED, LINES, Moving, ThemeActivity
from cocreation.ideas.period import Period
from cocreation.ideas.reply import Status, WaitingIdea
from cocreation.ideas.usual import Usual, usual_of

MAIN = "main"
"""The ledger's name for the digest that facilitators receive."""

QUOTES = 2
"""Quotes to choose from for each theme, since the first may be said elsewhere in the digest."""


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
class UsualCounts:
    """What each of the counts is usually, where that is known."""

    ideas: Usual | None = None
    people: Usual | None = None
    newcomers: Usual | None = None
    supports: Usual | None = None
    answers: Usual | None = None


@dataclass(frozen=True, slots=True)
class NewestIdea:
    """An idea of the period and the name of its theme, where it has one."""

    id: IdeaId
    text: str
    theme: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class AnsweredIdea:
    """An idea that the town answered in the period, and how far it is with it by the latest answer.

    An answer to a whole theme stands with its most supported idea, and the number of the `others`.
    """

    id: IdeaId
    text: str
    status: Status
    answered_at: datetime
    others: int = 0


@dataclass(frozen=True, slots=True)
class Moderation:
    """How many cases wait for a decision of a facilitator, and since when the oldest does."""

    waiting: int = 0
    oldest_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ThemeNews:
    """A theme as the digest names it, with what is usual for it and an idea that stands for it."""

    theme: ThemeActivity
    usual: Usual | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """One period of a town's co-creation, ready to be put into words."""

    period: Period
    counts: Counts
    before: Counts
    total_ideas: int
    headline: Headline
    made_at: datetime
    """When what waits was looked at."""
    usual: UsualCounts = field(default_factory=UsualCounts)
    grew: tuple[ThemeNews, ...] = ()
    born: tuple[ThemeNews, ...] = ()
    quiet: tuple[ThemeNews, ...] = ()
    largest: tuple[ThemeActivity, ...] = ()
    newest: tuple[NewestIdea, ...] = ()
    """The latest ideas, where no theme's quote can stand for what people say."""
    without_theme: int = 0
    waiting: tuple[WaitingIdea, ...] = ()
    """Those without an answer that have most support, of `waiting_count`."""
    waiting_count: int = 0
    oldest: WaitingIdea | None = None
    """The one that has waited longest."""
    moderation: Moderation = field(default_factory=Moderation)
    answered: tuple[AnsweredIdea, ...] = ()
    reached: int = 0
    """People who heard of the answers."""
    is_late: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all happened."""
        return self.counts == Counts()

    @property
    def is_first(self) -> bool:
        """Whether there was no idea before this period, and so nothing to compare it with."""
        return self.counts.ideas == self.total_ideas

    @property
    def themes(self) -> tuple[ThemeNews, ...]:
        """Those that are news, in their order."""
        return (*self.grew, *self.born, *self.quiet)


def compose_digest(
    period: Period,
    *,
    counts: Counts,
    earlier: Sequence[Counts],
    known: int,
    total_ideas: int,
    themes: Sequence[ThemeActivity],
    moving: Moving,
    quotes: Mapping[ThemeId, Sequence[str]],
    made_at: datetime,
    newest: Sequence[NewestIdea] = (),
    waiting: Sequence[WaitingIdea] = (),
    waiting_count: int = 0,
    oldest: WaitingIdea | None = None,
    moderation: Moderation | None = None,
    answered: Sequence[AnsweredIdea] = (),
    reached: int = 0,
    is_late: bool = False,
) -> Digest:
    """The digest that these numbers make. Pure: the same numbers give the same digest.

    `earlier` are the counts of the periods before, the latest first; the town had begun before the `known`
    latest of them.
    """
    before = earlier[0] if earlier else Counts()
    usual = _usual_counts(earlier[:known])
    waiting, answered = waiting[:LINES], answered[: LINES + FOLDED]
    said = {idea.text for idea in waiting} | {idea.text for idea in answered}
    news = {t.id: _news(t, known, quotes.get(t.id, ()), said) for t in moving.named()}
    is_quoted = any(each.quote for each in news.values())
    return Digest(
        period=period,
        counts=counts,
        before=before,
        total_ideas=total_ideas,
        headline=headline_of(
            counts.ideas,
            before=before.ideas,
            usual=usual.ideas,
            total_ideas=total_ideas,
            themes=themes,
            moving=moving,
            known=known,
        ),
        made_at=made_at,
        usual=usual,
        grew=tuple(news[t.id] for t in moving.grew),
        born=tuple(news[t.id] for t in moving.born),
        quiet=tuple(news[t.id] for t in moving.quiet),
        largest=moving.largest,
        newest=() if is_quoted else tuple(idea for idea in newest if idea.text not in said)[:LINES],
        without_theme=total_ideas - sum(theme.size for theme in themes),
        waiting=tuple(waiting),
        waiting_count=waiting_count,
        oldest=oldest,
        moderation=moderation or Moderation(),
        answered=tuple(answered),
        reached=reached,
        is_late=is_late,
    )


def _usual_counts(earlier: Sequence[Counts]) -> UsualCounts:
    return UsualCounts(
        ideas=usual_of([counts.ideas for counts in earlier]),
        people=usual_of([counts.people for counts in earlier]),
        newcomers=usual_of([counts.newcomers for counts in earlier]),
        supports=usual_of([counts.supports for counts in earlier]),
        answers=usual_of([counts.answers for counts in earlier]),
    )


def _news(theme: ThemeActivity, known: int, quotes: Sequence[str], said: set[str]) -> ThemeNews:
    """The theme with the first quote that nobody has read yet."""
    quote = next((quote for quote in quotes if quote not in said), None)
    return ThemeNews(theme, theme.usual(known), quote)
