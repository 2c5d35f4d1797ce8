"""What the bot asked of the Bot API, in order, for tests and benchmarks to look at."""

import asyncio
from collections import deque
from dataclasses import dataclass

from sandbox.values import Json

KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Call:
    """One request of the bot; `status` is 0 when the connection was cut before it was done."""

    seq: int
    at: float
    method: str
    chat_id: int | None
    params: Json
    status: int
    result_message_id: int | None = None
    description: str | None = None

    def as_json(self) -> Json:
        """The object that the control API shows."""
        return {
            "seq": self.seq,
            "at": self.at,
            "method": self.method,
            "params": self.params,
            "status": self.status,
            "ok": self.status == 200,
            "result_message_id": self.result_message_id,
            "description": self.description,
        }


class CallLog:
    """The last calls, except getUpdates; `is_recording` can be switched off."""

    def __init__(self) -> None:
        self.is_recording = True
        self.last_seq = 0
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._news: set[asyncio.Future[None]] = set()

    def record(self, call: Call) -> None:
        """Keep a call and wake those who wait for one."""
        self._calls.append(call)
        for waiter in self._news:
            if not waiter.done():
                waiter.set_result(None)

    def next_seq(self) -> int:
        """Number the next call, from 1."""
        self.last_seq += 1
        return self.last_seq

    def matching(self, method: str | None = None, chat_id: int | None = None, since: int = 0) -> list[Call]:
        """List the calls after number `since`, of one method, in one chat."""
        wanted = method.lower() if method else None
        return [
            call
            for call in self._calls
            if call.seq > since
            and (wanted is None or call.method.lower() == wanted)
            and (chat_id is None or call.chat_id == chat_id)
        ]

    async def wait_for(
        self,
        at_least: int,
        seconds: float,
        method: str | None = None,
        chat_id: int | None = None,
        since: int = 0,
    ) -> list[Call]:
        """Wait until so many calls match, at most so many seconds; gives those that match by then."""
        calls = self.matching(method, chat_id, since)
        try:
            async with asyncio.timeout(seconds):
                while len(calls) < at_least:
                    await self._next()
                    calls = self.matching(method, chat_id, since)
        except TimeoutError:
            return calls
        return calls

    async def _next(self) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._news.add(waiter)
        try:
            await waiter
        finally:
            self._news.discard(waiter)
