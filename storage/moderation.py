"""What waits for a facilitator's eye."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import CaseId, CommentId, IdeaId
from cocreation.ideas.moderation import Case, Sign, Waiting
from cocreation.ideas.report import NOTHING, Reported
from storage.dialect import insert_ignoring
from storage.schema import burst_ideas, moderation_cases

_is_open = moderation_cases.c.settled_at.is_(None)
_is_about: ColumnElement[bool] = or_(
    moderation_cases.c.idea_id == bindparam("idea"), moderation_cases.c.comment_id == bindparam("comment")
)
_WAITING = select(func.count().label("n"), func.min(moderation_cases.c.opened_at).label("oldest")).where(
    _is_open, moderation_cases.c.asked_at.is_(None)
)
_QUEUE = (
    select(moderation_cases.c.id)
    .where(_is_open)
    .order_by(moderation_cases.c.asked_at.is_not(None), moderation_cases.c.opened_at, moderation_cases.c.id)
    .limit(bindparam("limit"))
)
_GET = select(moderation_cases).where(moderation_cases.c.id == bindparam("case"))
_OPEN_ABOUT = select(moderation_cases).where(_is_about, _is_open)
_NEWEST_ABOUT = (
    select(moderation_cases).where(_is_about).order_by(moderation_cases.c.opened_at.desc()).limit(1)
)
_OPENED_SINCE = select(moderation_cases).where(_is_about, moderation_cases.c.opened_at >= bindparam("moment"))
_BURST = select(burst_ideas.c.idea_id).where(burst_ideas.c.case_id == bindparam("case")).order_by("idea_id")
_OPEN = insert(moderation_cases).returning(moderation_cases.c.id)
_GATHER = insert_ignoring(burst_ideas, keys=("case_id", "idea_id"))
_change = update(moderation_cases).where(moderation_cases.c.id == bindparam("case"))
_SIGNS = _change.values(signs=bindparam("found"), asked_at=bindparam("asked"))
_ASKED = _change.values(asked_at=bindparam("asked"))
_SETTLE = _change.where(_is_open).values(settled_at=bindparam("now"))
_other = moderation_cases.alias("other")
_REOPEN = _change.where(
    ~select(_other.c.id)
    .where(
        _other.c.settled_at.is_(None),
        or_(
            _other.c.idea_id == moderation_cases.c.idea_id,
            _other.c.comment_id == moderation_cases.c.comment_id,
        ),
    )
    .exists()
).values(settled_at=None, asked_at=None)


class SqlModerationRepository:
    """See `cocreation.ports.ModerationRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def waiting(self) -> Waiting:
        row = (await self._connection.execute(_WAITING)).one()
        return int(row.n), row.oldest

    async def queue(self, limit: int) -> Sequence[CaseId]:
        found = await self._connection.execute(_QUEUE, {"limit": limit})
        return [CaseId(case) for case in found.scalars()]

    async def get(self, case: CaseId) -> Case | None:
        row = (await self._connection.execute(_GET, {"case": case})).one_or_none()
        return None if row is None else await self._case(row)

    async def open_about(self, about: Reported) -> Case | None:
        row = (await self._connection.execute(_OPEN_ABOUT, _thing(about))).one_or_none()
        return None if row is None else await self._case(row)

    async def newest_about(self, about: Reported) -> Case | None:
        row = (await self._connection.execute(_NEWEST_ABOUT, _thing(about))).one_or_none()
        return None if row is None else await self._case(row)

    async def opened_since(self, about: Reported, moment: datetime) -> Sequence[Case]:
        rows = await self._connection.execute(_OPENED_SINCE, {**_thing(about), "moment": moment})
        return [await self._case(row) for row in rows.all()]

    async def open(self, about: Reported, signs: frozenset[Sign], now: datetime) -> Case:
        known = await self.open_about(about)
        if known is not None:
            # Whatever the author was asked, there is something to look at now.
            both = {"case": known.id, "found": _written(known.signs | signs), "asked": None}
            await self._connection.execute(_SIGNS, both)
            return Case(known.id, about, known.signs | signs, known.opened_at)
        values = {"idea_id": about.idea, "comment_id": about.comment}
        return Case(await self._add(values, signs, now), about, signs, now)

    async def open_burst(self, ideas: Sequence[IdeaId], now: datetime) -> Case:
        signs = frozenset([Sign.BURST])
        case = await self._add({}, signs, now)
        await self.gather(case, ideas)
        return Case(case, NOTHING, signs, now, ideas=tuple(sorted(ideas)))

    async def gather(self, case: CaseId, ideas: Sequence[IdeaId]) -> None:
        rows = [{"case_id": case, "idea_id": idea} for idea in ideas]
        await self._connection.execute(_GATHER, rows)

    async def ask(self, case: CaseId, asked: datetime | None) -> None:
        await self._connection.execute(_ASKED, {"case": case, "asked": asked})

    async def settle(self, case: CaseId, now: datetime) -> None:
        await self._connection.execute(_SETTLE, {"case": case, "now": now})

    async def reopen(self, case: CaseId) -> None:
        await self._connection.execute(_REOPEN, {"case": case})

    async def _add(self, values: dict[str, Any], signs: frozenset[Sign], now: datetime) -> CaseId:
        case = {**values, "signs": _written(signs), "opened_at": now}
        return CaseId((await self._connection.execute(_OPEN, case)).scalar_one())

    async def _case(self, row: Any) -> Case:  # noqa: ANN401 - a row of the table
        about = Reported(
            None if row.idea_id is None else IdeaId(row.idea_id),
            None if row.comment_id is None else CommentId(row.comment_id),
        )
        ideas: list[int] = []
        if about == NOTHING:
            ideas = list((await self._connection.execute(_BURST, {"case": row.id})).scalars())
        signs = frozenset(map(Sign, row.signs.split(",")))
        members = tuple(map(IdeaId, ideas))
        return Case(CaseId(row.id), about, signs, row.opened_at, row.asked_at, row.settled_at, members)


def _thing(about: Reported) -> dict[str, Any]:
    return {"idea": about.idea, "comment": about.comment}


def _written(signs: frozenset[Sign]) -> str:
    return ",".join(sorted(signs))
