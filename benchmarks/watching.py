"""A sandbox that notes when a bot first asks for updates, and when it first answers each message."""

import asyncio
import re
import time
from collections.abc import Callable, Sequence

from sandbox import people
from sandbox.calls import Call, CallLog
from sandbox.updates import UpdateQueue
from sandbox.world import World

_NUMBER = re.compile(r"number (\d+)")


class WatchedQueue(UpdateQueue):
    """`asked` is set by the first getUpdates."""

    def __init__(self, next_id: int, clock: Callable[[], float]) -> None:
        super().__init__(next_id, clock)
        self.asked = asyncio.Event()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[bytes]:  # noqa: ASYNC109 - the API's
        self.asked.set()
        return await super().poll(offset, limit, timeout)


class AnswerLog(CallLog):
    """Keeps of all calls the moments of the first answers alone, by the number in their text."""

    def __init__(self) -> None:
        super().__init__()
        self.answered: dict[int, float] = {}
        self.complete = asyncio.Event()
        self._wanted = 0

    def want(self, count: int) -> None:
        """Set `complete` once so many messages are answered in all."""
        self._wanted = count
        self.complete.clear()

    def record(self, call: Call) -> None:
        if call.status != 200 or call.method.lower() != "sendmessage":
            return
        found = _NUMBER.search(str(call.params.get("text")))
        if found is not None:
            self.answered.setdefault(int(found[1]), time.perf_counter())
            if len(self.answered) >= self._wanted:
                self.complete.set()


class WatchedTown:
    """People who write numbered ideas in turn, and when each was answered."""

    def __init__(self, residents: int) -> None:
        self.world = World()
        self.queue = WatchedQueue(self.world.updates.next_id, self.world.clock)
        self.log = AnswerLog()
        self.world.updates = self.queue
        self.world.calls = self.log
        self.written: dict[int, float] = {}
        self._residents: Sequence[int] = [
            self.world.add_person(f"Resident {number}", language_code="en", started=True).id
            for number in range(residents)
        ]

    def write(self, at: float | None = None) -> None:
        """The next person writes; `at` is the moment at which that was due, else now."""
        number = len(self.written)
        person = self._residents[number % len(self._residents)]
        self.written[number] = time.perf_counter() if at is None else at
        people.write(
            self.world, person, person, f"Idea number {number}: more benches in the shade of the park"
        )

    async def write_steadily(self, seconds: float, per_second: float) -> None:
        """At that pace, whether the bot keeps up or not."""
        began = time.perf_counter()
        for number in range(int(per_second * seconds)):
            due = began + number / per_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            self.write(due)

    def expect_all(self) -> asyncio.Event:
        """Set once everything that was written is answered."""
        self.log.want(len(self.written))
        if len(self.log.answered) >= len(self.written):
            self.log.complete.set()
        return self.log.complete

    def delays(self, after: int) -> list[float]:
        """Seconds from writing to the first answer, of the messages after the first `after`."""
        return [self.log.answered[number] - at for number, at in self.written.items() if number >= after]
