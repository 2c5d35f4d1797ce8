"""Keeps photos and voice messages as files in a folder, under names that nobody can guess."""

import asyncio
import os
import re
import secrets
from datetime import datetime
from pathlib import Path

_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class FileMediaStore:
    """See `cocreation.ports.MediaStore`. A file is there whole and on the disk, or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def keep(self, content: bytes, suffix: str) -> str:
        """Returns the path to ask for it by. A suffix that is no plain one, such as '.jpg', is left out."""
        name = secrets.token_hex(16)
        path = f"{name[:2]}/{name}{suffix.lower() if _SUFFIX.fullmatch(suffix.lower()) else ''}"
        await asyncio.to_thread(_write, self._inside(path), content)
        return path

    async def open(self, path: str) -> bytes:
        """Raises FileNotFoundError."""
        return await asyncio.to_thread(lambda: self._inside(path).read_bytes())

    async def forget(self, path: str) -> None:
        """A file that is gone already stays gone."""
        await asyncio.to_thread(lambda: self._inside(path).unlink(missing_ok=True))

    def forget_others(self, named: frozenset[str], before: datetime) -> None:
        """Take away every file that is older and not among the paths `named`."""
        for found in self._folder.glob("*/*"):
            path = found.relative_to(self._folder).as_posix()
            if path not in named and found.stat().st_mtime < before.timestamp():
                found.unlink(missing_ok=True)

    def _inside(self, path: str) -> Path:
        folder = self._folder.resolve()
        found = (folder / path).resolve()
        if not found.is_relative_to(folder) or found == folder:
            raise FileNotFoundError(path)
        return found


def _write(path: Path, content: bytes) -> None:
    path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with open(unfinished, "wb", opener=for_owner) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


def for_owner(path: str, flags: int) -> int:
    """An `opener` for `open`: what is made can be read by the town's own user alone."""
    return os.open(path, flags, 0o600)


def sync_folder(folder: Path) -> None:
    """Make new names in a folder survive a power cut, where the system can (Windows cannot)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
