"""What is said to have happened to themes from one run to the next."""

from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import KnownTheme
from cocreation.ideas.theme_event import EventKind, ThemeEvent, events_between

TREES, BUSES = ThemeId(1), ThemeId(2)


def _theme(id: ThemeId, *members: int, has_faded: bool = False) -> KnownTheme:
    return KnownTheme(id, "", frozenset(map(IdeaId, members)), has_faded=has_faded)


def test_a_theme_that_stays_the_same_is_no_event() -> None:
    assert events_between([_theme(TREES, 1, 2, 3)], [_theme(TREES, 1, 2, 3)]) == ()


def test_a_new_theme_is_born() -> None:
    assert events_between([], [_theme(TREES, 1, 2, 3)]) == (ThemeEvent(EventKind.BORN, TREES, 3),)


def test_a_faded_theme_that_is_back_is_revived() -> None:
    faded = _theme(TREES, 1, 2, has_faded=True)
    assert events_between([faded], [_theme(TREES, 1, 2)]) == (ThemeEvent(EventKind.REVIVED, TREES, 2),)


def test_a_theme_whose_ideas_went_nowhere_has_faded() -> None:
    assert events_between([_theme(TREES, 1, 2, 3)], []) == (ThemeEvent(EventKind.FADED, TREES, 3),)


def test_a_theme_that_another_one_swallowed_has_merged() -> None:
    before = [_theme(TREES, 1, 2, 3, 4), _theme(BUSES, 5, 6)]
    after = [_theme(TREES, 1, 2, 3, 4, 5)]
    assert events_between(before, after) == (ThemeEvent(EventKind.MERGED, BUSES, 1, TREES),)


def test_a_theme_that_lost_a_part_to_a_new_one_has_split() -> None:
    after = [_theme(TREES, 1, 2, 3), _theme(BUSES, 4, 5, 6)]
    assert events_between([_theme(TREES, 1, 2, 3, 4, 5, 6)], after) == (
        ThemeEvent(EventKind.SPLIT, TREES, 3, BUSES),
        ThemeEvent(EventKind.BORN, BUSES, 3),
    )


def test_a_theme_grows_by_a_quarter_and_by_three_ideas_at_least() -> None:
    before = [_theme(TREES, *range(12))]
    assert events_between(before, [_theme(TREES, *range(14))]) == ()
    assert events_between(before, [_theme(TREES, *range(15))]) == (ThemeEvent(EventKind.GREW, TREES, 3),)
