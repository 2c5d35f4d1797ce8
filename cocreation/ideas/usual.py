"""What is usual: learned from the periods before, so that the ordinary is not called out of it."""

from collections.abc import Sequence
from dataclasses import dataclass

PERIODS = 8
"""Periods before this one of which a town remembers what was usual."""

FEWEST = 5
"""Fewer full periods say nothing yet."""

WIDE_TIMES, WIDE = 4, 10
"""A range is wide whose end is more than so many times its beginning, and so many more."""

NOTICEABLE = 3
"""One or two more or less than usual are not out of the ordinary."""


@dataclass(frozen=True, slots=True)
class Usual:
    """A range of counts, both ends included."""

    low: int
    high: int

    def is_telling(self, count: int) -> bool:
        """Whether the range says something about a count: one as wide as '4 to 149' does so only to a count
        outside of it."""
        is_narrow = self.high <= WIDE_TIMES * self.low + WIDE
        return is_narrow or self.is_above(count) or self.is_below(count)

    def is_above(self, count: int) -> bool:
        return count - self.high >= NOTICEABLE

    def is_below(self, count: int) -> bool:
        return self.low - count >= NOTICEABLE


def usual_of(counts: Sequence[int]) -> Usual | None:
    """From the second lowest to the second highest count of the periods before; None where there are fewer
    than FEWEST. A feast and a holiday in eight weeks leave it as it is."""
    if len(counts) < FEWEST:
        return None
    middle = sorted(counts)[1:-1]
    return Usual(middle[0], middle[-1])
