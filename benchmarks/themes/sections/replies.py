"""Section `replies`: does the chat feel a run over a hundred thousand ideas?"""

import asyncio
import statistics
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.bots import MORGEN, Bot, database, theme_runs_in
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
"""Of writing with nothing else to do."""
WARM_UP = 30.0
"""Until the process that places ideas has read them all."""
AFTER = 5.0
"""What a run leads to is over by then: cards show themes, what was written moves into place on the disk."""
LONGEST = 600
"""Seconds that a run may take."""
AT_ONCE = 1000

NOTE = f"""\
Morgen as a process with recombined ideas whose vectors are kept. {RESIDENTS} people write {PER_SECOND} ideas
a second; each is placed. ms from writing to the answer: while the first run over all ideas works, then for
{SECONDS:.0f} s with nothing else to do, then, started again, while a run works that goes on from these themes
with what was written since. Counted from {WARM_UP:.0f} s after the start
to {AFTER:.0f} s after the run's end."""


@dataclass(frozen=True, slots=True)
class _Replies:
    """Seconds each."""

    first: list[float]
    idle: list[float]
    later: list[float]


def measure(bench: Bench) -> Report:
    found = asyncio.run(_measured(bench))
    named = (
        ("idle", found.idle),
        ("while the first run works", found.first),
        ("while a later run works", found.later),
    )
    usual = _cuts(found.idle)[1]
    rows = [
        (
            name,
            f"{len(delays):,}",
            *(f"{1000 * cut:.1f}" for cut in (*_cuts(delays), max(delays))),
            shown(_cuts(delays)[1] / usual),
        )
        for name, delays in named
    ]
    title = f"Replies beside a run over {bench.scale.large:,} ideas"
    return Report(title, ("", "replies", "p50", "p95", "p99", "longest", "p95 / idle"), rows, NOTE)


def _cuts(delays: list[float]) -> tuple[float, float, float]:
    cuts = statistics.quantiles(delays, n=100)
    return cuts[49], cuts[94], cuts[98]


async def _measured(bench: Bench) -> _Replies:
    town = WatchedTown(RESIDENTS)
    bench.work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=bench.work) as name:
        folder = Path(name)
        bench.tell("replies: filling a database")
        await _fill(bench, folder)
        async with serve(town.world, page=False) as sandbox:
            async with a_process(Bot("Morgen", MORGEN), sandbox, folder) as bot:
                bench.tell("replies: while the first run works")
                first = await _beside_a_run(town, bot, folder)
                bench.tell("replies: idle")
                began = len(town.written)
                await town.write_steadily(SECONDS, PER_SECOND)
                await until(town.expect_all(), bot, folder, 60)
                idle = town.delays(began)
            town.queue.asked.clear()
            async with a_process(Bot("Morgen", MORGEN), sandbox, folder) as bot:
                bench.tell("replies: while a later run works")
                later = await _beside_a_run(town, bot, folder)
    return _Replies(first, idle, later)


async def _beside_a_run(town: WatchedTown, bot: asyncio.subprocess.Process, folder: Path) -> list[float]:
    """How long people wait whose bot has just started: the first of them who writes makes it find themes."""
    await until(town.queue.asked, bot, folder, 60)
    runs = theme_runs_in(folder)
    await town.write_steadily(WARM_UP, PER_SECOND)
    began = len(town.written)
    for _ in range(LONGEST):
        await town.write_steadily(1.0, PER_SECOND)
        if theme_runs_in(folder) > runs:
            break
    await town.write_steadily(AFTER, PER_SECOND)
    await until(town.expect_all(), bot, folder, 60)
    return town.delays(began)


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
