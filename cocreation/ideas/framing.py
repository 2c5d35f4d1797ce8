"""What lies on a goal of a frame: by suggestion, or because a facilitator said so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from cocreation.ideas.frame import Frame, FrameKey, GoalKey
from cocreation.ideas.ids import IdeaId, ResidentId, ThemeId

MarkId = NewType("MarkId", int)

MOST_AT_ONCE = 2
"""An idea lies on so many goals of a frame at most: on five it says nothing."""

LEAST_SHARE = 0.3
"""A theme lies on a goal by suggestion where such a share of its ideas does,"""
FEWEST_IDEAS = 2
"""and at least so many."""

Goals = tuple[GoalKey, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A goal that an idea may be about, how near it is, and the words of the idea that led there."""

    goal: GoalKey
    score: float
    words: tuple[str, ...]


Suggestions = Mapping[FrameKey, Sequence[Suggestion]]
"""Those of one idea by frame; a frame none of whose goals fits has none, or is not there."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A batch of ideas was read; the version of what was found, and whether more wait."""

    version: str
    is_more: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """What lies on goals: an idea or a theme; the other one is None."""

    idea: IdeaId | None = None
    theme: ThemeId | None = None


@dataclass(frozen=True, slots=True)
class NewMark:
    """A facilitator says on which goals of a frame something lies: none, one or two."""

    frame: FrameKey
    thing: Thing
    goals: Goals
    by: ResidentId


@dataclass(frozen=True, slots=True)
class GoalMark:
    """A mark as it is kept. The latest that is not undone stands, and no suggestion beside it."""

    id: MarkId
    frame: FrameKey
    thing: Thing
    goals: Goals
    marked_at: datetime
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """On which goals something lies now. It `is_confirmed` where a facilitator said so: also, on none."""

    goals: Goals
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class LaidIdea:
    """An idea that lies on a goal; `goals` are all of the frame on which it does. `words` led to the one that
    is asked for; where a facilitator chose another goal than the suggested one there are none."""

    idea: IdeaId
    text: str
    goals: Goals
    is_confirmed: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LaidTheme:
    """A theme that lies on a goal, and how many of its `size` ideas do."""

    theme: ThemeId
    label: str
    size: int
    ideas: int
    goals: Goals
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are, and how many of these a facilitator confirmed."""

    all: int = 0
    confirmed: int = 0

    @property
    def suggested(self) -> int:
        return self.all - self.confirmed


@dataclass(frozen=True, slots=True)
class GoalTally:
    """What lies on one goal. `share` is the part of its ideas that is confirmed, 0 where there are none."""

    goal: GoalKey
    ideas: Tally
    themes: Tally

    @property
    def share(self) -> float:
        return self.ideas.confirmed / self.ideas.all if self.ideas.all else 0.0


def known_goals(frame: Frame, goals: Sequence[GoalKey]) -> Goals:
    """Those that the frame has, each once, in its order."""
    return tuple(goal.key for goal in frame.goals if goal.key in goals)


def goals_by_share(frame: Frame, counts: Mapping[GoalKey, int], size: int) -> Goals:
    """The goals on which a theme of `size` ideas lies when so many of them lie on each, at most two."""
    many = [
        goal
        for goal in known_goals(frame, tuple(counts))
        if counts[goal] >= FEWEST_IDEAS and counts[goal] >= LEAST_SHARE * size
    ]
    return known_goals(frame, sorted(many, key=lambda goal: -counts[goal])[:MOST_AT_ONCE])
