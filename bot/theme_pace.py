"""When themes follow what people write: a new idea is placed at once, and all are found anew now and then."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress

import structlog

from bot.theme_worker import Placer, ThemeWorker
from cocreation.ports import CardRenderer, Clock, Storage
from cocreation.services.refresh_themes import show_themes
from storage.errors import StorageUnavailable
from storage.outbox import OutboxRow

LOOK = 2.0
"""Seconds between two looks for ideas that came another way than through this process: an import,"""
LOOKS = 50
"""or so many times as long as a look takes, if that is longer: it reads through all ideas."""
GATHER, LONGEST_GATHER = 0.1, 2.0
"""Seconds that new ideas may gather in before they are placed together: as long as placing took."""

ENOUGH = 0.02
"""Share of the ideas that are new, changed or gone, with which finding all themes anew is worth while."""
REST = 2
"""After a run of so many seconds the next one waits at least this many times as long,"""
LONG_REST = 100
"""and this many times as long while less than ENOUGH has changed: it takes a hundredth of one processor."""
SHORTEST_REST, LONGEST_REST, LONGEST_LONG_REST = 3.0, 900.0, 6 * 3600.0
"""Seconds."""

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 300.0
"""Seconds that no idea is placed after a failure; twice as long after each that follows."""

log = structlog.get_logger(__name__)


class Failures:
    """What goes wrong again and again: told in full once, and tried less and less often."""

    def __init__(self, work: str, longest: float) -> None:
        self._work = work
        self._longest = longest
        self._count = 0
        self.pause = 0.0
        """Seconds to wait before the next try."""

    def add(self, error: Exception, pause: float) -> None:
        """`pause` is for the first of them."""
        self._count += 1
        self.pause = min(max(2 * self.pause, pause), self._longest)
        told = {"work": self._work, "times": self._count, "again_in_seconds": round(self.pause, 3)}
        if isinstance(error, StorageUnavailable):
            log.error("the database cannot be used now, trying again", **told, reason=str(error))
        elif self._count == 1:
            log.error("themes do not follow, trying again", **told, exc_info=error)
        else:
            log.error("themes still do not follow, trying again", **told, error=type(error).__name__)

    def end(self) -> None:
        self._count, self.pause = 0, 0.0


class ThemePace:
    """Hears of what the bot posts, and of the clock's ticks; decides when the two processes work."""

    def __init__(
        self, storage: Storage, worker: ThemeWorker, placer: Placer, render: CardRenderer, clock: Clock
    ) -> None:
        self._storage = storage
        self._worker = worker
        self._placer = placer
        self._render = render
        self._clock = clock
        self._posted = asyncio.Event()
        self._encoder: str | None = None
        self._is_behind = True
        self._look, self._gather = LOOK, GATHER
        self._ended: float | None = None
        self._lasted = 0.0
        self._not_placed = Failures("placing new ideas", LONGEST_PAUSE)
        self._not_refreshed = Failures("finding all themes", LONGEST_REST)

    def accept(self, rows: Sequence[OutboxRow]) -> None:
        """Something was answered: perhaps a new idea."""
        self._posted.set()

    async def run(self) -> None:
        """Place ideas as they come, for ever."""
        was_posted = False
        while True:
            try:
                self._is_behind = await self._place(was_posted)
                self._not_placed.end()
            except Exception as error:  # the outermost loop: one failure must not end the chat
                self._is_behind = False
                self._not_placed.add(error, FIRST_PAUSE)
                await asyncio.sleep(self._not_placed.pause)
            if not self._is_behind:
                was_posted = await self._news()

    async def tick(self) -> None:
        """Find all themes anew if it is time."""
        if self._is_behind or not await self._is_due():
            return
        began = time.monotonic()
        failure = None
        try:
            newly = await self._worker.refresh()
            if newly is not None:
                await show_themes(self._storage, newly, self._render, self._clock)
                log.info("themes are up to date", seconds=round(time.monotonic() - began, 1))
        except Exception as error:  # the schedule would tell it in full each time
            failure = error
        self._ended = time.monotonic()
        self._lasted = self._ended - began
        if failure is None:
            self._not_refreshed.end()
        else:
            self._not_refreshed.add(failure, self._rest)

    async def _news(self) -> bool:
        """Wait for a post or for the next look; whether there was a post."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._look):
                await self._posted.wait()
            await asyncio.sleep(self._gather)
        was_posted = self._posted.is_set()
        self._posted.clear()
        return was_posted

    async def _place(self, was_posted: bool) -> bool:
        """Place a batch; whether more are waiting."""
        # A process that is there looks by itself, and at a lower priority.
        if not (was_posted and self._placer.pid) and not await self._is_anything_new():
            return False
        began = time.monotonic()
        placed = await self._placer.place()
        self._gather = min(max(GATHER, time.monotonic() - began), LONGEST_GATHER)
        self._encoder = placed.encoder
        await show_themes(self._storage, placed.changed, self._render, self._clock)
        return placed.is_more

    async def _is_anything_new(self) -> bool:
        began = time.monotonic()
        async with self._storage.reading() as work:
            if self._encoder is None:
                return await work.ideas.count() > 0
            found = len(await work.vectors.missing(self._encoder, 1)) > 0
        self._look = max(LOOK, LOOKS * (time.monotonic() - began))
        return found

    @property
    def _rest(self) -> float:
        return min(max(SHORTEST_REST, REST * self._lasted), LONGEST_REST)

    async def _is_due(self) -> bool:
        rested = float("inf") if self._ended is None else time.monotonic() - self._ended
        if rested < max(self._rest, self._not_refreshed.pause):
            return False
        async with self._storage.reading() as work:
            changes, _ = await work.themes.changes_since_last_run()
            ideas = await work.ideas.count() if changes else 0
            must_forget = await work.themes.must_forget()
        is_enough = must_forget or changes >= ENOUGH * ideas
        return changes > 0 and (is_enough or rested >= min(LONG_REST * self._lasted, LONGEST_LONG_REST))
