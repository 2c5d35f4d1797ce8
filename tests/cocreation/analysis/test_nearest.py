"""Neighbours: exact among thousands, nearly so among more, and never an idea's own."""

import numpy as np
import pytest

from cocreation.analysis.centring import unit
from cocreation.analysis.encoding import Vectors
from cocreation.analysis.nearest import EXACT, nearest


def _vectors(count: int) -> Vectors:
    """Rows around two hundred subjects."""
    draw = np.random.default_rng(0)
    subjects = draw.normal(size=(200, 16))
    return unit((subjects[draw.integers(200, size=count)] + draw.normal(size=(count, 16)) / 2).astype("f4"))


@pytest.mark.parametrize("count", [2, 3, 50])
def test_a_row_is_not_its_own_neighbour(count: int) -> None:
    found = nearest(_vectors(count), 8)
    assert not (found.rows == np.arange(count)[:, None]).any()
    assert (np.diff(found.likeness, axis=1) <= 1e-6).all()


def test_what_says_nothing_is_like_nobody() -> None:
    vectors = _vectors(30)
    vectors[3] = 0
    found = nearest(vectors, 5)
    assert not found.likeness[3].any()
    assert not found.likeness[found.rows == 3].any()


def test_most_neighbours_are_found_among_more_rows_than_are_compared_each_with_each() -> None:
    vectors = _vectors(EXACT + 1_000)
    found = nearest(vectors, 10)
    sample = np.arange(0, len(vectors), 400)
    likeness = vectors[sample] @ vectors.T
    likeness[np.arange(len(sample)), sample] = -2
    right = np.argsort(-likeness, axis=1)[:, :10]
    shared = [len(set(a) & set(b)) for a, b in zip(right.tolist(), found.rows[sample].tolist(), strict=True)]
    assert np.mean(shared) >= 8


def test_a_campaign_that_fills_a_cell_is_compared_in_pieces() -> None:
    vectors = _vectors(EXACT + 1_000)
    vectors[:6_000] = vectors[0] + 0.001 * vectors[:6_000]
    found = nearest(unit(vectors), 5)
    assert (found.rows[:6_000] < 6_000).all()
