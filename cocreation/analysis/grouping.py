"""Rows into groups: found, refined, large enough, and as facilitators decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.cluster import AgglomerativeClustering

from cocreation.analysis.centring import unit
from cocreation.analysis.communities import ALONE, Groups, communities
from cocreation.analysis.encoding import Vectors
from cocreation.analysis.nearness import NEAR

SMALLEST_THEME = 3

MOST_GROUPS = 50
"""More than nobody reads; what they are about in more detail, their parts tell."""

REFINEMENTS = 3
"""How often each row goes to the nearest middle after the communities are found. Mean AMI on the shared sets:
.39 with it, .38 without."""


CAMPAIGN_ALIKE = 0.5
"""A text that outnumbers its group stays in it where the middle of the others has a cosine of this."""

ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Rows:
    """What is grouped, all arrays of one length.

    `vectors` have length one; `counts` say how many ideas each row stands for; `held` is the number of the
    theme in which facilitators keep a row, ALONE where they decided nothing; `is_out` where it stays alone.
    """

    vectors: Vectors
    counts: NDArray[np.int64]
    held: Groups
    is_out: NDArray[np.bool_]

    @property
    def is_free(self) -> NDArray[np.bool_]:
        return np.asarray((self.held == ALONE) & ~self.is_out)


def grouped(rows: Rows, start: Groups | None, homes: Sequence[int] = ()) -> Groups:
    """The group of each row, numbered from 0; rows held by the same theme are in one, by others in others.

    Each group has at least SMALLEST_THEME ideas unless it is held. `start` are the groups of an earlier run,
    `homes` those that the holding themes were, by their number; ALONE for one that was not there.
    """
    vectors = np.where(rows.is_out[:, None], 0, rows.vectors) if rows.is_out.any() else rows.vectors
    found = communities(vectors, start)
    if (rows.held != ALONE).any():
        found = _apart(found, rows, np.full(len(found), ALONE) if start is None else start, homes)
    # What many say in the same words is a theme, though it has no neighbours.
    fresh = found.max(initial=ALONE) + 1 + np.arange(len(found))
    found = np.where((found == ALONE) & ~rows.is_out, fresh, found)
    groups = _few_enough(large_enough(found, rows), rows)
    for _ in range(REFINEMENTS):
        groups = large_enough(_nearest(rows, groups), rows)
    return large_enough(_campaigns_apart(rows, _nearest(rows, groups)), rows)


def _few_enough(groups: Groups, rows: Rows) -> Groups:
    """At most MOST_GROUPS: those whose middles are most alike are one, until they are; what is held stays.

    Average linkage of the middles, each for itself however large its group.
    """
    count = int(groups.max(initial=ALONE)) + 1
    if count <= MOST_GROUPS:
        return groups
    middles = middles_of(rows.vectors, groups)
    joinable = np.setdiff1d(np.flatnonzero(middles.any(axis=1)), groups[rows.held != ALONE])
    wanted = max(MOST_GROUPS - (count - len(joinable)), 1)
    if len(joinable) <= wanted:
        return groups
    linkage = AgglomerativeClustering(wanted, metric="cosine", linkage="average")
    number = np.arange(count + 1)
    number[joinable] = count + linkage.fit_predict(middles[joinable])
    number[-1] = ALONE
    return large_enough(number[groups], rows)


def settled(groups: Groups, rows: Rows) -> Groups:
    """The groups that are large enough; who is left alone joins the nearest, if one is near."""
    groups = large_enough(groups, rows)
    joined = np.where(groups == ALONE, _nearest(rows, groups), groups)
    return large_enough(joined, rows)


def large_enough(groups: Groups, rows: Rows) -> Groups:
    """Groups numbered by falling number of ideas; who is in a small one is alone, unless it is held."""
    is_in = groups != ALONE
    if not is_in.any():
        return groups
    sizes = np.bincount(groups[is_in], weights=rows.counts[is_in])
    is_kept = sizes >= SMALLEST_THEME
    is_kept[groups[rows.held != ALONE]] = True
    first = np.full(len(sizes), len(groups))
    np.minimum.at(first, groups[is_in], np.flatnonzero(is_in))
    order = np.lexsort((first, -sizes))
    order = order[is_kept[order]]
    number = np.full(len(sizes) + 1, ALONE)
    number[order] = np.arange(len(order))
    return number[groups]


def rows_of(groups: Groups) -> Iterator[NDArray[np.int64]]:
    """The rows of each group."""
    order = np.argsort(groups, kind="stable")
    yield from np.split(order, np.searchsorted(groups[order], range(groups.max(initial=ALONE) + 1)))[1:]


def middles_of(vectors: Vectors, groups: Groups, count: int | None = None) -> Vectors:
    """The direction in which each group lies, one row of length one a group; nothing for an empty one.

    Of as many groups as there are, or of `count`.
    """
    is_in = np.flatnonzero(groups != ALONE)
    belongs = csr_matrix(
        (np.ones(len(is_in), dtype=np.float32), (groups[is_in], is_in)),
        shape=(groups.max(initial=ALONE) + 1 if count is None else count, len(groups)),
    )
    return unit(np.asarray(belongs @ vectors))


def centrality(vectors: Vectors, groups: Groups) -> NDArray[np.float64]:
    """How near each row is to the middle of its group: the cosine, 0 to 1; 0 for rows that are alone."""
    scores = np.zeros(len(vectors))
    if groups.max(initial=ALONE) == ALONE:
        return scores
    middles = middles_of(vectors, groups)
    is_in = np.flatnonzero(groups != ALONE)
    for start in range(0, len(is_in), ROWS_AT_ONCE):
        rows = is_in[start : start + ROWS_AT_ONCE]
        scores[rows] = np.clip(np.einsum("ij,ij->i", vectors[rows], middles[groups[rows]]), 0, 1)
    return scores


def _nearest(rows: Rows, groups: Groups) -> Groups:
    """Each free row in the group whose middle is nearest to it, if one is near; else where it was."""
    if groups.max(initial=ALONE) == ALONE:
        return groups
    likeness = rows.vectors @ middles_of(rows.vectors, groups).T
    goes = rows.is_free & (likeness.max(axis=1) >= NEAR)
    return np.where(goes, likeness.argmax(axis=1), groups)


def _campaigns_apart(rows: Rows, groups: Groups) -> Groups:
    """A text that more ideas repeat than all others of its group together leaves it if it is unlike them."""
    result = groups.copy()
    for group, inside in enumerate(rows_of(groups)):
        loudest = inside[np.argmax(rows.counts[inside])]
        others = inside[inside != loudest]
        if not len(others) or rows.counts[loudest] <= max(SMALLEST_THEME, rows.counts[others].sum()):
            continue
        middle = unit(rows.vectors[others].mean(axis=0, keepdims=True))[0]
        if rows.is_free[loudest] and rows.vectors[loudest] @ middle < CAMPAIGN_ALIKE:
            result[loudest] = len(groups) + group
    return result


def _apart(groups: Groups, rows: Rows, start: Groups, homes: Sequence[int]) -> Groups:
    """Each held theme in a group of its own, with those of its communities that are nearest to it.

    Who was in another theme before is no prey: its community goes on without what is held.
    """
    numbers = np.unique(rows.held[rows.held != ALONE]).tolist()
    home = dict(enumerate(homes))
    anchors = {
        number: (rows.held == number) | (rows.is_free & (start == home.get(number, ALONE)) & (start != ALONE))
        for number in numbers
    }
    others = np.isin(start, [ALONE, *(home.get(number, ALONE) for number in numbers)], invert=True)
    earlier = middles_of(rows.vectors, np.where(others & rows.is_free, start, ALONE))
    middles = unit(np.vstack([rows.vectors[anchors[number]].mean(axis=0) for number in numbers]))
    fresh = int(groups.max(initial=ALONE)) + 1
    result = groups.copy()
    for group, claiming in sorted(_claims(groups, anchors).items()):
        here = np.flatnonzero((groups == group) & rows.is_free)
        there = np.unique(start[here[others[here]]])
        towards = np.vstack([middles[[numbers.index(number) for number in claiming]], earlier[there]])
        goes = np.append(fresh + np.array(claiming), np.full(len(there), group))
        result[here] = goes[(rows.vectors[here] @ towards.T).argmax(axis=1)]
    for number in numbers:
        result[rows.held == number] = fresh + number
    return result


def _claims(groups: Groups, anchors: Mapping[int, NDArray[np.bool_]]) -> dict[int, list[int]]:
    """Of each community the themes that have most of it, or most of what they have there."""
    sizes = np.bincount(groups[groups != ALONE], minlength=1)
    claims: dict[int, list[int]] = {}
    for number, anchor in anchors.items():
        there = np.bincount(groups[anchor & (groups != ALONE)], minlength=len(sizes))
        most = there >= np.maximum(sizes / 2, 1)
        most[there.argmax()] |= there.max() > 0
        for group in np.flatnonzero(most).tolist():
            claims.setdefault(group, []).append(number)
    return claims


def subset(rows: Rows, chosen: NDArray[np.int64], vectors: Vectors) -> Rows:
    """The chosen rows with other vectors, nothing held."""
    free = np.full(len(chosen), ALONE)
    return Rows(vectors, rows.counts[chosen], held=free, is_out=free != ALONE)
