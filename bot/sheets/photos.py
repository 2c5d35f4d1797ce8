"""The photos of an export come back to their ideas."""

import asyncio
import hashlib
from collections.abc import Mapping
from datetime import datetime

from bot.pictures import UnreadablePictureError, as_photo
from bot.sheets.reading import LinesFile
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.media import MediaKind, NewMedia
from cocreation.ports import MediaStore
from cocreation.services.import_content import OwnExport
from storage.engine import SqlStorage


async def bring_photos(
    storage: SqlStorage, store: MediaStore, export: OwnExport, ideas: Mapping[str, IdeaId], now: datetime
) -> None:
    """Keep the photos of these ideas, by their tokens, each once; what is no photo is left out."""
    if not isinstance(export, LinesFile):
        return
    for token, content in export.photos():
        idea = ideas.get(token)
        if idea is not None:
            await _bring(storage, store, idea, content, now)


async def _bring(storage: SqlStorage, store: MediaStore, idea: IdeaId, content: bytes, now: datetime) -> None:
    # Telegram has never seen it: it is known by what it shows.
    name = f"import:{hashlib.sha256(content).hexdigest()}"
    async with storage.reading() as work:
        if await work.contents.has_photo(idea, name):
            return
    try:
        photo = await asyncio.to_thread(as_photo, content)
    except UnreadablePictureError:
        return
    path = await store.keep(photo, ".jpg")
    async with storage.writing() as work:
        media = await work.media.add(NewMedia(idea, MediaKind.PHOTO, name, name), now)
        await work.media.stored(media, path, len(photo))
