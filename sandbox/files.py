"""Uploaded files: their ids, their bytes, and the sizes that a photo is kept in."""

import hashlib
import mimetypes
import re
import secrets
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from sandbox.errors import bad_request
from sandbox.values import Json, StoredFile

MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_UPLOAD = 50 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024
PHOTO_SIDES = (90, 320, 1280)
FILM_SIZE = (640, 360)
UNKNOWN_SECONDS = 3

_PREFIXES = {
    "photo": "AgACAgQAAx",
    "document": "BQACAgQAAx",
    "voice": "AwACAgQAAx",
    "video": "BAACAgQAAx",
    "audio": "CQACAgQAAx",
    "animation": "CgACAgQAAx",
    "video_note": "DQACAgQAAx",
}
_FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "video": "videos",
    "audio": "music",
    "animation": "animations",
    "video_note": "video_notes",
}
_SAFE_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class FileStore:
    """Files by file_id; their bytes in memory, or under `folder` when there is one."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self.known: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._contents: dict[str, bytes] = {}

    def add(
        self,
        kind: str,
        content: bytes,
        *,
        name: str | None = None,
        mime_type: str | None = None,
        size: tuple[int, int] | None = None,
        seconds: int | None = None,
    ) -> StoredFile:
        """Keep bytes as a `photo`, `document`, `voice`, … under a new file_id.

        `size` is in pixels, `seconds` the length of a sound or film.
        """
        if not content:
            raise bad_request("file must be non-empty")
        mime_type = mime_type or mimetypes.guess_type(name or "")[0] or "application/octet-stream"
        path = f"{_FOLDERS[kind]}/file_{len(self.known)}{_suffix(name, mime_type)}"
        width, height = size or (None, None)
        stored = StoredFile(
            id=_PREFIXES[kind] + secrets.token_urlsafe(24),
            unique_id=hashlib.blake2s(content, digest_size=8, key=kind.encode()).hexdigest(),
            path=path,
            size=len(content),
            mime_type=mime_type,
            name=name,
            width=width,
            height=height,
            seconds=seconds,
        )
        if self.folder is None:
            self._contents[stored.id] = content
        else:
            place = self.folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        self.restore(stored)
        return stored

    def restore(self, stored: StoredFile) -> None:
        """Know a file again whose bytes are already there."""
        self.known[stored.id] = stored
        self._by_path[stored.path] = stored

    def find(self, file_id: str) -> StoredFile | None:
        """Look a file up by its file_id."""
        return self.known.get(file_id)

    def find_path(self, path: str) -> StoredFile | None:
        """Look a file up by the file_path that getFile gave."""
        return self._by_path.get(path)

    def read(self, stored: StoredFile) -> bytes:
        """Read the bytes of a file."""
        if self.folder is None:
            return self._contents[stored.id]
        return (self.folder / stored.path).read_bytes()


def _suffix(name: str | None, mime_type: str) -> str:
    suffix = Path(name or "").suffix.lower() or mimetypes.guess_extension(mime_type) or ""
    return suffix if _SAFE_SUFFIX.fullmatch(suffix) else ""


def kind_of(stored: StoredFile) -> str:
    """Tell as what a file was sent, by its folder."""
    folder = stored.path.partition("/")[0]
    return next(kind for kind, name in _FOLDERS.items() if name == folder)


def photo_sizes(content: bytes) -> list[tuple[bytes, tuple[int, int]]]:
    """Turn a picture upright and into JPEGs of up to three sizes, smallest first, without its metadata.

    Each is (bytes, (width, height) in pixels). Raises the Bot API's 400 for what is not a photo.
    """
    if not content:
        raise bad_request("file must be non-empty")
    if len(content) > MAX_PHOTO:
        raise bad_request(
            f"file of size {len(content)} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes"
        )
    try:
        with Image.open(BytesIO(content)) as opened:
            width, height = opened.size
            if width + height > 10_000 or max(width, height) > 20 * min(width, height):
                raise bad_request("PHOTO_INVALID_DIMENSIONS")
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise bad_request("IMAGE_PROCESS_FAILED") from None
    longest = max(upright.size)
    sides = [side for side in PHOTO_SIDES if side < longest] + [min(longest, PHOTO_SIDES[-1])]
    return [_scaled(upright, side) for side in sorted(set(sides))]


def _scaled(picture: Image.Image, side: int) -> tuple[bytes, tuple[int, int]]:
    copy = picture.copy()
    copy.thumbnail((side, side))
    written = BytesIO()
    copy.save(written, "JPEG", quality=85)
    return written.getvalue(), copy.size


def add_photo(store: FileStore, sizes: list[tuple[bytes, tuple[int, int]]]) -> list[Json]:
    """Keep the sizes of a photo; gives the `PhotoSize` objects of the message, smallest first."""
    stored = [store.add("photo", content, mime_type="image/jpeg", size=size) for content, size in sizes]
    return [photo_size(file) for file in stored]


def photo_size(file: StoredFile) -> Json:
    """The `PhotoSize` of one stored size."""
    return {**file.brief(), "width": file.width, "height": file.height}


def document(file: StoredFile) -> Json:
    """The `Document` of a stored file."""
    named = {} if file.name is None else {"file_name": file.name}
    return {**named, "mime_type": file.mime_type, **file.brief()}


def voice(file: StoredFile) -> Json:
    """The `Voice` of a stored file."""
    return {"duration": file.seconds or UNKNOWN_SECONDS, "mime_type": file.mime_type, **file.brief()}


def film(file: StoredFile) -> Json:
    """The `Video` or `Animation` of a stored file."""
    size = {"width": file.width or FILM_SIZE[0], "height": file.height or FILM_SIZE[1]}
    return {**size, "duration": file.seconds or UNKNOWN_SECONDS, **document(file)}


def music(file: StoredFile) -> Json:
    """The `Audio` of a stored file."""
    return {"duration": file.seconds or UNKNOWN_SECONDS, **document(file)}
