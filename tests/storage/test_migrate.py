"""The schema: made by migrations, whole or not at all."""

import asyncio
import re
import sqlite3
import subprocess
import sys
import textwrap
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from storage import migrate
from storage.engine import SqlStorage, StorageError
from storage.migrate import database_version
from storage.schema import VERSION, metadata


def _definitions(path: Path) -> dict[str, str]:
    """Each table's and index's SQL, with the blanks and the order of its parts taken out."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {name: sql for name, sql in rows if name not in ("alembic_version", "sqlite_sequence")}


def _parts(sql: str) -> list[str]:
    """The parts of a definition, without the foreign keys: a column that was added holds its own."""
    inside = re.sub(r" CONSTRAINT \w+ REFERENCES .*?(?=[,\n)]*(,|\n|$))", "", sql)
    parts = re.split(r", (?=\w+ [A-Z])|,\s*\n|\n", inside)
    told = {part.strip(" ,\t\n()") for part in parts if "FOREIGN KEY" not in part}
    return sorted(told - {""})


def _is_search(name: str | None) -> bool:
    """The full-text search brings tables of its own."""
    return name is not None and name.startswith("idea_words")


def _keys(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        keys = connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
    return sorted(key[2:] for key in keys)


async def test_the_migrations_make_exactly_the_schema(storage: SqlStorage) -> None:
    engine = create_engine(f"sqlite:///{storage.path}")
    with engine.connect() as connection:
        # SQLAlchemy does not read what a key that came with its column does on delete; the next test does.
        options = {
            "compare_server_default": True,
            "include_object": lambda _, name, kind, *rest: "key" not in kind and not _is_search(name),
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
    engine.dispose()


async def test_the_migrations_make_every_check_and_keep_types_strict(
    storage: SqlStorage, tmp_path: Path
) -> None:
    declared = tmp_path / "declared.db"
    engine = create_engine(f"sqlite:///{declared}")
    metadata.create_all(engine)
    engine.dispose()

    made, wanted = _definitions(storage.path), _definitions(declared)
    assert {name: _parts(sql) for name, sql in made.items()} == {
        name: _parts(sql) for name, sql in wanted.items()
    }
    assert {name: _keys(storage.path, name) for name in made} == {
        name: _keys(declared, name) for name in wanted
    }
    tables = [sql for name, sql in made.items() if sql.startswith("CREATE TABLE") and not _is_search(name)]
    assert all(sql.rstrip().endswith("STRICT") for sql in tables)


def test_a_database_that_is_not_there_has_no_version(tmp_path: Path) -> None:
    assert database_version(tmp_path / "none.db") is None


async def test_an_opened_database_has_the_newest_version(storage: SqlStorage) -> None:
    assert database_version(storage.path) == VERSION


async def test_a_newer_database_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "morgen.db"
    await _open_and_close(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match=r"^this database has schema 9999[^\n]*newer Morgen[^\n]*$"):
        await _open_and_close(path)
    assert database_version(path) == "9999"


async def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "morgen.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StorageError, match="not made by Morgen"):
        await _open_and_close(path)
    assert list(_definitions(path)) == ["recipes"]


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "morgen.db"
    path.write_text("words, words, words " * 100)
    with pytest.raises(StorageError, match="cannot be opened"):
        await _open_and_close(path)
    with pytest.raises(StorageError, match="not a database"):
        database_version(path)


@pytest.mark.parametrize(
    "statement", ["CREATE TABLE residents", "CREATE TABLE dead_letters", "INSERT INTO alembic"]
)
def test_a_migration_killed_in_the_middle_leaves_the_old_version(tmp_path: Path, statement: str) -> None:
    path = tmp_path / "morgen.db"
    program = f"""
        import asyncio, os, signal
        from sqlalchemy import Engine, event
        from storage.engine import SqlStorage

        @event.listens_for(Engine, "after_cursor_execute")
        def die(connection, cursor, statement, *rest):
            if statement.strip().startswith({statement!r}):
                os.kill(os.getpid(), signal.SIGKILL)

        asyncio.run(SqlStorage("sqlite:///{path}").open())
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    assert ended.returncode == -9
    assert database_version(path) is None
    assert _definitions(path) == {}
    asyncio.run(_open_and_close(path))
    assert database_version(path) == VERSION


def test_opening_a_current_database_does_not_import_the_migration_library(tmp_path: Path) -> None:
    program = f"""
        import asyncio, sys
        from storage.engine import SqlStorage

        async def open_twice():
            for opening in (1, 2):
                for name in [name for name in sys.modules if name.split(".")[0] == "alembic"]:
                    del sys.modules[name]
                storage = SqlStorage("sqlite:///{tmp_path}/morgen.db")
                await storage.open()
                await storage.close()
            assert "alembic" not in sys.modules

        asyncio.run(open_twice())
    """
    subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=True)


async def test_what_the_first_version_kept_is_there_after_the_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "morgen.db"
    _make_version(path, "0001")
    with closing(sqlite3.connect(path)) as connection, connection:
        moment = "2026-05-04T08:00:00.000000+00:00"
        for number in (1, 2, 3):
            connection.execute(
                "INSERT INTO ideas (id, token, text, source, created_at, touched_at) "
                "VALUES (?, ?, 'Bomen', 'chat', ?, ?)",
                (number, f"token {number}", moment, moment),
            )
            connection.execute(
                "INSERT INTO themes (id, label, keywords, is_current, born_at) VALUES (?, ?, '[]', ?, ?)",
                (number, f"Thema {number}", number != 2, moment),
            )
            connection.execute(
                "INSERT INTO theme_members (idea_id, theme_id, score) VALUES (?, ?, 0.5)",
                (number, number if number != 2 else 3),
            )
    storage = SqlStorage(f"sqlite:///{path}")
    await storage.open()
    async with storage.reading() as work:
        found = await work.themes.all()
    await storage.close()
    assert [(theme.label, theme.size, theme.colour) for theme in found] == [
        ("Thema 3", 2, 1),
        ("Thema 1", 1, 0),
    ]
    assert database_version(path) == VERSION


def test_an_upgrade_killed_in_the_middle_leaves_the_first_version(tmp_path: Path) -> None:
    path = tmp_path / "morgen.db"
    _make_version(path, "0001")
    before = _definitions(path)
    program = f"""
        import asyncio, os, signal
        from sqlalchemy import Engine, event
        from storage.engine import SqlStorage

        @event.listens_for(Engine, "after_cursor_execute")
        def die(connection, cursor, statement, *rest):
            if statement.strip().startswith("CREATE TABLE theme_decisions"):
                os.kill(os.getpid(), signal.SIGKILL)

        asyncio.run(SqlStorage("sqlite:///{path}").open())
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False)
    assert (ended.returncode, database_version(path)) == (-9, "0001")
    assert _definitions(path) == before


def _make_version(path: Path, version: str) -> None:
    """A database file as that release made it."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
        command.upgrade(config, version)
    engine.dispose()


async def _open_and_close(path: Path) -> None:
    storage = SqlStorage(f"sqlite:///{path}")
    await storage.open()
    await storage.close()


async def test_what_waits_to_be_told_goes_through_the_migration(tmp_path: Path) -> None:
    path = tmp_path / "morgen.db"
    _make_version(path, "0003")
    when = "2026-05-04T08:00:00.000000+00:00"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(f"""
            INSERT INTO residents (id, telegram_id, language, created_at) VALUES (1, 41, 'nl', '{when}');
            INSERT INTO ideas (id, token, author_id, text, source, created_at, touched_at)
            VALUES (1, 't', 1, 'Trees', 'chat', '{when}', '{when}');
            INSERT INTO replies (id, idea_id, status, text, created_at)
            VALUES (1, 1, 'done', 'Yes', '{when}');
            INSERT INTO notices (id, resident_id, idea_id, reply_id, created_at)
            VALUES (7, 1, 1, 1, '{when}');
        """)
    await _open_and_close(path)
    with closing(sqlite3.connect(path)) as connection:
        told = connection.execute("SELECT id, resident_id, idea_id, reply_id, act, created_at FROM notices")
        assert told.fetchall() == [(7, 1, 1, 1, "said", when)]
