"""What a backup file holds: a zip with the database, its media, and a manifest that vouches for both."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO
from zipfile import ZipFile

from pydantic import TypeAdapter, ValidationError

from storage.errors import StorageError

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "morgen.db"
MEDIA = "media"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the archive, with its size in bytes and its SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive holds, and which program wrote it from which schema."""

    format: int
    program: str
    schema: str
    created_at: datetime
    members: tuple[Member, ...]


_MANIFEST: TypeAdapter[Manifest] = TypeAdapter(Manifest)


def write_manifest(archive: ZipFile, manifest: Manifest) -> None:
    archive.writestr(MANIFEST, _MANIFEST.dump_json(manifest, indent=2))


def read_manifest(archive: ZipFile) -> Manifest:
    """Raises StorageError when there is none, or when it does not describe exactly what is there."""
    try:
        manifest = _MANIFEST.validate_json(archive.read(MANIFEST))
    except (KeyError, ValidationError) as error:
        raise StorageError("this file is not a backup of Morgen: it has no manifest") from error
    if manifest.format != FORMAT:
        raise StorageError(f"this backup has format {manifest.format}, and this Morgen reads format {FORMAT}")
    listed = sorted([MANIFEST, *(member.name for member in manifest.members)])
    if listed != sorted(archive.namelist()):
        raise StorageError("this backup is damaged: its files are not those of its manifest")
    for member in manifest.members:
        if not _is_ours(member.name):
            raise StorageError(f"this backup is not trustworthy: it holds a file named {member.name!r}")
    return manifest


def copy(source: IO[bytes], target: IO[bytes], name: str) -> Member:
    """Copy a stream, counting and hashing what goes through."""
    digest = hashlib.sha256()
    size = 0
    for chunk in _chunks(source):
        digest.update(chunk)
        size += len(chunk)
        target.write(chunk)
    return Member(name, size, digest.hexdigest())


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


def _is_ours(name: str) -> bool:
    """Whether a name stays inside the folder into which it is unpacked."""
    path = PurePosixPath(name)
    is_plain = path.as_posix() == name and "\\" not in name and ":" not in name and ".." not in path.parts
    return is_plain and (name == DATABASE or (path.parts[0] == MEDIA and len(path.parts) > 1))
