"""What placing new ideas brought about."""

from collections.abc import Sequence
from dataclasses import dataclass

from cocreation.ideas.duplicate import Duplicate
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.theme import Placement


@dataclass(frozen=True, slots=True)
class LookAlike:
    """An idea that is like another. `likeness` is a cosine: 1 for the same, 0 for nothing in common."""

    idea: IdeaId
    likeness: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What is found about one idea: where it belongs, what is like it, and what says the same best."""

    placement: Placement | None
    look_alikes: tuple[LookAlike, ...]
    duplicate: Duplicate | None


@dataclass(frozen=True, slots=True)
class Placed:
    """One batch. `ideas` have a theme now and had none; `encoder` is the one by whose vectors they got it.

    `look_alikes` has the ideas most like each new one, best first. Where there `is_more`, ideas are waiting.
    """

    encoder: str
    ideas: tuple[IdeaId, ...] = ()
    look_alikes: tuple[tuple[IdeaId, tuple[LookAlike, ...]], ...] = ()
    is_more: bool = False

    @property
    def changed(self) -> Sequence[IdeaId]:
        """The ideas of which more is known now."""
        return sorted({*self.ideas, *(idea for idea, _ in self.look_alikes)})


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An idea of somebody else's that is like another, as its card names it."""

    idea: IdeaId
    text: str
    supports: int
