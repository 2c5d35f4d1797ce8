"""Groups of ideas that have the same neighbours."""

import random
from dataclasses import dataclass
from typing import Any

import igraph
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix, triu
from sklearn.neighbors import NearestNeighbors

from cocreation.analysis.encoding import Vectors

Groups = NDArray[np.int64]
"""The number of its group per row; ALONE where it has none."""

ALONE = -1

FEWEST_NEIGHBOURS, MOST_NEIGHBOURS = 5, 25
LEAST_ALIKE = 0.2
"""Ideas with a cosine below this are no neighbours, however few there are."""

LEAST_SHARED = 1 / 15
"""Neighbourhoods that share less than this say nothing."""

RESOLUTION = 1.5


@dataclass(frozen=True, slots=True)
class _Edges:
    """Pairs of rows and how much of their neighbourhoods is the same, 0 to 1."""

    pairs: NDArray[np.int64]
    weights: NDArray[np.float64]


def communities(vectors: Vectors, start: Groups | None = None, seed: int = 0) -> Groups:
    """Leiden communities of the shared-nearest-neighbour graph; how many is found, not asked.

    Rows of length one; a row of zeros is alone. Where several divisions are about as good, that nearest to
    `start` is found: the groups of an earlier run. Sources: Jarvis and Patrick 1973 (shared neighbours),
    Traag, Waltman and van Eck 2019, doi:10.1038/s41598-019-41695-z (Leiden).
    """
    edges = _edges(_neighbourhoods(vectors))
    graph = igraph.Graph(n=len(vectors), edges=edges.pairs)
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 (repeatable, not secret)
    try:
        found = graph.community_leiden(
            objective_function="modularity",
            weights=edges.weights.tolist(),
            resolution=RESOLUTION,
            n_iterations=10,
            initial_membership=None if start is None else _each_somewhere(start).tolist(),
        )
    finally:
        igraph.set_random_number_generator(random)
    return _without_singles(np.array(found.membership, dtype=np.int64))


def _each_somewhere(groups: Groups) -> Groups:
    """The groups, and one of its own for each row that is alone, numbered from 0 without a gap."""
    own = groups.max(initial=ALONE) + 1 + np.arange(len(groups))
    return np.unique(np.where(groups == ALONE, own, groups), return_inverse=True)[1]


def neighbours_for(count: int) -> int:
    """How many neighbours each of `count` ideas has: a small set has small themes."""
    return int(np.clip(round(0.6 * count**0.5), FEWEST_NEIGHBOURS, MOST_NEIGHBOURS))


def _neighbourhoods(vectors: Vectors) -> csr_matrix:
    """Row i holds 1 for i itself and for each of its nearest rows that is alike enough."""
    count = len(vectors)
    nearest = NearestNeighbors(n_neighbors=min(neighbours_for(count) + 1, count), algorithm="brute")
    distances, rows = nearest.fit(vectors).kneighbors(vectors)
    is_alike = 1 - distances**2 / 2 >= LEAST_ALIKE
    owners = np.broadcast_to(np.arange(count)[:, None], rows.shape)
    shape = (count, count)
    pairs = (np.ones(is_alike.sum(), dtype=np.int32), (owners[is_alike], rows[is_alike]))
    near = csr_matrix(pairs, shape=shape)
    near.setdiag(1)
    near.data[:] = 1
    return near


def _edges(near: csr_matrix) -> _Edges:
    shared: coo_matrix = triu(near @ near.T, k=1).tocoo()
    sizes: Any = np.asarray(near.sum(axis=1)).ravel()
    jaccard = shared.data / (sizes[shared.row] + sizes[shared.col] - shared.data)
    keep = jaccard > LEAST_SHARED
    pairs = np.column_stack([shared.row[keep], shared.col[keep]]).astype(np.int64)
    return _Edges(pairs, jaccard[keep])


def _without_singles(groups: Groups) -> Groups:
    sizes = np.bincount(groups) if len(groups) else np.zeros(0, dtype=np.int64)
    return np.where(sizes[groups] > 1, groups, ALONE)
