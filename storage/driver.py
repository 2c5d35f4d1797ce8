"""A connection that answers most statements in one trip to its thread instead of four, or in none.

The driver makes a trip each for opening a cursor, executing, fetching and closing. The trips, not SQLite,
are what a small statement costs: see docs/benchmarks.md.
"""

import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, ParamSpec, Self, TypeVar

import aiosqlite

_AT_ONCE = 1000
"""Rows that come along with the execution; whoever asks for more makes further trips."""
_FEW = 100
"""Rows of one statement that the event loop can spare the time for: a millisecond."""

P = ParamSpec("P")
T = TypeVar("T")
_Row = tuple[Any, ...]
_Parameters = Sequence[Any] | Mapping[str, Any]
_Rows = list[_Row]


class ShortTripConnection(aiosqlite.Connection):
    """A connection of aiosqlite whose cursors fetch while they execute.

    The one that writes stays in the event loop for single statements inside a transaction: it has the
    database's lock by then, so that they wait neither for others nor for the disk. What does wait, begin
    and commit, and what may be long, rows by the hundred, goes to the thread.
    """

    is_writer = False

    def cursor(self) -> "ShortTripCursor":  # type: ignore[override]
        return ShortTripCursor(self)

    async def execute_and_fetch(self, sql: str, parameters: _Parameters) -> tuple[sqlite3.Cursor, _Rows]:
        """The statement's cursor and its first rows."""
        if self._stays_here:
            return _execute_and_fetch(self._conn, sql, parameters)
        return await self._in_thread(_execute_and_fetch, self._conn, sql, parameters)

    async def execute_many(self, sql: str, parameters: Sequence[_Parameters]) -> sqlite3.Cursor:
        if self._stays_here and len(parameters) <= _FEW:
            return self._conn.executemany(sql, parameters)
        return await self._in_thread(self._conn.executemany, sql, parameters)

    @staticmethod
    def may_have_more(rows: _Rows) -> bool:
        """Whether these first rows may not be all."""
        return len(rows) == _AT_ONCE

    @property
    def _stays_here(self) -> bool:
        return self.is_writer and self._conn.in_transaction

    async def fetch(self, cursor: sqlite3.Cursor, size: int | None) -> _Rows:
        """At most `size` further rows, or all of them."""
        return await self._in_thread(cursor.fetchall if size is None else partial(cursor.fetchmany, size))

    async def end(self, cursor: sqlite3.Cursor) -> None:
        await self._in_thread(cursor.close)

    async def empty_log(self, patience: float) -> bool:
        """Whether nothing is left in the write-ahead log, outside of any transaction."""
        return await self._in_thread(_empty_log, self._conn, patience)

    async def _in_thread(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        result: T = await self._execute(function, *args, **kwargs)  # type: ignore[no-untyped-call]
        return result


async def connect(path: Path, is_writer: bool = False) -> ShortTripConnection:
    """Open the file. Its user sees to it that one writer uses its connection at a time."""
    connection = ShortTripConnection(lambda: sqlite3.connect(path, check_same_thread=False), _AT_ONCE)
    connection.is_writer = is_writer
    await connection
    return connection


class ShortTripCursor:
    """What SQLAlchemy asks of an asyncio driver's cursor (`AsyncIODBAPICursor`)."""

    def __init__(self, connection: ShortTripConnection) -> None:
        self._connection = connection
        self._cursor: sqlite3.Cursor | None = None
        self._rows: _Rows = []
        self._has_more = False
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    @property
    def description(self) -> tuple[_Row, ...] | None:
        return None if self._cursor is None else self._cursor.description

    @property
    def rowcount(self) -> int:
        return -1 if self._cursor is None else self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        return None if self._cursor is None else self._cursor.lastrowid

    async def execute(self, sql: str, parameters: _Parameters = ()) -> Self:
        self._cursor, self._rows = await self._connection.execute_and_fetch(sql, parameters)
        self._has_more = self._connection.may_have_more(self._rows)
        return self

    async def executemany(self, sql: str, parameters: Sequence[_Parameters]) -> Self:
        self._cursor = await self._connection.execute_many(sql, parameters)
        return self

    async def fetchone(self) -> _Row | None:
        return next(iter(await self.fetchmany(1)), None)

    async def fetchmany(self, size: int | None = None) -> _Rows:
        wanted = self.arraysize if size is None else size
        if not self._rows and self._has_more:
            await self._fetch(max(wanted, _AT_ONCE))
        rows, self._rows = self._rows[:wanted], self._rows[wanted:]
        return rows

    async def fetchall(self) -> _Rows:
        if self._has_more:
            await self._fetch(None)
        rows, self._rows = self._rows, []
        return rows

    async def __aiter__(self) -> AsyncIterator[_Row]:
        while rows := await self.fetchmany(_AT_ONCE):
            for row in rows:
                yield row

    async def close(self) -> None:
        # A statement that gave its last row has ended by itself; only an unfinished one holds anything.
        if self._has_more and self._cursor is not None:
            await self._connection.end(self._cursor)
        self._has_more = False
        self._rows = []

    async def _fetch(self, size: int | None) -> None:
        if self._cursor is None:
            return
        more = await self._connection.fetch(self._cursor, size)
        self._has_more = size is not None and len(more) == size
        self._rows += more


def _execute_and_fetch(
    connection: sqlite3.Connection, sql: str, parameters: _Parameters
) -> tuple[sqlite3.Cursor, _Rows]:
    cursor = connection.execute(sql, parameters)
    return cursor, cursor.fetchmany(_AT_ONCE) if cursor.description else []


def _empty_log(connection: sqlite3.Connection, patience: float) -> bool:
    (usual,) = connection.execute("PRAGMA busy_timeout").fetchone()
    connection.execute(f"PRAGMA busy_timeout = {round(1000 * patience)}")
    try:
        is_busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.execute(f"PRAGMA busy_timeout = {usual}")
    return not is_busy
