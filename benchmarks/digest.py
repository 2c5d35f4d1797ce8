"""`python -m benchmarks.digest`: one digest of a large town, and what each of its queries costs."""

import argparse
import asyncio
import re
import resource
import sqlite3
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from benchmarks.bots import ROOT
from benchmarks.search import make_town
from cocreation.ideas.ids import Language
from cocreation.ideas.period import Period
from cocreation.ideas.town import Town
from cocreation.services.send_digests import digest_of
from handlers.digest import digest_message
from storage.driver import ShortTripConnection
from storage.engine import SqlStorage

THEMES = 1_000
YEAR, WEEK = timedelta(days=364), timedelta(days=7)
END = datetime(2026, 11, 30, 7, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Brussels")
DUTCH = Language("nl")
TOWN = Town("Wilgenbeke", (DUTCH,), ZONE, None, frozenset(), DUTCH, None)
NOTE = """\
Milliseconds of a weekly digest through digest_of and digest_message, in a reading transaction; the
ideas of a year come evenly, and those of nine weeks are counted. A query's time is that from asking
to its last row. scans: what SQLite may read from end to end, by EXPLAIN QUERY PLAN."""

NAMES = {
    "ORDER BY ideas.created_at DESC": "newest ideas",
    "ORDER BY ideas.support_count DESC, ideas.created_at": "most wanted without an answer",
    "ideas.support_count AS supports": "longest without an answer",
    "ORDER BY ideas.created_at, ideas.id": "first idea",
    "AS newcomers": "newcomers by week",
    "AS ideas": "ideas and people by week",
    "AS supports": "supports by week",
    "AS answers": "answers by week",
    "AS arrived": "ideas of each theme by week",
    "same_answer": "answered ideas",
    "AS size": "themes and their sizes",
    "AS rank": "quotes",
    "AS people": "people who heard of answers",
    "moderation_cases": "moderation",
    "coalesce(ideas.status": "ideas without an answer",
    "count(*)": "ideas in all",
}
"""By what only that query says, in this order."""


@dataclass(slots=True)
class Asked:
    """A statement with its values, and how long each asking took."""

    sql: str
    values: Any
    seconds: list[float] = field(default_factory=list)

    @property
    def name(self) -> str:
        return next((name for mark, name in NAMES.items() if mark in self.sql), self.sql[:50])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.digest", description=__doc__)
    parser.add_argument("--ideas", type=int, default=100_000, help="in the database (100000)")
    parser.add_argument("--rounds", type=int, default=15, help="digests (15)")
    options = parser.parse_args()
    work = ROOT / "build" / "bench"
    work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=work) as folder:
        path = Path(folder) / "morgen.db"
        with Console(stderr=True).status(f"writing {options.ideas:,} ideas"):
            make_town(path, options.ideas)
            spread(path)
        table = asyncio.run(_measure(path, options.rounds))
    console = Console(width=max(Console().width, 100))
    console.print(table)
    console.print(f"\n{NOTE}", highlight=False)


def spread(path: Path) -> None:
    """Let the town's ideas, supports and answers come over a year, and its ideas be of many themes."""
    start = (END - YEAR).timestamp()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        (ideas,) = connection.execute("SELECT max(id) FROM ideas").fetchone()
        moment = "strftime('%Y-%m-%dT%H:%M:%f000+00:00', {}, 'unixepoch')"
        of_idea = f"{start} + {YEAR.total_seconds()} * (id - 1) / {ideas}"
        connection.execute(f"UPDATE ideas SET created_at = {moment.format(of_idea)}")
        for table in ("supports", "replies"):
            # Up to a month after the idea, by a number that is the same each time.
            later = f"{of_idea.replace('id', 'idea_id')} + (rowid * 7919) % {30 * 86400}"
            moments = moment.format(f"min({later}, {END.timestamp() - 1})")
            connection.execute(f"UPDATE {table} SET created_at = {moments}")
        connection.execute("DELETE FROM theme_members")
        connection.execute("DELETE FROM themes")
        connection.executemany(
            "INSERT INTO themes (id, label, keywords, born_at) VALUES (?, ?, ?, ?)",
            (
                (number, f"Theme {number}", '["fiets", "school", "zebra"]', (END - YEAR).isoformat())
                for number in range(1, THEMES + 1)
            ),
        )
        # The square of an even spread: few themes are large, and most are small.
        connection.execute(
            "INSERT INTO theme_members (idea_id, theme_id, score, is_quote) "
            "SELECT id, 1 + CAST(? * even * even AS INT), (id * 104729 % 1000) / 1000.0, id % 300 = 0 "
            "FROM (SELECT id, (id * 7919 % 10007) / 10007.0 AS even FROM ideas) WHERE id % 20",
            (THEMES,),
        )
        connection.commit()


async def _measure(path: Path, rounds: int) -> Table:
    storage = SqlStorage(f"sqlite:///{path}")
    await storage.open()
    whole: list[float] = []
    period = Period(END - WEEK, END)
    with _watched() as asked:
        for _ in range(rounds):
            began = time.perf_counter()
            async with storage.reading() as work:
                digest = await digest_of(work, period, ZONE)
            message = digest_message(digest, DUTCH, TOWN)
            whole.append(time.perf_counter() - began)
    await storage.close()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for at, head in enumerate((f"{digest.total_ideas:,} ideas", "p50 ms", "max ms", "scans")):
        table.add_column(head, justify="right" if at in (1, 2) else "left")
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as bare:
        for each in sorted(asked.values(), key=lambda each: -statistics.median(each.seconds)):
            table.add_row(each.name, *_times(each.seconds), ", ".join(_scans(bare, each)))
    table.add_section()
    table.add_row("the digest", *_times(whole), f"{len(message.html):,} characters")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table.add_row("memory at its peak, MiB", f"{peak:.0f}", "", "with making the town")
    return table


def _times(seconds: Sequence[float]) -> tuple[str, str]:
    return f"{1000 * statistics.median(seconds):.1f}", f"{1000 * max(seconds):.1f}"


@contextmanager
def _watched() -> Iterator[Mapping[str, Asked]]:
    """Every statement that is executed meanwhile."""
    asked: dict[str, Asked] = {}
    execute, fetch = ShortTripConnection.execute_and_fetch, ShortTripConnection.fetch
    latest: list[Asked] = []

    async def timed_execute(self: ShortTripConnection, sql: str, parameters: Any = ()) -> Any:  # noqa: ANN401
        each = asked.setdefault(sql, Asked(sql, parameters)) if _is_query(sql) else Asked(sql, parameters)
        latest[:] = [each]
        began = time.perf_counter()
        found = await execute(self, sql, parameters)
        each.seconds.append(time.perf_counter() - began)
        return found

    async def timed_fetch(self: ShortTripConnection, cursor: sqlite3.Cursor, size: int | None) -> Any:  # noqa: ANN401
        began = time.perf_counter()
        found = await fetch(self, cursor, size)
        latest[0].seconds[-1] += time.perf_counter() - began
        return found

    ShortTripConnection.execute_and_fetch = timed_execute  # type: ignore[method-assign]
    ShortTripConnection.fetch = timed_fetch  # type: ignore[method-assign]
    try:
        yield asked
    finally:
        ShortTripConnection.execute_and_fetch = execute  # type: ignore[method-assign]
        ShortTripConnection.fetch = fetch  # type: ignore[method-assign]


def _is_query(sql: str) -> bool:
    return sql.lstrip().startswith(("SELECT", "WITH"))


def _scans(connection: sqlite3.Connection, asked: Asked) -> Iterator[str]:
    """The tables and indices of the town that a statement reads from end to end."""
    for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {asked.sql}", asked.values):
        found = re.fullmatch(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?", step)
        if found and connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (found[1],)).fetchone():
            yield found[2] or found[1]


if __name__ == "__main__":
    main()
