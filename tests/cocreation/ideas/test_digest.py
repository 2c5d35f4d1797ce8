"""What a digest says follows from the numbers alone."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from cocreation.ideas.digest import AnsweredIdea, Counts, Digest, NewestIdea, compose_digest
from cocreation.ideas.headline import HeadlineKind, Pace
from cocreation.ideas.ids import IdeaId, ThemeId, Token
from cocreation.ideas.movement import ThemeActivity, moving_themes
from cocreation.ideas.period import Period
from cocreation.ideas.reply import Status, WaitingIdea
from cocreation.ideas.usual import Usual

END = datetime(2026, 5, 11, 6, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
PERIOD = Period(END - WEEK, END)
LONG_AGO = END - 20 * WEEK
STEADY = (20, 30, 45, 38, 36, 33, 60, 41)


def theme(number: int, size: int, arrived: int = 0, *earlier: int) -> ThemeActivity:
    return ThemeActivity(ThemeId(number), f"Theme {number}", size, arrived, earlier, LONG_AGO)


def digest(
    *themes: ThemeActivity,
    ideas: int = 0,
    earlier: Sequence[int] = (),
    total: int = 1000,
    newest: Sequence[str] = (),
    waiting: Sequence[str] = (),
    answered: Sequence[str] = (),
    quotes: Mapping[ThemeId, Sequence[str]] | None = None,
) -> Digest:
    return compose_digest(
        PERIOD,
        counts=Counts(ideas=ideas),
        earlier=[Counts(ideas=count) for count in earlier],
        known=len(earlier),
        total_ideas=total,
        themes=themes,
        moving=moving_themes(themes, PERIOD, len(earlier)),
        quotes=quotes or {},
        made_at=END,
        newest=[NewestIdea(IdeaId(n), text, None, END) for n, text in enumerate(newest)],
        waiting=[WaitingIdea(IdeaId(n), Token("t"), text, 1, END) for n, text in enumerate(waiting)],
        answered=[AnsweredIdea(IdeaId(n), text, Status.DONE, END) for n, text in enumerate(answered)],
    )


@pytest.mark.parametrize(
    ("ideas", "earlier", "total", "arrived", "kind"),
    [
        (0, (), 0, (), HeadlineKind.NOTHING_YET),
        (0, (9,), 100, (), HeadlineKind.EMPTY),
        (15, (10,), 100, (3,), HeadlineKind.THEME),
        (16, (10,), 100, (3,), HeadlineKind.PLAIN),
        (10, (10,), 100, (2,), HeadlineKind.PLAIN),
        (4, (4,), 100, (4,), HeadlineKind.PLAIN),
        (3, (), 3, (), HeadlineKind.FIRST),
        (20, (10,), 100, (), HeadlineKind.BUSIER),
        (19, (10,), 100, (), HeadlineKind.PLAIN),
        (2, (1,), 100, (), HeadlineKind.PLAIN),
        (5, (10,), 100, (), HeadlineKind.CALMER),
        (6, (10,), 100, (), HeadlineKind.PLAIN),
        (1, (4,), 100, (), HeadlineKind.PLAIN),
        (30, (20,), 100, (3, 3, 3), HeadlineKind.SPREAD),
        (50, STEADY, 1000, (), HeadlineKind.BUSY),
        (49, STEADY, 1000, (), HeadlineKind.PLAIN),
        (45, STEADY, 1000, (), HeadlineKind.AS_USUAL),
        (30, STEADY, 1000, (), HeadlineKind.AS_USUAL),
        (30, STEADY, 1000, (1, 1, 1), HeadlineKind.SPREAD),
        (28, STEADY, 1000, (), HeadlineKind.AS_USUAL),
        (27, STEADY, 1000, (), HeadlineKind.PLAIN),
        (25, STEADY, 1000, (), HeadlineKind.CALM),
        (50, STEADY, 1000, (10,), HeadlineKind.THEME),
    ],
)
def test_the_headline_follows_its_rules(
    ideas: int, earlier: tuple[int, ...], total: int, arrived: tuple[int, ...], kind: HeadlineKind
) -> None:
    themes = [theme(number, 50, new) for number, new in enumerate(arrived)]
    assert digest(*themes, ideas=ideas, earlier=earlier, total=total).headline.kind is kind


def test_a_headline_about_a_theme_knows_its_share_and_the_pace() -> None:
    headline = digest(theme(1, 50, 31), theme(2, 60, 6), ideas=74, earlier=STEADY).headline
    assert headline.theme == theme(1, 50, 31)
    assert (headline.share, headline.total, headline.pace) == (31, 74, Pace.BUSY)


@pytest.mark.parametrize(("arrived", "is_news"), [(5, True), (4, False)])
def test_a_theme_far_beyond_its_usual_is_news_however_small(arrived: int, is_news: bool) -> None:
    headline = digest(theme(1, 50, arrived, *[0, 1, 2, 2, 1, 2, 0, 9]), ideas=40, earlier=STEADY).headline
    assert (headline.kind is HeadlineKind.THEME) is is_news


def test_what_is_usual_for_a_theme_makes_no_headline() -> None:
    largest = theme(1, 500, 31, *[30, 33, 28, 40, 20, 31, 30, 34])
    found = digest(largest, ideas=40, earlier=STEADY)
    assert found.headline.kind is HeadlineKind.AS_USUAL
    assert (found.grew, found.largest) == ((), (largest,))


def test_what_is_usual_is_learned_from_the_full_periods_before() -> None:
    assert digest(ideas=9, earlier=STEADY).usual.ideas == Usual(30, 45)
    assert digest(ideas=9, earlier=STEADY[:4]).usual.ideas is None


def test_nobodys_words_are_said_twice() -> None:
    quotes = {ThemeId(1): ("Bomen", "Een bank"), ThemeId(2): ("Water",), ThemeId(3): ("Licht",)}
    found = digest(
        *(theme(number, 9, 3) for number in (1, 2, 3)),
        ideas=9,
        quotes=quotes,
        waiting=("Bomen",),
        answered=("Water",),
    )
    assert [news.quote for news in found.grew] == ["Een bank", None, "Licht"]


def test_the_newest_ideas_speak_where_no_theme_does() -> None:
    newest = ("a", "b", "c", "d", "e")
    assert [idea.text for idea in digest(ideas=5, newest=newest, waiting=("b",)).newest] == ["a", "c", "d"]
    quoted = digest(theme(1, 9, 3), ideas=5, newest=newest, quotes={ThemeId(1): ("Bomen",)})
    assert quoted.newest == ()


def test_ideas_outside_of_all_themes_are_what_is_left() -> None:
    assert digest(theme(1, 9), theme(2, 4), total=15).without_theme == 2
