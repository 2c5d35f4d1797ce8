"""Section `replies`: does the chat feel a run over a hundred thousand ideas?"""

import asyncio
import sqlite3
import statistics
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.bots import MORGEN, Bot, database
from benchmarks.process import a_process, until
from benchmarks.themes.bench import SEED, Bench
from benchmarks.themes.recombined import recombined
from benchmarks.themes.report import Report, shown
from benchmarks.watching import WatchedTown
from cocreation.analysis.encoding import UniversalSentenceEncoder, to_vector
from cocreation.ideas.idea import NewIdea, Source
from cocreation.ideas.theme import Clustering, IdeaText
from cocreation.ideas.vector import IdeaVector
from sandbox.server import serve
from storage.engine import SqlStorage

RESIDENTS, PER_SECOND = 50, 20
SECONDS = 60.0
"""Of writing, before the run and during it."""
WARM_UP = 30.0
"""Until the process that places ideas has read them all."""
AT_ONCE = 1000

NOTE = f"""\
Morgen as a process with recombined ideas whose vectors are kept. {RESIDENTS} people write {PER_SECOND} ideas
a second; each is placed. ms from writing to the answer: for {SECONDS:.0f} s with nothing else to do, then for
as long (or until its end) while a run over all ideas works, because many of them were touched."""


@dataclass(frozen=True, slots=True)
class _Replies:
    idle: list[float]
    during: list[float]


def measure(bench: Bench) -> Report:
    found = asyncio.run(_measured(bench))
    rows = [
        (name, f"{len(delays):,}", *(f"{1000 * cut:.1f}" for cut in _cuts(delays)))
        for name, delays in (("idle", found.idle), ("while the run works", found.during))
    ]
    rows.append(("ratio of the p95", "", "", shown(_cuts(found.during)[1] / _cuts(found.idle)[1]), ""))
    title = f"Replies beside a run over {bench.scale.large:,} ideas"
    return Report(title, ("", "replies", "p50", "p95", "p99"), rows, NOTE)


def _cuts(delays: list[float]) -> tuple[float, float, float]:
    cuts = statistics.quantiles(delays, n=100)
    return cuts[49], cuts[94], cuts[98]


async def _measured(bench: Bench) -> _Replies:
    town = WatchedTown(RESIDENTS)
    with TemporaryDirectory(dir=bench.work) as name:
        folder = Path(name)
        bench.tell("replies: filling a database")
        await _fill(bench, folder)
        async with (
            serve(town.world, page=False) as sandbox,
            a_process(Bot("Morgen", MORGEN), sandbox, folder) as bot,
        ):
            await until(town.queue.asked, bot, folder, 60)
            await _write(town, WARM_UP)
            idle = len(town.written)
            bench.tell("replies: idle")
            await _write(town, SECONDS)
            during = len(town.written)
            bench.tell("replies: while the run works")
            _touch(folder)
            for _ in range(int(SECONDS)):
                if _runs(folder) == 1:
                    await _write(town, 1.0)
            await until(town.expect_all(), bot, folder, 60)
            delays = town.delays(0)
    return _Replies(delays[idle:during], delays[during:])


async def _write(town: WatchedTown, seconds: float) -> None:
    began = time.perf_counter()
    for number in range(int(PER_SECOND * seconds)):
        due = began + number / PER_SECOND
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        town.write(due)


async def _fill(bench: Bench, folder: Path) -> None:
    one = recombined(bench.sets, bench.scale.large, SEED)
    vectors = np.load(bench.encoded(one.texts).vectors)
    storage = SqlStorage(f"sqlite:///{database(folder)}")
    await storage.open()
    for start in range(0, len(one.texts), AT_ONCE):
        now = datetime.now(UTC)
        async with storage.writing() as work:
            kept = []
            for row in range(start, min(start + AT_ONCE, len(one.texts))):
                new = NewIdea(one.texts[row], now, source=Source.IMPORT, external_id=str(row))
                vector = to_vector(vectors[row])
                kept.append(IdeaVector(await work.ideas.add(new), UniversalSentenceEncoder.name, vector))
            said = [IdeaText(each.idea, text) for each, text in zip(kept, one.texts[start:], strict=False)]
            await work.vectors.keep(said, kept)
    async with storage.writing() as work:
        texts = await work.ideas.texts()
        await work.themes.replace(Clustering((), tuple(idea.id for idea in texts)), datetime.now(UTC))
    await storage.close()


def _touch(folder: Path) -> None:
    """Change a tenth of the ideas, as far as the next run knows."""
    with closing(sqlite3.connect(database(folder), timeout=60)) as connection, connection:
        now = datetime.now(UTC).isoformat()
        connection.execute("UPDATE ideas SET touched_at = ? WHERE id % 10 = 0", (now,))


def _runs(folder: Path) -> int:
    with closing(sqlite3.connect(f"{database(folder).as_uri()}?mode=ro", uri=True)) as connection:
        count: int = connection.execute("SELECT count(*) FROM theme_runs").fetchone()[0]
        return count
