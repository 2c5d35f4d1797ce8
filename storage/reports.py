"""What people say should not be there, and what facilitators decided."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import CommentId, IdeaId, ReportId, ResidentId
from cocreation.ideas.report import Reason, Report, Reported
from storage.dialect import insert_new
from storage.schema import reports

_ADD = insert_new(reports).returning(reports.c.id)
_is_about = or_(reports.c.idea_id == bindparam("idea"), reports.c.comment_id == bindparam("comment"))
_OPEN: Select[Any] = select(reports).where(_is_about, reports.c.settled_at.is_(None)).order_by(reports.c.id)
_GET = select(reports).where(reports.c.id == bindparam("report"))
_SETTLED = (
    select(reports).where(_is_about, reports.c.settled_at == bindparam("moment")).order_by(reports.c.id)
)
_SETTLE = (
    update(reports)
    .where(_is_about, reports.c.settled_at.is_(None))
    .values(settled_at=bindparam("now"), settled_by_id=bindparam("by"), hidden_from=bindparam("was"))
)
_REOPEN = (
    update(reports)
    .where(_is_about, reports.c.settled_at == bindparam("moment"))
    .values(settled_at=None, settled_by_id=None, hidden_from=None)
)

_COUNT_SINCE = select(func.count()).where(
    reports.c.reporter_id == bindparam("by"), reports.c.created_at > bindparam("since")
)
_LET_GO = (
    update(reports)
    .where(_is_about, reports.c.reporter_id == bindparam("by"), reports.c.settled_at < bindparam("edited"))
    .values(reporter_id=None)
)


class SqlReportRepository:
    """See `cocreation.ports.ReportRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, about: Reported, by: ResidentId, reason: Reason, now: datetime) -> bool:
        values = {
            "idea_id": about.idea,
            "comment_id": about.comment,
            "reporter_id": by,
            "reason": reason,
            "created_at": now,
        }
        return (await self._connection.execute(_ADD, values)).scalar_one_or_none() is not None

    async def count_since(self, by: ResidentId, since: datetime) -> int:
        return (await self._connection.execute(_COUNT_SINCE, {"by": by, "since": since})).scalar_one()

    async def let_go(self, about: Reported, by: ResidentId, edited_at: datetime) -> None:
        await self._connection.execute(_LET_GO, {**_values(about), "by": by, "edited": edited_at})

    async def open_about(self, about: Reported) -> Report | None:
        return await self._report(_OPEN, about, {})

    async def settled_at(self, about: Reported, moment: datetime) -> Report | None:
        return await self._report(_SETTLED, about, {"moment": moment})

    async def get(self, report: ReportId) -> Report | None:
        row = (await self._connection.execute(_GET, {"report": report})).one_or_none()
        if row is None:
            return None
        about = _about(row)
        if row.settled_at is None:
            return await self._report(_OPEN, about, {})
        return await self._report(_SETTLED, about, {"moment": row.settled_at})

    async def settle(
        self, report: Report, by: ResidentId, now: datetime, hidden_from: str | None = None
    ) -> None:
        values = {**_values(report.about), "now": now, "by": by, "was": hidden_from}
        await self._connection.execute(_SETTLE, values)

    async def reopen(self, report: Report) -> None:
        values = {**_values(report.about), "moment": report.settled_at}
        await self._connection.execute(_REOPEN, values)

    async def _report(self, statement: Select[Any], about: Reported, more: dict[str, Any]) -> Report | None:
        rows = (await self._connection.execute(statement, {**_values(about), **more})).all()
        if not rows:
            return None
        reasons = Counter(Reason(row.reason or Reason.OTHER) for row in rows)
        return Report(
            ReportId(rows[0].id), about, reasons, rows[0].created_at, rows[0].settled_at, rows[0].hidden_from
        )


def _values(about: Reported) -> dict[str, Any]:
    return {"idea": about.idea, "comment": about.comment}


def _about(row: Any) -> Reported:  # noqa: ANN401 - a row of the table
    return Reported(
        None if row.idea_id is None else IdeaId(row.idea_id),
        None if row.comment_id is None else CommentId(row.comment_id),
    )
