"""Which ideas are like which: what the author of one sees of the others."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import IdeaId
from cocreation.ideas.placed import LookAlike, Neighbour
from storage.prepared import Prepared
from storage.schema import ideas, look_alikes
from storage.views import is_published

_own = ideas.alias("own")
_KEEP = Prepared(
    insert(look_alikes).from_select(
        ["idea_id", "other_id", "likeness"],
        # Only between ideas that are there still.
        select(_own.c.id, ideas.c.id, bindparam("closeness")).where(
            _own.c.id == bindparam("idea"), ideas.c.id == bindparam("other")
        ),
    )
)
_FORGET = Prepared(delete(look_alikes).where(look_alikes.c.idea_id == bindparam("idea")))
_OF = Prepared(
    select(ideas.c.id, ideas.c.text, ideas.c.support_count)
    .join(look_alikes, look_alikes.c.other_id == ideas.c.id)
    .join(_own, _own.c.id == look_alikes.c.idea_id)
    .where(
        look_alikes.c.idea_id == bindparam("idea"),
        is_published,
        or_(ideas.c.author_id.is_(None), ideas.c.author_id != _own.c.author_id),
    )
    .order_by(look_alikes.c.likeness.desc(), ideas.c.id)
    .limit(bindparam("limit"))
)


class SqlLookAlikeRepository:
    """See `cocreation.ports.LookAlikeRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def keep(self, found: Mapping[IdeaId, Sequence[LookAlike]]) -> None:
        await _FORGET.for_each(self._connection, [{"idea": idea} for idea in found])
        await _KEEP.for_each(
            self._connection,
            [
                {"idea": idea, "other": alike.idea, "closeness": round(alike.likeness, 4)}
                for idea, those in found.items()
                for alike in those
            ],
        )

    async def of(self, idea: IdeaId, limit: int) -> Sequence[Neighbour]:
        rows = await _OF.all(self._connection, {"idea": idea, "limit": limit})
        return [Neighbour(IdeaId(row.id), row.text, row.support_count) for row in rows]
