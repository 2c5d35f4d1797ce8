"""A period in one sentence, by rules over its numbers: nothing in it is invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from cocreation.ideas.movement import SEVERAL, Moving, ThemeActivity
from cocreation.ideas.usual import Usual

NOTICEABLE = 5
"""Fewer ideas make no busy week, and no calm one."""


class HeadlineKind(StrEnum):
    """The rule that speaks. SPREAD says that no theme stands out, PLAIN how many ideas came."""

    NOTHING_YET = "nothing_yet"
    EMPTY = "empty"
    THEME = "theme"
    FIRST = "first"
    BUSY = "busy"
    CALM = "calm"
    BUSIER = "busier"
    CALMER = "calmer"
    SPREAD = "spread"
    AS_USUAL = "as_usual"
    PLAIN = "plain"


class Pace(StrEnum):
    """Whether many or few ideas came, for this town."""

    BUSY = "busy"
    CALM = "calm"
    USUAL = "usual"
    BETWEEN = "between"
    """Outside of the usual range, and near it."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Headline:
    """The period in one sentence, as data: which rule spoke, with its theme and numbers.

    `share` is what the theme brought, what came in the period before, or how many themes got ideas.
    """

    kind: HeadlineKind
    theme: ThemeActivity | None = None
    share: int = 0
    total: int = 0
    pace: Pace = Pace.UNKNOWN


def headline_of(
    ideas: int,
    *,
    before: int,
    usual: Usual | None,
    total_ideas: int,
    themes: Sequence[ThemeActivity],
    moving: Moving,
    known: int = 0,
) -> Headline:
    """The first rule that has something to say about `ideas` new ones, of `total_ideas` ever."""
    if ideas == 0:
        return Headline(HeadlineKind.EMPTY if total_ideas else HeadlineKind.NOTHING_YET)
    pace = _pace(ideas, usual)
    top = max((*moving.grew, *moving.born), key=lambda t: (t.gain(known), t.arrived, -t.id), default=None)
    if top is not None and _stands_out(top, ideas, known):
        return Headline(HeadlineKind.THEME, top, top.arrived, ideas, pace)
    if ideas == total_ideas:
        return Headline(HeadlineKind.FIRST, total=ideas)
    return _of_numbers(ideas, before, pace, sum(theme.arrived > 0 for theme in themes))


def _of_numbers(ideas: int, before: int, pace: Pace, spread: int) -> Headline:
    """What can be said where no theme explains the period; ideas came to `spread` of them."""
    if pace in (Pace.BUSY, Pace.CALM):
        return Headline(HeadlineKind(pace), share=before, total=ideas, pace=pace)
    if pace is Pace.UNKNOWN and (kind := _comparison(ideas, before)):
        return Headline(kind, share=before, total=ideas)
    if spread >= SEVERAL:
        return Headline(HeadlineKind.SPREAD, share=spread, total=ideas, pace=pace)
    kind = HeadlineKind.AS_USUAL if pace is Pace.USUAL else HeadlineKind.PLAIN
    return Headline(kind, total=ideas, pace=pace)


def _stands_out(theme: ThemeActivity, ideas: int, known: int) -> bool:
    """Whether a fifth of what came is about it, or clearly more than is usual for it."""
    if ideas < NOTICEABLE or theme.arrived < SEVERAL:
        return False
    is_learned = theme.usual(known) is not None
    return theme.arrived * 5 >= ideas or (is_learned and theme.gain(known) >= SEVERAL)


def _pace(ideas: int, usual: Usual | None) -> Pace:
    if usual is None:
        return Pace.UNKNOWN
    if ideas - usual.high >= max(NOTICEABLE, usual.high // 10):
        return Pace.BUSY
    if usual.low - ideas >= max(NOTICEABLE, usual.low // 10):
        return Pace.CALM
    return Pace.BETWEEN if usual.is_above(ideas) or usual.is_below(ideas) else Pace.USUAL


def _comparison(ideas: int, before: int) -> HeadlineKind | None:
    """What can be said where nothing is known to be usual: twice as many or half as many as before."""
    if before and ideas >= max(2 * before, before + NOTICEABLE):
        return HeadlineKind.BUSIER
    if ideas <= min(before // 2, before - NOTICEABLE):
        return HeadlineKind.CALMER
    return None
