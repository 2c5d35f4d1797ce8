"""What ideas mean, computed once per text."""

from collections.abc import Sequence, Set

from sqlalchemy import and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import IdeaId
from cocreation.ideas.theme import IdeaText
from cocreation.ideas.vector import IdeaVector, Vector
from storage.dialect import upsert
from storage.prepared import Prepared
from storage.schema import idea_vectors, ideas
from storage.views import idea_text_of, is_published

_of_encoder = and_(idea_vectors.c.idea_id == ideas.c.id, idea_vectors.c.encoder == bindparam("encoder"))
_MISSING = Prepared(
    select(ideas.c.id, ideas.c.text, ideas.c.language)
    .outerjoin(idea_vectors, _of_encoder)
    .where(is_published, idea_vectors.c.idea_id.is_(None))
    .order_by(ideas.c.id.desc())
    .limit(bindparam("limit"))
)
_WORDS = select(ideas.c.id, ideas.c.text).where(ideas.c.id.in_(bindparam("some", expanding=True)))
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
        return [idea_text_of(row) for row in rows]

    async def keep(self, texts: Sequence[IdeaText], vectors: Sequence[IdeaVector]) -> Set[IdeaId]:
        """What was read is compared with what is there: a moment would say too little, for the clock of an
        edit is taken before its transaction is over."""
        read = {text.id: text.text for text in texts}
        there = await self._words([each.idea for each in vectors])
        kept = [each for each in vectors if each.idea in there and there[each.idea] == read[each.idea]]
        await self._write(kept)
        return {each.idea for each in kept}

    async def all(self, encoder: str) -> Sequence[IdeaVector]:
        rows = await _ALL.all(self._connection, {"encoder": encoder})
        return [IdeaVector(IdeaId(row.id), encoder, Vector(row.vector)) for row in rows]

    async def _words(self, some: Sequence[IdeaId]) -> dict[IdeaId, str]:
        words: dict[IdeaId, str] = {}
        for start in range(0, len(some), _AT_ONCE):
            rows = await self._connection.execute(_WORDS, {"some": some[start : start + _AT_ONCE]})
            words.update({IdeaId(row.id): row.text for row in rows})
        return words

    async def _write(self, vectors: Sequence[IdeaVector]) -> None:
        rows = [{"idea_id": each.idea, "encoder": each.encoder, "vector": each.vector} for each in vectors]
        await _PUT.for_each(self._connection, rows)
