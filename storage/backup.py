"""Copies a database, running or not, and its media into one file."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from storage.archive import DATABASE, FORMAT, MEDIA, Manifest, Member, copy, write_manifest
from storage.errors import StorageError
from storage.media_store import sync_folder
from storage.migrate import database_version


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What went into a backup. `missing` are media that the database knows and the folder lacks."""

    target: Path
    schema: str
    size: int
    media: int
    missing: tuple[str, ...]


def backup(database: Path, media: Path, target: Path, now: datetime | None = None) -> BackupReport:
    """Write the database as it is at one moment, and the media that it names, into the new file `target`.

    The town may go on writing. `target` appears complete or not at all. Raises StorageError.
    """
    schema = database_version(database)
    if schema is None:
        raise StorageError(f"there is no database at {database} to back up")
    if target.exists():
        raise StorageError(f"{target} exists already; give the backup another name")
    try:
        with _unfinished(target) as unfinished:
            copied, missing = _write(database, media, unfinished, schema, now or datetime.now(UTC))
            if target.exists():
                raise StorageError(f"{target} exists already; give the backup another name")
            unfinished.replace(target)
        sync_folder(target.parent)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"the backup could not be written to {target}: {error}") from error
    return BackupReport(target, schema, target.stat().st_size, copied, missing)


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """A file beside the target that only its owner can read, gone again unless it was renamed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _write(
    database: Path, media: Path, unfinished: Path, schema: str, now: datetime
) -> tuple[int, tuple[str, ...]]:
    members: list[Member] = []
    missing: list[str] = []
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=unfinished.parent) as folder:
        snapshot = Path(folder) / DATABASE
        _snapshot(database, snapshot)
        with unfinished.open("r+b") as file:
            with ZipFile(file, "w") as archive:
                members.append(_add(archive, snapshot, DATABASE, ZIP_DEFLATED))
                # Media are kept before the database knows them, so whatever the snapshot names is there,
                # unless it was forgotten meanwhile.
                for path in _media_of(snapshot):
                    try:
                        members.append(_add(archive, media / path, f"{MEDIA}/{path}", ZIP_STORED))
                    except FileNotFoundError:
                        missing.append(path)
                write_manifest(archive, Manifest(FORMAT, _program(), schema, now, tuple(members)))
            file.flush()
            os.fsync(file.fileno())
    return len(members) - 1, tuple(missing)


def _snapshot(database: Path, snapshot: Path) -> None:
    # VACUUM INTO reads inside one transaction and leaves out pages whose content was deleted.
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as source:
        source.execute("VACUUM INTO ?", (str(snapshot),))


def _media_of(snapshot: Path) -> list[str]:
    with closing(sqlite3.connect(f"{snapshot.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        paths = set[str]()
        for table in ("media", "reply_photos"):
            # A town of an earlier version, about to become a newer one, lacks the second.
            if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone():
                rows = connection.execute(f"SELECT path FROM {table} WHERE path IS NOT NULL")  # noqa: S608
                paths.update(path for (path,) in rows)
        return sorted(paths)


def _add(archive: ZipFile, path: Path, name: str, compression: int) -> Member:
    with path.open("rb") as source:
        info = ZipInfo.from_file(path, name)
        info.compress_type = compression
        with archive.open(info, "w", force_zip64=True) as target:
            return copy(source, target, name)


def _program() -> str:
    try:
        return version("morgen")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "unknown"
