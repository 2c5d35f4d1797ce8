"""The card of an idea fits into a message whatever was written, in every language."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreation.ideas.idea import Idea, IdeaState, IdeaView, Place, Source
from cocreation.ideas.ids import ChatId, IdeaId, Language, MediaId, ThemeId, Token
from cocreation.ideas.messages import Message
from cocreation.ideas.submission import Outcome
from cocreation.ideas.town import Town
from handlers.cards import (
    headline,
    idea_card,
    slot_of,
    too_large_notice,
    with_lines,
)
from handlers.quoting import isolated, on_one_line, units, within_units
from locales import known_languages, translator
from sandbox.markup import parse_html, utf16_length

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LANGUAGES = tuple(Language(code) for code in known_languages())
TOWN = Town(
    name="Wilgenbeke",
    languages=LANGUAGES,
    time_zone=ZoneInfo("Europe/Brussels"),
    facilitator_chat=ChatId(-5),
    administrators=frozenset(),
    digest_language=Language("nl"),
    board_url="https://ideas.wilgenbeke.example",
)
HUGE = 2**53
LONGEST = 4096
WORST = (
    "<&>\"'" * 820,
    "🌳" * LONGEST,
    "👨‍👩‍👧‍👦" * 585,
    "</blockquote><b>" * 256,
    "شجرة في الساحة " * 273,
    "\u202e\u2066" * 2048,
    "\n" * 2000 + "a" * 2096,
    "é" * LONGEST,
)
any_text = st.sampled_from(WORST) | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300)


def view(
    text: str = "Meer bomen",
    state: IdeaState = IdeaState.PUBLISHED,
    theme: str | None = None,
    place: Place | None = None,
    *,
    supports: int = 0,
    is_first: bool = False,
) -> IdeaView:
    idea = Idea(
        IdeaId(HUGE), Token("t" * 22), None, text, Language("nl"), place, state, Source.CHAT, created_at=NOW
    )
    photos = tuple(MediaId(n) for n in range(10))
    return IdeaView(idea, ThemeId(HUGE), theme, 1234567, supports, photos, is_first)


def shown(message: Message) -> str:
    text, _ = parse_html(message.html)
    return text


def actions(message: Message) -> list[str]:
    return [button.action for row in message.buttons for button in row if button.action is not None]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", WORST, ids=range(len(WORST)))
def test_the_fullest_card_of_the_longest_idea_fits(language: Language, text: str) -> None:
    t = translator(language)
    town = Town(text, LANGUAGES, TOWN.time_zone, None, frozenset(), language, TOWN.board_url)
    for outcome in Outcome:
        card = idea_card(
            view(text, theme=text, place=Place(name=text), supports=HUGE, is_first=True),
            outcome,
            language,
            town,
        )
        full = with_lines(card, too_large_notice(t))
        assert utf16_length(shown(full)) <= LONGEST


@settings(max_examples=60)
@given(text=any_text, label=any_text, place=any_text)
def test_people_write_text_and_never_markup(text: str, label: str, place: str) -> None:
    card = idea_card(view(text, theme=label, place=Place(name=place)), Outcome.KEPT, Language("nl"), TOWN)
    plain, entities = parse_html(card.html)
    assert utf16_length(plain) <= LONGEST
    assert {entity["type"] for entity in entities} <= {"blockquote", "expandable_blockquote"}
    assert len(entities) <= 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", list(IdeaState))
def test_every_button_fits_what_telegram_takes(language: Language, state: IdeaState) -> None:
    card = idea_card(view(state=state), Outcome.KEPT, language, TOWN)
    assert all(1 <= len(action.encode()) <= 64 for action in actions(card))
    assert all(button.label.strip() for row in card.buttons for button in row)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_outcome_has_words_of_its_own(language: Language) -> None:
    said = [headline(outcome, translator(language)) for outcome in Outcome]
    assert len(set(said)) == len(Outcome)
    assert all(said)


def test_a_card_shows_the_words_and_what_is_known_around_them() -> None:
    full = view("Bomen & <banken>", theme="Groen", place=Place(50.9, 3.5, "Markt"), supports=1)
    card = idea_card(full, Outcome.KEPT, Language("en"), TOWN)
    assert shown(card).split("\n\n") == [
        "Your idea is kept.",
        "Bomen & <banken>",
        "Theme: Groen · 1,234,567 ideas\n👍 1 person supports this\n📷 10 photos\n📍 Markt",
    ]


def test_a_withdrawn_idea_offers_its_return_alone() -> None:
    card = idea_card(view(state=IdeaState.WITHDRAWN), Outcome.WITHDRAWN, Language("en"), TOWN)
    assert actions(card) == [f"1:r:{HUGE}"]


def test_a_draft_asks_for_words() -> None:
    card = idea_card(view("", IdeaState.DRAFT), Outcome.WAITS_FOR_WORDS, Language("en"), TOWN)
    assert shown(card) == "I have it. Now write in a few words what it is about."
    assert actions(card) == [f"1:w:{HUGE}"]


def test_a_long_idea_folds() -> None:
    _, entities = parse_html(idea_card(view("boom " * 200), Outcome.KEPT, Language("en"), TOWN).html)
    assert [entity["type"] for entity in entities] == ["expandable_blockquote"]


def test_the_place_of_a_card_has_a_name_of_its_own() -> None:
    assert slot_of(view()) == f"idea:{HUGE}"


@pytest.mark.parametrize("text", ["شجرة", "עץ", "bomen شجرة"])
def test_a_line_from_right_to_left_keeps_its_direction_to_itself(text: str) -> None:
    assert isolated(text) == f"\u2068{text}\u2069"
    assert isolated("bomen · 3 👍") == "bomen · 3 👍"


@given(text=st.text(max_size=200))
def test_no_line_of_somebody_turns_or_breaks_what_follows(text: str) -> None:
    line = on_one_line(text, 60)
    inner = line.removeprefix("\u2068").removesuffix("\u2069")
    assert len(inner) <= 60
    assert not set(inner) & set("\n\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(text=any_text, limit=st.integers(10, 3000))
def test_a_text_is_cut_to_units(text: str, limit: int) -> None:
    cut = within_units(text, limit)
    assert units(cut) <= limit
    assert cut == text or units(text) > limit or len(text) > limit
