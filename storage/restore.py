"""Puts a backup back in place, after checking all of it."""

import os
import shutil
import sqlite3
import tempfile
import zlib
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from filelock import FileLock, Timeout

from storage.archive import DATABASE, MEDIA, Manifest, Member, copy, read_manifest
from storage.errors import StorageError
from storage.media_store import for_owner, sync_folder
from storage.migrate import database_version, require_known
from storage.sent_log import ENDING


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was put in place, from when it is, and where the earlier database and media are now."""

    schema: str
    created_at: datetime
    media: int
    kept_aside: tuple[Path, ...]


def restore(
    source: Path, database: Path, media: Path, replace: bool = False, now: datetime | None = None
) -> RestoreReport:
    """Check the backup `source`, then make it the town's database and media.

    With `replace` what is there already is kept aside under a name with the time. Raises StorageError, and
    then nothing has changed, when the backup is damaged or newer than this program, when a Morgen is
    running on the database, or when there is one and `replace` is not given.
    """
    mark = f"before-restore-{now or datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    try:
        database.parent.mkdir(parents=True, exist_ok=True)
        media.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{database}.lock", timeout=0), ExitStack() as stack:
            _require_room(database, media, replace)
            staged = Path(stack.enter_context(_staging(database.parent)))
            staged_media = Path(stack.enter_context(_staging(media.parent)))
            manifest = _unpack(source, staged, staged_media)
            _check_database(staged / DATABASE, manifest)
            kept = _swap_media(staged_media / MEDIA, media, mark)
            kept += _swap_database(staged / DATABASE, database, mark)
    except Timeout:
        raise StorageError(f"a Morgen is running on {database}; stop it before restoring") from None
    except OSError as error:
        raise StorageError(f"the backup could not be restored: {error}") from error
    return RestoreReport(manifest.schema, manifest.created_at, len(manifest.members) - 1, tuple(kept))


def _staging(folder: Path) -> "tempfile.TemporaryDirectory[str]":
    """A folder on the same disk, so that what is ready in it can be renamed into place."""
    return tempfile.TemporaryDirectory(prefix=".restore-", dir=folder)


def _require_room(database: Path, media: Path, replace: bool) -> None:
    for path in (database, media):
        if not replace and path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise StorageError(f"{path} exists already; --replace keeps it aside and restores in its place")


def _unpack(source: Path, staged: Path, staged_media: Path) -> Manifest:
    try:
        with ZipFile(source) as archive:
            manifest = read_manifest(archive)
            (staged_media / MEDIA).mkdir()
            for member in manifest.members:
                _extract(archive, member, staged if member.name == DATABASE else staged_media)
    except FileNotFoundError:
        raise StorageError(f"there is no backup at {source}") from None
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise StorageError(f"{source} is damaged or no backup: {error}") from error
    return manifest


def _extract(archive: ZipFile, member: Member, folder: Path) -> None:
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member.name) as packed, open(target, "xb", opener=for_owner) as file:
        unpacked = copy(packed, file, member.name)
        file.flush()
        os.fsync(file.fileno())
    if unpacked != member:
        raise StorageError(f"this backup is damaged: {member.name} is not what it was when it was written")


def _check_database(path: Path, manifest: Manifest) -> None:
    if not path.exists() or database_version(path) != manifest.schema:
        raise StorageError("this backup is damaged: its database is not the one that its manifest describes")
    require_known(manifest.schema)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise StorageError(f"this backup is damaged: its database cannot be read ({error})") from error
    if verdict != "ok":
        raise StorageError(f"this backup is damaged: {verdict.splitlines()[0]}")
    if orphan is not None:
        raise StorageError(f"this backup is damaged: a row in {orphan[0]} points to one that is not there")


def _swap_media(staged: Path, media: Path, mark: str) -> list[Path]:
    kept: list[Path] = []
    if media.exists():
        aside = media.with_name(f"{media.name}.{mark}")
        media.rename(aside)
        kept.append(aside)
    staged.rename(media)
    sync_folder(media.parent)
    return kept


def _swap_database(staged: Path, database: Path, mark: str) -> list[Path]:
    kept: list[Path] = []
    aside = database.with_name(f"{database.name}.{mark}")
    if database.exists():
        _fold_log_in(database)
        # The old logs must be away before the new database comes: they would be played into that one.
        for ending in ("-wal", "-shm", ENDING):
            log = database.with_name(database.name + ending)
            if log.exists():
                log.rename(aside.with_name(aside.name + ending))
        _keep_aside(database, aside)
        kept.append(aside)
    staged.replace(database)
    sync_folder(database.parent)
    return kept


def _keep_aside(database: Path, aside: Path) -> None:
    # A second name instead of a rename: at every moment there is a database under the first.
    try:
        aside.hardlink_to(database)
    except OSError:  # not every file system knows second names
        shutil.copy2(database, aside)


def _fold_log_in(database: Path) -> None:
    try:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError:
        return  # a broken database is what one restores for; its log is kept beside it
