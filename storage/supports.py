"""One person's 'me too' on an idea; the primary key lets it count once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import IdeaId, ResidentId
from storage.dialect import insert_ignoring
from storage.schema import supports

_ADD = insert_ignoring(supports, keys=("idea_id", "resident_id")).returning(supports.c.idea_id)
_REMOVE = (
    delete(supports)
    .where(supports.c.idea_id == bindparam("idea"), supports.c.resident_id == bindparam("resident"))
    .returning(supports.c.idea_id)
)
_GIVEN_BY = select(supports.c.idea_id).where(
    supports.c.resident_id == bindparam("resident"),
    supports.c.idea_id.in_(bindparam("ideas", expanding=True)),
)


class SqlSupportRepository:
    """See `cocreation.ports.SupportRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, idea: IdeaId, resident: ResidentId, now: datetime) -> bool:
        values = {"idea_id": idea, "resident_id": resident, "created_at": now}
        added = await self._connection.execute(_ADD, values)
        return added.scalar_one_or_none() is not None

    async def remove(self, idea: IdeaId, resident: ResidentId) -> bool:
        removed = await self._connection.execute(_REMOVE, {"idea": idea, "resident": resident})
        return removed.scalar_one_or_none() is not None

    async def given_by(self, resident: ResidentId, ideas: Sequence[IdeaId]) -> frozenset[IdeaId]:
        if not ideas:
            return frozenset()
        given = await self._connection.execute(_GIVEN_BY, {"resident": resident, "ideas": list(ideas)})
        return frozenset(IdeaId(idea) for idea in given.scalars())
