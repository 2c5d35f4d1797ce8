"""Two ideas that say the same: with a typing error, or in two languages."""

from dataclasses import dataclass

from cocreation.ideas.ids import IdeaId


@dataclass(frozen=True, slots=True)
class Duplicate:
    """`idea` says what the earlier one `of` says. `likeness` is from 0 to 1. Both count: it is a hint."""

    idea: IdeaId
    of: IdeaId
    likeness: float
