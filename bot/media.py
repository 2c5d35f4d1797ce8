"""Fetches the photos and voice messages that ideas brought. Photos are kept as the board shows them."""

import asyncio
from datetime import timedelta

import structlog
from telegram.error import BadRequest, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.backoff import pause
from bot.pictures import UnreadablePictureError, as_photo
from cocreation.errors import MorgenError
from cocreation.ideas.idea import Idea
from cocreation.ideas.media import DOWNLOAD_LIMIT, Media, MediaKind
from cocreation.ports import Clock, MediaStore, TownNow, Transcriber
from cocreation.services.type_words import type_heard
from handlers.faults import tell_unreadable_photo
from handlers.voices import tell_author
from storage.engine import SqlStorage

AT_ONCE = 10
TRIES = 12
"""With growing pauses, some five minutes."""
TOO_BIG = "file is too big"

log = structlog.get_logger(__name__)


class MediaFetching:
    """Works through the media that wait. A file that cannot be had now is asked for later, and later."""

    def __init__(
        self,
        storage: SqlStorage,
        bot: ExtBot[None],
        store: MediaStore,
        town: TownNow,
        clock: Clock,
        *,
        transcriber: Transcriber | None = None,
    ) -> None:
        self._storage = storage
        self._bot = bot
        self._store = store
        self._town = town
        self._clock = clock
        self._transcriber = transcriber

    async def fetch_waiting(self) -> None:
        async with self._storage.reading() as work:
            waiting = await work.media.waiting(self._clock(), AT_ONCE)
        for media in waiting:
            try:
                await self._fetch(media)
            except UnreadablePictureError as error:
                await self._refuse(media, error)
            except (TelegramError, OSError) as error:
                await self._postpone(media, error)

    async def _fetch(self, media: Media) -> None:
        content = await download(self._bot, media.file_id)
        if media.kind is MediaKind.VOICE:
            await self._keep(media, content, ".ogg")
            await self._transcribe(media, content)
        else:
            await self._keep(media, await asyncio.to_thread(as_photo, content), ".jpg")

    async def _keep(self, media: Media, content: bytes, suffix: str) -> None:
        path = await self._store.keep(content, suffix)
        async with self._storage.writing() as work:
            is_wanted = await work.media.stored(media.id, path, len(content))
        if not is_wanted:  # its author was forgotten meanwhile
            await self._store.forget(path)

    async def _transcribe(self, media: Media, content: bytes) -> None:
        """Let a machine type what a voice message says, where the town has one."""
        if self._transcriber is None:
            return
        async with self._storage.reading() as work:
            idea = await work.ideas.get(media.idea)
        if idea is None:
            return
        text = await self._heard(idea, content)
        if text is None:
            return
        async with self._storage.writing() as work:
            try:
                await type_heard(work, idea.id, text, self._clock())
            except MorgenError:  # typed meanwhile, without a word, or its author is blocked
                return
            await tell_author(work, idea.id, self._town(), self._clock())

    async def _heard(self, idea: Idea, content: bytes) -> str | None:
        assert self._transcriber is not None
        try:
            return await self._transcriber(content, idea.language or self._town().languages[0])
        except Exception as error:  # a plugin's own; facilitators have the voice message all the same
            log.warning("a voice message could not be transcribed", idea=idea.id, error=type(error).__name__)
            return None

    async def _refuse(self, media: Media, error: Exception) -> None:
        log.warning("a photo cannot be used", media=media.id, error=type(error).__name__)
        async with self._storage.writing() as work:
            await work.media.refuse(media.id, type(error).__name__)
            if media.kind is MediaKind.PHOTO:
                await tell_unreadable_photo(work, media.idea, self._town(), self._clock())

    async def _postpone(self, media: Media, error: Exception) -> None:
        # What the Bot API cannot find now, it may find later; what is too big stays too big.
        if isinstance(error, BadRequest) and (TOO_BIG in error.message.lower() or media.attempts >= TRIES):
            await self._refuse(media, error)
            return
        asked = error.retry_after if isinstance(error, RetryAfter) else None
        wait = asked if isinstance(asked, timedelta) else timedelta(seconds=pause(media.attempts))
        log.info("a photo waits for its next try", media=media.id, error=type(error).__name__)
        async with self._storage.writing() as work:
            await work.media.postpone(media.id, self._clock() + wait)


async def download(bot: ExtBot[None], file_id: str) -> bytes:
    """Raises UnreadablePictureError for what a Bot API of one's own hands out though it is too large."""
    file = await bot.get_file(file_id)
    if (file.file_size or 0) > DOWNLOAD_LIMIT:
        raise UnreadablePictureError("too many bytes")
    return bytes(await file.download_as_bytearray())
