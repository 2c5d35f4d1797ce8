"""Opens the database: one connection that writes, a few that read, each block of work one transaction."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence, Set
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import AsyncAdaptedQueuePool, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from cocreation.ideas.ids import OutboxId
from cocreation.ideas.setting import Key
from storage.driver import ShortTripConnection, connect
from storage.errors import READING_FAULTS, WRITING_FAULTS, StorageError, passing_faults
from storage.migrate import database_version, migrate
from storage.outbox import OutboxRow
from storage.schema import VERSION
from storage.work import SqlWork

__all__ = ["Listener", "SqlStorage", "StorageError", "database_path"]

READERS = 4
LOG_PATIENCE = 0.1
"""Seconds that people may wait because somebody still reads what was there before."""


class Listener(Protocol):
    """Told after each commit which rows went into the outbox."""

    def __call__(self, rows: Sequence[OutboxRow], /) -> None: ...


class Forgetter(Protocol):
    """Told after each commit which rows were taken out of the outbox unsent."""

    def __call__(self, rows: Set[OutboxId], /) -> None: ...


class Renewer(Protocol):
    """Told after a commit that changed settings what was chosen in the chat."""

    def __call__(self, chosen: Mapping[Key, str], /) -> None: ...


class SqlStorage:
    """The town's database. `writing` and `reading` open transactions; see `cocreation.ports.Storage`."""

    def __init__(self, url: str) -> None:
        self.path = database_path(url)
        self._lock = asyncio.Lock()
        self._process_lock = FileLock(f"{self.path}.lock")
        self._listeners: list[Listener] = []
        self._forgetters: list[Forgetter] = []
        self._renewers: list[Renewer] = []
        self._hearers: list[Callable[[], None]] = []
        self._writer_engine: AsyncEngine | None = None
        self._reader_engine: AsyncEngine | None = None
        self._writer: AsyncConnection | None = None

    async def open(self) -> None:
        """Take the database for this process and bring its schema up to date.

        Raises StorageError when another process has it, or when it is newer than this program.
        """
        if not self._take():
            raise StorageError(
                f"another Morgen is already running on {self.path}; stop it first, or give this one "
                "a database of its own (storage.url)"
            )
        await self._connect()

    async def join(self) -> None:
        """Open the database for one errand, beside a Morgen that may be running on it.

        Raises StorageError when the one that is running has another version of the schema.
        """
        if self._take():
            await self._connect()
            return
        if (found := database_version(self.path)) != VERSION:
            raise StorageError(
                f"the Morgen that is running on {self.path} has schema {found}, this one {VERSION}; "
                "restart it with this version first"
            )
        # It has seen to the schema; looking again would have to wait for its turn to write.
        await self._connect(migrates=False)

    async def _connect(self, migrates: bool = True) -> None:
        try:
            self._writer_engine = _engine(self.path, "BEGIN IMMEDIATE", pool_size=1, query_only="OFF")
            self._reader_engine = _engine(self.path, "BEGIN", pool_size=READERS, query_only="ON")
            self._writer = await self._writer_engine.connect()
            if migrates:
                await self._writer.run_sync(migrate)
        except DBAPIError as error:
            await self.close()
            raise StorageError(f"{self.path} cannot be opened: {error.orig}") from error
        except BaseException:
            await self.close()
            raise

    def _take(self) -> bool:
        """Whether this process has the database for itself now."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._process_lock.acquire(timeout=0)
            # What people wrote is for the town's own user alone; SQLite's other files follow this one.
            self.path.touch(mode=0o600)
        except Timeout:
            return False
        except OSError as error:
            raise StorageError(f"{self.path.parent} cannot be written to: {error.strerror}") from error
        return True

    async def close(self) -> None:
        if self._writer is not None:
            await self._writer.close()
            self._writer = None
        for engine in (self._writer_engine, self._reader_engine):
            if engine is not None:
                await engine.dispose()
        self._process_lock.release()

    def on_posted(self, listener: Listener) -> None:
        """Call `listener` after every commit that put something into the outbox."""
        self._listeners.append(listener)

    def on_withdrawn(self, forgetter: Forgetter) -> None:
        """Call `forgetter` after every commit that took something out of the outbox unsent."""
        self._forgetters.append(forgetter)

    def on_named(self, hearer: Callable[[], None]) -> None:
        """Call `hearer` after every commit that changed who facilitates."""
        self._hearers.append(hearer)

    def on_set(self, renewer: Renewer) -> None:
        """Call `renewer` after every commit that changed settings from the chat."""
        self._renewers.append(renewer)

    async def empty_log(self) -> bool:
        """Bring all that is written into the database file itself, and leave nothing beside it. False while
        somebody reads what was there before: https://sqlite.org/pragma.html#pragma_wal_checkpoint"""
        if self._writer is None:
            raise RuntimeError("the storage is not open")
        async with self._lock:
            with passing_faults(WRITING_FAULTS):
                driver = (await self._writer.get_raw_connection()).driver_connection
                if not isinstance(driver, ShortTripConnection):
                    raise TypeError("the driver of this package is needed")
                return await driver.empty_log(LOG_PATIENCE)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqlWork]:
        """One transaction that may write; others wait their turn."""
        if self._writer is None:
            raise RuntimeError("the storage is not open")
        async with self._lock:
            with passing_faults(WRITING_FAULTS):
                async with self._writer.begin():
                    work = SqlWork(self._writer)
                    yield work
                    await work.flush()
            rows, withdrawn = work.posted, frozenset(work.withdrawn)
        if work.chosen is not None:
            for renewer in self._renewers:
                renewer(work.chosen)
        for hearer in self._hearers if work.has_named else ():
            hearer()
        for forgetter in self._forgetters if withdrawn else ():
            forgetter(withdrawn)
        for listener in self._listeners if rows else ():
            listener(rows)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlWork]:
        """One transaction that sees a single state of the database and writes nothing."""
        if self._reader_engine is None:
            raise RuntimeError("the storage is not open")
        with passing_faults(READING_FAULTS):
            async with self._reader_engine.connect() as connection, connection.begin():
                yield SqlWork(connection)


def database_path(url: str) -> Path:
    """The file behind a URL such as sqlite:///data/morgen.db. Raises ValueError for any other kind."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise ValueError("write a file as sqlite:///data/morgen.db")
    return Path(parsed.database)


def _engine(path: Path, begin: str, pool_size: int, query_only: str) -> AsyncEngine:
    engine = create_async_engine(
        "sqlite+aiosqlite:///",
        async_creator=partial(connect, path, is_writer=query_only == "OFF"),
        poolclass=AsyncAdaptedQueuePool,
        pool_size=pool_size,
        max_overflow=0,
        # An error that quotes a statement must not quote what people wrote.
        hide_parameters=True,
    )

    def prepare(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver must not open transactions by itself: it would begin them deferred, and a read
        # that turns into a write then fails at once, whatever the timeout.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "busy_timeout = 5000",
            "secure_delete = ON",
            f"query_only = {query_only}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    event.listen(engine.sync_engine, "connect", prepare)
    event.listen(engine.sync_engine, "begin", _begin_with(begin))
    return engine


def _begin_with(statement: str) -> Callable[..., None]:
    def begin(connection: object) -> None:
        connection.exec_driver_sql(statement)  # type: ignore[attr-defined]

    return begin
