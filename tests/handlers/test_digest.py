"""The digest as a phone shows it: right in each language, and always within one message."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocreation.ideas.digest import (
    Counts,
    Digest,
    Headline,
    HeadlineKind,
    NewestIdea,
    Period,
    SupportedIdea,
    ThemeActivity,
)
from cocreation.ideas.ids import ChatId, IdeaId, Language, ThemeId, Token
from cocreation.ideas.reply import WaitingIdea
from cocreation.ideas.town import Town
from handlers.digest import LIMIT, digest_message
from locales import known_languages
from sandbox.markup import parse_html, utf16_length

BRUSSELS = ZoneInfo("Europe/Brussels")
LANGUAGES = tuple(Language(code) for code in known_languages())
EN, NL, FR, DE = (Language(code) for code in ("en", "nl", "fr", "de"))
TOWN = Town("Tienen", LANGUAGES, BRUSSELS, ChatId(-5), frozenset(), NL, "https://ideas.tienen.example")


def local(year: int, month: int, day: int, hour: int = 8) -> datetime:
    return datetime(year, month, day, hour, tzinfo=BRUSSELS).astimezone(UTC)


WEEK_48 = Period(local(2026, 11, 23), local(2026, 11, 30))


def theme(number: int, label: str, size: int, arrived: int = 0, *quotes: str) -> ThemeActivity:
    return ThemeActivity(ThemeId(number), label, size, arrived, 0, quotes, WEEK_48.end, WEEK_48.start)


EMPTY = Digest(
    period=WEEK_48,
    counts=Counts(),
    before=Counts(),
    total_ideas=0,
    headline=Headline(HeadlineKind.NOTHING_YET),
    grew=(),
    born=(),
    quiet=(),
    largest=(),
    supported=(),
    newest=(),
    without_theme=0,
)
BUSY = replace(
    EMPTY,
    counts=Counts(ideas=74, people=51, newcomers=22, supports=210),
    before=Counts(ideas=36),
    total_ideas=1589,
    headline=Headline(HeadlineKind.THEME, theme="Safe cycling", share=31, total=74),
    grew=(theme(1, "Safe cycling", 62, 31, "My daughter of nine"), theme(2, "Shade", 23, 6)),
    born=(theme(3, "Night bus", 7, 7, "The last bus leaves at eight"),),
    quiet=(theme(4, "Playgrounds", 9),),
    largest=(theme(5, "Waste", 40, 0, "Bins"),),
    supported=(SupportedIdea(IdeaId(1), "Zebra at the Kabbeekvest", 44, WEEK_48.start),),
    newest=(
        NewestIdea(IdeaId(2), "A fountain\nto play in", "Shade", WEEK_48.start),
        NewestIdea(IdeaId(3), "Goats", None, WEEK_48.start),
    ),
    without_theme=2,
)


def shown(digest: Digest, language: Language = EN, town: Town = TOWN) -> str:
    text, _ = parse_html(digest_message(digest, language, town).html)
    return text


def test_a_busy_week_reads_from_what_happened_to_what_is_there() -> None:
    assert shown(BUSY).split("\n\n") == [
        "Tienen, week 48 · 23–29 November",
        "“Safe cycling” brought 31 of the 74 new ideas.",
        "74 new ideas (+38 on the week before)\n"
        "51 people wrote, 22 for the first time · 210 supports · 1,589 ideas in all",
        "▲ Grew most\nSafe cycling · 62 ideas, 31 new\n“My daughter of nine”\nShade · 23 ideas, 6 new",
        "✦ New themes\nNight bus · 7 ideas\n“The last bus leaves at eight”",
        "💬 Newest ideas\n“A fountain to play in”\n→ Shade\n“Goats”\n→ no theme yet",
        "👍 Most supported\n“Zebra at the Kabbeekvest” · 44 👍",
        "● Other themes\nWaste · 40 ideas\n“Bins”",
        "▽ Quiet for three weeks: Playgrounds",
        "2 ideas fit no theme yet.",
    ]


@pytest.mark.parametrize(
    ("language", "heading", "numbers"),
    [
        (NL, "Tienen, week 48 · 23–29 november", "74 nieuwe ideeën (+38 tegenover de week ervoor)"),
        (
            FR,
            "Tienen, semaine 48 · 23–29 novembre",
            "74 nouvelles idées (+38 par rapport à la semaine précédente)",
        ),
        (DE, "Tienen, KW 48 · 23.–29. November", "74 neue Ideen (+38 gegenüber der Vorwoche)"),
    ],
)
def test_each_language_reads_like_itself(language: Language, heading: str, numbers: str) -> None:
    parts = shown(BUSY, language).split("\n\n")
    assert parts[0] == heading
    assert parts[2].startswith(numbers)


@pytest.mark.parametrize(("language", "quoted"), [(FR, "«\u00a0Bins\u00a0»"), (DE, "„Bins“"), (NL, "“Bins”")])
def test_quotes_stand_in_the_signs_of_the_language(language: Language, quoted: str) -> None:
    assert quoted in shown(BUSY, language)


@pytest.mark.parametrize(
    ("start", "end", "heading"),
    [
        (
            local(2026, 12, 28),
            local(2027, 1, 4),
            "Tienen, week 53 · 28 December 2026\u2009–\u20093 January 2027",
        ),
        (local(2026, 3, 23), local(2026, 3, 30), "Tienen, week 13 · 23–29 March"),
        (local(2026, 11, 20, 17), local(2026, 11, 27, 17), "Tienen · 21–27 November"),
        (local(2026, 11, 16), local(2026, 11, 30), "Tienen · 16–29 November"),
        (local(2026, 11, 23), local(2026, 11, 24), "Tienen · 23 November"),
        (local(2026, 11, 23, 17), local(2026, 11, 24, 17), "Tienen · 24 November"),
        (local(2026, 11, 24, 0), local(2026, 11, 25, 0), "Tienen · 24 November"),
        (local(2026, 11, 24, 17), local(2026, 11, 27, 8), "Tienen · 25–26 November"),
    ],
)
def test_the_heading_names_the_days_that_the_period_is_about(
    start: datetime, end: datetime, heading: str
) -> None:
    assert shown(replace(BUSY, period=Period(start, end))).split("\n")[0] == heading


def test_a_digest_until_now_has_today_in_it() -> None:
    now = local(2026, 11, 24, 9)
    digest = replace(BUSY, period=Period(now - timedelta(days=7), now, is_open=True))
    assert shown(digest).startswith("Tienen · 18–24 November\n")


@pytest.mark.parametrize(
    ("ideas", "before", "expected"),
    [
        (1, 2, "1 new idea (−1 on the week before)"),
        (2, 2, "2 new ideas (as many as the week before)"),
        (0, 1200, "0 new ideas (−1,200 on the week before)"),
        (9, 0, "9 new ideas (+9 on the week before)"),
    ],
)
def test_a_change_has_a_true_sign_and_says_to_what_it_compares(
    ideas: int, before: int, expected: str
) -> None:
    digest = replace(BUSY, counts=Counts(ideas=ideas), before=Counts(ideas=before))
    assert expected in shown(digest).split("\n")


@pytest.mark.parametrize(
    ("days", "expected"),
    [(1, "(+38 on the day before)"), (7, "the week before)"), (21, "the same time before)")],
)
def test_a_change_compares_with_as_long_a_time(days: int, expected: str) -> None:
    period = Period(WEEK_48.end - timedelta(days=days), WEEK_48.end)
    assert expected in shown(replace(BUSY, period=period))


def test_the_very_first_ideas_are_compared_with_nothing() -> None:
    first = replace(BUSY, total_ideas=74, headline=Headline(HeadlineKind.FIRST, total=74))
    assert "\nThe first 74 ideas are here.\n\n74 new ideas\n" in shown(first)


def test_it_names_what_waits_for_an_answer_and_has_a_button_for_each() -> None:
    ideas = tuple(
        WaitingIdea(IdeaId(at), Token("t"), f"Zebra {at}", 44 * (2 - at), WEEK_48.end - timedelta(days=19))
        for at in (1, 2)
    )
    digest = replace(BUSY, waiting=ideas, waiting_count=9, counts=replace(BUSY.counts, answers=3))
    assert shown(digest).split("\n\n")[-1] == (
        "⏳ 9 ideas wait for an answer\n1 · “Zebra 1”\n44 👍 · for 19 days\n2 · “Zebra 2”\nfor 19 days"
    )
    assert "210 supports · 3 answers from the town" in shown(digest)
    buttons = [[button.label for button in row] for row in digest_message(digest, EN, TOWN).buttons]
    assert buttons == [["💬 Answer 1", "💬 Answer 2"], ["⏳ What waits"], ["Themes", "Board"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_week_says_so(language: Language) -> None:
    quiet = replace(EMPTY, headline=Headline(HeadlineKind.EMPTY), total_ideas=12, before=Counts(ideas=3))
    assert len(shown(EMPTY, language).split("\n\n")) == 3
    assert len(shown(quiet, language).split("\n\n")) == 3
    assert "No new ideas came in." in shown(quiet)


def test_a_late_digest_says_so() -> None:
    assert shown(replace(BUSY, is_late=True)).split("\n")[1].startswith("Late: ")
    assert "Late" not in shown(BUSY)


def test_where_nothing_moves_the_largest_themes_lie_open() -> None:
    digest = replace(BUSY, grew=(), born=())
    assert "● Largest themes\nWaste · 40 ideas" in shown(digest)
    assert "blockquote" not in digest_message(digest, EN, TOWN).html


def test_a_quote_ends_with_a_word() -> None:
    words = "more shade and more benches and more water for everybody who waits for the bus in the rain"
    newest = (NewestIdea(IdeaId(1), words, None, WEEK_48.start),)
    (line,) = [line for line in shown(replace(EMPTY, newest=newest)).split("\n") if line.startswith("“")]
    assert words.startswith(line[1:-2] + " ")


def test_a_theme_leads_to_its_page() -> None:
    _, entities = parse_html(digest_message(BUSY, FR, TOWN).html)
    links = [entity["url"] for entity in entities if entity["type"] == "text_link"]
    assert links[0] == "https://ideas.tienen.example/fr/themes/1"
    assert "href" not in digest_message(BUSY, FR, replace(TOWN, board_url=None)).html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(HeadlineKind))
def test_no_message_has_a_hole(language: Language, kind: HeadlineKind) -> None:
    digest = replace(BUSY, headline=replace(BUSY.headline, kind=kind))
    text = shown(digest, language)
    assert not re.search(r"[{}]|\n\n\n|  | $", text, re.MULTILINE)


def test_the_least_needed_lines_give_way_first() -> None:
    long = "&" * 200
    themes = tuple(theme(number, long, 9, 1, long) for number in range(5))
    newest = tuple(NewestIdea(IdeaId(n), f"{n} {long}", None, WEEK_48.start) for n in range(4))
    text = shown(replace(BUSY, grew=themes[:3], born=themes[:3], largest=themes, newest=newest))
    assert all(f"“{number} &" in text for number in range(4))
    assert "● Other themes" not in text


words = st.text(st.sampled_from("a &<>'\"🌳é شé\n\u202e\u200d🇧🇪"), max_size=150) | st.text(max_size=40)
activities = st.builds(
    ThemeActivity,
    id=st.integers(1, 2**53).map(ThemeId),
    label=words,
    size=st.integers(1, 10**6),
    arrived=st.integers(0, 10**6),
    arrived_before=st.just(0),
    quotes=st.lists(words, max_size=2).map(tuple),
    last_idea_at=st.none(),
    born_at=st.just(WEEK_48.start),
)
digests = st.builds(
    Digest,
    period=st.just(WEEK_48),
    counts=st.builds(Counts, *[st.integers(0, 10**7)] * 4),
    before=st.builds(Counts, st.integers(0, 10**7)),
    total_ideas=st.integers(0, 10**7),
    headline=st.builds(
        Headline, st.sampled_from(HeadlineKind), words, st.integers(0, 99), st.integers(0, 99)
    ),
    **{name: st.lists(activities, max_size=5).map(tuple) for name in ("grew", "born", "quiet", "largest")},
    supported=st.lists(
        st.builds(SupportedIdea, st.just(IdeaId(1)), words, st.integers(1, 10**6), st.just(WEEK_48.start)),
        max_size=5,
    ).map(tuple),
    newest=st.lists(
        st.builds(NewestIdea, st.just(IdeaId(1)), words, st.none() | words, st.just(WEEK_48.start)),
        max_size=5,
    ).map(tuple),
    without_theme=st.integers(0, 10**6),
    is_late=st.booleans(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(digest=digests, language=st.sampled_from(LANGUAGES), town=words)
def test_whatever_people_write_it_is_one_message_that_telegram_takes(
    digest: Digest, language: Language, town: str
) -> None:
    message = digest_message(digest, language, replace(TOWN, name=town))
    text, entities = parse_html(message.html)
    assert utf16_length(message.html) <= LIMIT
    assert utf16_length(text) <= 4096
    assert len(entities) <= 100
    assert {entity["type"] for entity in entities} <= {"bold", "italic", "text_link", "expandable_blockquote"}
    assert all(len((button.action or "").encode()) <= 64 for row in message.buttons for button in row)
