"""Somebody who is forgotten, in what others are about to get, are writing, or could not be sent."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import ChatId, OutboxId
from cocreation.ideas.messages import Button, Message, Post, SendFiles, Show
from cocreation.ideas.redaction import Redaction
from storage.outbox import POST, SqlOutbox
from storage.schema import conversations, dead_letters, outbox

_TO_OTHERS = select(outbox.c.id, outbox.c.post).where(outbox.c.chat_id != bindparam("chat"))
_FAILED = select(dead_letters.c.id, dead_letters.c.origin, dead_letters.c.payload).where(
    dead_letters.c.chat_id != bindparam("chat")
)
_FORGET = delete(dead_letters).where(dead_letters.c.id == bindparam("letter"))
_ASKED = select(conversations.c.chat_id, conversations.c.words).where(
    conversations.c.chat_id != bindparam("chat"), conversations.c.words.contains('"text":')
)
_REWORD = update(conversations).where(conversations.c.chat_id == bindparam("which"))
_REWRITE = update(dead_letters).where(dead_letters.c.id == bindparam("letter"))


class Mentions:
    """What to look for: the person's words, number, and files (paths, and ids in Telegram)."""

    def __init__(self, words: Redaction, chat: ChatId, files: Sequence[str]) -> None:
        self._words = words
        self._chat = chat
        self._number = re.compile(rf"(?<!\d){chat}(?!\d)")
        self._files = frozenset(files)

    async def take_out(self, connection: AsyncConnection, waiting: SqlOutbox, now: datetime) -> None:
        """Send the rest of each message; what makes no sense without the person is not sent at all."""
        who = {"chat": self._chat}
        for row in list(await connection.execute(_TO_OTHERS, who)):
            post = POST.validate_json(row.post)
            rest = self._without(post, row.post)
            if rest == post:
                continue
            await waiting.withdraw([OutboxId(row.id)])
            if rest is not None:
                await waiting.put(rest, now)
        for letter in list(await connection.execute(_FAILED, who)):
            await self._rewrite(connection, letter)
        for asked in list(await connection.execute(_ASKED, who)):
            await self._reword(connection, asked)

    async def _reword(self, connection: AsyncConnection, row: Any) -> None:  # noqa: ANN401 - a row
        """An answer of the town that is being written: a template may have put an idea's words into it."""
        kept = json.loads(row.words)
        rest = None if kept["text"] is None else self._words.of(kept["text"])
        if rest != kept["text"]:
            words = json.dumps({**kept, "text": rest}, ensure_ascii=False)
            await connection.execute(_REWORD.values(words=words), {"which": row.chat_id})

    async def _rewrite(self, connection: AsyncConnection, row: Any) -> None:  # noqa: ANN401 - a row
        letter: Mapping[str, int] = {"letter": row.id}
        post = POST.validate_json(row.payload) if row.origin == "outbox" else None
        rest = None if post is None else self._without(post, row.payload)
        if rest is not None and rest != post:
            await connection.execute(_REWRITE.values(payload=POST.dump_json(rest).decode()), letter)
        elif (post is None and self._number.search(row.payload)) or (post is not None and rest is None):
            await connection.execute(_FORGET, letter)

    def _without(self, post: Post, written: str) -> Post | None:
        if self._number.search(written):
            return None
        match post:
            case Show():
                return replace(post, message=self._redacted(post.message))
            case SendFiles() if not any({file.path, file.file_id} & self._files for file in post.files):
                return replace(post, message=self._redacted(post.message))
            case SendFiles():
                return None
        return post if self._words.of(written) == written else None

    def _redacted(self, message: Message) -> Message:
        buttons = tuple(tuple(map(self._button, row)) for row in message.buttons)
        return replace(message, html=self._words.of(message.html), buttons=buttons)

    def _button(self, button: Button) -> Button:
        return replace(button, label=self._words.of(button.label))
