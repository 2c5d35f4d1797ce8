"""Fetches the photos of the town's answers, and keeps them as the board shows them."""

import asyncio
from datetime import timedelta

import structlog
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.backoff import pause
from bot.media import AT_ONCE, TOO_BIG, TRIES, download
from bot.pictures import UnreadablePictureError, as_photo
from cocreation.ideas.reply_photo import UNUSED_AFTER, ReplyPhoto
from cocreation.ports import Clock, MediaStore
from storage.engine import SqlStorage

log = structlog.get_logger(__name__)


class ReplyPhotos:
    """Works through the photos that wait. One that cannot be had now is asked for later, and later."""

    def __init__(self, storage: SqlStorage, bot: ExtBot[None], store: MediaStore, clock: Clock) -> None:
        self._storage = storage
        self._bot = bot
        self._store = store
        self._clock = clock

    async def fetch_waiting(self) -> None:
        async with self._storage.reading() as work:
            waiting = await work.reply_photos.waiting(self._clock(), AT_ONCE)
        for photo in waiting:
            try:
                await self._fetch(photo)
            except UnreadablePictureError as error:
                await self._refuse(photo, error)
            except (TelegramError, OSError) as error:
                await self._postpone(photo, error)

    async def forget_unused(self) -> None:
        """Take away those of answers that were never sent."""
        async with self._storage.writing() as work:
            paths = await work.reply_photos.forget_unused(self._clock() - UNUSED_AFTER)
        for path in paths:
            await self._store.forget(path)

    async def _fetch(self, photo: ReplyPhoto) -> None:
        content = await download(self._bot, photo.file_id)
        path = await self._store.keep(await asyncio.to_thread(as_photo, content), ".jpg")
        async with self._storage.writing() as work:
            is_wanted = await work.reply_photos.stored(photo.id, path)
        if not is_wanted:  # its answer was given up meanwhile
            await self._store.forget(path)

    async def _refuse(self, photo: ReplyPhoto, error: Exception) -> None:
        log.warning("the photo of an answer cannot be used", photo=photo.id, error=type(error).__name__)
        async with self._storage.writing() as work:
            await work.reply_photos.refuse(photo.id)

    async def _postpone(self, photo: ReplyPhoto, error: Exception) -> None:
        if isinstance(error, BadRequest) and (TOO_BIG in error.message.lower() or photo.attempts >= TRIES):
            await self._refuse(photo, error)
            return
        log.info("the photo of an answer waits for its next try", photo=photo.id, error=type(error).__name__)
        until = self._clock() + timedelta(seconds=pause(photo.attempts))
        async with self._storage.writing() as work:
            await work.reply_photos.postpone(photo.id, until)
