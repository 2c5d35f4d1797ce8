"""`python -m benchmarks.first_reply`: how soon a large town answers, beside what cannot be left out."""

import argparse
import asyncio
import json
import os
import sqlite3
import statistics
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.bots import MORGEN, ROOT, Bot, database, theme_runs_in
from benchmarks.process import Memory, a_process, memory, until
from benchmarks.search import make_town
from benchmarks.watching import WatchedTown
from cocreation.analysis.encoding import UniversalSentenceEncoder, to_vector
from sandbox.server import Sandbox, serve

PEOPLE = 1000
ROUNDS, LONGEST = 3, 600
"""Rounds of each, in turn; seconds that the run may take which each start begins with."""
SIZE, AT_ONCE = 512, 1000
NOTE = """\
Milliseconds. bare: an INSERT into Morgen's own table of ideas with its triggers, a commit with
synchronous=FULL and one sendMessage with a card, by aiosqlite and python-telegram-bot, in a
process that does nothing else and receives nothing. Morgen: from the moment a resident writes to
the moment the sandbox has the answer, the update's way through getUpdates included; meanwhile
each idea is placed and its card edited; the run over all ideas with which a start begins is over.
Bare and Morgen take turns, each with a database of the same ideas. × bare: the median of the
rounds' ratios. MiB: the bot's own process, at most."""


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one round."""

    p50: float
    p95: float
    p99: float

    @staticmethod
    def of(delays: list[float]) -> "Times":
        cuts = statistics.quantiles(delays, n=100)
        return Times(cuts[49], cuts[94], cuts[98])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.first_reply", description=__doc__)
    parser.add_argument("--ideas", type=int, default=100_000, help="in the database (100000)")
    parser.add_argument("--seconds", type=float, default=30.0, help="of writing in a round (30)")
    parser.add_argument("--pace", type=int, default=5, help="ideas a second (5)")
    options = parser.parse_args()
    work = ROOT / "build" / "bench"
    work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=work) as name:
        folder = Path(name)
        with Console(stderr=True).status(f"writing {options.ideas:,} ideas"):
            _make(database(folder), options.ideas)
        table = asyncio.run(_measure(folder, options))
    console = Console(width=max(Console().width, 100))
    console.print(table)
    console.print(f"\n{NOTE}", highlight=False)


def _make(path: Path, ideas: int) -> None:
    make_town(path, ideas)
    with closing(sqlite3.connect(path)) as connection:
        _add_vectors(connection, ideas)
        connection.execute(
            "INSERT INTO theme_runs (finished_at, ideas, themes, last_idea_id) "
            "SELECT ?, count(*), 1, max(id) FROM ideas WHERE state = 'published'",
            (datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00"),),
        )
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _add_vectors(connection: sqlite3.Connection, ideas: int) -> None:
    """Of chance, since only their number and size count here."""
    chance = np.random.default_rng(2026)
    connection.execute("PRAGMA synchronous = OFF")
    for start in range(1, ideas + 1, AT_ONCE):
        rows = chance.standard_normal((AT_ONCE, SIZE), dtype=np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        numbers = range(start, min(start + AT_ONCE, ideas + 1))
        connection.executemany(
            "INSERT INTO idea_vectors (idea_id, encoder, vector) VALUES (?, ?, ?)",
            [
                (number, UniversalSentenceEncoder.name, to_vector(row))
                for number, row in zip(numbers, rows, strict=False)
            ],
        )


async def _measure(folder: Path, options: argparse.Namespace) -> Table:
    town = WatchedTown(PEOPLE)
    copy = folder / "bare.db"
    with closing(sqlite3.connect(database(folder))) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("PRAGMA journal_mode = WAL")
    bare: list[Times] = []
    morgen: list[Times] = []
    async with (
        serve(town.world, page=False) as sandbox,
        a_process(Bot("Morgen", MORGEN), sandbox, folder) as bot,
    ):
        await until(town.queue.asked, bot, folder, 60)
        await _until_a_run_is_over(town, folder, options.pace)
        await until(town.expect_all(), bot, folder, 60)
        for _ in range(ROUNDS):
            bare.append(Times.of(await _bare(sandbox, copy, options)))
            began = len(town.written)
            await town.write_steadily(options.seconds, options.pace)
            await until(town.expect_all(), bot, folder, 60)
            morgen.append(Times.of([1000 * delay for delay in town.delays(began)]))
        used = memory(bot.pid)
    return _table(options.ideas, bare, morgen, used)


async def _until_a_run_is_over(town: WatchedTown, folder: Path, pace: int) -> None:
    before = theme_runs_in(folder)
    for _ in range(LONGEST):
        await town.write_steadily(1.0, pace)
        if theme_runs_in(folder) > before:
            return


async def _bare(sandbox: Sandbox, path: Path, options: argparse.Namespace) -> list[float]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "benchmarks.peers.insert_and_send",
        str(options.seconds),
        str(options.pace),
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "BENCH_TOKEN": sandbox.token,
            "BENCH_URL": sandbox.url,
            "BENCH_DATABASE": str(path),
            "BENCH_CHAT": str(next(iter(sandbox.world.people))),
        },
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate()
    delays: list[float] = json.loads(said)
    return delays


def _table(ideas: int, bare: list[Times], morgen: list[Times], used: Memory | None) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(f"{ideas:,} ideas", no_wrap=True)
    for head in ("p50", "p95", "p99", "p95 × bare", "MiB"):
        table.add_column(head, justify="right")
    ratio = statistics.median(one.p95 / other.p95 for one, other in zip(morgen, bare, strict=True))
    table.add_row("bare insert and send", *_medians(bare), "1.00", "")
    size = "" if used is None else f"{used.peak:.0f}"
    table.add_row("Morgen's first reply", *_medians(morgen), f"{ratio:.2f}", size)
    return table


def _medians(rounds: list[Times]) -> list[str]:
    return [f"{statistics.median(getattr(one, cut) for one in rounds):.1f}" for cut in ("p50", "p95", "p99")]


if __name__ == "__main__":
    main()
