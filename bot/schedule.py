"""What happens by the clock. The ticks are here; what is due, the core tells from the database."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from storage.errors import StorageUnavailable

Job = Callable[[], Awaitable[object]]

CLOCK_LOOK, CLOCK_STEP = 20.0, 5.0
"""Seconds between two looks at the clock, and how far it may move from the one that nobody sets."""
PATIENCE = 1.0
"""Seconds that a job may still take when the program ends."""

log = structlog.get_logger(__name__)


class Ticks:
    """Runs jobs again and again; one that is late runs at once, one that still runs is not started twice."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        self._running: dict[str, asyncio.Task[None]] = {}
        self._drift = 0.0
        self._watching: asyncio.TimerHandle | None = None

    def every(self, seconds: float, name: str, job: Job) -> None:
        """Run `job` from the start on, every so many seconds."""

        async def run() -> None:
            if name not in self._running:
                task = asyncio.create_task(_guarded(name, job), name=name)
                self._running[name] = task
                task.add_done_callback(lambda _: self._running.pop(name))

        self._scheduler.add_job(
            run, IntervalTrigger(seconds=seconds, timezone=UTC), id=name, next_run_time=datetime.now(UTC)
        )

    def start(self) -> None:
        self._scheduler.start()
        self._watch_clock()

    def _watch_clock(self) -> None:
        """Begin anew when somebody set the clock: the times that were planned are wrong then."""
        loop = asyncio.get_running_loop()
        drift = time.time() - loop.time()
        if abs(drift - self._drift) > CLOCK_STEP:
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=datetime.now(UTC))
        self._drift = drift
        self._watching = loop.call_later(CLOCK_LOOK, self._watch_clock)

    async def stop(self) -> None:
        """Begin nothing more, let end what runs, and cut off what takes too long."""
        if not self._scheduler.running:
            return
        if self._watching is not None:
            self._watching.cancel()
        self._scheduler.pause()
        if running := set(self._running.values()):
            await asyncio.wait(running, timeout=PATIENCE)
        for task in running:
            task.cancel()
        self._scheduler.shutdown(wait=False)


async def _guarded(name: str, job: Job) -> None:
    try:
        await job()
    except StorageUnavailable as error:
        log.error("the database cannot be used now, trying again", job=name, reason=str(error))
    except Exception:  # the outermost loop: one failure must not end the schedule
        log.error("a scheduled job failed, it runs again at its next time", job=name, exc_info=True)
