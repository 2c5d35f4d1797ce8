"""Ways to group what Morgen has read.

All get rows of length one and give the number of a group per row, ALONE for none. Who must be told how many
groups there are is told the true number.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from unittest.mock import patch

import igraph
import numpy as np
from scipy.sparse import coo_matrix, csr_matrix, triu
from sklearn.cluster import (
    HDBSCAN,
    AgglomerativeClustering,
    BisectingKMeans,
    KMeans,
    SpectralClustering,
)
from sklearn.decomposition import PCA

from cocreation.analysis import communities as of_neighbours
from cocreation.analysis import grouping
from cocreation.analysis.communities import ALONE, LEAST_ALIKE, LEAST_SHARED, Groups, neighbours_for
from cocreation.analysis.encoding import Vectors
from cocreation.analysis.grouping import Rows, grouped, middles_of, settled
from cocreation.analysis.nearest import nearest

SEED = 0
STARTS = 10
ROUNDS = 50
"""At most, until spherical k-means has settled."""

LINKED = 0.25
"""Of the mean weight of a row's edges, so much is shared out among all others for spectral clustering."""

REDUCED = 15
"""Dimensions in which HDBSCAN also looks for density: in hundreds there is none."""

SIZES, RESOLUTIONS, SEEDS = (0.5, 1.0, 1.5), (0.7, 1.0, 1.4), (0, 1, 2)
"""Consensus is over graphs with so many times Morgen's neighbours, with each resolution and seed."""
AGREED = 0.5
"""Two rows that fewer divisions put together are not connected."""

Grouper = Callable[[Rows, int], Groups]
"""Gets the rows and the true number."""


@dataclass(frozen=True, slots=True)
class Method:
    """A name for the table, and whether it is told how many groups there are."""

    name: str
    group: Grouper
    is_told: bool = False


def spherical_kmeans(rows: Rows, count: int) -> Groups:
    """Dhillon and Modha 2001, doi:10.1023/A:1007612920971, from where plain k-means ends."""
    vectors = rows.vectors
    groups = np.asarray(KMeans(count, n_init=STARTS, random_state=SEED).fit_predict(vectors), dtype=np.int64)
    for _ in range(ROUNDS):
        moved = (vectors @ middles_of(vectors, groups).T).argmax(axis=1)
        if (moved == groups).all():
            break
        groups = moved
    return groups


def as_many_as_morgen(rows: Rows, _: int) -> Groups:
    return spherical_kmeans(rows, max(1, int(morgen(rows, 0).max()) + 1))


def bisecting_kmeans(rows: Rows, count: int) -> Groups:
    return _numbers(BisectingKMeans(count, n_init=STARTS, random_state=SEED).fit_predict(rows.vectors))


def spectral(rows: Rows, count: int) -> Groups:
    """Damle, Minden and Ying 2019, doi:10.1093/imaiai/iay008 (`cluster_qr`), on the graph that Morgen uses.

    Each row is linked to all others a little, since such a graph falls into pieces: Amini, Chen, Bickel and
    Levina 2013, doi:10.1214/13-AOS1138.
    """
    graph = shared_neighbours(rows.vectors, neighbours_for(len(rows.vectors))).toarray()
    method = SpectralClustering(
        count, affinity="precomputed", assign_labels="cluster_qr", random_state=SEED, eigen_solver="arpack"
    )
    return _numbers(method.fit_predict(graph + LINKED * graph.sum(axis=1).mean() / len(graph)))


def average_linkage(rows: Rows, count: int) -> Groups:
    return _numbers(
        AgglomerativeClustering(count, metric="cosine", linkage="average").fit_predict(rows.vectors)
    )


def ward_linkage(rows: Rows, count: int) -> Groups:
    return _numbers(AgglomerativeClustering(count, linkage="ward").fit_predict(rows.vectors))


def hdbscan(rows: Rows, _: int) -> Groups:
    """Campello, Moulavi and Sander 2013, with scikit-learn's defaults: a group has five rows."""
    return _numbers(HDBSCAN(copy=True).fit_predict(rows.vectors))


def hdbscan_reduced(rows: Rows, _: int) -> Groups:
    dimensions = min(REDUCED, len(rows.vectors), rows.vectors.shape[1])
    reduced = PCA(dimensions, random_state=SEED).fit_transform(rows.vectors)
    return _numbers(HDBSCAN(copy=True).fit_predict(reduced))


def hdbscan_shared_out(rows: Rows, count: int) -> Groups:
    """Who is left out goes to the nearest group, if one is near, as in Morgen."""
    return settled(hdbscan_reduced(rows, count), rows)


def neighbour_communities(rows: Rows, _: int) -> Groups:
    return of_neighbours.communities(rows.vectors)


def consensus(rows: Rows, _: int) -> Groups:
    """Communities of the graph of who is together in many divisions.

    Lancichinetti and Fortunato 2012, doi:10.1038/srep00336, in one round.
    """
    return _agreed(rows.vectors)


def refined_consensus(rows: Rows, _: int) -> Groups:
    """Morgen's refinement after the consensus instead of one run."""
    with patch.object(grouping, "communities", lambda vectors, *_: _agreed(vectors)):
        return grouped(rows, None)


def morgen(rows: Rows, _: int) -> Groups:
    """Communities and their refinement."""
    return grouped(rows, None)


METHODS = (
    Method("spherical k-means", spherical_kmeans, is_told=True),
    Method("the same, told Morgen's number", as_many_as_morgen),
    Method("bisecting k-means", bisecting_kmeans, is_told=True),
    Method("spectral, cluster_qr", spectral, is_told=True),
    Method("agglomerative, average", average_linkage, is_told=True),
    Method("agglomerative, Ward", ward_linkage, is_told=True),
    Method("HDBSCAN", hdbscan),
    Method(f"HDBSCAN in {REDUCED} dimensions", hdbscan_reduced),
    Method("the same, left out to the nearest", hdbscan_shared_out),
    Method("communities", neighbour_communities),
    Method("consensus of 27", consensus),
    Method("consensus of 27, refined", refined_consensus),
    Method("communities, refined: Morgen", morgen),
)


def shared_neighbours(vectors: Vectors, neighbours: int) -> csr_matrix:
    """Morgen's graph: pairs of neighbours, weighted by the Jaccard overlap of their neighbourhoods."""
    near = nearest(vectors, neighbours)
    count = len(vectors)
    is_alike = near.likeness >= LEAST_ALIKE
    owners = np.repeat(np.arange(count), is_alike.sum(axis=1))
    entries = (np.ones(len(owners), dtype=np.float64), (owners, near.rows[is_alike]))
    own = csr_matrix(entries, shape=(count, count))
    pairs = triu(own + own.T, 1).tocoo()
    own.setdiag(1)
    sizes = np.asarray(own.sum(axis=1)).ravel()
    shared = np.asarray(own[pairs.row].multiply(own[pairs.col]).sum(axis=1)).ravel()
    weights = shared / (sizes[pairs.row] + sizes[pairs.col] - shared)
    keep = weights > LEAST_SHARED
    half = coo_matrix((weights[keep], (pairs.row[keep], pairs.col[keep])), shape=(count, count))
    return (half + half.T).tocsr()


def _agreed(vectors: Vectors) -> Groups:
    count = len(vectors)
    together = np.zeros((count, count), dtype=np.float32)
    for size in SIZES:
        graph = shared_neighbours(vectors, max(2, round(size * neighbours_for(count))))
        for resolution in RESOLUTIONS:
            for seed in SEEDS:
                groups = leiden(graph, resolution, seed)
                together += (groups[:, None] == groups) & (groups != ALONE)
    together /= len(SIZES) * len(RESOLUTIONS) * len(SEEDS)
    together[together < AGREED] = 0
    np.fill_diagonal(together, 0)
    return leiden(csr_matrix(together), 1.0, SEED)


def leiden(graph: csr_matrix, resolution: float, seed: int) -> Groups:
    """Communities of a symmetric graph by modularity; who is on its own is alone."""
    half = triu(graph, 1).tocoo()
    edges = np.column_stack([half.row, half.col])
    igraph.set_random_number_generator(random.Random(seed))
    try:
        found = igraph.Graph(n=graph.shape[0], edges=edges).community_leiden(
            "modularity", weights=half.data.tolist(), resolution=resolution, n_iterations=10
        )
    finally:
        igraph.set_random_number_generator(random)
    groups = np.array(found.membership, dtype=np.int64)
    return np.where(np.bincount(groups)[groups] > 1, groups, ALONE)


def _numbers(groups: object) -> Groups:
    """Numbered as Morgen does; scikit-learn's noise is -1, too."""
    return np.asarray(groups, dtype=np.int64)
