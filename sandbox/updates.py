"""Updates on their way to the bot: the queue, confirmation by offset, and long polling.

Source: https://core.telegram.org/bots/api#getupdates
"""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

import orjson

from sandbox.errors import BotApiError, conflict
from sandbox.values import Json

KEPT_SECONDS = 24 * 3600.0
MAX_TIMEOUT = 50
MAX_LIMIT = 100
_FUTURE = 10
_REMEMBERED = 1000
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True, slots=True)
class Pending:
    """An update that is not confirmed; `body` is its JSON at the moment it happened."""

    id: int
    chat_id: int | None
    queued_at: float
    body: bytes


class UpdateQueue:
    """Updates in order, each kept until it is confirmed or 24 hours old; ids rise by one."""

    def __init__(self, next_id: int, clock: Callable[[], float]) -> None:
        self.next_id = next_id
        self.allowed: frozenset[str] | None = None
        self.arrived = asyncio.Event()
        self._clock = clock
        self._pending: dict[int, Pending] = {}
        self._confirmed: deque[Pending] = deque(maxlen=_REMEMBERED)
        self._again: list[Pending] = []
        self._poller: asyncio.Future[None] | None = None
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._pending)

    @property
    def is_awaited(self) -> bool:
        """True while a long poll waits for an update."""
        return self._poller is not None

    def add(self, kind: str, content: Json, chat_id: int | None) -> None:
        """Queue an update of one kind, unless the bot did not ask for that kind."""
        is_wanted = kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT
        if is_wanted:
            self.add_raw({kind: content}, chat_id)

    def add_raw(self, update: Json, chat_id: int | None = None) -> int:
        """Queue an object as it is, numbered unless it has a number; gives its update_id."""
        number = update.get("update_id", self.next_id)
        update_id: int = number if isinstance(number, int) else self.next_id
        body = _dump({"update_id": update_id, **update})
        self.restore(Pending(update_id, chat_id, self._clock(), body))
        self.next_id = max(self.next_id, update_id + 1)
        return update_id

    def restore(self, pending: Pending) -> None:
        """Put an update into the queue and wake whoever waits for one."""
        self._pending[pending.id] = pending
        self._wake()

    def _wake(self) -> None:
        self.arrived.set()
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def pending(self) -> Iterable[Pending]:
        """List what is not confirmed, oldest first, after forgetting what is too old."""
        oldest = self._clock() - KEPT_SECONDS
        while self._pending:
            first = next(iter(self._pending.values()))
            if first.queued_at >= oldest:
                break
            del self._pending[first.id]
        return self._pending.values()

    def confirm(self, update_id: int) -> None:
        """Forget one update, since it was delivered."""
        delivered = self._pending.pop(update_id, None)
        if delivered is not None:
            self._confirmed.append(delivered)

    def confirmed(self, count: int) -> list[Pending]:
        """Give the last `count` updates that were confirmed, oldest first."""
        return list(self._confirmed)[-count:] if count > 0 else []

    def repeat(self, updates: Iterable[Pending]) -> None:
        """Let the next poll give these once more, whatever its offset, before all others."""
        self._again.extend(updates)
        self._wake()

    def clear(self) -> None:
        """Forget all updates."""
        self._pending.clear()

    def read(self, offset: int, limit: int) -> list[bytes]:
        """Confirm what lies before `offset` (from the end when negative) and give the next `limit` bodies.

        As on the real one, an offset far in the future confirms nothing.
        """
        pending = list(self.pending())
        if offset < 0:
            for update in pending[:offset]:
                self.confirm(update.id)
        elif 0 < offset <= self.next_id + _FUTURE:
            for update in pending:
                if update.id < offset:
                    self.confirm(update.id)
        again, self._again = self._again[:limit], self._again[limit:]
        return [update.body for update in (*again, *islice(self._pending.values(), limit - len(again)))]

    async def poll(self, offset: int, limit: int, timeout: float) -> list[bytes]:  # noqa: ASYNC109 - the API's
        """Read, waiting up to `timeout` seconds for a first update; who waits ends an older poll by 409."""
        limit = min(max(limit, 1), MAX_LIMIT)
        found = self.read(offset, limit)
        if found or timeout <= 0 or self._is_closed:
            return found
        self.interrupt(OTHER_POLLER)
        poller: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            async with asyncio.timeout(min(timeout, MAX_TIMEOUT)):
                await poller
        except TimeoutError:
            return []
        finally:
            if self._poller is poller:
                self._poller = None
        return self.read(offset, limit)

    def interrupt(self, reason: str) -> None:
        """End a waiting poll with 409 and this reason."""
        self._end_poll(conflict(reason))

    def close(self) -> None:
        """Let a waiting poll answer at once and let no other wait."""
        self._is_closed = True
        self._end_poll(None)

    def _end_poll(self, error: BotApiError | None) -> None:
        poller, self._poller = self._poller, None
        if poller is None or poller.done():
            return
        if error is None:
            poller.set_result(None)
        else:
            poller.set_exception(error)


def _dump(update: Json) -> bytes:
    try:
        return orjson.dumps(update)
    except orjson.JSONEncodeError:
        return json.dumps(update).encode()  # half of an emoji, which phones can send
