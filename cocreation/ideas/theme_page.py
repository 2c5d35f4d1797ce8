"""Themes as facilitators have them in hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import hypot

from cocreation.ideas.decision import Decision
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import Spot, Theme

WEEK = timedelta(days=7)
WEEKS = 8
"""So far back goes the trend of a theme."""


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme in the list of all of them; `arrived` counts its ideas of the last seven days."""

    id: ThemeId
    label: str
    keywords: tuple[str, ...]
    size: int
    supports: int
    arrived: int
    spot: Spot | None = None
    is_pinned: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class ThemeIdea:
    """A published idea of a theme."""

    id: IdeaId
    text: str
    supports: int


@dataclass(frozen=True, slots=True)
class LoggedDecision:
    """A decision about a theme. `other` is the name of the other theme that it is about, `idea` the words of
    the idea that was moved, as far as everybody may read them. `by` and `undone_by` are the names of who did
    that, as far as facilitators have told them."""

    decision: Decision
    other: str | None = None
    idea: str | None = None
    by: str | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True)
class ThemePage:
    """What a facilitator sees of a theme. `weeks` are the new ideas of each of the last eight, the latest
    last; `ideas` are those from `start` on, the most central first."""

    theme: Theme
    weeks: tuple[int, ...]
    ideas: Sequence[ThemeIdea]
    start: int
    latest: LoggedDecision | None


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a theme that is no longer there; `heir` is the one to which its ideas went, if any."""

    label: str
    heir: ThemeId | None = None
    heir_label: str | None = None


def nearest_first(themes: Sequence[ThemeLine], spot: Spot | None) -> list[ThemeLine]:
    """Themes as they lie around a spot on the map; those that have none come last, in their order."""
    if spot is None:
        return list(themes)
    return sorted(themes, key=lambda theme: _distance(theme.spot, spot))


def _distance(one: Spot | None, other: Spot) -> float:
    return float("inf") if one is None else hypot(one.x - other.x, one.y - other.y)
