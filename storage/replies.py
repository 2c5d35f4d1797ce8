"""The town's public answers, and the ideas that wait for one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import IdeaId, ReplyId, Token
from cocreation.ideas.reply import NewReply, Reply, Status, WaitingIdea
from storage.schema import ideas, replies
from storage.views import is_published

_ADD = insert(replies).returning(replies.c.id)
_SET_STATUS = update(ideas).where(ideas.c.id == bindparam("idea")).values(status=bindparam("stands"))
_OF_IDEA = select(replies).where(replies.c.idea_id == bindparam("idea")).order_by(replies.c.id.desc())
_LATEST = _OF_IDEA.limit(1)

# Put so that the index of the status is not taken: nearly all ideas wait.
_waits = and_(is_published, func.coalesce(ideas.c.status, Status.RECEIVED) == Status.RECEIVED)
_WAITING: Select[Any] = select(
    ideas.c.id, ideas.c.token, ideas.c.text, ideas.c.created_at, ideas.c.support_count.label("supports")
).where(_waits)
_LONGEST = (
    _WAITING.order_by(ideas.c.created_at, ideas.c.id).limit(bindparam("limit")).offset(bindparam("offset"))
)
_MOST_WANTED = _WAITING.order_by(ideas.c.support_count.desc(), ideas.c.created_at, ideas.c.id).limit(
    bindparam("limit")
)
_COUNT_WAITING = select(func.count()).select_from(ideas).where(_waits)


class SqlReplyRepository:
    """See `cocreation.ports.ReplyRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, reply: NewReply) -> ReplyId:
        values = {
            "idea_id": reply.idea,
            "status": reply.status,
            "text": reply.text,
            "by_id": reply.by,
            "created_at": reply.created_at,
        }
        added = (await self._connection.execute(_ADD, values)).scalar_one()
        await self._connection.execute(_SET_STATUS, {"idea": reply.idea, "stands": reply.status})
        return ReplyId(added)

    async def of_idea(self, idea: IdeaId) -> Sequence[Reply]:
        return [_reply(row) for row in await self._connection.execute(_OF_IDEA, {"idea": idea})]

    async def latest(self, idea: IdeaId) -> Reply | None:
        row = (await self._connection.execute(_LATEST, {"idea": idea})).one_or_none()
        return None if row is None else _reply(row)

    async def waiting(self, limit: int, offset: int = 0) -> Sequence[WaitingIdea]:
        rows = await self._connection.execute(_LONGEST, {"limit": limit, "offset": offset})
        return [_waiting(row) for row in rows]

    async def most_wanted(self, limit: int) -> Sequence[WaitingIdea]:
        return [_waiting(row) for row in await self._connection.execute(_MOST_WANTED, {"limit": limit})]

    async def count_waiting(self) -> int:
        return (await self._connection.execute(_COUNT_WAITING)).scalar_one()


def _reply(row: Row[*tuple[Any, ...]]) -> Reply:
    return Reply(ReplyId(row.id), IdeaId(row.idea_id), Status(row.status), row.text, row.created_at)


def _waiting(row: Row[*tuple[Any, ...]]) -> WaitingIdea:
    return WaitingIdea(IdeaId(row.id), Token(row.token), row.text, row.supports, row.created_at)
