"""When themes are found anew: soon after a change, and never so often that a machine does little else."""

from datetime import datetime, timedelta

import structlog

from cocreation.ports import CardRenderer, Clock, Storage, ThemeEngine
from cocreation.services.refresh_themes import refresh_themes

REST = 5
"""After a run of so many seconds the next one waits at least this many times as long."""
SHORTEST_REST = timedelta(seconds=3)

log = structlog.get_logger(__name__)


class ThemePace:
    """Called at each tick; does something when the last run is long enough ago."""

    def __init__(self, storage: Storage, engine: ThemeEngine, render: CardRenderer, clock: Clock) -> None:
        self._storage = storage
        self._engine = engine
        self._render = render
        self._clock = clock
        self._not_before: datetime | None = None

    async def tick(self) -> None:
        began = self._clock()
        if self._not_before is not None and began < self._not_before:
            return
        try:
            if await refresh_themes(self._storage, self._engine, self._render, self._clock):
                log.info("themes are up to date", seconds=round((self._clock() - began).total_seconds(), 1))
        finally:
            ended = self._clock()
            self._not_before = ended + max(SHORTEST_REST, REST * (ended - began))
