"""When themes are found anew: soon after a change, and never so often that a machine does little else."""

import time

import structlog

from cocreation.ports import CardRenderer, Clock, Storage, ThemeEngine
from cocreation.services.refresh_themes import refresh_themes, show_themes

REST = 2
"""After a run of so many seconds the next one waits at least this many times as long."""
SHORTEST_REST, LONGEST_REST = 3.0, 900.0
"""Seconds."""

log = structlog.get_logger(__name__)


class ThemePace:
    """Called at each tick; does something when the last run is long enough ago."""

    def __init__(self, storage: Storage, engine: ThemeEngine, render: CardRenderer, clock: Clock) -> None:
        self._storage = storage
        self._engine = engine
        self._render = render
        self._clock = clock
        self._not_before = 0.0

    async def tick(self) -> None:
        began = time.monotonic()
        if began < self._not_before:
            return
        try:
            newly = await refresh_themes(self._storage, self._engine, self._clock)
            if newly is not None:
                await show_themes(self._storage, newly, self._render, self._clock)
                log.info("themes are up to date", seconds=round(time.monotonic() - began, 1))
        finally:
            ended = time.monotonic()
            self._not_before = ended + min(max(SHORTEST_REST, REST * (ended - began)), LONGEST_REST)
