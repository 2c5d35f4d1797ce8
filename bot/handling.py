"""Hands the inbox to the chat's handlers: in order per chat, each update's effects in one transaction."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

import structlog
from telegram import Update

from bot.backoff import patiently, pause
from bot.request import load_json
from cocreation.ideas.ids import ChatId
from cocreation.ideas.town import Town
from cocreation.ports import Clock, TownNow
from handlers.context import TURN, TownApplication, Turn
from handlers.faults import apologise
from storage.engine import SqlStorage
from storage.errors import StorageUnavailable
from storage.inbox import InboxRow
from storage.work import SqlWork

BATCH = 32
"""Updates that share a commit: enough to save most of its cost, few enough not to be felt."""
BREATH = 4
"""Updates, a few milliseconds, after which answers that came meanwhile are looked at."""
TRIES = 3
HANDLER_SECONDS = 30.0

log = structlog.get_logger(__name__)


class UnreadableUpdateError(Exception):
    """python-telegram-bot cannot make sense of an update."""


class Handling:
    """Works through the inbox. What a handler changes, what it answers and the end of the inbox row are
    one transaction, so that an update handled again after a crash has its effect once."""

    def __init__(
        self, storage: SqlStorage, application: TownApplication, town: TownNow, clock: Clock
    ) -> None:
        self._storage = storage
        self._application = application
        self._town = town
        self._clock = clock
        self._arrived = asyncio.Event()
        self._held: dict[ChatId, deque[InboxRow]] = {}
        self._last = 0

    def wake(self) -> None:
        """Something new is in the inbox."""
        self._arrived.set()

    async def run(self) -> None:
        """Hand out for ever."""
        async with asyncio.TaskGroup() as tasks:
            await self._recover(tasks)
            while True:
                self._arrived.clear()
                rows = await patiently(self._next)
                if rows:
                    await self._hand_out(rows, tasks)
                    self._last = rows[-1].id
                else:
                    await self._arrived.wait()

    async def _next(self) -> Sequence[InboxRow]:
        async with self._storage.reading() as work:
            return await work.inbox.waiting(self._last, BATCH)

    async def _recover(self, tasks: asyncio.TaskGroup) -> None:
        """What an earlier process left goes one by one, and each try counts before it is made:
        an update that kills the process must not do so for ever."""
        while rows := await patiently(self._next):
            for row in rows:
                if row.attempts >= TRIES:
                    await patiently(self._give_up, row, "the process ended while handling it")
                else:
                    await patiently(self._recount, row)
                    await self._hand_out([row], tasks)
            self._last = rows[-1].id

    async def _recount(self, row: InboxRow) -> None:
        async with self._storage.writing() as work:
            await work.inbox.failed(row)

    async def _hand_out(self, rows: Sequence[InboxRow], tasks: asyncio.TaskGroup) -> None:
        if any(row.chat in self._held for row in rows) or not await patiently(self._handle, rows):
            for row in rows:
                await self._handle_or_hold(row, tasks)

    async def _handle_or_hold(self, row: InboxRow, tasks: asyncio.TaskGroup) -> None:
        if row.chat in self._held:
            self._held[row.chat].append(row)
        elif not await patiently(self._handle, [row]):
            self._held[row.chat] = deque([row])
            tasks.create_task(self._try_again(row.chat), name="retry")

    async def _try_again(self, chat: ChatId) -> None:
        """Retry the updates held for a chat, in order, until each works or is given up."""
        held, tries = self._held[chat], 1
        while held:
            await self._insist(held[0], tries)
            held.popleft()
            tries = 0
        del self._held[chat]

    async def _insist(self, row: InboxRow, tries: int) -> None:
        """Try an update that has had some tries; wait only after one that failed."""
        for attempt in range(tries, TRIES):
            if attempt:
                await asyncio.sleep(pause(attempt))
            if await patiently(self._handle, [row]):
                return
        await patiently(self._give_up, row, "handling failed")

    async def _handle(self, rows: Sequence[InboxRow]) -> bool:
        """All of these updates in one transaction, or none. Raises StorageUnavailable."""
        try:
            async with self._storage.writing() as work:
                for number, row in enumerate(rows, start=1):
                    await self._process(work, row)
                    if number % BREATH == 0:
                        # Handling never waits for anything by itself: let others have their turn.
                        await asyncio.sleep(0)
                await work.inbox.done(rows)
        except StorageUnavailable:
            raise
        except UnreadableUpdateError:
            if len(rows) > 1:
                return False
            log.error("an update cannot be read, it is among the dead letters", row=rows[0].id)
            await self._give_up(rows[0], "unreadable")
        except Exception as error:
            if len(rows) == 1:
                log.error(
                    "handling an update failed", row=rows[0].id, error=type(error).__name__, exc_info=True
                )
            return False
        return True

    async def _process(self, work: SqlWork, row: InboxRow) -> None:
        turn = Turn(work, self._clock(), await self._town_now(work, row.chat))
        TURN.set(turn)
        update = self._read(row)
        async with asyncio.timeout(HANDLER_SECONDS):
            await self._application.process_update(update)
        if turn.failure is not None:
            raise turn.failure

    async def _town_now(self, work: SqlWork, chat: ChatId) -> Town:
        """The town, with its facilitators where they are since their group became a supergroup."""
        town = self._town()
        configured = town.facilitator_chat
        if chat >= 0 or configured is None:
            return town
        return replace(town, facilitator_chat=await work.groups.present(configured))

    def _read(self, row: InboxRow) -> Update:
        try:
            return Update.de_json(load_json(row.payload), self._application.bot)
        except Exception as error:  # whatever a library makes of JSON it does not know
            raise UnreadableUpdateError from error

    async def _give_up(self, row: InboxRow, error: str) -> None:
        async with self._storage.writing() as work:
            now = self._clock()
            await work.inbox.bury(row, error, now)
            if row.chat > 0:
                await apologise(work, row.chat, self._town(), now)
