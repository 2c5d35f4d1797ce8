"""When ideas are laid onto frames: a while after somebody wrote, or the town's frames changed."""

import time
from collections.abc import Sequence

import structlog

from bot.theme_worker import ThemeWorker
from cocreation.ports import Storage, TownNow
from storage.outbox import OutboxRow

GATHER = 20.0
"""Seconds that new ideas gather in before they are read: nobody waits for that, and themes come first."""
LONGEST_CALM = 600.0
"""Seconds after which it is looked for ideas that came another way than through this process: an import."""
REST = 3
"""After a batch it waits so many times as long as that took: who asks why gets an answer in between."""

log = structlog.get_logger(__name__)


class FramePace:
    """Hears of what the bot posts, and of the clock's ticks; decides when ideas are read."""

    def __init__(self, storage: Storage, worker: ThemeWorker, town: TownNow, gather: float = GATHER) -> None:
        self._storage = storage
        self._worker = worker
        self._town = town
        self._version: str | None = None
        self._gather = gather
        self._due = time.monotonic() + gather

    def accept(self, rows: Sequence[OutboxRow]) -> None:
        """Something was answered: perhaps a new idea."""
        self._due = min(self._due, time.monotonic() + self._gather)

    async def tick(self) -> None:
        """Lay a batch onto the town's frames, if any may be waiting."""
        began = time.monotonic()
        if began < self._due:
            return
        self._due = began + LONGEST_CALM
        if not await self._is_anything_unread():
            return
        try:
            laid = await self._worker.lay(self._town().frames)
        except Exception:
            self._due = time.monotonic() + self._gather
            raise
        self._version = laid.version
        if laid.is_more:
            ended = time.monotonic()
            self._due = ended + REST * (ended - began)
        else:
            log.info("ideas are laid onto the frames", seconds=round(time.monotonic() - began, 1))

    async def _is_anything_unread(self) -> bool:
        """Before the first batch nobody knows by which version."""
        async with self._storage.reading() as work:
            if self._version is None:
                return await work.ideas.count() > 0
            return len(await work.frames.unread(self._version, 1)) > 0
