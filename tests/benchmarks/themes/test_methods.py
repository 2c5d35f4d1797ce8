"""Ways to group: each finds two groups where there are two."""

import numpy as np
import pytest

from benchmarks.themes.methods import METHODS, Method, leiden, shared_neighbours
from cocreation.analysis.centring import unit
from cocreation.analysis.communities import ALONE
from cocreation.analysis.encoding import Vectors
from cocreation.analysis.grouping import Rows


def two_bunches(each: int = 20) -> Vectors:
    chance = np.random.default_rng(0)
    middles = np.repeat(np.eye(2, 8), each, axis=0)
    return unit((middles + 0.05 * chance.standard_normal(middles.shape)).astype(np.float32))


def rows(vectors: Vectors) -> Rows:
    nobody = np.full(len(vectors), ALONE)
    return Rows(vectors, np.ones(len(vectors), dtype=np.int64), nobody, nobody != ALONE)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_no_method_mixes_two_bunches(method: Method) -> None:
    groups = method.group(rows(two_bunches()), 2)
    first, second = set(groups[:20].tolist()), set(groups[20:].tolist())
    assert not (first & second) - {ALONE}


def test_the_graph_joins_nothing_across() -> None:
    graph = shared_neighbours(two_bunches(), 5)
    assert graph[:20, 20:].nnz == 0
    assert (graph != graph.T).nnz == 0


def test_a_row_without_an_edge_is_alone() -> None:
    vectors = np.vstack([two_bunches(), np.zeros((1, 8), dtype=np.float32)])
    assert leiden(shared_neighbours(vectors, 5), 1.0, seed=0)[-1] == ALONE
