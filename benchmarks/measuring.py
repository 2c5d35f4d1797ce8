"""The measurements: throughput, latency, memory, start."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bots import Bot, ideas_in
from benchmarks.process import BotEndedError, Memory, a_process, cpu_seconds, memory, until
from benchmarks.watching import WatchedTown
from sandbox.server import serve

RESIDENTS = 50
STARTS_WITHIN = 60.0
ANSWERS_WITHIN = 180.0


@dataclass(frozen=True, slots=True)
class Throughput:
    """Updates per second, and the bot's processor time for each in milliseconds."""

    rate: float
    cpu: float
    memory: Memory | None


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from writing to the first answer."""

    p50: float
    p95: float
    p99: float
    memory: Memory | None


@dataclass(frozen=True, slots=True)
class _Run:
    town: WatchedTown
    process: asyncio.subprocess.Process
    folder: Path

    async def answer_all(self) -> None:
        await until(self.town.expect_all(), self.process, self.folder, ANSWERS_WITHIN)


@asynccontextmanager
async def _running(bot: Bot, work: Path) -> AsyncIterator[_Run]:
    """The bot, having answered one message, beside a fresh world and an empty database."""
    town = WatchedTown(RESIDENTS)
    with TemporaryDirectory(dir=work) as name:
        folder = Path(name)
        async with serve(town.world, page=False) as sandbox, a_process(bot, sandbox, folder) as process:
            await until(town.queue.asked, process, folder, STARTS_WITHIN)
            run = _Run(town, process, folder)
            town.write()
            await run.answer_all()
            yield run


async def throughput(bot: Bot, updates: int, work: Path) -> Throughput:
    """Queue all updates at once; the clock stops at the last answer. Raises BotEndedError."""
    async with _running(bot, work) as run:
        for _ in range(updates):
            run.town.write()
        began, cpu = time.perf_counter(), cpu_seconds(run.process.pid)
        await run.answer_all()
        seconds, cpu = time.perf_counter() - began, cpu_seconds(run.process.pid) - cpu
        stored = await asyncio.to_thread(ideas_in, run.folder)
        if stored != updates + 1:
            raise BotEndedError(f"{stored} of {updates + 1} ideas are stored")
        return Throughput(updates / seconds, 1000 * cpu / updates, memory(run.process.pid))


async def latency(bot: Bot, per_second: int, seconds: float, work: Path) -> Latency:
    """People write at a steady pace, whether the bot keeps up or not. Raises BotEndedError."""
    async with _running(bot, work) as run:
        before = len(run.town.written)
        await run.town.write_steadily(seconds, per_second)
        used = memory(run.process.pid)
        await run.answer_all()
        cuts = statistics.quantiles((1000 * delay for delay in run.town.delays(before)), n=100)
        return Latency(cuts[49], cuts[94], cuts[98], used)


async def start(bot: Bot, times: int, work: Path) -> float:
    """Seconds from starting the process to its first getUpdates, the best of several on one database."""
    with TemporaryDirectory(dir=work) as name:
        return min([await _start(bot, Path(name)) for _ in range(times)])


async def _start(bot: Bot, folder: Path) -> float:
    town = WatchedTown(RESIDENTS)
    async with serve(town.world, page=False) as sandbox:
        began = time.perf_counter()
        async with a_process(bot, sandbox, folder) as process:
            await until(town.queue.asked, process, folder, STARTS_WITHIN)
            return time.perf_counter() - began


def median_ratio(rates: Sequence[float], peers: Sequence[float]) -> float:
    """The median of the ratios of each round, so that a slow moment of the machine weighs on both sides."""
    return statistics.median(rate / peer for rate, peer in zip(rates, peers, strict=True))
