"""Files are kept whole, under names nobody can guess, and never outside their folder."""

import asyncio
from pathlib import Path

import pytest

from storage.media_store import FileMediaStore


async def test_a_file_comes_back_until_it_is_forgotten(tmp_path: Path) -> None:
    store = FileMediaStore(tmp_path / "media")
    path = await store.keep(b"a picture", ".JPG")
    assert path.endswith(".jpg")
    assert await store.open(path) == b"a picture"
    await store.forget(path)
    await store.forget(path)
    with pytest.raises(FileNotFoundError):
        await store.open(path)


async def test_the_same_content_gets_a_name_of_its_own_each_time(tmp_path: Path) -> None:
    store = FileMediaStore(tmp_path)
    assert await store.keep(b"a picture", ".jpg") != await store.keep(b"a picture", ".jpg")


async def test_an_odd_suffix_is_left_out(tmp_path: Path) -> None:
    path = await FileMediaStore(tmp_path).keep(b"a picture", "/../../x")
    assert (tmp_path / path).read_bytes() == b"a picture"
    assert "." not in path


@pytest.mark.parametrize("path", ["../secret", "/etc/hostname", "a/../../secret", "", ".", "linked/secret"])
async def test_nothing_outside_the_folder_is_read_or_removed(tmp_path: Path, path: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("words")
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "linked").symlink_to(tmp_path)
    store = FileMediaStore(tmp_path / "media")
    with pytest.raises(FileNotFoundError):
        await store.open(path)
    with pytest.raises(FileNotFoundError):
        await store.forget(path)
    assert secret.exists()


def test_nothing_half_written_stays_behind(tmp_path: Path) -> None:
    path = asyncio.run(FileMediaStore(tmp_path).keep(b"a picture", ".jpg"))
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == [tmp_path / path]
