"""Themes go on from run to run as long as they hold the same ideas, and ideas stay where they were."""

from collections.abc import Collection, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from cocreation.analysis.communities import ALONE, Groups
from cocreation.analysis.encoding import Vectors
from cocreation.analysis.grouping import middles_of
from cocreation.analysis.nearness import NEAR
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.theme import KnownPart, KnownTheme
from cocreation.ideas.theme_event import LEAST_MOVED, MERGED_SHARE, SPLIT_SHARE

Known = TypeVar("Known", KnownTheme, KnownPart)

LEAST_JACCARD = 0.3
LEAST_CONTAINED = 0.6

LOYALTY = 0.1
"""By how much the middle of another theme must be nearer before an idea leaves its own for it."""

MOST_LEAVING = 0.02
"""Of the ideas that had a theme, how many may leave it in one run for no other reason: the most eager."""


def continued(found: Sequence[frozenset[IdeaId]], known: Sequence[Known]) -> list[Known | None]:
    """The earlier theme that each found one continues, no theme twice, their overlap together the largest.

    Only ideas that had a theme and still are there count: growing is no reason to become another.
    """
    earlier = sorted(known, key=lambda theme: theme.id)
    result: list[Known | None] = [None] * len(found)
    if not earlier or not found:
        return result
    likeness = _likeness(found, [theme.members for theme in earlier])
    for new, old in zip(*linear_sum_assignment(likeness, maximize=True), strict=True):
        if likeness[new, old] > 0:
            result[new] = earlier[old]
    return result


def _likeness(found: Sequence[frozenset[IdeaId]], known: Sequence[Collection[IdeaId]]) -> NDArray[np.float64]:
    """Jaccard overlap, shape (found, known); 0 where it is too small to speak of the same theme."""
    present = {idea: new for new, members in enumerate(found) for idea in members}
    seen = set().union(*known)
    remembered = [len(members & seen) for members in found]
    result = np.zeros((len(found), len(known)))
    for old, members in enumerate(known):
        counts = np.bincount([present[idea] for idea in members if idea in present], minlength=len(found))
        remaining = counts.sum()
        for new in np.flatnonzero(counts).tolist():
            jaccard = counts[new] / (remembered[new] + remaining - counts[new])
            contained = counts[new] / max(remembered[new], remaining)
            if jaccard >= LEAST_JACCARD or contained >= LEAST_CONTAINED:
                result[new, old] = jaccard
    return result


def loyal(
    groups: Groups, start: Groups, continues: Groups, vectors: Vectors, is_free: NDArray[np.bool_]
) -> Groups:
    """The groups, with each row back in its earlier one unless there is a reason to leave it.

    `start` is the earlier group of each row, `continues` the earlier group that each group goes on, ALONE for
    a new one. Reasons are that a part large enough to be an event split off, that the earlier group merged
    into another, or that another one is nearer by LOYALTY. Evolutionary clustering: what is new must outweigh
    what is remembered (Chakrabarti, Kumar and Tomkins 2006, doi:10.1145/1150402.1150467).
    """
    own = _homes(groups, start, continues)[start]
    may_stay = is_free & (own != ALONE) & (own != groups) & ~_splits_off(groups, start, continues)
    staying = np.where(may_stay, own, groups)
    if not may_stay.any():
        return groups
    there = np.where(groups == ALONE, NEAR - LOYALTY, _likeness_to_own(vectors, groups))
    eagerness = np.where(may_stay, there - _likeness_to_own(vectors, staying) - LOYALTY, 0)
    leaving = np.argsort(-eagerness, kind="stable")[: int(MOST_LEAVING * (start != ALONE).sum())]
    leaving = leaving[eagerness[leaving] > 0]
    staying[leaving] = groups[leaving]
    return staying


def _likeness_to_own(vectors: Vectors, groups: Groups) -> NDArray[np.float32]:
    """The cosine of each row and the middle of its group; whatever for rows that are alone."""
    if groups.max(initial=ALONE) == ALONE:
        return np.zeros(len(groups), dtype=np.float32)
    return np.asarray(np.einsum("ij,ij->i", vectors, middles_of(vectors, groups)[groups]))


def _homes(groups: Groups, start: Groups, continues: Groups) -> Groups:
    """For each earlier group the one that continues it or swallowed most of it, else a number of its own.

    The last entry is for rows that were alone.
    """
    count = int(start.max(initial=ALONE)) + 1
    home = np.append(groups.max(initial=ALONE) + 1 + np.arange(count), ALONE)
    for earlier in range(count):
        was_here = start == earlier
        heirs = np.flatnonzero(continues == earlier)
        counts = np.bincount(groups[was_here & (groups != ALONE)], minlength=1)
        if len(heirs):
            home[earlier] = heirs[0]
        elif counts.max() >= MERGED_SHARE * was_here.sum():
            home[earlier] = counts.argmax()
    return home


def _splits_off(groups: Groups, start: Groups, continues: Groups) -> NDArray[np.bool_]:
    """Rows that go to a new group together with enough others of their earlier one."""
    result = np.zeros(len(groups), dtype=bool)
    for group in np.flatnonzero(continues == ALONE):
        here = (groups == group) & (start != ALONE)
        for earlier in np.unique(start[here]):
            flow = here & (start == earlier)
            result |= flow & (flow.sum() >= max(LEAST_MOVED, SPLIT_SHARE * (start == earlier).sum()))
    return result
