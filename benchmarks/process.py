"""A bot as a process: start it, stop it, and read what it costs from /proc."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.bots import Bot
from sandbox.server import Sandbox

ENDS_WITHIN = 10.0


class BotEndedError(Exception):
    """The bot ended, or did not do what was waited for."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident memory in MiB: now, at the highest, and of the processes that it started."""

    now: float
    peak: float
    children: float


@asynccontextmanager
async def a_process(bot: Bot, sandbox: Sandbox, folder: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run the bot until the block ends."""
    with _log(folder).open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            bot.python,
            "-m",
            *bot.arguments,
            cwd=folder,
            env=bot.environ(sandbox, folder),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield process
    finally:
        await _stop(process)


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), ENDS_WITHIN)
        except TimeoutError:
            process.kill()
    await process.wait()


async def until(
    event: asyncio.Event, process: asyncio.subprocess.Process, folder: Path, seconds: float
) -> None:
    """Wait for the event. Raises BotEndedError when the bot ends first, or when it takes too long."""
    happened, ended = asyncio.create_task(event.wait()), asyncio.create_task(process.wait())
    await asyncio.wait((happened, ended), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for task in (happened, ended):
        task.cancel()
    if not event.is_set():
        why = "it ended" if process.returncode is not None else f"nothing happened for {seconds:.0f} s"
        raise BotEndedError(f"{why}: {_last_line(folder)}")


def cpu_seconds(pid: int) -> float:
    """Processor time of the process so far, without those that it started; 0 where there is no /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory(pid: int) -> Memory | None:
    """None where there is no /proc."""
    status = _status(pid)
    if status is None:
        return None
    children = (_status(child) for child in _children(pid))
    return Memory(
        status["VmRSS"], status["VmHWM"], sum(child["VmRSS"] for child in children if child is not None)
    )


def _status(pid: int) -> dict[str, float] | None:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    pairs = (line.split() for line in lines if line.startswith(("VmRSS", "VmHWM")))
    found = {name.rstrip(":"): int(kibibytes) / 1024 for name, kibibytes, _ in pairs}
    return found if len(found) == 2 else None


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _log(folder: Path) -> Path:
    return folder / "log.txt"


def _last_line(folder: Path) -> str:
    lines = _log(folder).read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
