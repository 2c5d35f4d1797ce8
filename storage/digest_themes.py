"""How themes moved, and what stands for them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Text, and_, bindparam, case, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.digest import QUOTES
from cocreation.ideas.ids import Language, ThemeId
from cocreation.ideas.movement import ThemeActivity
from cocreation.ideas.period import Period
from storage.period_counts import in_each, periods_asked, spelled, within
from storage.prepared import Prepared
from storage.schema import UtcDateTime, ideas, theme_members, themes
from storage.views import is_published, is_unseen, shown_label

_MOMENT = UtcDateTime()

_all_members = (
    select(theme_members.c.theme_id, func.count().label("all"))
    .group_by(theme_members.c.theme_id)
    .subquery("all_members")
)
# Those are few, and found by their state: the sum keeps SQLite from looking at each member's idea.
_unseen_members = (
    select(theme_members.c.theme_id, func.count().label("unseen"))
    .select_from(ideas.join(theme_members, theme_members.c.idea_id == ideas.c.id + 0))
    .where(is_unseen(ideas))
    .group_by(theme_members.c.theme_id)
    .subquery("unseen_members")
)
_THEMES = Prepared(
    select(
        themes.c.id,
        shown_label.label("label"),
        themes.c.keywords,
        themes.c.keywords_of,
        themes.c.colour,
        themes.c.born_at,
        (_all_members.c.all - func.coalesce(_unseen_members.c.unseen, 0)).label("size"),
    )
    .select_from(
        themes.join(_all_members, _all_members.c.theme_id == themes.c.id).outerjoin(
            _unseen_members, _unseen_members.c.theme_id == themes.c.id
        )
    )
    .where(themes.c.is_current == 1, themes.c.is_hidden == 0)
    .order_by(themes.c.id)
)
_ARRIVALS = Prepared(
    select(theme_members.c.theme_id, periods_asked.c.at, func.count().label("arrived"))
    .select_from(
        periods_asked.join(ideas, in_each(ideas.c.created_at)).join(
            theme_members, theme_members.c.idea_id == ideas.c.id
        )
    )
    .where(is_published)
    .group_by(theme_members.c.theme_id, periods_asked.c.at)
)
_wanted = func.json_each(bindparam("themes", type_=Text)).table_valued("value", name="wanted")
_ranked = (
    select(
        theme_members.c.theme_id,
        ideas.c.text,
        func.row_number()
        .over(
            partition_by=theme_members.c.theme_id,
            order_by=(
                case((within(ideas.c.created_at), 1), else_=0).desc(),
                theme_members.c.is_quote.desc(),
                theme_members.c.score.desc(),
                ideas.c.id,
            ),
        )
        .label("rank"),
    )
    .select_from(theme_members.join(ideas, and_(ideas.c.id == theme_members.c.idea_id, is_published)))
    .where(
        theme_members.c.theme_id.in_(select(_wanted.c.value)),
        ideas.c.created_at < bindparam("end", type_=_MOMENT),
    )
    .subquery("ranked")
)
_QUOTES = Prepared(
    select(_ranked.c.theme_id, _ranked.c.text)
    .where(_ranked.c.rank <= QUOTES)
    .order_by(_ranked.c.theme_id, _ranked.c.rank)
)


async def theme_activity(
    connection: AsyncConnection, period: Period, earlier: Sequence[Period]
) -> Sequence[ThemeActivity]:
    """The themes as they were at the end of the period."""
    asked = [period, *earlier, period.after()]
    arrivals: dict[ThemeId, list[int]] = {}
    for row in await _ARRIVALS.all(connection, {"periods": spelled(asked)}):
        arrivals.setdefault(row.theme_id, [0] * len(asked))[row.at] = row.arrived
    nothing = [0] * len(asked)
    return [_activity(row, arrivals.get(row.id, nothing)) for row in await _THEMES.all(connection, {})]


async def quotes_of(
    connection: AsyncConnection, of: Sequence[ThemeId], period: Period
) -> Mapping[ThemeId, Sequence[str]]:
    values = {"themes": json.dumps(of), "start": period.start, "end": period.end}
    quotes: dict[ThemeId, list[str]] = {}
    for row in await _QUOTES.all(connection, values):
        quotes.setdefault(ThemeId(row.theme_id), []).append(row.text)
    return quotes


def _activity(row: Any, arrivals: Sequence[int]) -> ThemeActivity:  # noqa: ANN401 - a row
    arrived, *earlier, later = arrivals
    return ThemeActivity(
        id=ThemeId(row.id),
        label=row.label,
        size=row.size - later,
        arrived=arrived,
        earlier=tuple(earlier),
        born_at=row.born_at,
        keywords=tuple(json.loads(row.keywords)),
        keywords_of={Language(code): tuple(words) for code, words in json.loads(row.keywords_of).items()},
        colour=row.colour,
    )
