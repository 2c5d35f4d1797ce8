"""Brings a database's schema up to date, all of it or nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from storage.errors import StorageError
from storage.schema import VERSION

_MIGRATIONS = Path(__file__).parent / "migrations"
_CURRENT = "SELECT version_num FROM alembic_version"


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
            row = connection.execute(_CURRENT).fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise StorageError(f"{path} cannot be read: {error}") from error
    except sqlite3.DatabaseError as error:
        raise StorageError(f"{path} is not a database: {error}") from error
    return None if row is None else str(row[0])


def require_known(version: str) -> None:
    """Raises StorageError for a schema that this program does not know."""
    if version not in {path.name.split("_")[0] for path in (_MIGRATIONS / "versions").glob("*.py")}:
        raise StorageError(
            f"this database has schema {version}, and this Morgen knows schemas up to {VERSION}: "
            "install the newer Morgen that made it, or restore a backup of before"
        )


def _version(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        version: str | None = connection.execute(text(_CURRENT)).scalar()
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

    if found is not None:
        require_known(found)
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, "head")
