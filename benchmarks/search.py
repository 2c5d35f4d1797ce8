"""`python -m benchmarks.search`: lists and searches beside the bare statements, in one table."""

import argparse
import asyncio
import csv
import random
import sqlite3
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from benchmarks.bots import ROOT
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.listing import TOP, Listing, Order, Position, Start
from storage.engine import SqlStorage

PAGE = 5
PEOPLE, THEMES = 20_000, 200
HERE = Position(50.85, 4.95)
WORDS = ("fietspad", "fiets", "de", "a", "de fiets school", "nergens")
NOTE = """\
Milliseconds to read a page of five through work.listings, in a reading transaction; deep: a page that begins
in the middle of the list, of all ideas for a search. bare: the plain statement through sqlite3, with neither
theme, supports nor comments around it: MATCH … LIMIT 6 for a search, ORDER BY … LIMIT 6 without an index of
Morgen's for a list. by rank: the bare search in the order of bm25, which Morgen does not use."""

BARE_LISTS = {
    Order.NEWEST: "SELECT id, text FROM ideas WHERE state = 'published' ORDER BY +created_at DESC LIMIT 6",
    Order.MOST_SUPPORTED: "SELECT idea_id, count(*) FROM supports GROUP BY idea_id ORDER BY 2 DESC LIMIT 6",
    Order.NEAR: "SELECT id FROM ideas NOT INDEXED WHERE state = 'published' AND latitude IS NOT NULL "
    "ORDER BY (latitude - 50.85) * (latitude - 50.85) + (longitude - 4.95) * (longitude - 4.95) LIMIT 6",
    Order.WAITING: "SELECT id FROM ideas NOT INDEXED WHERE state = 'published' AND status IS NULL "
    "ORDER BY support_count DESC LIMIT 6",
    Order.ANSWERED: "SELECT idea_id FROM replies JOIN ideas ON ideas.id = idea_id WHERE state = 'published' "
    "ORDER BY replies.id DESC LIMIT 6",
    Order.THEME: "SELECT idea_id FROM theme_members NOT INDEXED WHERE theme_id = 1 "
    "ORDER BY score DESC LIMIT 6",
}
MIDDLES = {
    Order.NEAR: "SELECT id FROM ideas WHERE state = 'published' AND latitude IS NOT NULL "
    "ORDER BY (latitude - 50.85) * (latitude - 50.85) "
    "+ (longitude - 4.95) * (longitude - 4.95) * 0.3987",
    Order.ANSWERED: "SELECT idea_id FROM replies JOIN ideas ON ideas.id = idea_id WHERE state = 'published' "
    "ORDER BY replies.id DESC",
    Order.THEME: "SELECT idea_id FROM theme_members WHERE theme_id = 1 ORDER BY score DESC",
}
"""The lists in which most ideas are not; any other one's middle is near that of all ideas."""
BARE_SEARCH = "SELECT rowid FROM idea_words WHERE idea_words MATCH ? LIMIT 6"
BY_RANK = "SELECT rowid FROM idea_words WHERE idea_words MATCH ? ORDER BY rank LIMIT 6"


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one page, read again and again."""

    p50: float
    p95: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("--ideas", type=int, default=100_000, help="in the database (100000)")
    parser.add_argument("--rounds", type=int, default=60, help="readings of each page (60)")
    options = parser.parse_args()
    work = ROOT / "build" / "bench"
    work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=work) as folder:
        path = Path(folder) / "morgen.db"
        with Console(stderr=True).status(f"writing {options.ideas:,} ideas"):
            make_town(path, options.ideas)
        table = asyncio.run(_measure(path, options.ideas, options.rounds))
    console = Console(width=max(Console().width, 100))
    console.print(table)
    console.print(f"\n{NOTE}", highlight=False)


def make_town(path: Path, ideas: int) -> None:
    """A large town: ideas of the examples' words, supports, places, themes and answers. Always the same."""
    asyncio.run(_make(path))
    _fill(path, ideas)


async def _make(path: Path) -> None:
    storage = SqlStorage(f"sqlite:///{path}")
    await storage.open()
    await storage.close()


def _fill(path: Path, ideas: int) -> None:
    chance = random.Random(2026)
    long_ago = "2026-01-01T00:00:00.000000+00:00"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.executemany(
            "INSERT INTO residents (id, telegram_id, language, created_at) VALUES (?, ?, 'nl', ?)",
            ((number, number + 1000, long_ago) for number in range(1, PEOPLE + 1)),
        )
        connection.executemany(
            "INSERT INTO ideas (id, token, author_id, text, latitude, longitude, state, status, source, "
            "created_at, touched_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'chat', ?, ?)",
            _ideas(ideas, chance, long_ago),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO supports (idea_id, resident_id, created_at) "
            "SELECT id, ?2, ?3 FROM ideas WHERE id = ?1 AND author_id != ?2",
            (
                (min(ideas, int(chance.paretovariate(0.4))), chance.randint(1, PEOPLE), long_ago)
                for _ in range(3 * ideas)
            ),
        )
        connection.executemany(
            "INSERT INTO themes (id, label, keywords, born_at) VALUES (?, ?, '[]', ?)",
            ((number, f"Theme {number}", long_ago) for number in range(1, THEMES + 1)),
        )
        connection.executemany(
            "INSERT INTO theme_members (idea_id, theme_id, score) VALUES (?, ?, ?)",
            (
                (number, min(THEMES, int(chance.paretovariate(0.7))), chance.random())
                for number in range(1, ideas + 1)
            ),
        )
        connection.execute(
            "INSERT INTO replies (idea_id, status, text, created_at) "
            "SELECT id, status, 'Ja', created_at FROM ideas WHERE status IS NOT NULL"
        )
        connection.commit()


def _ideas(count: int, chance: random.Random, touched: str) -> Iterator[tuple[object, ...]]:
    words = [word for path in sorted((ROOT / "examples").glob("*.csv")) for word in _words(path)]
    for number in range(1, count + 1):
        length = chance.randint(5, 40)
        start = chance.randrange(len(words) - length)
        half = words[start : start + length // 2]
        text = " ".join(half + chance.choices(words, k=length - len(half)))
        place = (50.8 + chance.random() / 10, 4.9 + chance.random() / 10)
        latitude, longitude = place if chance.random() < 0.5 else (None, None)
        state = "published" if chance.random() < 0.97 else chance.choice(["hidden", "withdrawn", "draft"])
        status = chance.choice([None] * 8 + ["received", "planned"])
        moment = f"2026-0{1 + number * 8 // (count + 1)}-01T00:00:00.{number:06d}+00:00"
        author = chance.randint(1, PEOPLE)
        yield (
            number, f"{number:022d}", author, text, latitude, longitude, state, status, moment, touched
        )  # fmt: skip


def _words(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [word for row in csv.DictReader(file) for word in row["text"].split()]


async def _measure(path: Path, ideas: int, rounds: int) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(f"{ideas:,} ideas", no_wrap=True)
    for head in ("p50 ms", "p95 ms", "deep p95", "bare p95", "× bare", "by rank p95"):
        table.add_column(head, justify="right")
    storage = SqlStorage(f"sqlite:///{path}")
    await storage.open()
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as bare:
        for listing in _listings():
            top = await _page(storage, listing, TOP, rounds)
            deep = await _page(storage, listing, Start(_middle(bare, listing, ideas)), rounds)
            plain, rank = _bare(bare, listing, rounds)
            table.add_row(
                f"search {listing.words}" if listing.words else listing.order.name.lower(),
                *(f"{found:.2f}" for found in (top.p50, top.p95, deep.p95, plain.p95)),
                f"{top.p95 / plain.p95:.1f}",
                "" if rank is None else f"{rank.p95:.2f}",
            )
    await storage.close()
    return table


def _listings() -> Iterator[Listing]:
    for order in BARE_LISTS:
        yield Listing(order, ThemeId(1) if order is Order.THEME else None)
    for words in WORDS:
        yield Listing(Order.SEARCH, words=words)


def _middle(connection: sqlite3.Connection, listing: Listing, ideas: int) -> IdeaId:
    if listing.order not in MIDDLES:
        return IdeaId(ideas // 2)
    listed = connection.execute(MIDDLES[listing.order]).fetchall()
    return IdeaId(listed[len(listed) // 2][0])


async def _page(storage: SqlStorage, listing: Listing, start: Start, rounds: int) -> Times:
    async with storage.reading() as work:
        return await _timed(lambda: work.listings.page(listing, PAGE, start, HERE), rounds)


def _bare(connection: sqlite3.Connection, listing: Listing, rounds: int) -> tuple[Times, Times | None]:
    if listing.order is not Order.SEARCH:
        return _timed_now(lambda: connection.execute(BARE_LISTS[listing.order]).fetchall(), rounds), None
    match = (" ".join(f'"{word}"*' for word in listing.words.split()),)
    plain = _timed_now(lambda: connection.execute(BARE_SEARCH, match).fetchall(), rounds)
    return plain, _timed_now(lambda: connection.execute(BY_RANK, match).fetchall(), max(5, rounds // 10))


async def _timed(read: Callable[[], Awaitable[object]], rounds: int) -> Times:
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        await read()
        spent.append(1000 * (time.perf_counter() - began))
    return _times(spent)


def _timed_now(read: Callable[[], object], rounds: int) -> Times:
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        read()
        spent.append(1000 * (time.perf_counter() - began))
    return _times(spent)


def _times(spent: list[float]) -> Times:
    cuts = statistics.quantiles(spent, n=20)
    return Times(statistics.median(spent), cuts[-1])


if __name__ == "__main__":
    main()
