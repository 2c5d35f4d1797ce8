"""What ideas mean, computed once per text."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import IdeaId, Language
from cocreation.ideas.theme import IdeaText
from cocreation.ideas.vector import IdeaVector, Vector
from storage.dialect import upsert
from storage.prepared import Prepared
from storage.schema import UtcDateTime, idea_vectors, ideas
from storage.views import is_published

_of_encoder = and_(idea_vectors.c.idea_id == ideas.c.id, idea_vectors.c.encoder == bindparam("encoder"))
_MISSING = Prepared(
    select(ideas.c.id, ideas.c.text, ideas.c.language)
    .outerjoin(idea_vectors, _of_encoder)
    .where(is_published, idea_vectors.c.idea_id.is_(None))
    .order_by(ideas.c.id.desc())
    .limit(bindparam("limit"))
)
_UNCHANGED = (
    select(ideas.c.id)
    .where(
        ideas.c.id.in_(bindparam("some", expanding=True)),
        or_(ideas.c.edited_at.is_(None), ideas.c.edited_at < bindparam("read_at", type_=UtcDateTime())),
    )
    .order_by(ideas.c.id)
)
_PUT = Prepared(
    upsert(idea_vectors, keys=("idea_id",), change=("encoder", "vector")), ("idea_id", "encoder", "vector")
)
_ALL = Prepared(
    select(ideas.c.id, idea_vectors.c.vector)
    .join(idea_vectors, _of_encoder)
    .where(is_published)
    .order_by(ideas.c.id)
)
_AT_ONCE = 1000


class SqlVectorRepository:
    """See `cocreation.ports.VectorRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def missing(self, encoder: str, limit: int) -> Sequence[IdeaText]:
        rows = await _MISSING.all(self._connection, {"encoder": encoder, "limit": limit})
        return [
            IdeaText(IdeaId(row.id), row.text, None if row.language is None else Language(row.language))
            for row in rows
        ]

    async def put(self, vectors: Sequence[IdeaVector], read_at: datetime) -> None:
        for start in range(0, len(vectors), _AT_ONCE):
            await self._put(vectors[start : start + _AT_ONCE], read_at)

    async def all(self, encoder: str) -> Sequence[IdeaVector]:
        rows = await _ALL.all(self._connection, {"encoder": encoder})
        return [IdeaVector(IdeaId(row.id), encoder, Vector(row.vector)) for row in rows]

    async def _put(self, vectors: Sequence[IdeaVector], read_at: datetime) -> None:
        values = {"some": [each.idea for each in vectors], "read_at": read_at}
        unchanged = set((await self._connection.execute(_UNCHANGED, values)).scalars())
        rows = [
            {"idea_id": each.idea, "encoder": each.encoder, "vector": each.vector}
            for each in vectors
            if each.idea in unchanged
        ]
        await _PUT.for_each(self._connection, rows)
