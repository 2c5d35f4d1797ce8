"""What is usual follows from what was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.usual import FEWEST, Usual, usual_of


@pytest.mark.parametrize(
    ("counts", "usual"),
    [
        ((), None),
        ((30, 30, 30, 30), None),
        ((4, 1, 3, 2, 90), Usual(2, 4)),
        ((38, 30, 45, 2, 41, 33, 200, 36), Usual(30, 45)),
        ((0, 0, 0, 0, 0, 0, 0, 7), Usual(0, 0)),
    ],
)
def test_the_usual_leaves_out_the_lowest_and_the_highest(
    counts: tuple[int, ...], usual: Usual | None
) -> None:
    assert usual_of(counts) == usual


@given(counts=st.lists(st.integers(0, 100), min_size=FEWEST, max_size=8))
def test_at_most_one_period_before_lies_above_the_usual_and_one_below(counts: list[int]) -> None:
    usual = usual_of(counts)
    assert usual is not None
    assert sum(usual.is_above(count) for count in counts) <= 1
    assert sum(usual.is_below(count) for count in counts) <= 1
    assert usual.low in counts
    assert usual.high in counts
