"""What came lately, for the rules that tell what a facilitator should look at."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, func, select
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
# Put so that the index of where it came from is not taken: nearly all ideas came through the chat.
_is_of_chat = and_(is_published, func.coalesce(ideas.c.source, "") == Source.CHAT)
_IDEA = select(ideas.c.id, ideas.c.text, ideas.c.touched_at, ideas.c.edited_at, ideas.c.created_at).where(
    _is_of_chat
)
_COMMENT = select(comments.c.id, comments.c.text, comments.c.edited_at, comments.c.created_at).where(
    comments.c.state == CommentState.PUBLISHED
)
_NEW_IDEAS = _IDEA.where(ideas.c.id > bindparam("idea")).order_by(ideas.c.id).limit(bindparam("limit"))
_CHANGED_IDEAS = (
    _IDEA.where(ideas.c.touched_at > bindparam("since"), ideas.c.id <= bindparam("idea"))
    .order_by(ideas.c.touched_at)
    .limit(bindparam("limit"))
)
_NEW_COMMENTS = (
    _COMMENT.where(comments.c.id > bindparam("comment")).order_by(comments.c.id).limit(bindparam("limit"))
)
_CHANGED_COMMENTS = (
    _COMMENT.where(comments.c.edited_at > bindparam("since"), comments.c.id <= bindparam("comment"))
    .order_by(comments.c.edited_at)
    .limit(bindparam("limit"))
)
_FRESH = (
    select(ideas.c.id, ideas.c.author_id, ideas.c.text, ideas.c.created_at)
    .join(residents, and_(residents.c.id == ideas.c.author_id, residents.c.created_at > bindparam("came")))
    .where(ideas.c.created_at > bindparam("since"), _is_of_chat)
    .order_by(ideas.c.created_at.desc())
    .limit(bindparam("limit"))
)
_GATHERED = select(burst_ideas).where(burst_ideas.c.idea_id.in_(bindparam("some", expanding=True)))
# The limit lets SQLite find what is recent before it counts by idea.
_recent = (
    select(supports.c.idea_id, supports.c.resident_id)
    .where(supports.c.created_at > bindparam("since"))
    .order_by(supports.c.created_at.desc())
    .limit(bindparam("limit"))
    .subquery("recent")
)
_SUPPORTS = (
    select(
        _recent.c.idea_id,
        func.count().label("supporters"),
        func.sum(case((residents.c.created_at > bindparam("came"), 1), else_=0)).label("newcomers"),
    )
    .join(residents, residents.c.id == _recent.c.resident_id)
    .join(ideas, and_(ideas.c.id == _recent.c.idea_id, is_published))
    .group_by(_recent.c.idea_id)
    .having(func.count() >= bindparam("fewest"))
)
MOST_SUPPORTS = 20_000
"""Of the last minutes."""


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
        written = [*await self._rows(_CHANGED_IDEAS, values), *await self._rows(_NEW_IDEAS, values)]
        said = [*await self._rows(_CHANGED_COMMENTS, values), *await self._rows(_NEW_COMMENTS, values)]
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
            "limit": MOST_SUPPORTS,
        }
        rows = await self._connection.execute(_SUPPORTS, values)
        return [Supported(IdeaId(row.idea_id), row.supporters, row.newcomers) for row in rows]

    async def _rows(self, statement: Select[Any], values: Mapping[str, Any]) -> Sequence[Any]:
        return list(await self._connection.execute(statement, values))
