"""What an idea means, as numbers that can be kept."""

from dataclasses import dataclass
from typing import NewType

from cocreation.ideas.ids import IdeaId

Vector = NewType("Vector", bytes)
"""Numbers of two bytes each (IEEE 754 binary16, little-endian), together of length one."""


@dataclass(frozen=True, slots=True)
class IdeaVector:
    """The vector of an idea's text, by the encoder of that name and version."""

    idea: IdeaId
    encoder: str
    vector: Vector
