"""An event loop that does not wait: pauses pass as soon as nobody has anything to do."""

import asyncio
import selectors
from collections.abc import Callable

SILENCE = 0.002
"""Seconds of real time after which nothing more is expected from sockets and threads."""
LONGEST_HOP = 5.0
"""Seconds. Longer pauses, such as those of a long poll, last as long as they are."""

Events = list[tuple[selectors.SelectorKey, int]]


class HurriedLoop(asyncio.SelectorEventLoop):
    """Its clock jumps over the pauses of retries, limits and gatherings, when it is told to `hop`."""

    def __init__(self) -> None:
        self._hopped = 0.0
        self._next_timer = 0.0
        self._waiter: asyncio.Future[None] | None = None
        super().__init__(_WatchedSelector(self._is_watched, self._tell))

    def time(self) -> float:
        return super().time() + self._hopped

    async def silence(self) -> None:
        """Wait until there is nothing to do."""
        self._waiter = self.create_future()
        await self._waiter

    def hop(self) -> None:
        """Right after a silence: let the pause that ends next be over."""
        if self._next_timer <= LONGEST_HOP:
            self._hopped += self._next_timer

    def _is_watched(self) -> bool:
        return self._waiter is not None

    def _tell(self, next_timer: float | None) -> None:
        self._next_timer = 2 * LONGEST_HOP if next_timer is None else next_timer
        waiter, self._waiter = self._waiter, None
        if waiter is not None and not waiter.done():
            waiter.set_result(None)


class _WatchedSelector(selectors.DefaultSelector):
    def __init__(self, is_watched: Callable[[], bool], tell: Callable[[float | None], None]) -> None:
        super().__init__()
        self._is_watched = is_watched
        self._tell = tell

    def select(self, timeout: float | None = None) -> Events:
        if not self._is_watched() or (timeout is not None and timeout <= 0):
            return super().select(timeout)
        events = super().select(SILENCE if timeout is None else min(SILENCE, timeout))
        if not events:
            self._tell(None if timeout is None else max(timeout - SILENCE, 0.0))
        return events
