"""Group chats, and what is set for them."""

from datetime import datetime

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.group import Group
from cocreation.ideas.ids import ChatId, Language
from storage.dialect import insert_ignoring, upsert
from storage.prepared import Prepared
from storage.schema import groups

_GET = Prepared(select(groups).where(groups.c.chat_id == bindparam("chat")))
_THERE = (
    select(groups.c.chat_id)
    .where(or_(groups.c.chat_id == bindparam("chat"), groups.c.moved_to == bindparam("chat")))
    .where(groups.c.left_at.is_(None))
)
_JOIN = upsert(groups, keys=("chat_id",), change=("left_at",))
_LEAVE = update(groups).where(groups.c.chat_id == bindparam("chat")).values(left_at=bindparam("now"))
_SPEAK = upsert(groups, keys=("chat_id",), change=("language",))
_KNOW = insert_ignoring(groups, keys=("chat_id",))
_MOVE = update(groups).where(groups.c.chat_id == bindparam("old")).values(moved_to=bindparam("new"))
_INHERIT = (
    update(groups)
    .where(groups.c.chat_id == bindparam("new"))
    .values(language=func.coalesce(groups.c.language, bindparam("inherited")))
)


class SqlGroupRepository:
    """See `cocreation.ports.GroupRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, chat: ChatId) -> Group | None:
        row = await _GET.one(self._connection, {"chat": chat})
        if row is None:
            return None
        language = None if row.language is None else Language(row.language)
        return Group(ChatId(row.chat_id), language, has_bot=row.left_at is None)

    async def join(self, chat: ChatId, now: datetime) -> bool:
        is_there = (await self._connection.execute(_THERE, {"chat": chat})).first() is not None
        await self._connection.execute(_JOIN, {"chat_id": chat, "joined_at": now, "left_at": None})
        return not is_there

    async def leave(self, chat: ChatId, now: datetime) -> None:
        await self._connection.execute(_LEAVE, {"chat": chat, "now": now})

    async def speak(self, chat: ChatId, language: Language, now: datetime) -> None:
        await self._connection.execute(_SPEAK, {"chat_id": chat, "language": language, "joined_at": now})

    async def move(self, old: ChatId, new: ChatId, now: datetime) -> None:
        for chat in (old, new):
            await self._connection.execute(_KNOW, {"chat_id": chat, "joined_at": now})
        await self._connection.execute(_MOVE, {"old": old, "new": new})
        before = await self.get(old)
        language = None if before is None else before.language
        await self._connection.execute(_INHERIT, {"new": new, "inherited": language})

    async def present(self, chat: ChatId) -> ChatId:
        return await present_chat(self._connection, chat)


async def present_chat(connection: AsyncConnection, chat: ChatId) -> ChatId:
    """See `cocreation.ports.GroupRepository.present`. Only groups move, and their numbers are negative."""
    row = await _GET.one(connection, {"chat": chat}) if chat < 0 else None
    return chat if row is None or row.moved_to is None else ChatId(row.moved_to)
