"""Brings a database's schema up to date, all of it or nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.errors import StorageError
from storage.schema import VERSION

_VERSION_TABLE = "alembic_version"
_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(connection: Connection) -> None:
    """Upgrade the schema in one transaction. Raises StorageError for a database of a newer program."""
    with connection.begin():
        found = _version(connection)
        if found == VERSION:
            return
        _upgrade(connection, found)


def database_version(path: Path) -> str | None:
    """The schema version of a database file, read without changing it; None where there is none yet.

    Raises StorageError when the file is no database.
    """
    if not path.exists() or not path.stat().st_size:
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute(f"SELECT version_num FROM {_VERSION_TABLE}").fetchone()  # noqa: S608 - a constant
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise StorageError(f"{path} cannot be read: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StorageError(f"{path} is not a database: {error}") from error
    return None if row is None else str(row[0])


def _version(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if _VERSION_TABLE in tables:
        version: str | None = connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()  # noqa: S608 - a constant
        return version
    if tables:
        raise StorageError(
            "this database was not made by Morgen; give Morgen a file of its own (storage.url)"
        )
    return None


def _upgrade(connection: Connection, found: str | None) -> None:
    # Alembic takes a tenth of a second to import, and most starts have nothing to migrate.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StorageError(
            f"this database has schema {found}, and this Morgen knows schemas up to {VERSION}: "
            "install the newer Morgen that made it, or restore a backup of before"
        )
    command.upgrade(config, "head")
