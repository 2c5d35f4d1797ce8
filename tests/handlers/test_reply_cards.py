"""What facilitators see while they answer fits into a message, whatever was written."""

from datetime import UTC, datetime, timedelta

import pytest

from cocreation.ideas.idea import Idea, IdeaState, IdeaView, Source
from cocreation.ideas.ids import IdeaId, Language, ReplyPhotoId, TemplateId, Token
from cocreation.ideas.messages import Message
from cocreation.ideas.reply import LONGEST_REPLY, Answer, Reach, Status, WaitingIdea
from cocreation.ideas.submission import Outcome
from cocreation.ideas.template import Template
from handlers.cards import idea_card
from handlers.reply_cards import (
    choosing_card,
    corrected_card,
    preview_card,
    put_aside_card,
    question_card,
    sent_card,
    taking_back_card,
    undone_card,
)
from handlers.reply_subject import Said, Subject, Target
from handlers.waiting_cards import waiting_page
from locales import translator
from sandbox.markup import parse_html, utf16_length
from tests.handlers.test_cards import LANGUAGES, TOWN, WORST

NOW = datetime(2026, 5, 23, 8, 0, tzinfo=UTC)
EN = translator("en")


def view(text: str = "Zebra", reply: str | None = None, supports: int = 0) -> IdeaView:
    status = None if reply is None else Status.PLANNED
    idea = Idea(
        IdeaId(2**53),
        Token("t" * 22),
        None,
        text,
        None,
        None,
        IdeaState.PUBLISHED,
        Source.CHAT,
        NOW,
        status=status,
    )
    return IdeaView(idea, None, None, 0, supports, reply=reply)


def subject(text: str = "Zebra", said: Said | None = None, supports: int = 0) -> Subject:
    return Subject(Target(2**53), text, Reach(1, 1234), supports, said)


def waiting(number: int, text: str = "Zebra", supports: int = 0, days: int = 19) -> WaitingIdea:
    return WaitingIdea(IdeaId(number), Token("t"), text, supports, NOW - timedelta(days=days))


def shown(message: Message) -> str:
    text, _ = parse_html(message.html)
    assert all(len((button.action or "").encode()) <= 64 for row in message.buttons for button in row)
    return text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", WORST)
def test_the_longest_answer_to_the_longest_idea_fits(language: Language, text: str) -> None:
    t, answer = translator(language), text[:LONGEST_REPLY]
    idea, said = view(text, answer, 12), Said(2**53, Answer(Status.DONE, answer, ReplyPhotoId(1)), NOW, NOW)
    about = subject(text, said, 12)
    template = Template(TemplateId(2**53), Status.DONE, language, answer)
    for message in (
        choosing_card(about, t),
        choosing_card(about, t, corrects=2**53),
        put_aside_card(about, answer, t),
        question_card(about, Status.NOT_NOW, t, in_group=True, fault="Shorter. " * 9, before=answer),
        question_card(about, Status.DONE, t, in_group=True, templates=[template] * 6),
        preview_card(about, said.answer, t, first="Taken back. " * 9),
        sent_card(about, said.answer, Reach(1, 1234), 2**53, t),
        corrected_card(about, said, Reach(1, 1234), 2**53, t, day=NOW.date()),
        undone_card(about, said, t),
        taking_back_card(about, said, 1234, t),
        waiting_page([waiting(number, text) for number in range(5)], 5, 99, NOW, t),
        idea_card(idea, Outcome.KEPT, language, TOWN),
    ):
        assert 0 < utf16_length(shown(message)) <= 4096


def test_what_waits_says_for_how_long_and_how_many_want_it() -> None:
    page = waiting_page([waiting(1, supports=44), waiting(2, "Goats", days=3)], 0, 7, NOW, EN)
    assert shown(page).split("\n\n") == [
        "⏳ 7 ideas wait for an answer\nThose that wait longest come first.",
        "1 · “Zebra”\n44 👍 · for 19 days",
        "2 · “Goats”\nfor 3 days",
    ]
    assert [[button.label for button in row] for row in page.buttons] == [
        ["💬 Answer 1", "💬 Answer 2"],
        ["▸"],
        ["📊 How the town answers"],
    ]


def test_a_no_is_asked_for_its_reason() -> None:
    assert "Say why" in shown(question_card(subject(), Status.NOT_NOW, EN, in_group=False))
    assert "Say why" not in shown(question_card(subject(), Status.DONE, EN, in_group=False))


def test_a_second_answer_comes_on_top_of_the_first() -> None:
    text = shown(
        choosing_card(subject(said=Said(1, Answer(Status.PLANNED, "Twelve in March."), NOW, None)), EN)
    )
    assert "The town answers: 🗓 Planned\nTwelve in March." in text
    assert "on top of this one" in text


def test_a_card_shows_the_towns_answer() -> None:
    card = idea_card(view(reply="Twelve in March."), Outcome.KEPT, Language("en"), TOWN)
    assert "The town answers: 🗓 Planned\nTwelve in March." in shown(card)
