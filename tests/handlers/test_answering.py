"""The numbers about answers, as facilitators read them."""

from datetime import timedelta

from cocreation.ideas.answering import Answering, Share
from cocreation.ideas.reply import Status
from handlers.answering import answering_card
from locales import translator
from sandbox.markup import parse_html
from tests.bot.town import FACILITATORS, LIEN, Town
from tests.handlers.acting import asks
from tests.handlers.test_replies import an_idea, answered, last

SOME = Answering(
    waiting=7,
    longest=timedelta(days=19),
    by_status={Status.PLANNED: 2, Status.RECEIVED: 1},
    recent=Share(2, 8),
    ever=Share(2, 9),
    usual_time=timedelta(days=3),
)


def test_the_numbers_come_with_their_meaning() -> None:
    text, _ = parse_html(answering_card(SOME, translator("en")).html)
    assert text.split("\n\n") == [
        "📊 How the town answers",
        "⏳ 7 ideas wait for an answer. The longest has waited 19 days.",
        "Of the ideas of the last 90 days, 25% have an answer (2 of 8).\n"
        "Of all ideas, 22% have an answer (2 of 9).\n"
        "Half of the answers of these 90 days came within 3 days.",
        "📥 Received · 1\n🗓 Planned · 2",
    ]


def test_a_town_without_ideas_says_so() -> None:
    nothing = Answering(0, None, {}, Share(0, 0), Share(0, 0), None)
    text, _ = parse_html(answering_card(nothing, translator("en")).html)
    assert text == "📊 How the town answers\n\nThere are no ideas yet."


async def test_the_numbers_and_the_list_turn_into_each_other(town: Town) -> None:
    await an_idea(town)
    await an_idea(town, text="Een bank bij de kapel")
    await answered(town)
    page = await asks(town, LIEN, "/answers", FACILITATORS)
    assert "1 idee wacht" in page["text"]
    assert "(1 van 2)" in page["text"]
    town.press(LIEN, page, "Wat wacht", FACILITATORS)
    waiting = await last(town, "1 · ")
    town.press(LIEN, waiting, "Hoe de gemeente antwoordt", FACILITATORS)
    assert (await last(town, "(1 van 2)"))["message_id"] == page["message_id"]
