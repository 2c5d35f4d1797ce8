"""Sends files: what Telegram has, what is stored, and what was made to be sent once."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram import InlineKeyboardMarkup, InputFile, InputMediaPhoto
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.sending import RefusedError, keyboard, translated
from cocreation.ideas.messages import File, FileKind, SendFiles
from cocreation.ports import MediaStore
from storage.media_store import FileMediaStore

GRAIN = timedelta(seconds=1)
"""A file system may note a moment this much too early."""

log = structlog.get_logger(__name__)


class Files:
    """`stored` keeps what ideas brought, `once` what is gone when it has arrived."""

    def __init__(self, bot: ExtBot[None], stored: MediaStore, once: FileMediaStore) -> None:
        self._bot = bot
        self._stored = stored
        self._once = once

    async def send(self, post: SendFiles) -> None:
        """Raises the errors of `bot.sending`; a file that is no more is refused."""
        try:
            contents = [await self._content(file, len(post.files) > 1) for file in post.files]
        except FileNotFoundError as error:
            raise RefusedError("the file is gone") from error
        try:
            if len(contents) > 1:
                await self._send_album(post, contents)
            else:
                await self._send_one(post, contents[0])
        except TelegramError as error:
            raise translated(error) from error

    async def forget(self, post: object) -> None:
        """Take away what was made for this post alone."""
        if isinstance(post, SendFiles):
            for file in post.files:
                if file.once is not None:
                    await self._once.forget(file.once)

    async def forget_others(self, named: frozenset[str], start: datetime) -> None:
        """Take away what no post names and was there before the program began: a kill left it."""
        await asyncio.to_thread(self._once.forget_others, named, start - GRAIN)

    async def _content(self, file: File, in_album: bool) -> str | InputFile:
        if file.once is not None:
            content = await self._once.open(file.once)
        elif file.path is not None:
            content = await self._stored.open(file.path)
        else:
            return file.file_id or ""
        return InputFile(content, filename=file.name or None, attach=in_album)

    async def _send_album(self, post: SendFiles, contents: list[str | InputFile]) -> None:
        album = [InputMediaPhoto(content) for content in contents]
        await self._bot.send_media_group(
            post.chat,
            album,
            caption=post.message.html or None,
            parse_mode=ParseMode.HTML,
            message_thread_id=post.thread,
        )

    async def _send_one(self, post: SendFiles, content: str | InputFile) -> None:
        buttons = keyboard(post.message)
        about: dict[str, Any] = {
            "caption": post.message.html or None,
            "parse_mode": ParseMode.HTML,
            "message_thread_id": post.thread,
            "reply_markup": None if buttons is None else InlineKeyboardMarkup.de_json(buttons, self._bot),
        }
        match post.kind:
            case FileKind.PHOTO:
                await self._bot.send_photo(post.chat, content, **about)
            case FileKind.VOICE:
                await self._bot.send_voice(post.chat, content, **about)
            case FileKind.DOCUMENT:
                await self._bot.send_document(
                    post.chat, content, disable_content_type_detection=True, **about
                )
