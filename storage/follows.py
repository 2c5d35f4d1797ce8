"""Who wants to hear of an idea of somebody else's."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import IdeaId, ResidentId
from storage.dialect import insert_ignoring
from storage.prepared import Prepared
from storage.schema import follows

_ADD = insert_ignoring(follows, keys=("idea_id", "resident_id")).returning(follows.c.idea_id)
_those = (follows.c.idea_id == bindparam("idea"), follows.c.resident_id == bindparam("resident"))
_REMOVE = delete(follows).where(*_those).returning(follows.c.idea_id)
_COUNT = Prepared(select(func.count().label("people")).where(follows.c.idea_id == bindparam("idea")))
_IS_FOLLOWED = Prepared(select(follows.c.idea_id).where(*_those))


class SqlFollowRepository:
    """See `cocreation.ports.FollowRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, idea: IdeaId, resident: ResidentId, now: datetime) -> bool:
        values = {"idea_id": idea, "resident_id": resident, "created_at": now}
        return (await self._connection.execute(_ADD, values)).scalar_one_or_none() is not None

    async def remove(self, idea: IdeaId, resident: ResidentId) -> bool:
        removed = await self._connection.execute(_REMOVE, {"idea": idea, "resident": resident})
        return removed.scalar_one_or_none() is not None

    async def is_followed(self, idea: IdeaId, resident: ResidentId) -> bool:
        return await _IS_FOLLOWED.one(self._connection, {"idea": idea, "resident": resident}) is not None

    async def count(self, idea: IdeaId) -> int:
        people: int = (await _COUNT.one(self._connection, {"idea": idea})).people
        return people
