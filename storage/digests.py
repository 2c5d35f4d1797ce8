"""The numbers of a period, and the ledger of what was sent. docs/digest.md has the query of each number."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.digest import AnsweredIdea, Counts, NewestIdea
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.movement import ThemeActivity
from cocreation.ideas.notice import Frequency
from cocreation.ideas.period import Period
from cocreation.ideas.reply import Status
from storage.dialect import insert_ignoring
from storage.digest_themes import quotes_of, theme_activity
from storage.period_counts import (
    answer_key,
    counts_of,
    first_idea_at,
    is_answer,
    people_and_supports,
    within,
)
from storage.prepared import Prepared
from storage.schema import (
    UtcDateTime,
    digests,
    follows,
    ideas,
    notices,
    replies,
    residents,
    supports,
    theme_members,
    themes,
)
from storage.views import in_shown_theme, is_published, shown_label

_MOMENT = UtcDateTime()

_NEWEST = Prepared(
    select(ideas.c.id, ideas.c.text, ideas.c.created_at, shown_label.label("label"))
    .select_from(
        ideas.outerjoin(theme_members, theme_members.c.idea_id == ideas.c.id).outerjoin(
            themes, in_shown_theme
        )
    )
    .where(is_published, within(ideas.c.created_at))
    .order_by(ideas.c.created_at.desc(), ideas.c.id.desc())
    .limit(bindparam("limit"))
)

_latest = (
    select(func.max(replies.c.id).label("id"))
    .select_from(replies.join(ideas, is_answer))
    .where(within(replies.c.created_at))
    .group_by(replies.c.idea_id)
    .correlate(None)
)
_same_answer = (
    select(
        ideas.c.id,
        ideas.c.text,
        ideas.c.support_count,
        replies.c.id.label("reply_id"),
        replies.c.status,
        replies.c.created_at,
        func.row_number()
        .over(partition_by=answer_key, order_by=(ideas.c.support_count.desc(), replies.c.id.desc()))
        .label("rank"),
        func.count().over(partition_by=answer_key).label("size"),
    )
    .select_from(replies.join(ideas, ideas.c.id == replies.c.idea_id))
    .where(replies.c.id.in_(_latest))
    .subquery("same_answer")
)
_ANSWERED = Prepared(
    select(
        _same_answer.c.id,
        _same_answer.c.text,
        _same_answer.c.status,
        _same_answer.c.created_at,
        _same_answer.c.size,
    )
    .where(_same_answer.c.rank == 1)
    .order_by(_same_answer.c.support_count.desc(), _same_answer.c.reply_id.desc())
    .limit(bindparam("limit"))
)


def _listeners() -> Select[Any]:
    """Who was to hear of which answer of the period: authors, and who supported or followed by then."""
    answered = (
        select(
            replies.c.id,
            replies.c.theme_reply_id,
            replies.c.created_at,
            ideas.c.id.label("idea_id"),
            ideas.c.author_id,
        )
        .select_from(replies.join(ideas, is_answer))
        .where(within(replies.c.created_at))
        .cte("answered")
    )
    said = (answered.c.id, answered.c.theme_reply_id)
    authors = select(*said, answered.c.author_id.label("resident_id"))
    others = [
        select(*said, table.c.resident_id).join(
            table,
            and_(table.c.idea_id == answered.c.idea_id, table.c.created_at <= answered.c.created_at),
        )
        for table in (supports, follows)
    ]
    return authors.union(*others)  # type: ignore[return-value]


_listener = _listeners().subquery("listener")
_still_waits = (
    select(notices.c.id)
    .where(
        notices.c.resident_id == _listener.c.resident_id,
        or_(
            notices.c.reply_id == _listener.c.id,
            notices.c.theme_reply_id == _listener.c.theme_reply_id,
        ),
    )
    .exists()
)
_REACHED = Prepared(
    select(func.count(_listener.c.resident_id.distinct()).label("people"))
    .select_from(_listener.join(residents, residents.c.id == _listener.c.resident_id))
    .where(
        residents.c.telegram_id.is_not(None),
        residents.c.unreachable_at.is_(None),
        residents.c.notices != Frequency.NONE,
        ~_still_waits,
    )
)

_LAST_END = Prepared(
    select(func.max(digests.c.period_end).label("moment")).where(digests.c.digest == bindparam("name"))
)
_RECORD = insert_ignoring(digests, keys=("digest", "period_end")).returning(digests.c.id)


class SqlDigestRepository:
    """See `cocreation.ports.DigestRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def counts(self, period: Period) -> Counts:
        (counts,) = await self.counts_of([period])
        return counts

    async def counts_of(self, periods: Sequence[Period]) -> Sequence[Counts]:
        return await counts_of(self._connection, periods)

    async def people_and_supports(self) -> tuple[int, int]:
        return await people_and_supports(self._connection)

    async def first_idea_at(self) -> datetime | None:
        return await first_idea_at(self._connection)

    async def theme_activity(self, period: Period, earlier: Sequence[Period] = ()) -> Sequence[ThemeActivity]:
        return await theme_activity(self._connection, period, earlier)

    async def quotes_of(self, themes: Sequence[ThemeId], period: Period) -> Mapping[ThemeId, Sequence[str]]:
        return await quotes_of(self._connection, themes, period)

    async def newest(self, period: Period, limit: int) -> Sequence[NewestIdea]:
        values = {"start": period.start, "end": period.end, "limit": limit}
        rows = await _NEWEST.all(self._connection, values)
        return [NewestIdea(IdeaId(row.id), row.text, row.label, row.created_at) for row in rows]

    async def answered(self, period: Period, limit: int) -> Sequence[AnsweredIdea]:
        values = {"start": period.start, "end": period.end, "limit": limit}
        rows = await _ANSWERED.all(self._connection, values)
        return [
            AnsweredIdea(IdeaId(row.id), row.text, Status(row.status), row.created_at, row.size - 1)
            for row in rows
        ]

    async def reached(self, period: Period) -> int:
        row = await _REACHED.one(self._connection, {"start": period.start, "end": period.end})
        return int(row.people)

    async def last_end(self, digest: str) -> datetime | None:
        end: datetime | None = (await _LAST_END.one(self._connection, {"name": digest})).moment
        return end

    async def record(self, digest: str, period: Period, now: datetime) -> bool:
        values = {
            "digest": digest,
            "period_start": period.start,
            "period_end": period.end,
            "created_at": now,
        }
        recorded = await self._connection.execute(_RECORD, values)
        return recorded.scalar_one_or_none() is not None
