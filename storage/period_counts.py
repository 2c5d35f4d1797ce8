"""What was counted in each of several periods, in one query for all of them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import CTE, ColumnElement, Integer, Text, and_, bindparam, cast, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.digest import Counts
from cocreation.ideas.period import Period
from cocreation.ideas.reply import Status
from storage.prepared import Prepared
from storage.schema import UtcDateTime, ideas, replies, supports
from storage.views import is_published

_MOMENT = UtcDateTime()
_DIALECT = sqlite.dialect()


def _all_periods() -> CTE:
    """The periods asked for, numbered from 0, so that one query counts in all of them."""
    each = func.json_each(bindparam("periods", type_=Text)).table_valued("key", "value", name="each")
    asked = select(
        cast(each.c.key, Integer).label("at"),
        func.json_extract(each.c.value, "$[0]", type_=_MOMENT).label("start"),
        func.json_extract(each.c.value, "$[1]", type_=_MOMENT).label("end"),
    )
    # Else the JSON is read anew for each pair of a period and a row.
    return asked.cte("periods").prefix_with("MATERIALIZED")


def spelled(periods: Sequence[Period]) -> str:
    return json.dumps([[_text(period.start), _text(period.end)] for period in periods])


def _text(moment: datetime) -> str | None:
    return _MOMENT.process_bind_param(moment, _DIALECT)


periods_asked = _all_periods()


def in_each(column: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether a moment lies in one of the periods asked for."""
    return and_(column >= periods_asked.c.start, column < periods_asked.c.end)


def within(column: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Whether it lies in the one period that a query is about."""
    return and_(column >= bindparam("start", type_=_MOMENT), column < bindparam("end", type_=_MOMENT))


_IDEAS = Prepared(
    select(
        periods_asked.c.at,
        func.count().label("ideas"),
        func.count(ideas.c.author_id.distinct()).label("people"),
    )
    .select_from(periods_asked.join(ideas, in_each(ideas.c.created_at)))
    .where(is_published)
    .group_by(periods_asked.c.at)
)
_firsts = (
    select(func.min(ideas.c.created_at, type_=_MOMENT).label("first"))
    .where(is_published, ideas.c.author_id.is_not(None))
    .group_by(ideas.c.author_id)
    .subquery("firsts")
)
_NEWCOMERS = Prepared(
    select(periods_asked.c.at, func.count().label("newcomers"))
    .select_from(_firsts.join(periods_asked, in_each(_firsts.c.first)))
    .group_by(periods_asked.c.at)
)
_SUPPORTS = Prepared(
    select(periods_asked.c.at, func.count().label("supports"))
    .select_from(
        periods_asked.join(supports, in_each(supports.c.created_at)).join(
            ideas, and_(ideas.c.id == supports.c.idea_id, is_published)
        )
    )
    .group_by(periods_asked.c.at)
)
is_answer = and_(ideas.c.id == replies.c.idea_id, is_published, replies.c.status != Status.RECEIVED)
answer_key = func.coalesce(-replies.c.theme_reply_id, replies.c.id)
"""One for all that was said in one answer to a theme."""
_ANSWERS = Prepared(
    select(periods_asked.c.at, func.count(answer_key.distinct()).label("answers"))
    .select_from(periods_asked.join(replies, in_each(replies.c.created_at)).join(ideas, is_answer))
    .group_by(periods_asked.c.at)
)
_FIRST = Prepared(
    select(ideas.c.created_at).where(is_published).order_by(ideas.c.created_at, ideas.c.id).limit(1)
)


_PEOPLE_EVER = Prepared(
    select(func.count().label("people")).select_from(
        select(ideas.c.author_id)
        .where(is_published, ideas.c.author_id.is_not(None))
        .group_by(ideas.c.author_id)
        .subquery("authors")
    )
)
_SUPPORTS_EVER = Prepared(
    select(func.coalesce(func.sum(ideas.c.support_count), 0).label("supports")).where(is_published)
)


async def people_and_supports(connection: AsyncConnection) -> tuple[int, int]:
    """How many people wrote, and how much support there is, of all time: without a look at each support."""
    people = (await _PEOPLE_EVER.one(connection, {})).people
    return people, (await _SUPPORTS_EVER.one(connection, {})).supports


async def first_idea_at(connection: AsyncConnection) -> datetime | None:
    """When the town's first idea came."""
    first = await _FIRST.one(connection, {})
    found: datetime | None = None if first is None else first.created_at
    return found


async def counts_of(connection: AsyncConnection, periods: Sequence[Period]) -> Sequence[Counts]:
    """One for each of the periods."""
    found = [Counts() for _ in periods]
    for statement in (_IDEAS, _NEWCOMERS, _SUPPORTS, _ANSWERS):
        for row in await statement.all(connection, {"periods": spelled(periods)}):
            found[row.at] = replace(found[row.at], **{name: getattr(row, name) for name in row._fields[1:]})
    return found
