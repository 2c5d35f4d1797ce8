"""Groups of ideas that have the same neighbours."""

import random
from dataclasses import dataclass
from typing import Any

import igraph
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from cocreation.analysis.encoding import Vectors
from cocreation.analysis.nearest import Neighbours, nearest

Groups = NDArray[np.int64]
"""The number of its group per row; ALONE where it has none."""

ALONE = -1

FEWEST_NEIGHBOURS, MOST_NEIGHBOURS = 5, 40
LEAST_ALIKE = 0.2
"""Ideas with a cosine below this are no neighbours, however few there are."""

LEAST_SHARED = 1 / 15
"""Neighbourhoods that share less than this say nothing."""

RESOLUTION = 1.0
ITERATIONS = 10

PAIRS_AT_ONCE = 50_000


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
    count = len(vectors)
    edges = _edges(nearest(vectors, neighbours_for(count)), count)
    graph, weights = igraph.Graph(n=count), edges.weights
    # Given to the constructor, millions of pairs would take ten times their size for a moment.
    graph.add_edges(edges.pairs)
    del edges
    return _without_singles(_leiden(graph, weights, None if start is None else _somewhere(start), seed))


def _leiden(graph: igraph.Graph, weights: NDArray[np.float64], start: Groups | None, seed: int) -> Groups:
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 (repeatable, not secret)
    try:
        found = graph.community_leiden(
            objective_function="modularity",
            weights=weights,
            resolution=RESOLUTION,
            n_iterations=ITERATIONS,
            initial_membership=None if start is None else start.tolist(),
        )
    finally:
        igraph.set_random_number_generator(random)
    return np.array(found.membership, dtype=np.int64)


def _somewhere(groups: Groups) -> Groups:
    """The groups, and one of its own for each row that is alone, numbered from 0 without a gap."""
    own = groups.max(initial=ALONE) + 1 + np.arange(len(groups))
    return np.unique(np.where(groups == ALONE, own, groups), return_inverse=True)[1]


def neighbours_for(count: int) -> int:
    """How many neighbours each of `count` ideas has: a small set has small themes."""
    return int(np.clip(round(1.2 * count**0.5), FEWEST_NEIGHBOURS, MOST_NEIGHBOURS))


def _edges(near: Neighbours, count: int) -> _Edges:
    """The pairs of neighbours, weighted by the Jaccard overlap of their neighbourhoods."""
    is_alike = near.likeness >= LEAST_ALIKE
    owners = np.repeat(np.arange(count), is_alike.sum(axis=1))
    others = near.rows[is_alike]
    around = csr_matrix((np.ones(len(owners), dtype=np.float32), (owners, others)), shape=(count, count))
    pairs = _pairs(owners, others, count)
    around.setdiag(1)
    around.sort_indices()
    sizes: Any = np.asarray(around.sum(axis=1)).ravel()
    weights = np.zeros(len(pairs))
    for start in range(0, len(pairs), PAIRS_AT_ONCE):
        left, right = pairs[start : start + PAIRS_AT_ONCE].T
        shared = np.asarray(around[left].multiply(around[right]).sum(axis=1)).ravel()
        weights[start : start + PAIRS_AT_ONCE] = shared / (sizes[left] + sizes[right] - shared)
    keep = weights > LEAST_SHARED
    return _Edges(pairs[keep], weights[keep])


def _pairs(owners: NDArray[np.int64], others: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    """Each pair once, whoever of the two has the other as a neighbour, in order."""
    keys = np.unique(np.minimum(owners, others) * count + np.maximum(owners, others))
    return np.column_stack(np.divmod(keys, count))


def _without_singles(groups: Groups) -> Groups:
    sizes = np.bincount(groups) if len(groups) else np.zeros(0, dtype=np.int64)
    return np.where(sizes[groups] > 1, groups, ALONE)
