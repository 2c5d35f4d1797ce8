"""Which themes are news: what goes beyond their usual, what is new, what fell silent."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.ids import ThemeId
from cocreation.ideas.movement import FOLDED, LARGEST, LINES, Moving, ThemeActivity, moving_themes
from cocreation.ideas.period import Period
from cocreation.ideas.usual import Usual

END = datetime(2026, 5, 11, 6, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
PERIOD = Period(END - WEEK, END)
LONG_AGO = END - 20 * WEEK
KNOWN = 8


def theme(
    number: int, size: int, arrived: int = 0, *earlier: int, born_at: datetime = LONG_AGO
) -> ThemeActivity:
    return ThemeActivity(ThemeId(number), f"Theme {number}", size, arrived, earlier, born_at)


def ids(themes: tuple[ThemeActivity, ...]) -> list[int]:
    return [each.id for each in themes]


def moving(*themes: ThemeActivity, known: int = KNOWN) -> Moving:
    return moving_themes(themes, PERIOD, known)


def test_only_what_goes_beyond_its_usual_has_grown() -> None:
    found = moving(
        theme(1, 90, 31, 30, 33, 28, 40, 20, 31, 30, 34),
        theme(2, 20, 9, 1, 2, 0, 1, 2, 30, 1, 0),
        theme(3, 20, 5, 1, 0, 0, 1, 0, 0, 1, 0),
        theme(4, 20, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    )
    assert ids(found.grew) == [2, 3]
    assert ids(found.largest) == [1, 4]
    assert found.grew[0].usual(KNOWN) == Usual(0, 2)


def test_what_grew_comes_in_the_order_of_what_went_beyond() -> None:
    found = moving(theme(1, 90, 40, *[34] * 8), theme(2, 90, 12, *[2] * 8), theme(3, 9, 9, *[0] * 8))
    assert ids(found.grew) == [2, 3, 1]


def test_before_the_usual_is_known_more_than_before_has_grown() -> None:
    found = moving(theme(1, 9, 4, 3), theme(2, 9, 4, 4), theme(3, 9, 2, 0), theme(4, 9, 3), known=4)
    assert ids(found.grew) == [4, 1]


@pytest.mark.parametrize(
    ("size", "arrived", "before", "born_at", "is_born"),
    [
        (4, 4, 0, END - timedelta(days=1), True),
        (9, 6, 3, PERIOD.start, True),
        (9, 6, 2, END - timedelta(days=1), False),
        (4, 4, 0, PERIOD.start - timedelta(seconds=1), False),
        (4, 4, 0, END, False),
        (0, 0, 0, END - timedelta(days=1), False),
    ],
)
def test_a_theme_is_new_once_and_not_when_old_ideas_were_found_anew(
    size: int, arrived: int, before: int, born_at: datetime, is_born: bool
) -> None:
    found = moving(theme(1, size, arrived, before, born_at=born_at))
    assert ids(found.born) == ([1] if is_born else [])


@pytest.mark.parametrize(
    ("counts", "is_news"),
    [
        ((0, 0, 0, 4), True),
        ((0, 0, 0, 1, 0, 2), True),
        ((0, 0, 0, 2), False),
        ((0, 0, 0, 0, 4), False),
        ((0, 0, 4), False),
        ((1, 0, 0, 4), False),
        ((0,), False),
    ],
)
def test_quiet_is_news_once_and_only_after_something_was_said(counts: tuple[int, ...], is_news: bool) -> None:
    found = moving(theme(1, 9, *counts))
    assert ids(found.quiet) == ([1] if is_news else [])
    assert ids(found.largest) == ([] if is_news else [1])


activities = st.builds(
    lambda number, size, counts, born_at: theme(number, size, *counts, born_at=born_at),
    number=st.integers(1, 10**6),
    size=st.integers(0, 60),
    counts=st.lists(st.integers(0, 6), min_size=1, max_size=9),
    born_at=st.sampled_from([LONG_AGO, END - timedelta(days=1)]),
)


@given(
    themes=st.lists(activities, max_size=20, unique_by=lambda each: each.id),
    known=st.integers(0, 8),
    order=st.randoms(use_true_random=False),
)
def test_the_order_of_the_themes_does_not_matter_and_none_stands_twice(
    themes: list[ThemeActivity], known: int, order: Random
) -> None:
    found = moving(*themes, known=known)
    shuffled = list(themes)
    order.shuffle(shuffled)
    assert moving(*shuffled, known=known) == found
    listed = ids((*found.named(), *found.largest))
    assert len(listed) == len(set(listed))
    assert max(len(found.grew), len(found.born)) <= LINES + FOLDED
    assert len(found.quiet) <= LINES
    assert len(found.largest) <= LARGEST
    for each in found.grew:
        usual = each.usual(known)
        assert usual is None or usual.is_above(each.arrived)
