"""`python -m benchmarks`: Morgen beside other bots, in one table."""

import argparse
import asyncio
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from benchmarks.bots import ROOT, Bot, all_bots
from benchmarks.measuring import latency, start, throughput
from benchmarks.process import BotEndedError
from benchmarks.table import Row, as_json, table_of

PACES = (20, 100)
WORK = ROOT / "build" / "bench"
NOTE = """\
updates/s: all updates wait at the sandbox at once; until the last is stored and answered. × plain: the
median of each round's ratio to python-telegram-bot. ms: from writing to the first answer, people writing at
that pace. MiB: after the throughput run · at most (+ the process that finds themes). start s: to the first
getUpdates. The peers insert a row, commit, and send the text back. Morgen writes the inbox before it
acknowledges, keeps an idea and its card in several rows, answers with a card with buttons, and finds themes
meanwhile. All: SQLite with WAL and synchronous=FULL, the same sandbox, one process each."""

Progress = Callable[[str], None]


def main() -> None:
    options = _options()
    WORK.mkdir(parents=True, exist_ok=True)
    errors = Console(stderr=True)
    with errors.status("preparing") as status:
        bots = [bot for bot in all_bots(WORK) if options.variants or not bot.is_variant]
        rows = [Row(bot.name, failure=bot.missing) for bot in bots]
        asyncio.run(_measure(list(zip(bots, rows, strict=True)), options, status.update))
    console = Console(width=max(Console().width, 120))
    console.print(table_of(rows, rows[0], PACES))
    console.print(f"\n{NOTE}", highlight=False)
    if options.json is not None:
        found = {"at": datetime.now(UTC).isoformat(), "cores": os.cpu_count(), "updates": options.updates}
        content = json.dumps({**found, "rows": as_json(rows, rows[0])}, indent=2)
        options.json.write_text(content + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Morgen beside other bots.")
    parser.add_argument("--updates", type=int, default=2000, help="queued at once for the throughput (2000)")
    parser.add_argument("--rounds", type=int, default=3, help="of the throughput, of which the median (3)")
    parser.add_argument("--seconds", type=float, default=12.0, help="of writing at each pace (12)")
    parser.add_argument("--starts", type=int, default=5, help="of which the best (5)")
    parser.add_argument("--no-variants", dest="variants", action="store_false", help="one row a library")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all single values too")
    return parser.parse_args()


async def _measure(bots: list[tuple[Bot, Row]], options: argparse.Namespace, tell: Progress) -> None:
    # Round by round, so that all bots meet the machine's slow moments alike.
    for number in range(options.rounds):
        for bot, row in bots:
            with _failing(row) as goes_on:
                if goes_on:
                    tell(f"throughput {number + 1}/{options.rounds}: {bot.name}")
                    row.rounds.append(await throughput(bot, options.updates, WORK))
    for bot, row in bots:
        with _failing(row) as goes_on:
            if goes_on and not bot.is_variant:
                await _measure_one(bot, row, options, tell)


async def _measure_one(bot: Bot, row: Row, options: argparse.Namespace, tell: Progress) -> None:
    for pace in PACES if options.seconds else ():
        tell(f"latency at {pace}/s: {bot.name}")
        row.latencies[pace] = await latency(bot, pace, options.seconds, WORK)
    if options.starts:
        tell(f"start: {bot.name}")
        row.start = await start(bot, options.starts, WORK)


@contextmanager
def _failing(row: Row) -> Iterator[bool]:
    """Whether the row is sound so far; a bot that fails is told of in its row, and the rest goes on."""
    try:
        yield row.failure is None
    except BotEndedError as error:
        row.failure = str(error)


if __name__ == "__main__":
    main()
