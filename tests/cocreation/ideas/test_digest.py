"""What a digest says follows from the numbers alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.digest import (
    LARGEST,
    LINES,
    NEWEST,
    Counts,
    Digest,
    HeadlineKind,
    NewestIdea,
    Period,
    SupportedIdea,
    ThemeActivity,
    compose_digest,
)
from cocreation.ideas.ids import IdeaId, ThemeId

END = datetime(2026, 5, 11, 6, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
PERIOD = Period(END - WEEK, END)
LONG_AGO = END - 20 * WEEK


def theme(
    number: int,
    size: int,
    arrived: int = 0,
    *,
    born_at: datetime = LONG_AGO,
    last_idea_at: datetime | None = END - timedelta(days=1),
    quotes: tuple[str, ...] = (),
) -> ThemeActivity:
    return ThemeActivity(ThemeId(number), f"Theme {number}", size, arrived, 0, quotes, last_idea_at, born_at)


def digest(
    *themes: ThemeActivity, ideas: int = 0, before: int = 0, total: int = 1000, newest: tuple[str, ...] = ()
) -> Digest:
    return compose_digest(
        PERIOD,
        counts=Counts(ideas=ideas),
        before=Counts(ideas=before),
        total_ideas=total,
        themes=themes,
        supported=[SupportedIdea(IdeaId(n), "Bomen", 9 - n, END) for n in range(9)],
        newest=[NewestIdea(IdeaId(n), text, None, END) for n, text in enumerate(newest)],
        without_theme=0,
    )


def ids(themes: tuple[ThemeActivity, ...]) -> list[int]:
    return [each.id for each in themes]


def test_what_got_most_ideas_grew_most() -> None:
    found = digest(theme(1, 50, 2), theme(2, 9, 7), theme(3, 20, 2), theme(4, 30), ideas=30)
    assert ids(found.grew) == [2, 1, 3]
    assert ids(found.largest) == [4]


def test_a_theme_is_new_when_it_appeared_with_ideas_of_the_period_alone() -> None:
    in_period = PERIOD.start + timedelta(days=2)
    found = digest(
        theme(1, 4, 4, born_at=in_period),
        theme(2, 9, 4, born_at=in_period),
        theme(3, 4, 4, born_at=PERIOD.start - timedelta(seconds=1)),
        ideas=30,
    )
    assert ids(found.born) == [1]
    assert ids(found.grew) == [2, 3]


def test_themes_that_do_not_move_are_listed_by_size() -> None:
    found = digest(*(theme(number, number) for number in range(1, 9)))
    assert ids(found.largest) == [8, 7, 6, 5, 4]
    assert (found.grew, found.born) == ((), ())


@pytest.mark.parametrize(("weeks", "is_news"), [(2.9, False), (3.1, True), (3.9, True), (4.1, False)])
def test_quiet_is_news_once(weeks: float, is_news: bool) -> None:
    found = digest(theme(1, 9, last_idea_at=END - weeks * WEEK), theme(2, 4, last_idea_at=None))
    assert ids(found.quiet) == ([1] if is_news else [])


def test_nobodys_words_are_said_twice() -> None:
    found = digest(theme(1, 9, 2, quotes=("Bomen", "Een bank")), ideas=2, newest=("Bomen",))
    assert found.grew[0].quotes == ("Een bank",)


@pytest.mark.parametrize(
    ("ideas", "before", "total", "arrived", "kind"),
    [
        (0, 0, 0, (), HeadlineKind.NOTHING_YET),
        (0, 9, 100, (), HeadlineKind.EMPTY),
        (10, 10, 100, (2,), HeadlineKind.THEME),
        (11, 10, 100, (2,), HeadlineKind.PLAIN),
        (4, 4, 100, (4,), HeadlineKind.PLAIN),
        (3, 0, 3, (), HeadlineKind.FIRST),
        (20, 10, 100, (), HeadlineKind.BUSIER),
        (19, 10, 100, (), HeadlineKind.PLAIN),
        (2, 1, 100, (), HeadlineKind.PLAIN),
        (5, 10, 100, (), HeadlineKind.CALMER),
        (6, 10, 100, (), HeadlineKind.PLAIN),
        (1, 4, 100, (), HeadlineKind.PLAIN),
        (30, 20, 100, (3, 3, 3), HeadlineKind.SPREAD),
    ],
)
def test_the_headline_follows_its_rules(
    ideas: int, before: int, total: int, arrived: tuple[int, ...], kind: HeadlineKind
) -> None:
    themes = [theme(number, 50, new) for number, new in enumerate(arrived)]
    assert digest(*themes, ideas=ideas, before=before, total=total).headline.kind is kind


def test_a_headline_about_a_theme_knows_its_share() -> None:
    headline = digest(theme(1, 50, 31), theme(2, 60, 6), ideas=74).headline
    assert (headline.theme, headline.share, headline.total) == ("Theme 1", 31, 74)


activities = st.builds(
    theme,
    number=st.integers(1, 10**6),
    size=st.integers(5, 40),
    arrived=st.integers(0, 5),
    born_at=st.sampled_from([LONG_AGO, END - timedelta(days=1)]),
)


@given(
    themes=st.lists(activities, max_size=20, unique_by=lambda each: each.id),
    ideas=st.integers(0, 50),
    before=st.integers(0, 50),
    order=st.randoms(use_true_random=False),
)
def test_the_order_of_the_themes_does_not_matter_and_none_stands_twice(
    themes: list[ThemeActivity], ideas: int, before: int, order: Random
) -> None:
    found = digest(*themes, ideas=ideas, before=before, newest=("a", "b", "c", "d", "e"))
    shuffled = list(themes)
    order.shuffle(shuffled)
    again = digest(*shuffled, ideas=ideas, before=before, newest=("a", "b", "c", "d", "e"))
    assert replace(again, headline=found.headline) == found
    listed = ids(found.grew) + ids(found.born) + ids(found.largest)
    assert len(listed) == len(set(listed))
    assert max(len(found.grew), len(found.born), len(found.supported)) <= LINES
    assert len(found.newest) <= NEWEST
    assert len(found.largest) <= LARGEST


def test_the_period_before_ends_where_this_one_starts() -> None:
    assert PERIOD.before() == Period(PERIOD.start - WEEK, PERIOD.start)
