"""What happens in the world, told to the pages that watch."""

import asyncio
from collections.abc import AsyncIterator

import orjson

from sandbox.values import Json

_BEHIND = 1000
_END = b""


class EventHub:
    """Hands every event to every watcher; one that falls far behind is let go and looks again by itself."""

    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[bytes]] = set()
        self._is_closed = False

    def publish(self, kind: str, chat_id: int | None = None, **fields: object) -> None:
        """Tell an event; costs nothing while nobody watches."""
        if not self._watchers:
            return
        event: Json = {"type": kind, "chat_id": chat_id, "message": None, **fields}
        body = orjson.dumps(event)
        for watcher in list(self._watchers):
            if watcher.qsize() >= _BEHIND:
                self._let_go(watcher)
            else:
                watcher.put_nowait(body)

    async def watch(self, beat: float = 15.0) -> AsyncIterator[bytes | None]:
        """Yield each event as JSON, and None after `beat` seconds without one, until the hub closes."""
        watcher: asyncio.Queue[bytes] = asyncio.Queue()
        self._watchers.add(watcher)
        try:
            yield None
            while not self._is_closed:
                try:
                    body = await asyncio.wait_for(watcher.get(), beat)
                except TimeoutError:
                    yield None
                    continue
                if body == _END:
                    return
                yield body
        finally:
            self._watchers.discard(watcher)

    def close(self) -> None:
        """Send every watcher away."""
        self._is_closed = True
        for watcher in list(self._watchers):
            self._let_go(watcher)

    def _let_go(self, watcher: asyncio.Queue[bytes]) -> None:
        self._watchers.discard(watcher)
        watcher.put_nowait(_END)
