"""What the peers do with an idea: insert it and commit, in a database set up as Morgen's."""

import os

import aiosqlite

_TABLE = (
    "CREATE TABLE IF NOT EXISTS ideas"
    " (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL, text TEXT NOT NULL)"
)


async def open_store() -> aiosqlite.Connection:
    """The database that the environment names."""
    connection = await aiosqlite.connect(os.environ["BENCH_DATABASE"])
    await connection.execute("PRAGMA journal_mode = WAL")
    await connection.execute("PRAGMA synchronous = FULL")
    await connection.execute(_TABLE)
    await connection.commit()
    return connection


async def keep(store: aiosqlite.Connection, author: int, text: str) -> None:
    """Durable when this returns."""
    await store.execute("INSERT INTO ideas (author_id, text) VALUES (?, ?)", (author, text))
    await store.commit()
