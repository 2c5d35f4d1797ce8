"""Which ideas are nearest to each: exactly among thousands, very nearly so among hundreds of thousands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import MiniBatchKMeans
from sklearn.neighbors import NearestNeighbors

from cocreation.analysis.encoding import Vectors

EXACT = 20_000
"""Up to so many rows each is compared with each: that takes seconds."""

CELL = 600
"""Rows per cell beyond that, and CELLS_SEARCHED the cells in which a row's neighbours are looked for. Of the
25 nearest among 100,000, 97 % are found."""
CELLS_SEARCHED = 12


PAIRS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each row the others that are nearest, best first; both arrays have the shape (rows, neighbours).

    A place that is not taken has the row itself and likeness 0.
    """

    rows: NDArray[np.int32]
    likeness: NDArray[np.float32]


def nearest(vectors: Vectors, count: int, seed: int = 0) -> Neighbours:
    """The `count` nearest rows of each by cosine; rows have length one, or are nothing.

    Beyond EXACT rows they are looked for in the cells around (inverted file: Jégou, Douze and Schmid 2011,
    doi:10.1109/TPAMI.2010.57).
    """
    count = max(1, min(count, len(vectors) - 1))
    if len(vectors) <= EXACT:
        return _exact(vectors, count)
    return _within_cells(vectors, count, seed)


def _exact(vectors: Vectors, count: int) -> Neighbours:
    if len(vectors) == 1:
        return Neighbours(np.zeros((1, 1), dtype=np.int32), np.zeros((1, 1), dtype=np.float32))
    search = NearestNeighbors(n_neighbors=count + 1, algorithm="brute").fit(vectors)
    distances, rows = search.kneighbors(vectors)
    likeness = 1 - distances**2 / 2
    is_nothing = np.asarray(~vectors.any(axis=1))
    likeness[is_nothing[:, None] | is_nothing[rows]] = 0
    return _without_themselves(rows, likeness)


def _without_themselves(rows: NDArray[np.int64], likeness: NDArray[np.float64]) -> Neighbours:
    """Drop each row from its own list; where equals crowd it out, the last goes."""
    own = rows == np.arange(len(rows))[:, None]
    own[~own.any(axis=1), -1] = True
    shape = (len(rows), rows.shape[1] - 1)
    return Neighbours(
        rows[~own].reshape(shape).astype(np.int32), likeness[~own].reshape(shape).astype(np.float32)
    )


def _within_cells(vectors: Vectors, count: int, seed: int) -> Neighbours:
    cells = MiniBatchKMeans(
        max(2, len(vectors) // CELL), random_state=seed, n_init=1, batch_size=4096, max_iter=20
    ).fit(vectors)
    members = [np.flatnonzero(cells.labels_ == cell) for cell in range(cells.n_clusters)]
    middles = cells.cluster_centers_
    gaps = ((middles[:, None] - middles[None]) ** 2).sum(axis=2)
    around = np.argsort(gaps, axis=1, kind="stable")[:, :CELLS_SEARCHED]
    rows = np.repeat(np.arange(len(vectors), dtype=np.int32)[:, None], count, axis=1)
    likeness = np.zeros((len(vectors), count), dtype=np.float32)
    for own, cell in zip(members, around, strict=True):
        candidates = np.concatenate([members[near] for near in cell])
        # A campaign with small variations fills one cell, however many join it.
        step = max(1, PAIRS_AT_ONCE // len(candidates))
        for some in (own[start : start + step] for start in range(0, len(own), step)):
            if len(candidates) > 1:
                found = _best(vectors, some, candidates, min(count, len(candidates) - 1))
                rows[some, : found.rows.shape[1]] = found.rows
                likeness[some, : found.rows.shape[1]] = found.likeness
    return Neighbours(rows, likeness)


def _best(vectors: Vectors, own: NDArray[np.int64], candidates: NDArray[np.int64], count: int) -> Neighbours:
    likeness = vectors[own] @ vectors[candidates].T
    likeness[own[:, None] == candidates] = -2
    best = np.argpartition(-likeness, count - 1, axis=1)[:, :count]
    values = np.take_along_axis(likeness, best, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    return Neighbours(
        candidates[np.take_along_axis(best, order, axis=1)].astype(np.int32),
        np.take_along_axis(values, order, axis=1),
    )
