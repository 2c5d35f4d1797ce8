"""The numbers of a period, and the ledger of what was sent."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.digest import Counts, NewestIdea, Period, SupportedIdea, ThemeActivity
from cocreation.ideas.ids import IdeaId, ThemeId
from storage.dialect import insert_ignoring
from storage.prepared import Prepared
from storage.schema import UtcDateTime, digests, ideas, replies, supports, theme_members, themes
from storage.views import in_shown_theme, is_published, shown_label

_MOMENT = UtcDateTime()


def _within(column: ColumnElement[datetime], start: str, end: str) -> ColumnElement[bool]:
    return and_(column >= bindparam(start, type_=_MOMENT), column < bindparam(end, type_=_MOMENT))


_arrived = _within(ideas.c.created_at, "start", "end")
_arrived_before = _within(ideas.c.created_at, "start_before", "start")

_IDEAS_AND_PEOPLE = select(func.count(), func.count(ideas.c.author_id.distinct())).where(
    is_published, _arrived
)
_firsts = (
    select(func.min(ideas.c.created_at).label("first"))
    .where(is_published, ideas.c.author_id.is_not(None))
    .group_by(ideas.c.author_id)
    .subquery("firsts")
)
_NEWCOMERS = select(func.count()).select_from(_firsts).where(_within(_firsts.c.first, "start", "end"))
_SUPPORTS = (
    select(func.count())
    .select_from(supports.join(ideas, and_(ideas.c.id == supports.c.idea_id, is_published)))
    .where(_within(supports.c.created_at, "start", "end"))
)
_ANSWERS = select(func.count()).select_from(replies).where(_within(replies.c.created_at, "start", "end"))

_of_shown_theme = theme_members.join(themes, in_shown_theme).join(
    ideas, and_(ideas.c.id == theme_members.c.idea_id, is_published)
)
_ranked = (
    select(
        theme_members.c.theme_id,
        ideas.c.text,
        func.row_number()
        .over(
            partition_by=theme_members.c.theme_id,
            order_by=(
                theme_members.c.is_quote.desc(),
                case((_arrived, 1), else_=0).desc(),
                theme_members.c.score.desc(),
                ideas.c.id,
            ),
        )
        .label("rank"),
    )
    .select_from(_of_shown_theme)
    .subquery("ranked")
)
_next = _ranked.alias("next")
_ACTIVITY = (
    select(
        themes.c.id,
        shown_label.label("label"),
        themes.c.born_at,
        func.count().label("size"),
        func.sum(case((_arrived, 1), else_=0)).label("arrived"),
        func.sum(case((_arrived_before, 1), else_=0)).label("arrived_before"),
        func.max(ideas.c.created_at).label("last_idea_at"),
        func.max(_ranked.c.text).label("quote"),
        func.max(_next.c.text).label("next_quote"),
    )
    .select_from(
        _of_shown_theme.join(_ranked, and_(_ranked.c.theme_id == themes.c.id, _ranked.c.rank == 1)).outerjoin(
            _next, and_(_next.c.theme_id == themes.c.id, _next.c.rank == 2)
        )
    )
    .group_by(themes.c.id, shown_label, themes.c.born_at)
    .order_by(themes.c.id)
)

_MOST_SUPPORTED = (
    select(ideas.c.id, ideas.c.text, ideas.c.created_at, func.count().label("supports"))
    .join(supports, supports.c.idea_id == ideas.c.id)
    .where(is_published)
    .group_by(ideas.c.id, ideas.c.text, ideas.c.created_at)
    .order_by(func.count().desc(), ideas.c.id.desc())
    .limit(bindparam("limit"))
)
_NEWEST = (
    select(ideas.c.id, ideas.c.text, ideas.c.created_at, shown_label.label("label"))
    .select_from(
        ideas.outerjoin(theme_members.join(themes, in_shown_theme), theme_members.c.idea_id == ideas.c.id)
    )
    .where(is_published, _arrived)
    .order_by(ideas.c.created_at.desc(), ideas.c.id.desc())
    .limit(bindparam("limit"))
)
_WITHOUT_THEME = (
    select(func.count())
    .select_from(ideas)
    .where(is_published, ideas.c.id.not_in(select(theme_members.c.idea_id).join(themes, in_shown_theme)))
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
        between = {"start": period.start, "end": period.end}
        ideas_in_it, people = (await self._connection.execute(_IDEAS_AND_PEOPLE, between)).one()
        newcomers = (await self._connection.execute(_NEWCOMERS, between)).scalar_one()
        supports_in_it = (await self._connection.execute(_SUPPORTS, between)).scalar_one()
        answers = (await self._connection.execute(_ANSWERS, between)).scalar_one()
        return Counts(ideas_in_it, people, newcomers, supports_in_it, answers)

    async def theme_activity(self, period: Period) -> Sequence[ThemeActivity]:
        values = {"start": period.start, "end": period.end, "start_before": period.before().start}
        return [
            ThemeActivity(
                id=ThemeId(row.id),
                label=row.label,
                size=row.size,
                arrived=row.arrived,
                arrived_before=row.arrived_before,
                quotes=tuple(quote for quote in (row.quote, row.next_quote) if quote is not None),
                last_idea_at=row.last_idea_at,
                born_at=row.born_at,
            )
            for row in await self._connection.execute(_ACTIVITY, values)
        ]

    async def most_supported(self, limit: int) -> Sequence[SupportedIdea]:
        rows = await self._connection.execute(_MOST_SUPPORTED, {"limit": limit})
        return [SupportedIdea(IdeaId(row.id), row.text, row.supports, row.created_at) for row in rows]

    async def newest(self, period: Period, limit: int) -> Sequence[NewestIdea]:
        values = {"start": period.start, "end": period.end, "limit": limit}
        rows = await self._connection.execute(_NEWEST, values)
        return [NewestIdea(IdeaId(row.id), row.text, row.label, row.created_at) for row in rows]

    async def without_theme(self) -> int:
        return (await self._connection.execute(_WITHOUT_THEME)).scalar_one()

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
