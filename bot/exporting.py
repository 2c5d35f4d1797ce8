"""Puts together what people asked for, all that is kept of them, and sends it as ZIP files."""

import asyncio
import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import structlog

from board.my_data import PackedFile, render_my_data
from bot.pictures import UnreadablePictureError, as_small_photo
from cocreation.ideas.belongings import Belongings
from cocreation.ideas.ids import ResidentId
from cocreation.ideas.media import MediaKind
from cocreation.ideas.messages import File, FileKind, SendFiles
from cocreation.ideas.resident import Resident
from cocreation.ideas.town import Town
from cocreation.ports import Clock, MediaStore, TownNow
from handlers.context import language_of
from handlers.faults import apologise
from handlers.my_data import caption
from locales import translator
from storage.engine import SqlStorage
from storage.errors import StorageUnavailable

LARGEST = 45_000_000
"""Bytes of one file: Telegram takes 50 MB from a bot. What does not fit comes in another."""
FOLDERS = {MediaKind.PHOTO: "photos", MediaKind.VOICE: "recordings"}
PAGE, DATA = "my-data.html", "data.json"

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Part:
    """One ZIP file while it is filled."""

    written: BytesIO = field(default_factory=BytesIO)

    @property
    def size(self) -> int:
        return self.written.tell()

    @property
    def content(self) -> bytes:
        return self.written.getvalue()

    def add(self, name: str, content: bytes, compression: int = ZIP_STORED) -> None:
        with ZipFile(self.written, "a", compression) as archive:
            archive.writestr(name, content)
        self.written.seek(0, 2)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of the person; `source` is where the media store has it."""

    file: PackedFile
    source: str
    is_photo: bool


class Exporting:
    """One person at a time; who asked is kept until their files are on the way."""

    def __init__(
        self,
        storage: SqlStorage,
        media: MediaStore,
        outgoing: MediaStore,
        *,
        town: TownNow,
        clock: Clock,
        largest: int = LARGEST,
    ) -> None:
        self._storage = storage
        self._media = media
        self._outgoing = outgoing
        self._town = town
        self._clock = clock
        self._largest = largest

    async def make_waiting(self) -> None:
        """For all who wait now."""
        while (resident := await self._next()) is not None:
            try:
                await self._make(resident)
            except (OSError, StorageUnavailable):
                raise
            except Exception:  # one person's data must not keep the others waiting
                log.error("somebody's data could not be put together", exc_info=True)
                await self._give_up(resident)

    async def _next(self) -> ResidentId | None:
        async with self._storage.reading() as work:
            return await work.belongings.next_waiting()

    async def _make(self, id: ResidentId) -> None:
        async with self._storage.reading() as work:
            resident = await work.residents.get(id)
            belongings = None if resident is None else await work.belongings.all_of(resident)
        if resident is None or belongings is None:
            return
        paths = await self._pack(resident, belongings)
        if await self._send(resident, paths):
            log.info("somebody's data are on the way", parts=len(paths))
            return
        for path in paths:
            await self._outgoing.forget(path)

    async def _pack(self, resident: Resident, belongings: Belongings) -> Sequence[str]:
        """The paths of the parts: first what is to be read, then files as long as there is room."""
        now, t = self._clock(), translator(language_of(resident, self._town()))
        there = [found for stored in _files(belongings) if (found := await self._looked_at(stored))]
        shown = [stored.file for stored in there]
        page = await asyncio.to_thread(render_my_data, belongings, shown, town=self._town(), t=t, made_at=now)
        data = await asyncio.to_thread(_as_json, belongings, self._town(), now)
        part = Part()
        await asyncio.to_thread(part.add, PAGE, page.encode(), ZIP_DEFLATED)
        await asyncio.to_thread(part.add, DATA, data.encode(), ZIP_DEFLATED)
        kept: list[str] = []
        for stored in there:
            try:
                content = await self._media.open(stored.source)
            except FileNotFoundError:  # the person was forgotten just now
                continue
            if part.size + len(content) > self._largest:
                kept.append(await self._outgoing.keep(part.content, ".zip"))
                part = Part()
            await asyncio.to_thread(part.add, stored.file.path, content)
        return [*kept, await self._outgoing.keep(part.content, ".zip")]

    async def _give_up(self, id: ResidentId) -> None:
        now = self._clock()
        async with self._storage.writing() as work:
            resident = await work.residents.get(id)
            if await work.belongings.made(id, now) and resident is not None and resident.chat is not None:
                await apologise(work, resident.chat, self._town(), now)

    async def _looked_at(self, stored: Stored) -> Stored | None:
        """With a small photo of a photo; None where the file is gone."""
        try:
            content = await self._media.open(stored.source)
        except FileNotFoundError:
            return None
        if not stored.is_photo:
            return stored
        try:
            small = await asyncio.to_thread(as_small_photo, content)
        except UnreadablePictureError:
            return stored
        return replace(stored, file=replace(stored.file, small=small))

    async def _send(self, resident: Resident, paths: Sequence[str]) -> bool:
        """Whether they are on the way: not where the person was forgotten meanwhile."""
        t = translator(language_of(resident, self._town()))
        now = self._clock()
        async with self._storage.writing() as work:
            if resident.chat is None or not await work.belongings.made(resident.id, now):
                return False
            for number, path in enumerate(paths, start=1):
                name = "my-data.zip" if number == 1 else f"my-data-{number}.zip"
                message = caption(number, len(paths), t)
                file = File(once=path, name=name)
                await work.outbox.put(SendFiles(resident.chat, FileKind.DOCUMENT, (file,), message), now)
        return True


def _files(belongings: Belongings) -> list[Stored]:
    """What is stored of the person's photos and recordings."""
    return [
        Stored(PackedFile(row["id"], row["idea_id"], _name(row)), row["path"], row["kind"] == MediaKind.PHOTO)
        for row in belongings.rows["media"]
        if row["path"] is not None
    ]


def _name(row: Mapping[str, Any]) -> str:
    return f"{FOLDERS[MediaKind(row['kind'])]}/{row['id']}{PurePosixPath(row['path']).suffix}"


def _as_json(belongings: Belongings, town: Town, now: datetime) -> str:
    """See docs/my-data.md."""
    mentioned = [
        {"id": idea, "token": mention.token, "text": mention.text}
        for idea, mention in belongings.mentioned.items()
    ]
    whole = {
        "town": town.name,
        "made_at": now,
        "explained_in": "docs/my-data.md",
        **belongings.rows,
        "mentioned_ideas": mentioned,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode()
    raise TypeError(f"{type(value).__name__} has no JSON")
