"""A village whose bot can be killed at any moment, and whose clock is in the test's hands."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog

from sandbox.server import Sandbox
from sandbox.values import Json
from sandbox.world import World
from storage.engine import SqlStorage
from tests.bot.town import settings_for
from tests.journeys.awake import Awake
from tests.journeys.hurried import HurriedLoop

STUCK = 60.0
"""Seconds, of which the loop skips most, after which what is still under way never ends."""
DAWN = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
UNDER_WAY = """
    SELECT id FROM inbox WHERE state = 'waiting'
    UNION ALL
    SELECT id FROM outbox
"""
NOT_KEPT = ("-shm", ".lock")
"""Endings of files that a killed process leaves, and that say nothing to the next one."""


class VillageClock:
    """Stands still until somebody moves it."""

    def __init__(self) -> None:
        self.now = DAWN

    def __call__(self) -> datetime:
        return self.now

    def seconds(self) -> float:
        return self.now.timestamp()


@dataclass
class Village:
    """A sandbox, the database's folder and, most of the time, a bot."""

    loop: HurriedLoop
    sandbox: Sandbox
    clock: VillageClock
    folder: Path
    lives: int = 0
    awake: Awake | None = None
    _reader: sqlite3.Connection | None = field(default=None, repr=False)

    @property
    def world(self) -> World:
        return self.sandbox.world

    @property
    def _home(self) -> Path:
        return self.folder / str(self.lives)

    async def wake(self) -> None:
        if not self._home.exists():
            self._home.mkdir(parents=True)
            (self._home / "morgen.db").write_bytes(new_database())
        settings = settings_for(self.sandbox, self._home, board={"enabled": False})
        self.awake = await Awake(settings, self.clock).start()
        self._reader = sqlite3.connect(f"{self._home.as_uri()}/morgen.db?mode=ro", uri=True)

    async def rest(self) -> None:
        """Stop the bot as Ctrl-C does."""
        if self.awake is not None:
            self._close()
            awake, self.awake = self.awake, None
            await awake.rest()

    async def kill(self) -> None:
        """Leave the bot where it stands. The next one finds the files as they are at this moment, with the
        half of a transaction that the database's thread may have written."""
        if self.awake is None:
            return
        files = _as_they_are(self._home)
        self._close()
        awake, self.awake = self.awake, None
        await awake.abandon()
        self.lives += 1
        for path, content in files.items():
            (self._home / path).parent.mkdir(parents=True, exist_ok=True)
            (self._home / path).write_bytes(content)

    async def settle(self) -> None:
        """Until everything that happened is handled, answered, and has arrived."""
        began = time.monotonic()
        while True:
            await self.loop.silence()
            if self._is_quiet():
                return
            assert time.monotonic() - began < STUCK
            self.loop.hop()

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database file holds, as another program reads it."""
        assert self._reader is not None
        return self._reader.execute(query, values).fetchall()

    def shown(self, chat: int) -> list[Json]:
        """What the bot shows in a chat now, oldest first."""
        messages = self.world.chats[chat].messages.values()
        return [message for message in messages if message["from"]["id"] == self.world.bot.id]

    def _close(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader = None

    def _is_quiet(self) -> bool:
        assert self.awake is not None
        failure = self.awake.failure()
        if failure is not None:
            raise failure
        if len(self.world.updates) or not self.world.updates.is_awaited:
            return False
        return not self.rows(UNDER_WAY)


@cache
def new_database() -> bytes:
    """A database as a town begins with; making one takes a while."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "morgen.db"
        asyncio.run(_make(path))
        return path.read_bytes()


async def _make(path: Path) -> None:
    storage = SqlStorage(f"sqlite:///{path}")
    await storage.open()
    await storage.close()


def _as_they_are(folder: Path) -> dict[Path, bytes]:
    """The files at one moment: the event loop stands still, and a thread ends its statement at most."""
    before: dict[Path, bytes] | None = None
    while (now := _read(folder)) != before:
        before = now
    return now


def _read(folder: Path) -> dict[Path, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(NOT_KEPT)]
    return {path.relative_to(folder): path.read_bytes() for path in files}


class Complaints(logging.Handler):
    """What was logged as an error, by us or by a library."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(self.format(record))

    def hear(self, _: object, method: str, event: structlog.types.EventDict) -> structlog.types.EventDict:
        if method in {"error", "critical", "exception"}:
            self.said.append(repr(event))
        raise structlog.DropEvent


@contextmanager
def complaints() -> Iterator[Complaints]:
    """Listen to the logs until the block ends."""
    listener = Complaints()
    before = structlog.get_config()
    processors: list[structlog.types.Processor] = [structlog.processors.format_exc_info, listener.hear]
    structlog.configure(processors=processors, wrapper_class=structlog.BoundLogger)
    logging.getLogger().addHandler(listener)
    try:
        yield listener
    finally:
        logging.getLogger().removeHandler(listener)
        structlog.configure(**before)
