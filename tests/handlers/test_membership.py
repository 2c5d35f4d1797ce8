"""A group takes the bot in, sends it away, becomes a supergroup: it keeps what was set for it."""

from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

import pytest

from sandbox import people
from sandbox.context import Context
from sandbox.faults import Fault
from sandbox.world import World
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Json, Town, a_town, a_world

STREET, FORUM = -3001, -1_000_000_003_002


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose bot has been in a group and a forum since long; Lien is their administrator."""
    world = a_world()
    world.add_group("Kapelstraat", [GRIET, YASMINE], admins=[LIEN], id=STREET)
    world.add_group("Plein", [GRIET, YASMINE], admins=[LIEN], id=FORUM, type="supergroup", is_forum=True)
    world.updates.clear()
    async with a_town(tmp_path, world) as running:
        running.wake()
        yield running


async def test_a_group_is_greeted_once_when_the_bot_comes(town: Town) -> None:
    people.set_bot_status(town.world, STREET, LIEN, "left")
    people.set_bot_status(town.world, STREET, LIEN, "member")
    greeting = await town.reads(STREET, "/idea")
    assert "Wilgenbeke" in greeting["text"]
    people.set_bot_status(town.world, STREET, LIEN, "administrator")
    town.world.redeliver(3)
    town.write(GRIET, "/idea Een bank", STREET)
    await town.reads(STREET, "bewaard")
    assert len(town.shown(STREET)) == 2
    people.set_bot_status(town.world, STREET, LIEN, "kicked")
    town.write(GRIET, "/help")
    await town.answer(GRIET, 1)
    assert len(await town.rows("SELECT * FROM groups WHERE left_at IS NOT NULL")) == 1


async def test_the_facilitators_chat_is_told_what_comes_there(town: Town) -> None:
    people.set_bot_status(town.world, FACILITATORS, LIEN, "left")
    people.set_bot_status(town.world, FACILITATORS, LIEN, "member")
    greeting = await town.answer(FACILITATORS, 1)
    assert "/digest" in greeting["text"]


class TestTheLanguage:
    """of a group is for its administrators to choose."""

    async def chosen(self, town: Town, person: int) -> Json:
        town.write(GRIET, "/help", STREET)
        about = await town.answer(STREET, 1)
        town.press(person, about, "Deutsch", STREET)
        return about

    async def test_changes_when_an_administrator_presses_and_stays(self, town: Town) -> None:
        about = await self.chosen(town, LIEN)
        changed = await town.reads(STREET, "Ich sammle Ideen")
        assert changed["message_id"] == about["message_id"]
        await town.rest()
        town.wake()
        town.write(YASMINE, "/idea Eine Bank", STREET)
        await town.reads(STREET, "Deine Idee")

    async def test_stays_when_somebody_else_presses(self, town: Town) -> None:
        about = await self.chosen(town, GRIET)
        await town.until(lambda: town.world.calls.matching("answerCallbackQuery"))
        (call,) = town.world.calls.matching("answerCallbackQuery")
        assert "beheerder" in call.params["text"]
        assert town.texts(STREET) == [about["text"]]

    async def test_is_asked_for_again_after_a_restart_while_telegram_did_not_say_who_may(
        self, town: Town
    ) -> None:
        town.world.faults.add(Fault("getChatAdministrators", status=502, times=1000))
        await self.chosen(town, LIEN)
        await town.until(lambda: town.world.calls.matching("getChatAdministrators"))
        await town.rest()
        town.world.faults.clear()
        town.wake()
        await town.reads(STREET, "Ich sammle Ideen")


Upgrade = Callable[[World, int], int]


def upgraded(world: World, group: int, order: Sequence[int]) -> int:
    """Let a group become a supergroup; `order` is that in which the bot hears of it."""
    before = len(world.updates)
    supergroup = people.upgrade(world, group)
    told = [
        next(m for m in world.chats[group].messages.values() if "migrate_to_chat_id" in m),
        next(m for m in supergroup.messages.values() if "migrate_from_chat_id" in m),
    ]
    assert before == 0
    world.updates.clear()
    for at in order:
        world.tell_bot("message", told[at], told[at]["chat"]["id"])
    return supergroup.id


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0,), (1,), (1, 0, 1)])
async def test_a_supergroup_has_the_language_of_its_group(town: Town, order: Sequence[int]) -> None:
    town.write(GRIET, "/help", STREET)
    town.press(LIEN, await town.answer(STREET, 1), "Deutsch", STREET)
    await town.reads(STREET, "Ich sammle Ideen")
    await town.rest()
    new = upgraded(town.world, STREET, order)
    town.wake()
    town.write(YASMINE, "/idea Eine Bank", new)
    await town.reads(new, "Deine Idee")


async def test_a_question_in_a_group_can_be_answered_after_it_became_a_supergroup(town: Town) -> None:
    written = town.write(GRIET, "Een fontein om in te spelen", STREET)
    people.write(town.world, STREET, YASMINE, "/idea", Context(reply_to_message_id=written["message_id"]))
    question = await town.answer(STREET, 1)
    await town.rest()
    town.press(GRIET, question, "Ja", STREET)
    new = people.upgrade(town.world, STREET).id
    town.wake()
    await town.reads(new, "bewaard")
    assert await town.rows("SELECT text FROM ideas") == [("Een fontein om in te spelen",)]


async def test_the_facilitators_stay_facilitators_when_their_group_becomes_a_supergroup(town: Town) -> None:
    await town.rest()
    new = upgraded(town.world, FACILITATORS, (0, 1))
    town.wake()
    town.write(LIEN, "/digest", new)
    digest = await town.answer(new, 1)
    assert "Wilgenbeke" in digest["text"]
    await town.rest()
    town.wake()
    town.write(LIEN, "/themes", new)
    await town.answer(new, 2)
    await town.until(lambda: "digest" in menu(town, new))


def menu(town: Town, chat: int) -> list[str]:
    commands = town.world.menus.shown_commands(chat, LIEN, is_admin=True, language="nl")
    return [command["command"] for command in commands]


async def test_what_is_for_the_old_group_arrives_in_the_new_one(town: Town) -> None:
    await town.rest()
    town.write(LIEN, "/digest", FACILITATORS)
    new = people.upgrade(town.world, FACILITATORS).id
    town.wake()
    await town.reads(new, "Wilgenbeke")


class TestATopic:
    """Each has its own talk, and the bot stays in it."""

    async def test_has_the_answers_to_what_is_asked_there(self, town: Town) -> None:
        topic = people.begin_topic(town.world, FORUM, LIEN, "Bomen")["message_thread_id"]
        context = Context(message_thread_id=topic)
        people.write(town.world, FORUM, GRIET, "/idea Een linde", context)
        kept = await town.answer(FORUM, 1)
        assert kept["message_thread_id"] == topic
        people.write(town.world, FORUM, GRIET, "/idea", context)
        how = await town.answer(FORUM, 2)
        assert how["message_thread_id"] == topic
        assert "/idea" in how["text"]

    async def test_that_is_closed_leaves_the_answer_to_the_general_one(self, town: Town) -> None:
        topic = people.begin_topic(town.world, FORUM, LIEN, "Bomen")["message_thread_id"]
        town.world.faults.add(Fault("sendMessage", status=400, description="Bad Request: TOPIC_CLOSED"))
        people.write(town.world, FORUM, GRIET, "/idea Een linde", Context(message_thread_id=topic))
        kept = await town.answer(FORUM, 1)
        assert "message_thread_id" not in kept
