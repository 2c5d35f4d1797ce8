"""The messages that ideas are made of, where these are more than one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import ChatId, IdeaId, MessageId
from cocreation.ideas.part import Part
from storage.dialect import upsert
from storage.schema import idea_messages

_KEEP = upsert(idea_messages, keys=("chat_id", "message_id"), change=("idea_id", "text", "album"))
_ORDER = (idea_messages.c.chat_id, idea_messages.c.message_id)
_OF = select(idea_messages).where(idea_messages.c.idea_id == bindparam("idea")).order_by(*_ORDER)
_OF_ALBUM = (
    select(idea_messages)
    .where(idea_messages.c.chat_id == bindparam("chat"), idea_messages.c.album == bindparam("together"))
    .order_by(*_ORDER)
)
_AT = select(idea_messages).where(
    idea_messages.c.chat_id == bindparam("chat"), idea_messages.c.message_id == bindparam("message")
)
_SILENCE = update(idea_messages).where(idea_messages.c.idea_id == bindparam("idea")).values(text="")
_REMOVE = delete(idea_messages).where(
    idea_messages.c.chat_id == bindparam("chat"), idea_messages.c.message_id == bindparam("message")
)


class SqlPartRepository:
    """See `cocreation.ports.PartRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, part: Part) -> None:
        values = {
            "chat_id": part.chat,
            "message_id": part.message,
            "idea_id": part.idea,
            "text": part.text,
            "album": part.album,
        }
        await self._connection.execute(_KEEP, values)

    async def at(self, chat: ChatId, message: MessageId) -> Part | None:
        found = await self._some(_AT, {"chat": chat, "message": message})
        return found[0] if found else None

    async def of(self, idea: IdeaId) -> Sequence[Part]:
        return await self._some(_OF, {"idea": idea})

    async def of_album(self, chat: ChatId, album: str) -> Sequence[Part]:
        return await self._some(_OF_ALBUM, {"chat": chat, "together": album})

    async def silence(self, idea: IdeaId) -> None:
        await self._connection.execute(_SILENCE, {"idea": idea})

    async def remove(self, part: Part) -> None:
        await self._connection.execute(_REMOVE, {"chat": part.chat, "message": part.message})

    async def _some(self, which: Select[Any], values: dict[str, object]) -> Sequence[Part]:
        return [
            Part(ChatId(row.chat_id), MessageId(row.message_id), IdeaId(row.idea_id), row.text, row.album)
            for row in await self._connection.execute(which, values)
        ]
