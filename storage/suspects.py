"""What came lately, for the rules that tell what a facilitator should look at."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.burst import FEWEST_SUPPORTERS, JUST_CAME, NEWCOMER, WITHIN, Fresh, Supported
from cocreation.ideas.comment import CommentState
from cocreation.ideas.idea import Source
from cocreation.ideas.ids import CaseId, CommentId, IdeaId, ResidentId
from cocreation.ideas.moderation import Mark, Seen
from cocreation.ideas.report import Reported
from storage.dialect import upsert
from storage.schema import burst_ideas, comments, facts, ideas, residents, supports
from storage.views import is_published

_MARK = "screened_until"
OVERLAP = timedelta(seconds=1)
"""What was changed in one transaction has several moments: each look begins before the last one ended."""
_LOOKED = select(facts.c.value).where(facts.c.name == bindparam("mark"))
_LOOK = upsert(facts, keys=("name",), change=("value",))
_IDEAS = (
    select(ideas.c.id, ideas.c.text, ideas.c.touched_at, ideas.c.edited_at, ideas.c.created_at)
    .where(
        or_(ideas.c.id > bindparam("idea"), ideas.c.touched_at > bindparam("since")),
        is_published,
        ideas.c.source == Source.CHAT,
    )
    .order_by(ideas.c.id)
    .limit(bindparam("limit"))
)
_COMMENTS = (
    select(comments.c.id, comments.c.text, comments.c.edited_at, comments.c.created_at)
    .where(
        or_(comments.c.id > bindparam("comment"), comments.c.edited_at > bindparam("since")),
        comments.c.state == CommentState.PUBLISHED,
    )
    .order_by(comments.c.id)
    .limit(bindparam("limit"))
)
_FRESH = (
    select(ideas.c.id, ideas.c.author_id, ideas.c.text, ideas.c.created_at)
    .join(residents, and_(residents.c.id == ideas.c.author_id, residents.c.created_at > bindparam("came")))
    .where(ideas.c.created_at > bindparam("since"), is_published, ideas.c.source == Source.CHAT)
    .order_by(ideas.c.created_at.desc())
    .limit(bindparam("limit"))
)
_GATHERED = select(burst_ideas).where(burst_ideas.c.idea_id.in_(bindparam("some", expanding=True)))
_SUPPORTS = (
    select(
        supports.c.idea_id,
        func.count().label("supporters"),
        func.sum(case((residents.c.created_at > bindparam("came"), 1), else_=0)).label("newcomers"),
    )
    .join(residents, residents.c.id == supports.c.resident_id)
    .join(ideas, and_(ideas.c.id == supports.c.idea_id, is_published))
    .where(supports.c.created_at > bindparam("since"))
    .group_by(supports.c.idea_id)
    .having(func.count() >= bindparam("fewest"))
)


class SqlSuspectRepository:
    """See `cocreation.ports.SuspectRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def looked_until(self) -> Mark:
        found = json.loads((await self._connection.execute(_LOOKED, {"mark": _MARK})).scalar_one())
        at = datetime.fromisoformat(found["at"])
        return Mark(IdeaId(found["idea"]), CommentId(found["comment"]), at)

    async def look_until(self, mark: Mark) -> None:
        value = json.dumps({"idea": mark.idea, "comment": mark.comment, "at": mark.at.isoformat()})
        await self._connection.execute(_LOOK, {"name": _MARK, "value": value})

    async def written_since(self, mark: Mark, limit: int) -> tuple[Sequence[Seen], Mark]:
        values = {"since": mark.at - OVERLAP, "idea": mark.idea, "comment": mark.comment, "limit": limit}
        written = list(await self._connection.execute(_IDEAS, values))
        said = list(await self._connection.execute(_COMMENTS, values))
        seen = [
            Seen(Reported(idea=IdeaId(row.id)), row.text, row.edited_at or row.created_at) for row in written
        ]
        seen += [
            Seen(Reported(comment=CommentId(row.id)), row.text, row.edited_at or row.created_at)
            for row in said
        ]
        touched = [row.touched_at for row in written] + [row.edited_at for row in said if row.edited_at]
        return seen, Mark(
            IdeaId(max([mark.idea, *(row.id for row in written)])),
            CommentId(max([mark.comment, *(row.id for row in said)])),
            max([mark.at, *touched]),
        )

    async def fresh(self, since: datetime, limit: int) -> Sequence[Fresh]:
        values = {"since": since - WITHIN, "came": since - WITHIN - NEWCOMER, "limit": limit}
        return [
            Fresh(IdeaId(row.id), ResidentId(row.author_id), row.text, row.created_at)
            for row in await self._connection.execute(_FRESH, values)
        ]

    async def gathered(self, ideas: Collection[IdeaId]) -> Mapping[IdeaId, CaseId]:
        rows = await self._connection.execute(_GATHERED, {"some": sorted(ideas)})
        return {IdeaId(row.idea_id): CaseId(row.case_id) for row in rows}

    async def supported(self, now: datetime) -> Sequence[Supported]:
        values = {
            "since": now - WITHIN,
            "came": now - WITHIN - JUST_CAME,
            "fewest": FEWEST_SUPPORTERS,
        }
        rows = await self._connection.execute(_SUPPORTS, values)
        return [Supported(IdeaId(row.idea_id), row.supporters, row.newcomers) for row in rows]
