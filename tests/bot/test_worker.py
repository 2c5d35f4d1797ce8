"""A process of its own ends when nobody needs it, and never while somebody does."""

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from bot.worker import Worker

AT_ONCE = 0.001


@pytest.fixture
async def worker() -> AsyncIterator[Worker]:
    """Nobody has called it yet."""
    made = Worker(os.getpid, (), AT_ONCE)
    yield made
    made.close()


class Gate:
    """Holds up a process that waits at it, until it is opened: once for each that waits."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self._path = path
        self._pipe = os.open(path, os.O_RDWR)

    async def wait(self, worker: Worker) -> int:
        """Keep the process busy; its number, when it is let through."""
        await worker.call(subprocess.check_output, ["head", "-c1", str(self._path)])
        return await worker.call(os.getpid)

    def open(self) -> None:
        os.write(self._pipe, b".")

    def close(self) -> None:
        os.close(self._pipe)


@pytest.fixture
def gate(tmp_path: Path) -> Iterator[Gate]:
    made = Gate(tmp_path / "gate")
    yield made
    made.close()


async def idle_time_passes() -> None:
    passed = asyncio.Event()
    asyncio.get_running_loop().call_later(2 * AT_ONCE, passed.set)
    await passed.wait()


async def test_a_process_that_nobody_needs_ends_and_the_next_call_begins_another(worker: Worker) -> None:
    first = await worker.call(os.getpid)
    await idle_time_passes()
    assert worker.pid is None
    assert await worker.call(os.getpid) != first


async def test_a_short_call_that_is_over_does_not_end_a_long_one(worker: Worker, gate: Gate) -> None:
    short = asyncio.create_task(worker.call(os.getpid))
    long = asyncio.create_task(gate.wait(worker))
    pid = await short
    await idle_time_passes()
    gate.open()
    assert await long == pid


async def test_the_rest_of_two_calls_that_are_over_does_not_end_a_third(worker: Worker, gate: Gate) -> None:
    first, pid = await asyncio.gather(worker.call(os.getpid), worker.call(os.getpid))
    third = asyncio.create_task(gate.wait(worker))
    await idle_time_passes()
    gate.open()
    assert first == pid == await third


async def test_who_hears_late_of_a_killed_process_does_not_end_the_next_one(
    worker: Worker, gate: Gate
) -> None:
    async def again() -> int:
        with pytest.raises(BrokenProcessPool):
            await gate.wait(worker)
        return await gate.wait(worker)

    calls = [asyncio.create_task(again()) for _ in range(2)]
    await asyncio.sleep(0)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    await idle_time_passes()
    gate.open()
    gate.open()
    one, other = await asyncio.gather(*calls)
    assert one == other
