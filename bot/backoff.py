"""Growing pauses between tries."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

import structlog

from storage.errors import StorageUnavailable

FIRST = 0.5
LONGEST = 30.0

P = ParamSpec("P")
T = TypeVar("T")

log = structlog.get_logger(__name__)


def pause(attempts: int) -> float:
    """Seconds before the next try: doubling from half a second to thirty, with jitter
    (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/)."""
    ceiling: float = min(LONGEST, FIRST * 2 ** min(attempts, 10))
    return ceiling * random.uniform(0.5, 1.0)  # noqa: S311 - spreads load, guards nothing


class Backoff:
    """Counts the tries of one loop."""

    def __init__(self) -> None:
        self._attempts = 0

    def reset(self) -> None:
        self._attempts = 0

    async def wait(self, at_least: float = 0.0) -> None:
        """Wait before the next try; `at_least` are the seconds that the other side asked for."""
        await asyncio.sleep(max(at_least, pause(self._attempts)))
        self._attempts += 1


async def patiently(step: Callable[P, Awaitable[T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """Repeat a step for as long as the database cannot take it (a full disk, say)."""
    backoff = Backoff()
    while True:
        try:
            return await step(*args, **kwargs)
        except StorageUnavailable as error:
            log.error("the database cannot be used now, trying again", reason=str(error))
            await backoff.wait()
