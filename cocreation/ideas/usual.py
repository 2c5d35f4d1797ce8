"""What is usual: learned from the periods before, so that the ordinary is not called out of it."""

from collections.abc import Sequence
from dataclasses import dataclass

PERIODS = 8
"""Periods before this one of which a town remembers what was usual."""

FEWEST = 5
"""Fewer full periods say nothing yet."""


@dataclass(frozen=True, slots=True)
class Usual:
    """A range of counts, both ends included."""

    low: int
    high: int

    def is_above(self, count: int) -> bool:
        return count > self.high

    def is_below(self, count: int) -> bool:
        return count < self.low


def usual_of(counts: Sequence[int]) -> Usual | None:
    """From the second lowest to the second highest count of the periods before; None where there are fewer
    than FEWEST. A feast and a holiday in eight weeks leave it as it is."""
    if len(counts) < FEWEST:
        return None
    middle = sorted(counts)[1:-1]
    return Usual(middle[0], middle[-1])
