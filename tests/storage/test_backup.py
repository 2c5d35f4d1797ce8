"""A backup of a running town can be put back, and a bad one cannot."""

import asyncio
import json
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from cocreation.ideas.idea import NewIdea
from cocreation.ideas.media import MediaKind, NewMedia
from storage.backup import BackupReport, backup
from storage.engine import SqlStorage, StorageError
from storage.media_store import FileMediaStore
from storage.restore import restore
from storage.schema import VERSION

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
PICTURE = b"a picture" * 1000


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return tmp_path / "media"


@pytest.fixture
async def saved(storage: SqlStorage, media: Path, tmp_path: Path) -> BackupReport:
    """A backup, made while the town runs, of one idea with a photo and one whose file is lost."""
    store = FileMediaStore(media)
    async with storage.writing() as work:
        idea = await work.ideas.add(NewIdea("Bomen", NOW))
        photo = await work.media.add(NewMedia(idea, MediaKind.PHOTO, "file", "one"), NOW)
        await work.media.stored(photo, await store.keep(PICTURE, ".jpg"), len(PICTURE))
        lost = await work.media.add(NewMedia(idea, MediaKind.PHOTO, "file", "two"), NOW)
        await work.media.stored(lost, "ab/lost.jpg", 5)
    await store.keep(b"a file that no idea has", ".jpg")
    return await asyncio.to_thread(backup, storage.path, media, tmp_path / "town.zip", NOW)


async def test_a_backup_of_a_running_town_comes_back_whole(saved: BackupReport, tmp_path: Path) -> None:
    assert (saved.schema, saved.media, saved.missing) == (VERSION, 1, ("ab/lost.jpg",))
    new = tmp_path / "new"
    report = restore(saved.target, new / "morgen.db", new / "media")
    assert (report.created_at, report.media, report.kept_aside) == (NOW, 1, ())
    restored = SqlStorage(f"sqlite:///{new}/morgen.db")
    await restored.open()
    async with restored.reading() as work:
        (view,) = await work.ideas.newest(5)
        photo = await work.media.get(view.photos[0])
    await restored.close()
    assert view.idea.text == "Bomen"
    assert photo is not None and photo.path is not None
    assert await FileMediaStore(new / "media").open(photo.path) == PICTURE
    for path in (new / "morgen.db", new / "media" / photo.path):
        assert path.stat().st_mode & 0o077 == 0, "only the town's own user reads what people sent"


def test_a_backup_tells_what_it_holds_and_only_its_owner_reads_it(saved: BackupReport) -> None:
    with ZipFile(saved.target) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["schema"] == VERSION
    assert [member["name"].split("/")[0] for member in manifest["members"]] == ["morgen.db", "media"]
    assert saved.target.stat().st_mode & 0o077 == 0


def test_a_backup_never_overwrites_and_leaves_no_scraps(
    saved: BackupReport, storage: SqlStorage, media: Path
) -> None:
    before = saved.target.read_bytes()
    with pytest.raises(StorageError, match="exists already"):
        backup(storage.path, media, saved.target)
    assert saved.target.read_bytes() == before
    assert [path.name for path in saved.target.parent.iterdir() if path.name.startswith(".")] == []


def test_without_a_database_there_is_nothing_to_back_up(tmp_path: Path, media: Path) -> None:
    with pytest.raises(StorageError, match="no database"):
        backup(tmp_path / "none.db", media, tmp_path / "town.zip")
    assert not (tmp_path / "town.zip").exists()


async def test_a_backup_of_a_database_that_is_being_written_is_of_one_moment(
    storage: SqlStorage, media: Path, tmp_path: Path
) -> None:
    program = f"""
        import sys
        from pathlib import Path
        from storage.backup import backup

        backup(Path({str(storage.path)!r}), Path({str(media)!r}), Path(sys.argv[1]))
    """
    is_over = asyncio.Event()
    has_grown = asyncio.Event()

    async def write_pairs() -> None:
        while not is_over.is_set():
            async with storage.writing() as work:
                for side in ("left", "right"):
                    await work.ideas.add(NewIdea(side, NOW))
            has_grown.set()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write_pairs())
        for target in ("a.zip", "b.zip"):
            arguments = [sys.executable, "-c", textwrap.dedent(program), str(tmp_path / target)]
            has_grown.clear()
            await has_grown.wait()
            await asyncio.to_thread(subprocess.run, arguments, check=True)
        is_over.set()

    counts = []
    for name in ("a", "b"):
        restore(tmp_path / f"{name}.zip", tmp_path / name / "morgen.db", tmp_path / name / "media")
        with closing(sqlite3.connect(tmp_path / name / "morgen.db")) as connection:
            counts.append([n for (n,) in connection.execute("SELECT count(*) FROM ideas GROUP BY text")])
    assert all(len(set(sides)) == 1 for sides in counts)
    assert sum(counts[1]) > sum(counts[0]) > 0


def test_a_running_town_is_not_restored_over(saved: BackupReport, storage: SqlStorage, media: Path) -> None:
    with pytest.raises(StorageError, match="is running"):
        restore(saved.target, storage.path, media, replace=True)


async def test_what_was_there_is_kept_aside(saved: BackupReport, storage: SqlStorage, media: Path) -> None:
    async with storage.writing() as work:
        await work.ideas.add(NewIdea("Later", NOW))
    await storage.close()
    with pytest.raises(StorageError, match="exists already"):
        restore(saved.target, storage.path, media)
    report = restore(saved.target, storage.path, media, replace=True, now=NOW)
    assert [path.name for path in report.kept_aside] == [
        "media.before-restore-20260504T080000Z",
        "morgen.db.before-restore-20260504T080000Z",
    ]
    assert _ideas(storage.path) == ["Bomen"]
    assert _ideas(report.kept_aside[1]) == ["Bomen", "Later"]


async def test_a_database_that_is_broken_can_be_replaced(
    saved: BackupReport, storage: SqlStorage, media: Path
) -> None:
    await storage.close()
    storage.path.write_bytes(b"broken" * 1000)
    storage.path.with_name("morgen.db-wal").write_bytes(b"an old log")
    report = restore(saved.target, storage.path, media, replace=True)
    assert _ideas(storage.path) == ["Bomen"]
    assert report.kept_aside[1].read_bytes().startswith(b"broken")


def _flip_a_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0xFF
    path.write_bytes(content)


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _write_words(path: Path) -> None:
    path.write_text("words")


def _repack(change: Callable[[dict[str, bytes]], None]) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        with ZipFile(path) as archive:
            contents = {name: archive.read(name) for name in archive.namelist()}
        change(contents)
        with ZipFile(path, "w") as archive:
            for name, content in contents.items():
                archive.writestr(name, content)

    return damage


def _lose_a_photo(contents: dict[str, bytes]) -> None:
    del contents[next(name for name in contents if name.startswith("media/"))]


def _change_a_photo(contents: dict[str, bytes]) -> None:
    contents[next(name for name in contents if name.startswith("media/"))] = b"another picture"


def _lose_the_manifest(contents: dict[str, bytes]) -> None:
    del contents["manifest.json"]


def _escape(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(contents: dict[str, bytes]) -> None:
        old = next(name for name in contents if name.startswith("media/"))
        contents[name] = contents.pop(old)
        contents["manifest.json"] = contents["manifest.json"].replace(old.encode(), name.encode())

    return change


@pytest.mark.parametrize(
    "damage",
    [
        _flip_a_byte,
        _cut_short,
        _write_words,
        Path.unlink,
        _repack(_lose_a_photo),
        _repack(_change_a_photo),
        _repack(_lose_the_manifest),
        _repack(_escape("media/../../evil")),
        _repack(_escape("/tmp/evil")),
        _repack(_escape("evil.sh")),
    ],
)
async def test_a_damaged_or_malicious_backup_is_refused_before_anything_changes(
    saved: BackupReport, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    damage(saved.target)
    new = tmp_path / "new"
    with pytest.raises(StorageError) as told:
        restore(saved.target, new / "morgen.db", new / "media")
    assert "\n" not in str(told.value)
    assert [path.name for path in new.iterdir() if path.name != "morgen.db.lock"] == []
    assert not (tmp_path / "evil").exists()


async def test_a_backup_of_a_newer_morgen_is_refused(
    saved: BackupReport, storage: SqlStorage, media: Path, tmp_path: Path
) -> None:
    await storage.close()
    with closing(sqlite3.connect(storage.path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    newer = backup(storage.path, media, tmp_path / "newer.zip")
    with pytest.raises(StorageError, match="newer Morgen"):
        restore(newer.target, tmp_path / "new" / "morgen.db", tmp_path / "new" / "media")


async def test_a_backup_with_orphans_is_refused(storage: SqlStorage, media: Path, tmp_path: Path) -> None:
    await storage.close()
    with closing(sqlite3.connect(storage.path)) as connection, connection:
        connection.execute("INSERT INTO supports VALUES (1, 1, '2026-05-04T08:00:00.000000+00:00')")
    broken = backup(storage.path, media, tmp_path / "broken.zip")
    with pytest.raises(StorageError, match="points to one that is not there"):
        restore(broken.target, tmp_path / "new" / "morgen.db", tmp_path / "new" / "media")


def _ideas(database: Path) -> list[str]:
    with closing(sqlite3.connect(database)) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM ideas ORDER BY id")]
