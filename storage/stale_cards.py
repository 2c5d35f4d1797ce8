"""Ideas whose cards in chats say something else now: too many to change together with what changed them."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import IdeaId
from storage.prepared import Prepared
from storage.schema import stale_cards

_SOME = select(stale_cards.c.idea_id).order_by(stale_cards.c.idea_id).limit(bindparam("limit"))
_IS_ANY = Prepared(select(stale_cards.c.idea_id).limit(1))
_FORGET = delete(stale_cards).where(stale_cards.c.idea_id.in_(bindparam("some", expanding=True)))


class SqlStaleCardRepository:
    """See `cocreation.ports.StaleCardRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def is_any(self) -> bool:
        return await _IS_ANY.one(self._connection, {}) is not None

    async def take(self, limit: int) -> Sequence[IdeaId]:
        some = list((await self._connection.execute(_SOME, {"limit": limit})).scalars())
        await self._connection.execute(_FORGET, {"some": some})
        return [IdeaId(idea) for idea in some]
