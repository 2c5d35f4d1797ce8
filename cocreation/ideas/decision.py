"""What facilitators decided about themes: every later run keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from cocreation.ideas.ids import DecisionId, IdeaId, ResidentId, ThemeId
from cocreation.ideas.theme import Holds


class DecisionKind(StrEnum):
    """What a facilitator can do with themes."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    PIN = "pin"
    HIDE = "hide"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision to be kept. `holds` are the ideas that it puts somewhere for good, by the theme.

    `theme` is the one that was acted on; `other` the one into which it was merged, or that was split off.
    `label` is the name that was given.
    """

    kind: DecisionKind
    by: ResidentId | None
    theme: ThemeId | None
    other: ThemeId | None = None
    label: str | None = None
    holds: Holds = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it is kept, with who and when. One that was undone holds nothing any more."""

    id: DecisionId
    kind: DecisionKind
    by: ResidentId | None
    at: datetime
    theme: ThemeId | None
    other: ThemeId | None
    label: str | None
    undone_at: datetime | None
    undone_by: ResidentId | None = None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Ideas that an earlier decision had put somewhere else; the latest wins."""

    earlier: Decision
    ideas: int


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was made, and what it overrules."""

    decision: DecisionId
    overruled: tuple[Contradiction, ...] = ()


def overruled(
    new: Holds, standing: Mapping[IdeaId, tuple[DecisionId, ThemeId | None]]
) -> dict[DecisionId, int]:
    """How many ideas of each earlier decision a new one takes elsewhere.

    `standing` has what holds each idea until now.
    """
    counts: dict[DecisionId, int] = {}
    for idea, theme in new.items():
        if idea in standing and standing[idea][1] != theme:
            decision = standing[idea][0]
            counts[decision] = counts.get(decision, 0) + 1
    return counts
