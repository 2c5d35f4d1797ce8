"""What becomes of a post that does not arrive, so that nothing is lost and nobody is asked for ever."""

from collections.abc import Awaitable, Callable

import structlog

from bot.backoff import patiently
from bot.files import Files
from cocreation.ideas.messages import Show
from cocreation.ports import Clock
from storage.engine import SqlStorage
from storage.outbox import Arrived, OutboxRow
from storage.work import SqlWork

log = structlog.get_logger(__name__)


async def write(storage: SqlStorage, step: Callable[[SqlWork], Awaitable[None]]) -> None:
    """One step in a transaction of its own, repeated for as long as the database cannot take it."""

    async def once() -> None:
        async with storage.writing() as work:
            await step(work)

    await patiently(once)


class Undelivered:
    """Each way takes the row out of the outbox."""

    def __init__(self, storage: SqlStorage, files: Files, clock: Clock) -> None:
        self._storage = storage
        self._files = files
        self._clock = clock

    async def drop(self, row: OutboxRow, reason: str) -> None:
        """Nobody is there. What a group misses is kept; of what a person turned away from, only what is news
        when they are back."""
        if row.chat < 0:
            log.error("a chat cannot be reached, its message is among the dead letters", row=row.id)
            await self.bury(row, reason)
            return
        now = self._clock()

        async def leave(work: SqlWork) -> None:
            await work.residents.mark_unreachable(row.chat, now)
            await work.outbox.arrived([Arrived(row, None)])
            if isinstance(row.post, Show):
                await work.notices.put_back(row.chat, row.post.tells, None)
                if row.post.slot is not None:
                    # What stands in the chat is out of date now, and is not what shows the slot any more.
                    await work.outbox.show_no_more(row.chat, row.post.slot)

        await write(self._storage, leave)
        await self._files.forget(row.post)

    async def take_back(self, row: OutboxRow) -> None:
        """It could not be sent in its time: what it tells is told anew when it may be."""
        now = self._clock()

        async def take_back(work: SqlWork) -> None:
            await work.outbox.arrived([Arrived(row, None)])
            if isinstance(row.post, Show):
                await work.notices.put_back(row.chat, row.post.tells, now)

        await write(self._storage, take_back)

    async def bury(self, row: OutboxRow, reason: str) -> None:
        now = self._clock()
        await write(self._storage, lambda work: work.outbox.bury(row, reason, now))
        await self._files.forget(row.post)
