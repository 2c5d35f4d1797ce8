"""Drains the outbox: in order per chat, several chats at once, within Telegram's limits, till it is empty."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence, Set
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import NoReturn

import structlog

from bot.backoff import patiently, pause
from bot.chat_queue import ChatQueue
from bot.files import Files
from bot.limits import Floods, Pushes
from bot.pace import Pace
from bot.sending import GoneError, MovedError, RefusedError, Sender, TryLaterError
from bot.undelivered import Undelivered, write
from cocreation.ideas.ids import ChatId, MessageId, OutboxId
from cocreation.ideas.messages import LanguageWish, Priority, Results, SendFiles, Show, TakeAway, Toast
from cocreation.ports import Clock
from storage.engine import SqlStorage
from storage.outbox import Arrived, OutboxRow, sent_on
from storage.sent_log import SentLog
from storage.work import SqlWork

CHATS_AT_ONCE = 8
PATIENCE = 0.06
"""Seconds. A request that takes longer lets the next go beside it, so that 16 messages a second leave however
far Telegram is; it takes 30."""
IN_MEMORY = 5_000
GATHERING = 0.03
"""Seconds in which arrivals gather for one commit; until then they are noted."""
LAST_MESSAGES_SECONDS = 5.0
LONGEST_WAIT = 3600.0
"""Seconds. More than this was not asked by Telegram, but by a clock that somebody set."""

Decide = Callable[[SqlWork, LanguageWish, bool], Awaitable[None]]
"""Grants a wish or not, once it is known whether who has it is an administrator."""

log = structlog.get_logger(__name__)


class StaleError(Exception):
    """It should have arrived earlier."""


class Delivery:
    """Sends what the outbox holds. A row leaves the outbox only after its post has arrived, was replaced by
    a newer one, or was refused for good (then it is among the dead letters)."""

    def __init__(
        self, storage: SqlStorage, sender: Sender, files: Files, clock: Clock, decide: Decide
    ) -> None:
        self._storage = storage
        self._sender = sender
        self._clock = clock
        self._decide = decide
        self._files = files
        self._undelivered = Undelivered(storage, files, clock)
        self._queues: dict[ChatId, ChatQueue] = {}
        self._in_memory = 0
        self._last = OutboxId(0)
        self._is_behind = True
        self._has_missed = False
        self._is_ending = False
        self._has_landed = asyncio.Event()
        self._room = asyncio.Event()
        self._pace = Pace(CHATS_AT_ONCE, PATIENCE)
        self._sent = SentLog(storage.path)
        self._pushes = Pushes()
        self._floods = Floods()
        self._arrivals: list[tuple[Arrived, asyncio.Future[None]]] = []
        self._has_arrivals = asyncio.Event()
        self._spawn: Callable[[Coroutine[None, None, None]], object] = _not_running

    def accept(self, rows: Sequence[OutboxRow]) -> None:
        """Rows that were committed just now. While behind, they wait in the database for their turn."""
        if self._is_ending:
            return
        if self._is_behind:
            # The reading that is under way may not see them.
            self._has_missed = True
            self._room.set()
            return
        for row in rows:
            self._enqueue(row)
        if self._in_memory >= IN_MEMORY:
            self._is_behind = True

    def forget(self, rows: Set[OutboxId]) -> None:
        """Rows that were withdrawn just now: nobody gets them, unless they are under way."""
        for queue in self._queues.values():
            self._leave(queue.forget(rows))

    async def run(self) -> None:
        """Deliver for ever."""
        start = self._clock()
        with self._sent.opened() as sent:
            if sent:
                await self._settle_earlier(sent)
                self._sent.clear()
            async with self._storage.reading() as work:
                named = await work.outbox.files_once()
            await self._files.forget_others(named, start)
            await self._deliver_all()

    async def _settle_earlier(self, sent: Sequence[tuple[OutboxId, MessageId | None]]) -> None:
        settled: list[OutboxRow] = []

        async def settle(work: SqlWork) -> None:
            settled[:] = await work.outbox.settle(sent)

        await write(self._storage, settle)
        for row in settled:
            await self._files.forget(row.post)

    async def _deliver_all(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            self._spawn = tasks.create_task
            tasks.create_task(self._settle(), name="settle")
            while True:
                self._room.clear()
                await self._catch_up()
                await self._room.wait()

    async def finish(self) -> None:
        """Send nothing more, and wait for what is under way: so that a restart doubles no message."""
        self._is_ending = True
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_MESSAGES_SECONDS):
                while any(queue.in_flight for queue in self._queues.values()):
                    self._has_landed.clear()
                    await self._has_landed.wait()

    async def _catch_up(self) -> None:
        """Read what waits in the database, as far as there is room in memory."""
        while self._is_behind and self._in_memory < IN_MEMORY:
            self._has_missed = False
            rows = await patiently(self._next)
            if not rows and not self._has_missed:
                self._is_behind = False
            for row in rows:
                self._enqueue(row)

    async def _next(self) -> Sequence[OutboxRow]:
        async with self._storage.reading() as work:
            return await work.outbox.waiting(self._last, IN_MEMORY // 10)

    def _enqueue(self, row: OutboxRow) -> None:
        if row.id > self._last:
            self._last = row.id
            self._queue(row)

    def _queue(self, row: OutboxRow) -> None:
        queue = self._queues.get(row.chat)
        if queue is None:
            self._queues[row.chat] = queue = ChatQueue(not_before=self._not_before(row))
            self._spawn(self._serve(row.chat, queue))
        self._in_memory += 1
        for replaced in queue.add(row):
            self._leave(1)
            self._note(Arrived(replaced, None))

    def _not_before(self, row: OutboxRow) -> float:
        """When a row of an earlier process may be tried again; its clock and ours may differ."""
        asked = (row.due_at - self._clock()).total_seconds() if row.attempts else 0.0
        return asyncio.get_running_loop().time() + min(max(asked, 0.0), LONGEST_WAIT)

    async def _serve(self, chat: ChatId, queue: ChatQueue) -> None:
        while queue.rows:
            row = queue.rows[0]
            seconds = max(queue.not_before, self._floods.not_before) - asyncio.get_running_loop().time()
            if seconds > 0:
                await asyncio.sleep(seconds)
                continue
            if not await self._pushes.may_go(row, queue):
                continue
            await self._deliver(row, queue)
            if self._is_ending:
                return
        del self._queues[chat]

    async def _deliver(self, row: OutboxRow, queue: ChatQueue) -> None:
        """One try. The row stays at the head of its queue when it has to be tried again."""
        try:
            async with self._pace:
                # Meanwhile it may have been replaced, or something else may go before it.
                if self._is_ending or not queue.is_next(row):
                    return
                if self._is_stale(row):
                    raise StaleError
                queue.begin(row)
                message = await self._send(row)
                arrival = self._note(Arrived(row, message))
        except TryLaterError as error:
            if not queue.is_withdrawn:
                await self._postpone(row, queue, error)
                return
        except MovedError as error:
            await self._move(queue, row.chat, error.new_chat)
            return
        except StaleError:
            await self._undelivered.take_back(row)
        except GoneError as error:
            await self._undelivered.drop(row, str(error))
        except RefusedError as error:
            log.error("a message was refused, it is among the dead letters", row=row.id, reason=str(error))
            await self._undelivered.bury(row, str(error))
        except Exception:  # one chat's odd answer must not end the deliveries of all
            log.error("a delivery failed, it is tried again", row=row.id, exc_info=True)
            await self._postpone(row, queue, TryLaterError("an unexpected failure"))
            return
        else:
            # The chat's next message may edit this one, and so waits until the commit says where it is.
            if row.slot is not None:
                await arrival
        finally:
            queue.in_flight = None
            self._has_landed.set()
        queue.rows.popleft()
        self._leave(1)

    def _is_stale(self, row: OutboxRow) -> bool:
        post = row.post
        return isinstance(post, Show) and post.until is not None and post.until <= self._clock()

    async def _send(self, row: OutboxRow) -> MessageId | None:
        match row.post:
            case Toast() as toast if toast.expires_at > self._clock():
                await self._sender.answer(toast)
            case Results() as results if results.expires_at > self._clock():
                await self._sender.offer(results)
            case SendFiles() as files:
                await self._files.send(files)
            case TakeAway() as going:
                await self._sender.take_away(going)
            case LanguageWish() as wish:
                may = await self._sender.is_administrator(wish.chat, wish.by)
                await write(self._storage, lambda work: self._decide(work, wish, may))
            case Show() as show:
                return await self._show(show)
        return None

    async def _show(self, show: Show) -> MessageId | None:
        if show.is_new or show.slot is None or show.at is not None:
            return await self._sender.show(show, show.at)
        async with self._storage.reading() as work:
            shown = await work.outbox.shown_at(show.chat, show.slot)
        if shown is None and show.priority is Priority.PUSH:
            return None
        return await self._sender.show(show, shown)

    async def _postpone(self, row: OutboxRow, queue: ChatQueue, error: TryLaterError) -> None:
        seconds = error.seconds if error.seconds is not None else pause(row.attempts)
        due = self._clock() + timedelta(seconds=seconds)
        log.info("a message waits for its next try", row=row.id, seconds=round(seconds, 1), reason=str(error))
        queue.not_before = asyncio.get_running_loop().time() + seconds
        if error.seconds is not None:
            self._floods.add(row.chat, queue.not_before)
        await write(self._storage, lambda work: work.outbox.postpone(row, due))
        queue.rows[0] = replace(row, attempts=row.attempts + 1, due_at=due)

    async def _move(self, queue: ChatQueue, old: ChatId, new: ChatId) -> None:
        """A group became a supergroup: what waits for it goes to its new address."""
        now = self._clock()

        async def move(work: SqlWork) -> None:
            await work.groups.move(old, new, now)
            await work.outbox.move(old, new)

        log.warning("a group has a new chat id; if it is the facilitators', set town.facilitator_chat to it")
        await write(self._storage, move)
        rows = [replace(row, post=sent_on(row.post, new)) for row in queue.rows]
        queue.rows.clear()
        self._leave(len(rows))
        for row in rows:
            self._queue(row)

    def _note(self, arrival: Arrived) -> asyncio.Future[None]:
        """Note an arrival so that a kill does not double it; gives what is done once it is committed."""
        self._sent.note(arrival.row.id, arrival.message)
        done = asyncio.get_running_loop().create_future()
        self._arrivals.append((arrival, done))
        self._has_arrivals.set()
        return done

    async def _settle(self) -> None:
        """Commit arrivals, as many at a time as there are."""
        while True:
            await self._has_arrivals.wait()
            await asyncio.sleep(GATHERING)
            self._has_arrivals.clear()
            arrivals, self._arrivals = self._arrivals, []
            await write(self._storage, partial(_arrive, [arrival for arrival, _ in arrivals]))
            if not self._arrivals:
                self._sent.clear()
            for arrival, done in arrivals:
                await self._files.forget(arrival.row.post)
                if not done.done():
                    done.set_result(None)

    def _leave(self, rows: int) -> None:
        self._in_memory -= rows
        if self._is_behind and self._in_memory < IN_MEMORY // 2:
            self._room.set()


async def _arrive(arrivals: Sequence[Arrived], work: SqlWork) -> None:
    await work.outbox.arrived(arrivals)


def _not_running(_: object) -> NoReturn:
    raise RuntimeError("the delivery is not running")
