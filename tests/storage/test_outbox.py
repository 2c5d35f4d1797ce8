"""Which message shows what, and in which chats something is shown."""

from datetime import UTC, datetime

from cocreation.ideas.ids import ChatId, MessageId, OutboxId
from cocreation.ideas.messages import Message, Show
from storage.engine import SqlStorage
from storage.outbox import Arrived

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
ANN, BOB = ChatId(1), ChatId(2)


async def arrive(storage: SqlStorage, show: Show, message: int) -> None:
    async with storage.writing() as work:
        await work.outbox.put(show, NOW)
    async with storage.writing() as work:
        (row,) = await work.outbox.waiting(OutboxId(0), 10)
        await work.outbox.arrived([Arrived(row, MessageId(message))])


async def test_a_message_that_shows_something_else_now_shows_the_first_no_more(storage: SqlStorage) -> None:
    await arrive(storage, Show(ANN, Message("A card"), slot="card:17"), 70)
    await arrive(storage, Show(ANN, Message("The list"), slot="browse", at=MessageId(70)), 70)
    async with storage.reading() as work:
        assert await work.outbox.shown_at(ANN, "card:17") is None
        assert await work.outbox.shown_at(ANN, "browse") == MessageId(70)


async def test_a_message_that_shows_something_without_a_name_shows_the_first_no_more(
    storage: SqlStorage,
) -> None:
    await arrive(storage, Show(ANN, Message("A card"), slot="card:17"), 70)
    await arrive(storage, Show(ANN, Message("A notice"), at=MessageId(70)), 70)
    async with storage.reading() as work:
        assert await work.outbox.shown_at(ANN, "card:17") is None


async def test_an_open_card_is_found_in_each_chat_that_shows_it(storage: SqlStorage) -> None:
    for chat in (ANN, BOB):
        await arrive(storage, Show(chat, Message("A card"), slot="card:17"), 70)
        await arrive(storage, Show(chat, Message("Another"), slot="card:1"), 71)
    await arrive(storage, Show(BOB, Message("News"), slot="news:1"), 72)
    await arrive(storage, Show(BOB, Message("The list"), slot="browse", at=MessageId(70)), 70)
    async with storage.reading() as work:
        assert await work.outbox.showing("card:17", 10) == [ANN]
        assert await work.outbox.showing("card:1", 1) == [ANN]
        assert await work.outbox.showing("news:1", 1) == [BOB]
