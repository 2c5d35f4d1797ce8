"""Themes go on from run to run as long as they hold the same ideas."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from cocreation.ideas.ids import IdeaId
from cocreation.ideas.theme import KnownTheme

LEAST_JACCARD = 0.3
LEAST_CONTAINED = 0.6


def continued(found: Sequence[frozenset[IdeaId]], known: Sequence[KnownTheme]) -> list[KnownTheme | None]:
    """The earlier theme that each found one continues, no theme twice, their overlap together the largest.

    Only ideas that had a theme and still are there count: growing is no reason to become another.
    """
    earlier = sorted(known, key=lambda theme: theme.id)
    result: list[KnownTheme | None] = [None] * len(found)
    if not earlier or not found:
        return result
    likeness = _likeness(found, earlier)
    for new, old in zip(*linear_sum_assignment(likeness, maximize=True), strict=True):
        if likeness[new, old] > 0:
            result[new] = earlier[old]
    return result


def _likeness(found: Sequence[frozenset[IdeaId]], known: Sequence[KnownTheme]) -> np.ndarray:
    """Jaccard overlap, shape (found, known); 0 where it is too small to speak of the same theme."""
    present = frozenset().union(*found)
    seen = frozenset().union(*(theme.members for theme in known))
    result = np.zeros((len(found), len(known)))
    for new, members in enumerate(found):
        remembered = members & seen
        for old, theme in enumerate(known):
            remaining = theme.members & present
            shared = len(remembered & remaining)
            if shared == 0:
                continue
            jaccard = shared / len(remembered | remaining)
            contained = shared / max(len(remembered), len(remaining))
            if jaccard >= LEAST_JACCARD or contained >= LEAST_CONTAINED:
                result[new, old] = jaccard
    return result
