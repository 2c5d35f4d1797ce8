"""In a group the bot hears what is said to it, answers in one message, and decides for nobody."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cocreation.ideas.offer import OFFER_LASTS
from handlers.offers import end_old
from sandbox import deeplinks, kinds, people, querying
from sandbox.context import Context
from storage.engine import SqlStorage
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town
from tests.handlers.acting import forges
from tests.handlers.street import STREET, a_street, answer_to, ideas
from tests.sandbox.pictures import opus


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_street(tmp_path) as running:
        yield running


def link_in(message: Json) -> str:
    (address,) = [
        button["url"]
        for row in message["reply_markup"]["inline_keyboard"]
        for button in row
        if "url" in button
    ]
    return str(address)


@pytest.mark.parametrize("said", ["/idea Een bank", "@{bot} Een bank", "@{bot}: Een bank", "Een bank @{bot}"])
async def test_words_said_to_the_bot_are_an_idea_of_who_says_them(town: Town, said: str) -> None:
    written = town.write(YASMINE, said.format(bot=town.world.bot.username), STREET)
    answer = await town.answer(STREET, 1)
    assert answer["text"] == "Je idee is bewaard."
    assert answer["reply_to_message"]["message_id"] == written["message_id"]
    assert await ideas(town) == [("Een bank", YASMINE)]


async def test_the_answer_in_a_group_leads_to_the_card_in_private(town: Town) -> None:
    town.write(GRIET, "/idea Een bank bij de kapel", STREET)
    deeplinks.follow(town.world, YASMINE, link_in(await town.answer(STREET, 1)))
    await town.reads(YASMINE, "Een bank bij de kapel")


async def test_what_is_not_said_to_the_bot_stays_unread(town: Town) -> None:
    people.set_bot_status(town.world, STREET, LIEN, "administrator")
    name = town.world.bot.username
    town.write(GRIET, f"Ik vroeg het @{name} gisteren en zo", STREET)
    town.write(GRIET, f"Mail naar iemand@{name}x", STREET)
    town.write(GRIET, "Een bank bij de kapel", STREET)
    town.write(GRIET, "/idea", STREET)
    await town.answer(STREET, 1)
    assert len(town.shown(STREET)) == 1
    assert await ideas(town) == []


async def test_the_bots_own_question_is_answered_by_an_idea(town: Town) -> None:
    town.write(GRIET, "/idea", STREET)
    answer_to(town, YASMINE, await town.answer(STREET, 1), "Een fontein")
    kept = await town.answer(STREET, 2)
    answer_to(town, GRIET, kept, "Goed gevonden")
    await town.answer(STREET, 3)
    assert await ideas(town) == [("Een fontein", YASMINE)]


class TestAnotherPersonsMessage:
    """`/idea` as the answer to it asks the one who wrote it."""

    async def asked(self, town: Town) -> Json:
        written = town.write(GRIET, "Een fontein om in te spelen", STREET)
        answer_to(town, YASMINE, written, "/idea")
        question = await town.answer(STREET, 1)
        assert question["reply_to_message"]["message_id"] == written["message_id"]
        return question

    async def test_becomes_an_idea_in_its_authors_name_when_that_person_says_yes(self, town: Town) -> None:
        question = await self.asked(town)
        await town.rest()
        town.wake()
        town.press(GRIET, question, "Ja", STREET)
        kept = await town.reads(STREET, "bewaard.")
        assert kept["message_id"] == question["message_id"]
        assert await ideas(town) == [("Een fontein om in te spelen", GRIET)]

    @pytest.mark.parametrize("label", ["Ja", "Nee"])
    async def test_is_decided_by_nobody_else(self, town: Town, label: str) -> None:
        question = await self.asked(town)
        town.press(YASMINE, question, label, STREET)
        await town.until(lambda: town.world.calls.matching("answerCallbackQuery"))
        (call,) = town.world.calls.matching("answerCallbackQuery")
        assert "Alleen wie het bericht schreef" in call.params["text"]
        assert await ideas(town) == []
        assert await town.rows("SELECT * FROM residents") == []
        assert town.texts(STREET) == [question["text"]]

    async def test_is_forgotten_when_its_author_says_no_and_not_asked_for_again(self, town: Town) -> None:
        question = await self.asked(town)
        town.press(GRIET, question, "Nee", STREET)
        await town.reads(STREET, "geen idee")
        assert await town.rows("SELECT text FROM offers") == [("",)]
        answer_to(town, LIEN, question["reply_to_message"], "/idea")
        again = await town.answer(STREET, 2)
        assert "reply_markup" not in again

    async def test_is_asked_for_no_more_when_who_asked_takes_it_back(self, town: Town) -> None:
        question = await self.asked(town)
        town.press(GRIET, question, "terugnemen", STREET)
        await town.until(lambda: town.world.calls.matching("answerCallbackQuery"))
        assert len(await town.rows("SELECT id FROM offers")) == 1
        town.press(YASMINE, question, "terugnemen", STREET)
        await town.reads(STREET, "teruggenomen")
        assert await town.rows("SELECT id FROM offers") == []

    async def test_of_oneself_needs_no_question(self, town: Town) -> None:
        written = town.write(GRIET, "Een fontein om in te spelen", STREET)
        answer_to(town, GRIET, written, "/idea")
        await town.reads(STREET, "bewaard.")
        assert await ideas(town) == [("Een fontein om in te spelen", GRIET)]


async def test_a_question_that_nobody_answers_ends_after_days(town: Town) -> None:
    written = town.write(GRIET, "Een fontein om in te spelen", STREET)
    answer_to(town, YASMINE, written, "/idea")
    question = await town.answer(STREET, 1)
    await town.rest()
    storage = SqlStorage(town.settings.storage.url)
    await storage.open()
    future = datetime.now(UTC) + OFFER_LASTS + timedelta(minutes=1)
    async with storage.writing() as work:
        await end_old(work, town=town.settings.town_profile(), now=future)
    await storage.close()
    town.press(GRIET, question, "Ja", STREET)
    town.wake()
    over = await town.reads(STREET, "voorbij")
    assert over["message_id"] == question["message_id"]
    assert await ideas(town) == []
    assert await town.rows("SELECT id FROM offers") == []


GROUP_ITSELF = {"sender_chat": {"id": STREET, "type": "group", "title": "Kapelstraat"}}
OTHER_BOT = {"from": {"id": 99, "is_bot": True, "first_name": "Bot"}}
FORWARDED = {"forward_origin": {"type": "hidden_user", "sender_user_name": "Jan", "date": 1}}


def said_by(town: Town, message: Json, **changes: object) -> None:
    """Tell the bot of a message as Telegram would for what the sandbox has no people for."""
    town.world.tell_bot("message", message | changes, STREET)


async def test_who_writes_in_the_groups_name_is_asked_to_write_as_a_person(town: Town) -> None:
    await town.rest()
    message = town.write(LIEN, "/idea Een bank", STREET)
    town.world.updates.clear()
    said_by(town, message, **GROUP_ITSELF)
    town.wake()
    await town.reads(STREET, "in naam van een groep")
    assert await town.rows("SELECT * FROM residents") == []


@pytest.mark.parametrize("changes", [GROUP_ITSELF, OTHER_BOT, FORWARDED], ids=["group", "bot", "forward"])
async def test_what_no_person_here_wrote_is_asked_of_nobody(town: Town, changes: Json) -> None:
    await town.rest()
    written = town.write(GRIET, "Een fontein", STREET)
    asking = answer_to(town, YASMINE, written, "/idea")
    town.world.updates.clear()
    said_by(town, asking, reply_to_message=written | changes)
    town.wake()
    answer = await town.reads(STREET, "niemand ja zeggen")
    assert "reply_markup" not in answer
    assert await town.rows("SELECT id FROM offers") == []


async def test_a_button_of_one_person_does_nothing_in_a_group(town: Town) -> None:
    town.write(GRIET, "/idea Een bank bij de kapel", STREET)
    kept = await town.answer(STREET, 1)
    before = kept["text"]
    for data in ("g:1:0", "k:1", "B", "M:0", "p:i1:-", "s:1", "e:1", "x:1", "z", "O:999:y"):
        assert await forges(town, GRIET, kept, f"1:{data}", STREET) != ""
    assert town.texts(STREET) == [before]
    assert await town.rows("SELECT step FROM conversations") == []
    # What was begun in a group before this was so takes nobody's words either.
    await town.rest()
    town.run_sql(
        "INSERT INTO conversations (chat_id, step, since, subject, words) "
        f"VALUES ({STREET}, 'comment', '2026-01-01 00:00:00.000000', 1, '0')"
    )
    town.wake()
    answer_to(town, YASMINE, kept, "Een bank bij de kerk")
    await town.answer(STREET, 2)
    assert await town.rows("SELECT text FROM comments") == []


async def test_another_bot_is_not_answered(town: Town) -> None:
    await town.rest()
    message = town.write(LIEN, "/idea Een bank", STREET)
    town.world.updates.clear()
    said_by(town, message, **OTHER_BOT)
    town.wake()
    town.write(GRIET, "/help", STREET)
    await town.answer(STREET, 1)
    assert "Ik verzamel" in town.texts(STREET)[0]


class TestASharedCard:
    """of an idea, which somebody chose inline, says nothing of the one who shares it."""

    async def shared(self, town: Town) -> Json:
        town.write(GRIET, "Een fontein om in te spelen")
        await town.reads(GRIET, "Een fontein om in te spelen")
        query = querying.ask(town.world, STREET, YASMINE, "fontein")
        await town.until(lambda: query.answer)
        assert query.answer is not None
        choice = querying.Choice(query.id, str(query.answer.results[0]["id"]))
        return querying.choose(town.world, STREET, YASMINE, choice)

    @pytest.mark.parametrize("person", [YASMINE, LIEN])
    async def test_becomes_nobodys_own_idea(self, town: Town, person: int) -> None:
        answer_to(town, person, await self.shared(town), "/idea")
        answer = await town.reads(STREET, "Dit bericht heb ik al.")
        assert "reply_markup" not in answer
        assert await ideas(town) == [("Een fontein om in te spelen", GRIET)]
        assert await town.rows("SELECT id FROM offers") == []

    async def test_is_not_heard_as_words_to_the_bot(self, town: Town) -> None:
        await town.rest()
        card = town.write(YASMINE, f"Een fontein @{town.world.bot.username}", STREET)
        town.world.updates.clear()
        said_by(town, card, via_bot=town.world.bot.user())
        town.wake()
        town.write(GRIET, "/help", STREET)
        await town.answer(STREET, 1)
        assert "Ik verzamel" in town.texts(STREET)[0]


class TestAVoiceMessage:
    """in a group waits for words as one in private does: facilitators hear it."""

    async def spoken(self, town: Town, answers: Json | None = None) -> Json:
        file = kinds.SentFile(opus(4), "stem.ogg", "audio/ogg")
        content = await kinds.file_content(town.world, "voice", file, None)
        context = Context() if answers is None else Context(reply_to_message_id=answers["message_id"])
        return people.send(town.world, STREET, GRIET, content, context)

    async def heard(self, town: Town) -> None:
        await town.until(lambda: any("voice" in message for message in town.shown(FACILITATORS)))

    async def test_that_its_author_calls_an_idea_is_heard(self, town: Town) -> None:
        answer_to(town, GRIET, await self.spoken(town), "/idea")
        await town.reads(STREET, "Ik heb je spraakbericht")
        await self.heard(town)

    async def test_that_answers_the_bots_question_is_an_idea(self, town: Town) -> None:
        town.write(GRIET, "/idea", STREET)
        await self.spoken(town, await town.answer(STREET, 1))
        await town.reads(STREET, "Ik heb je spraakbericht")
        await self.heard(town)
