"""The digest as a phone shows it: right in each language, and always within one message."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocreation.ideas.digest import (
    AnsweredIdea,
    Counts,
    Digest,
    Moderation,
    NewestIdea,
    ThemeNews,
    UsualCounts,
)
from cocreation.ideas.headline import Headline, HeadlineKind, Pace
from cocreation.ideas.ids import ChatId, IdeaId, Language, ThemeId, Token
from cocreation.ideas.movement import ThemeActivity
from cocreation.ideas.period import Period
from cocreation.ideas.reply import Status, WaitingIdea
from cocreation.ideas.town import Town
from cocreation.ideas.usual import Usual
from handlers.digest import LIMIT, digest_message
from handlers.digest_themes import cut_at_sentence
from locales import known_languages
from sandbox.markup import parse_html, utf16_length

BRUSSELS = ZoneInfo("Europe/Brussels")
LANGUAGES = tuple(Language(code) for code in known_languages())
EN, NL, FR, DE = (Language(code) for code in ("en", "nl", "fr", "de"))
TOWN = Town("Tienen", LANGUAGES, BRUSSELS, ChatId(-5), frozenset(), NL, "https://ideas.tienen.example")


def local(year: int, month: int, day: int, hour: int = 8) -> datetime:
    return datetime(year, month, day, hour, tzinfo=BRUSSELS).astimezone(UTC)


WEEK_48 = Period(local(2026, 11, 23), local(2026, 11, 30))


def activity(number: int, label: str, size: int, arrived: int = 0, *keywords: str) -> ThemeActivity:
    return ThemeActivity(ThemeId(number), label, size, arrived, (), WEEK_48.start, keywords)


def theme(number: int, label: str, size: int, arrived: int = 0, quote: str | None = None) -> ThemeNews:
    return ThemeNews(activity(number, label, size, arrived), None, quote)


def wanted(at: int, text: str, supports: int = 44, days: int = 19) -> WaitingIdea:
    return WaitingIdea(IdeaId(at), Token("t"), text, supports, WEEK_48.end - timedelta(days=days))


CYCLING = activity(1, "Safe cycling", 62, 31, "cycling", "school", "zebra", "daughter")
EMPTY = Digest(
    period=WEEK_48,
    counts=Counts(),
    before=Counts(),
    total_ideas=0,
    headline=Headline(HeadlineKind.NOTHING_YET),
    made_at=WEEK_48.end,
)
BUSY = replace(
    EMPTY,
    counts=Counts(ideas=74, people=51, newcomers=22, supports=210, answers=3),
    before=Counts(ideas=36, people=51, supports=230),
    usual=UsualCounts(
        ideas=Usual(30, 45), people=Usual(20, 60), supports=Usual(220, 300), answers=Usual(3, 3)
    ),
    total_ideas=1589,
    headline=Headline(HeadlineKind.THEME, theme=CYCLING, share=31, total=74, pace=Pace.BUSY),
    grew=(
        ThemeNews(CYCLING, Usual(4, 9), "My daughter of nine"),
        ThemeNews(activity(2, "Shade", 23, 6), Usual(0, 0)),
    ),
    born=(theme(3, "Night bus", 7, 7, "The last bus leaves at eight"),),
    quiet=(theme(4, "Playgrounds", 9),),
    largest=(activity(5, "Waste", 40), activity(6, "Trees", 20, 2)),
    without_theme=2,
    waiting=(wanted(1, "Zebra at the Kabbeekvest"), wanted(2, "A\nfountain", 0, 3)),
    waiting_count=9,
    moderation=Moderation(2, WEEK_48.end - timedelta(hours=6)),
    answered=(AnsweredIdea(IdeaId(3), "More benches", Status.PLANNED, WEEK_48.start),),
    reached=57,
)


def shown(digest: Digest, language: Language = EN, town: Town = TOWN) -> str:
    text, _ = parse_html(digest_message(digest, language, town).html)
    return text


def test_a_busy_week_reads_from_what_happened_to_what_is_there() -> None:
    assert shown(BUSY).split("\n\n") == [
        "Tienen, week 48 · 23–29 November",
        "A busy week: “Safe cycling” brought 31 of the 74 new ideas, "
        "with words such as “school” and “zebra”.",
        "74 new ideas, more than usual (30 to 45) · 36 the week before\n"
        "51 people wrote, usually 20 to 60 · 51 before\n"
        "22 for the first time · 0 before\n"
        "210 supports, fewer than usual (220 to 300) · 230 before\n"
        "3 answers from the town, usually 3 · 0 before\n"
        "1,589 ideas in all",
        "▲ Grew more than usual\n"
        "Safe cycling (school, zebra) · 62 ideas, 31 new, usually 4 to 9\n“My daughter of nine”\n"
        "Shade · 23 ideas, 6 new, usually 0",
        "✦ New themes\nNight bus · 7 ideas\n“The last bus leaves at eight”",
        "▽ Quiet for three weeks\nPlaygrounds · 9 ideas, none new",
        "⏳ 9 ideas wait for an answer\n"
        "1 · “Zebra at the Kabbeekvest”\n44 👍 · for 19 days\n2 · “A fountain”\nfor 3 days",
        "🚩 2 messages wait for moderation, the oldest for 6 hours",
        "📨 3 answers from the town · 57 people heard of it\n“More benches”\n🗓 Planned",
        "● Other themes\nWaste · 40 ideas\nTrees · 20 ideas, 2 new\n2 ideas fit no theme yet.",
    ]


@pytest.mark.parametrize(
    ("language", "heading", "numbers"),
    [
        (
            NL,
            "Tienen, week 48 · 23–29 november",
            "74 nieuwe ideeën, meer dan gewoonlijk (30 tot 45) · de week ervoor 36",
        ),
        (
            FR,
            "Tienen, semaine 48 · 23–29 novembre",
            "74 nouvelles idées, plus que d’habitude (30 à 45) · 36 la semaine d’avant",
        ),
        (
            DE,
            "Tienen, KW 48 · 23.–29. November",
            "74 neue Ideen, mehr als sonst (30 bis 45) · in der Woche davor 36",
        ),
    ],
)
def test_each_language_reads_like_itself(language: Language, heading: str, numbers: str) -> None:
    parts = shown(BUSY, language).split("\n\n")
    assert parts[0] == heading
    assert parts[2].startswith(numbers)


@pytest.mark.parametrize(("language", "quoted"), [(FR, "«\u00a0Bins\u00a0»"), (DE, "„Bins“"), (NL, "“Bins”")])
def test_quotes_stand_in_the_signs_of_the_language(language: Language, quoted: str) -> None:
    assert quoted in shown(replace(BUSY, born=(theme(3, "Night bus", 7, 7, "Bins"),)), language)


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
        (1, 2, "1 new idea · 2 the week before"),
        (2, 2, "2 new ideas · 2 the week before"),
        (0, 1200, "0 new ideas · 1,200 the week before"),
        (9, 0, "9 new ideas · 0 the week before"),
    ],
)
def test_a_number_stands_with_what_it_was_before(ideas: int, before: int, expected: str) -> None:
    digest = replace(BUSY, counts=Counts(ideas, people=1), before=Counts(before), usual=UsualCounts())
    assert expected in shown(digest).split("\n")


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (local(2026, 11, 29), "(30 to 45) · 36 the day before"),
        (local(2026, 11, 23), "(30 to 45) · 36 the week before"),
        (local(2026, 10, 30), "(30 to 45) · 36 the month before"),
        (local(2026, 11, 9), "(30 to 45) · 36 in the same time before"),
    ],
)
def test_a_change_compares_with_as_long_a_time(start: datetime, expected: str) -> None:
    assert expected in shown(replace(BUSY, period=Period(start, WEEK_48.end)))


@pytest.mark.parametrize(
    ("supports", "said"),
    [(40, "40 supports · 0 before"), (152, "152 supports, more than usual (4 to 149) · 0 before")],
)
def test_a_range_so_wide_that_it_says_nothing_is_left_out(supports: int, said: str) -> None:
    wide = UsualCounts(supports=Usual(4, 149))
    digest = replace(BUSY, counts=Counts(3, supports=supports), before=Counts(3), usual=wide)
    assert said in shown(digest).split("\n")


def test_the_very_first_ideas_are_compared_with_nothing() -> None:
    first = replace(
        BUSY, total_ideas=74, usual=UsualCounts(), headline=Headline(HeadlineKind.FIRST, total=74)
    )
    assert "\nThe first 74 ideas are here.\n\n74 new ideas\n51 people wrote\n" in shown(first)


def test_whatever_it_names_has_a_button() -> None:
    buttons = [[button.label for button in row] for row in digest_message(BUSY, EN, TOWN).buttons]
    assert buttons == [
        ["▲ Safe cycling", "▲ Shade"],
        ["✦ Night bus", "▽ Playgrounds"],
        ["💬 Answer 1", "💬 Answer 2"],
        ["⏳ What waits", "🛡 Open the queue"],
        ["Themes", "Board"],
        ["📦 Export", "⚙️ Settings"],
    ]


def calm(**more: object) -> Digest:
    quiet = replace(EMPTY, headline=Headline(HeadlineKind.EMPTY), total_ideas=12, before=Counts(ideas=3))
    return replace(quiet, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("digest", [EMPTY, calm(oldest=wanted(1, "Zebra"))])
def test_an_empty_week_says_so_in_a_line_and_gives_one_thing_to_do(
    language: Language, digest: Digest
) -> None:
    assert len(shown(digest, language).split("\n\n")) == 2 + digest.total_ideas // 12


@pytest.mark.parametrize(
    ("more", "thing", "buttons"),
    [
        (
            {"oldest": wanted(7, "Zebra", days=45), "waiting_count": 1},
            "One thing to do: answer the idea that has waited longest, for 45 days.\n“Zebra”",
            ["💬 Answer this idea", "Themes", "Board", "⚙️ Settings"],
        ),
        (
            {"oldest": wanted(7, "Zebra"), "moderation": Moderation(1, WEEK_48.end - timedelta(hours=6))},
            "One thing to do: decide about what waits for moderation.\n"
            "1 message waits for moderation, for 6 hours",
            ["🛡 Open the queue", "Themes", "Board", "⚙️ Settings"],
        ),
        (
            {},
            "One thing to do: hang up a poster with the bot's QR code where people wait.",
            ["Themes", "Board", "⚙️ Settings"],
        ),
    ],
)
def test_the_one_thing_is_what_is_most_urgent(
    more: dict[str, object], thing: str, buttons: list[str]
) -> None:
    digest = calm(**more)
    assert shown(digest).split("\n\n")[1:] == [
        "Nothing came in: no ideas and no supports. The town gave no answers either.",
        thing,
    ]
    message = digest_message(digest, EN, TOWN)
    assert [button.label for row in message.buttons for button in row] == buttons


def test_a_week_without_ideas_in_which_something_happened_tells_it() -> None:
    digest = calm(counts=Counts(supports=3), before=Counts(ideas=3))
    assert shown(digest).split("\n\n")[1:] == [
        "No new ideas came in.",
        "0 new ideas · 3 the week before\n3 supports · 0 before\n12 ideas in all",
    ]


def test_a_late_digest_says_so() -> None:
    assert shown(replace(BUSY, is_late=True)).split("\n")[1].startswith("Late: ")
    assert "Late" not in shown(BUSY)


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        (Headline(HeadlineKind.PLAIN, total=1), "1 new idea came in."),
        (Headline(HeadlineKind.AS_USUAL, total=36), "As many new ideas came in as usual."),
        (
            Headline(HeadlineKind.BUSY, total=74, pace=Pace.BUSY),
            "A busy week: 74 new ideas, usually 30 to 45.",
        ),
        (Headline(HeadlineKind.CALM, total=9, pace=Pace.CALM), "A calm week: 9 new ideas, usually 30 to 45."),
        (Headline(HeadlineKind.THEME, CYCLING, 9, 9), "All 9 new ideas are about “Safe cycling”."),
        (
            Headline(HeadlineKind.THEME, replace(CYCLING, keywords=("cycling",)), 3, 9),
            "“Safe cycling” brought 3 of the 9 new ideas.",
        ),
        (Headline(HeadlineKind.CALMER, total=1, share=9), "Calmer than before: 1 new idea, after 9."),
        (
            Headline(HeadlineKind.SPREAD, total=36, share=7),
            "The new ideas are about 7 themes, and none stands out.",
        ),
    ],
)
def test_the_sentence_at_the_top_says_what_the_rule_found(headline: Headline, said: str) -> None:
    assert shown(replace(BUSY, headline=headline)).split("\n\n")[1] == said


def test_words_of_a_theme_come_in_the_language_of_the_digest() -> None:
    words = {NL: ("fiets", "kind"), FR: ("vélo",)}
    news = ThemeNews(replace(CYCLING, keywords_of=words))
    assert "Safe cycling (fiets, kind) · " in shown(replace(BUSY, grew=(news,)), NL)
    assert "Safe cycling (school, zebra) · " in shown(replace(BUSY, grew=(news,)), EN)


def test_where_nothing_is_known_to_be_usual_growth_is_not_called_unusual() -> None:
    assert "▲ Grew most\nShade" in shown(replace(BUSY, grew=(theme(2, "Shade", 23, 6),)))


def test_where_nothing_moves_the_largest_themes_come_by_themselves() -> None:
    digest = replace(BUSY, grew=(), born=(), quiet=())
    assert "● Largest themes\nWaste · 40 ideas" in shown(digest)


def test_what_goes_beyond_three_opens_at_a_touch() -> None:
    grew = tuple(theme(number, f"Theme {number}", 9, 5) for number in range(1, 6))
    text, entities = parse_html(digest_message(replace(BUSY, grew=grew, largest=()), EN, TOWN).html)
    (folded,) = [entity for entity in entities if entity["type"] == "expandable_blockquote"]
    encoded = text.encode("utf-16-le")
    start, end = 2 * folded["offset"], 2 * (folded["offset"] + folded["length"])
    inside = encoded[start:end].decode("utf-16-le")
    assert inside.strip() == "Theme 4 · 9 ideas, 5 new\nTheme 5 · 9 ideas, 5 new"


def test_an_answer_to_a_theme_stands_with_one_of_its_ideas() -> None:
    answered = (AnsweredIdea(IdeaId(3), "More benches", Status.PLANNED, WEEK_48.start, others=199),)
    assert "“More benches”\n🗓 Planned · and 199 more ideas of its theme\n" in shown(
        replace(BUSY, answered=answered)
    )


def test_the_newest_ideas_come_with_their_themes() -> None:
    newest = (
        NewestIdea(IdeaId(2), "A fountain\nto play in", "Shade", WEEK_48.start),
        NewestIdea(IdeaId(3), "Goats", None, WEEK_48.start),
    )
    expected = "💬 Newest ideas\n“A fountain to play in”\n→ Shade\n“Goats”\n→ no theme yet"
    assert expected in shown(replace(BUSY, newest=newest)).split("\n\n")


DANGER = "The crossing near the school is far too dangerous for children."
LIGHT = "A zebra would help, and so would a light."


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (f"{DANGER} {LIGHT} " + "X" * 60, f"{DANGER} {LIGHT}"),
        (f"{DANGER} And so on" + " and on" * 20, DANGER),
        ("Ja! A" + " long way round" * 12, None),
        ("We live near the church of St. Martin and we walk there with" + " the dog" * 20, None),
        ("It costs about 3.50 a day to park near the old market hall" + " every year" * 20, None),
        ("Short, and said.", "Short, and said."),
        ("Two\nlines", "Two lines"),
    ],
)
def test_a_quote_ends_with_a_sentence_or_else_with_a_word(text: str, cut: str | None) -> None:
    found = cut_at_sentence(text, 140)
    if cut is not None:
        assert found == cut
    else:
        assert found.endswith("…")
        assert text.startswith(found.removesuffix("…") + " ")


@given(text=st.text(st.sampled_from("aB .!?🌳“”3\n"), max_size=300))
def test_a_quote_is_never_longer_than_its_room(text: str) -> None:
    assert utf16_length(cut_at_sentence(text, 140)) <= 140


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
    long = "m" * 200
    themes = tuple(ThemeNews(activity(number, long, 9, 5), Usual(1, 2), long) for number in range(8))
    waiting = tuple(wanted(number, f"{number} {long}") for number in range(3))
    text = shown(replace(BUSY, grew=themes, born=themes, quiet=themes, waiting=waiting))
    assert all(f"“{number} m" in text for number in range(3))
    assert "🚩 2 messages" in text
    grew, rest = text.split("✦ New themes")
    assert grew.count("· 9 ideas") >= 3
    assert rest.split("⏳")[0].split("▽")[-1].count("· 9 ideas") < 3


words = st.text(st.sampled_from("a &<>'\"🌳é شé\n\u202e\u200d🇧🇪"), max_size=150) | st.text(max_size=40)
activities = st.builds(
    ThemeActivity,
    id=st.integers(1, 2**53).map(ThemeId),
    label=words,
    size=st.integers(1, 10**6),
    arrived=st.integers(0, 10**6),
    earlier=st.just(()),
    born_at=st.just(WEEK_48.start),
    keywords=st.lists(words, max_size=3).map(tuple),
)
ranges = st.none() | st.builds(Usual, st.integers(0, 99), st.integers(100, 10**6))
news = st.builds(ThemeNews, activities, ranges, st.none() | words)
ideas = st.builds(
    WaitingIdea,
    st.integers(1, 2**53).map(IdeaId),
    st.just(Token("t")),
    words,
    st.integers(0, 10**6),
    st.just(WEEK_48.start),
)
digests = st.builds(
    Digest,
    period=st.just(WEEK_48),
    counts=st.builds(Counts, *[st.integers(0, 10**7)] * 5),
    before=st.builds(Counts, st.integers(0, 10**7)),
    total_ideas=st.integers(0, 10**7),
    headline=st.builds(
        Headline,
        st.sampled_from(HeadlineKind),
        st.none() | activities,
        st.integers(0, 99),
        st.integers(0, 99),
        st.sampled_from(Pace),
    ),
    made_at=st.just(WEEK_48.end),
    usual=st.builds(UsualCounts, ranges, ranges),
    **{name: st.lists(news, max_size=8).map(tuple) for name in ("grew", "born", "quiet")},
    largest=st.lists(activities, max_size=5).map(tuple),
    newest=st.lists(
        st.builds(NewestIdea, st.just(IdeaId(1)), words, st.none() | words, st.just(WEEK_48.start)),
        max_size=5,
    ).map(tuple),
    without_theme=st.integers(0, 10**6),
    waiting=st.lists(ideas, max_size=3).map(tuple),
    waiting_count=st.integers(0, 10**6),
    oldest=st.none() | ideas,
    moderation=st.builds(Moderation, st.integers(0, 10**6), st.none() | st.just(WEEK_48.start)),
    answered=st.lists(
        st.builds(AnsweredIdea, st.just(IdeaId(1)), words, st.sampled_from(Status), st.just(WEEK_48.start)),
        max_size=8,
    ).map(tuple),
    reached=st.integers(0, 10**6),
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
