"""Replies arrive, however Telegram behaves, and each once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.connection import make_bot
from bot.delivery import Delivery
from bot.files import Files
from bot.sending import Sender
from cocreation.ideas.ids import ChatId
from cocreation.ideas.messages import LanguageWish, Message, Show
from sandbox import people
from sandbox.faults import Fault
from storage.engine import SqlStorage
from storage.media_store import FileMediaStore
from storage.work import SqlWork
from tests.bot.town import FACILITATORS, GRIET, LIEN, Town, a_town


async def test_a_reply_is_tried_again_until_it_arrives(town: Town) -> None:
    for fault in (
        Fault("sendMessage", status=502),
        Fault("sendMessage", retry_after=1),
        Fault("sendMessage", drop="before"),
        Fault("sendMessage", status=500),
    ):
        town.world.faults.add(fault)
    town.write(GRIET, "Een fontein om in te spelen")
    await town.reads(GRIET, "Een fontein om in te spelen")
    assert len(town.shown(GRIET)) == 1


async def test_an_outage_that_outlives_the_bot_leaves_nobody_unanswered(town: Town) -> None:
    town.world.faults.add(Fault("sendMessage", status=502, times=1000))
    town.write(GRIET, "Een fontein om in te spelen")
    await town.until(lambda: len(town.world.calls.matching("sendMessage")) >= 2)
    await town.rest()
    town.world.faults.clear()
    town.wake()
    await town.reads(GRIET, "Een fontein om in te spelen")
    assert len(town.shown(GRIET)) == 1


async def test_only_the_newest_of_what_could_not_be_sent_arrives(town: Town) -> None:
    sent = town.write(GRIET, "Een bnk op het plein")
    await town.answer(GRIET, 1)
    town.world.faults.add(Fault("editMessageText", status=502, times=3))
    for text in ("Een ban op het plein", "Een bank op het plei", "Een bank op het plein"):
        people.edit(town.world, GRIET, GRIET, sent["message_id"], text)
    await town.reads(GRIET, "Een bank op het plein")
    assert len(town.shown(GRIET)) == 1


async def test_a_press_is_answered_even_when_the_card_cannot_change_yet(town: Town) -> None:
    town.write(GRIET, "Een bank op het plein")
    card = await town.unfold(GRIET, await town.answer(GRIET, 1))
    town.world.faults.add(Fault("editMessageText", status=502, times=2))
    town.press(GRIET, card, "Intrekken")
    await town.until(lambda: len(town.world.calls.matching("answerCallbackQuery")) == 2)
    await town.reads(GRIET, "24 uur")


async def test_a_card_that_the_person_deleted_comes_anew(town: Town) -> None:
    sent = town.write(GRIET, "Een bnk op het plein")
    card = await town.answer(GRIET, 1)
    town.world.remove(town.world.chats[GRIET], card["message_id"])
    people.edit(town.world, GRIET, GRIET, sent["message_id"], "Een bank op het plein")
    fresh = await town.reads(GRIET, "Een bank op het plein")
    assert fresh["message_id"] != card["message_id"]


async def test_who_blocked_the_bot_is_left_alone_until_they_write_again(town: Town) -> None:
    town.write(GRIET, "Een bank op het plein")
    await town.answer(GRIET, 1)
    town.world.faults.add(Fault("sendMessage", status=502))
    town.write(GRIET, "En een fontein")
    await town.until(lambda: len(town.world.calls.matching("sendMessage")) >= 2)
    people.block(town.world, GRIET, is_blocked=True)
    town.write(LIEN, "/id", FACILITATORS)
    await town.answer(FACILITATORS, 1)
    await town.until(lambda: any(call.status == 403 for call in town.world.calls.matching("sendMessage")))
    town.write(GRIET, "En schaduw")
    await town.reads(GRIET, "En schaduw")
    assert await town.rows("SELECT unreachable_at FROM residents WHERE telegram_id = ?", GRIET) == [(None,)]
    assert len(await town.rows("SELECT id FROM ideas")) == 3


async def test_what_telegram_will_never_take_is_kept_among_the_dead_letters(town: Town) -> None:
    town.world.faults.add(Fault("sendMessage", status=400, description="Bad Request: something new"))
    town.write(GRIET, "Een bank op het plein")
    town.write(GRIET, "En een fontein")
    await town.reads(GRIET, "En een fontein")
    assert await town.rows("SELECT origin, error FROM dead_letters") == [("outbox", "Something new")]


async def test_a_group_that_became_a_supergroup_still_gets_its_answer(tmp_path: Path) -> None:
    async with a_town(tmp_path, town={"administrators": [LIEN]}) as town:
        town.world.faults.add(Fault("getMe", status=502))
        town.write(LIEN, "/id", FACILITATORS)
        moved = people.upgrade(town.world, FACILITATORS)
        town.wake()
        answer = await town.answer(moved.id, 1)
        assert str(FACILITATORS) in answer["text"]


class LateStorage(SqlStorage):
    """A database in which somebody commits between a read and its answer."""

    late = True

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlWork]:
        async with super().reading() as work:
            yield work
        if self.late:
            self.late = False
            await post(self, "while the outbox was read")


async def post(storage: SqlStorage, text: str) -> None:
    async with storage.writing() as work:
        await work.outbox.put(Show(ChatId(GRIET), Message(text)), datetime.now(UTC))


async def nobody_wishes(work: SqlWork, wish: LanguageWish, may: bool) -> None:
    raise AssertionError


async def test_what_is_committed_while_the_outbox_is_read_is_not_forgotten(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town, make_bot(town.settings.telegram) as bot:
        storage = LateStorage(town.settings.storage.url)
        await storage.open()
        store = FileMediaStore(tmp_path)
        delivery = Delivery(
            storage, Sender(bot), Files(bot, store, store), lambda: datetime.now(UTC), nobody_wishes
        )
        storage.on_posted(delivery.accept)
        town.write(GRIET, "/start")
        delivering = asyncio.create_task(delivery.run())
        await town.answer(GRIET, 1)
        await post(storage, "afterwards")
        await town.answer(GRIET, 2)
        delivering.cancel()
        await asyncio.wait((delivering,))
        await storage.close()
        assert town.texts(GRIET) == ["while the outbox was read", "afterwards"]
