"""Themes as facilitators have them in hand: all, one with its ideas, and what was decided about it."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.decision import Decision, DecisionKind
from cocreation.ideas.ids import DecisionId, IdeaId, ThemeId
from cocreation.ideas.theme import Spot, Theme
from cocreation.ideas.theme_event import EventKind
from cocreation.ideas.theme_page import WEEK, WEEKS, Fate, LoggedDecision, ThemeIdea, ThemeLine
from storage.prepared import Prepared
from storage.schema import (
    UtcDateTime,
    decision_holds,
    facilitators,
    ideas,
    theme_decisions,
    theme_events,
    theme_members,
    themes,
)
from storage.theme_decisions import decision_of, merges, stands
from storage.theme_plan import successor
from storage.themes import is_pinned, theme_of
from storage.views import is_published, shown_label

_LONGEST_CHAIN = 20
"""So often a theme's ideas are followed from one theme into the next."""

_is_theme = and_(themes.c.is_current == 1, themes.c.parent_id.is_(None))
_published = and_(ideas.c.id == theme_members.c.idea_id, is_published)
_since = bindparam("since", type_=UtcDateTime())
_counts = (
    select(
        theme_members.c.theme_id,
        func.count().label("size"),
        func.sum(ideas.c.support_count).label("supports"),
        func.sum(case((ideas.c.created_at >= _since, 1), else_=0)).label("arrived"),
    )
    .join(ideas, _published)
    .group_by(theme_members.c.theme_id)
    .subquery("counts")
)
_LINES = Prepared(
    select(
        themes.c.id,
        themes.c.keywords,
        themes.c.x,
        themes.c.y,
        themes.c.is_hidden,
        shown_label.label("label"),
        is_pinned.label("is_pinned"),
        _counts.c.size,
        _counts.c.supports,
        _counts.c.arrived,
    )
    .join(_counts, _counts.c.theme_id == themes.c.id)
    .where(_is_theme)
    .order_by(themes.c.is_hidden, _counts.c.size.desc(), themes.c.id)
)
_asked = themes.c.id == bindparam("theme")
_totals = (
    select(
        theme_members.c.theme_id,
        func.count().label("size"),
        func.sum(ideas.c.support_count).label("supports"),
    )
    .join(ideas, _published)
    .where(theme_members.c.theme_id == bindparam("theme"))
    .group_by(theme_members.c.theme_id)
    .subquery("totals")
)
_GET = Prepared(
    select(
        themes,
        shown_label.label("shown_label"),
        is_pinned.label("is_pinned"),
        _totals.c.size,
        _totals.c.supports,
    )
    .join(_totals, _totals.c.theme_id == themes.c.id)
    .where(_asked, _is_theme)
)
_OWN_LABEL = Prepared(select(themes.c.label).where(_asked))
_LABELS = Prepared(select(themes.c.id, shown_label.label("label")).where(_is_theme))
_IDEAS = Prepared(
    select(ideas.c.id, ideas.c.text, ideas.c.support_count)
    .join(theme_members, _published)
    .where(theme_members.c.theme_id == bindparam("theme"))
    .order_by(theme_members.c.score.desc(), theme_members.c.idea_id)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_week = [
    and_(
        ideas.c.created_at >= bindparam(f"moment{at}", type_=UtcDateTime()),
        ideas.c.created_at < bindparam(f"moment{at + 1}", type_=UtcDateTime()),
    )
    for at in range(WEEKS)
]
_ARRIVED = Prepared(
    select(
        *(
            func.coalesce(func.sum(case((in_it, 1), else_=0)), 0).label(f"week{at}")
            for at, in_it in enumerate(_week)
        )
    )
    .select_from(theme_members.join(ideas, _published))
    .where(
        theme_members.c.theme_id == bindparam("theme"),
        ideas.c.created_at >= bindparam("moment0", type_=UtcDateTime()),
    )
)
_HERE = Prepared(select(theme_members.c.theme_id).where(theme_members.c.idea_id == bindparam("idea")))

_theme, _other, _origin = themes.alias("its"), themes.alias("other"), themes.alias("origin")
_label_of = {
    name: func.coalesce(of.c.given_label, of.c.label).label(name)
    for name, of in (("its_label", _theme), ("other_label", _other), ("origin_label", _origin))
}
_name_of = {
    name: select(facilitators.c.name)
    .where(facilitators.c.resident_id == who)
    .order_by(facilitators.c.id.desc())
    .limit(1)
    .correlate(theme_decisions)
    .scalar_subquery()
    .label(name)
    for name, who in (
        ("by_name", theme_decisions.c.by_id),
        ("undone_by_name", theme_decisions.c.undone_by_id),
    )
}
_moved = and_(
    theme_decisions.c.kind == DecisionKind.MOVE, decision_holds.c.decision_id == theme_decisions.c.id
)
_about_it = or_(
    theme_decisions.c.theme_id == bindparam("theme"),
    theme_decisions.c.other_theme_id == bindparam("theme"),
    decision_holds.c.from_theme_id == bindparam("theme"),
)
_LOG = Prepared(
    select(theme_decisions, *_label_of.values(), *_name_of.values(), ideas.c.text.label("idea"))
    .outerjoin(decision_holds, _moved)
    .outerjoin(ideas, and_(ideas.c.id == decision_holds.c.idea_id, is_published))
    .outerjoin(_theme, _theme.c.id == theme_decisions.c.theme_id)
    .outerjoin(_other, _other.c.id == theme_decisions.c.other_theme_id)
    .outerjoin(_origin, _origin.c.id == decision_holds.c.from_theme_id)
    .where(_about_it)
    .order_by(theme_decisions.c.id.desc())
    .limit(bindparam("limit"))
)
_STANDING = Prepared(
    select(theme_decisions.c.id)
    .where(
        stands,
        theme_decisions.c.theme_id == bindparam("theme"),
        theme_decisions.c.kind == bindparam("kind"),
    )
    .order_by(theme_decisions.c.id.desc())
)
_DECISION = Prepared(select(theme_decisions).where(theme_decisions.c.id == bindparam("decision")))
_NAME = Prepared(select(shown_label.label("label"), themes.c.is_current, themes.c.parent_id).where(_asked))
_MERGED = Prepared(
    select(theme_events.c.other_theme_id)
    .where(theme_events.c.theme_id == bindparam("theme"), theme_events.c.kind == EventKind.MERGED)
    .order_by(theme_events.c.id.desc())
    .limit(1)
)


class SqlThemePageRepository:
    """See `cocreation.ports.ThemePageRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def lines(self, since: datetime) -> Sequence[ThemeLine]:
        return [_line(row) for row in await _LINES.all(self._connection, {"since": since})]

    async def get(self, theme: ThemeId) -> Theme | None:
        row = await _GET.one(self._connection, {"theme": theme})
        return None if row is None else theme_of(row)

    async def own_label(self, theme: ThemeId) -> str | None:
        row = await _OWN_LABEL.one(self._connection, {"theme": theme})
        return None if row is None else str(row.label)

    async def labels(self) -> Mapping[ThemeId, str]:
        return {ThemeId(row.id): row.label for row in await _LABELS.all(self._connection, {})}

    async def ideas(self, theme: ThemeId, limit: int, offset: int = 0) -> Sequence[ThemeIdea]:
        values = {"theme": theme, "limit": limit, "offset": offset}
        rows = await _IDEAS.all(self._connection, values)
        return [ThemeIdea(IdeaId(row.id), row.text, row.support_count) for row in rows]

    async def weeks(self, theme: ThemeId, now: datetime) -> tuple[int, ...]:
        moments = {f"moment{at}": now - WEEK * (WEEKS - at) for at in range(WEEKS + 1)}
        return tuple(await _ARRIVED.one(self._connection, {"theme": theme, **moments}))

    async def theme_with(self, idea: IdeaId) -> ThemeId | None:
        row = await _HERE.one(self._connection, {"idea": idea})
        return None if row is None else ThemeId(row.theme_id)

    async def log(self, theme: ThemeId, limit: int) -> Sequence[LoggedDecision]:
        rows = await _LOG.all(self._connection, {"theme": theme, "limit": limit})
        return [
            LoggedDecision(
                decision_of(row), _other_label(row, theme), row.idea, row.by_name, row.undone_by_name
            )
            for row in rows
        ]

    async def decision(self, decision: DecisionId) -> Decision | None:
        row = await _DECISION.one(self._connection, {"decision": decision})
        return None if row is None else decision_of(row)

    async def standing(self, theme: ThemeId, kind: DecisionKind) -> Sequence[DecisionId]:
        rows = await _STANDING.all(self._connection, {"theme": theme, "kind": kind})
        return [DecisionId(row.id) for row in rows]

    async def fate(self, theme: ThemeId) -> Fate | None:
        gone = await _NAME.one(self._connection, {"theme": theme})
        if gone is None or gone.parent_id is not None:
            return None
        merged = await merges(self._connection)
        heir = theme
        for _ in range(_LONGEST_CHAIN):
            heir = successor(heir, merged)
            found = await _NAME.one(self._connection, {"theme": heir})
            if found is not None and found.is_current and heir != theme:
                return Fate(gone.label, heir, found.label)
            event = await _MERGED.one(self._connection, {"theme": heir})
            if event is None or event.other_theme_id is None:
                break
            heir = ThemeId(event.other_theme_id)
        return Fate(gone.label)


def _line(row: Any) -> ThemeLine:  # noqa: ANN401 - a row
    return ThemeLine(
        id=ThemeId(row.id),
        label=row.label,
        keywords=tuple(json.loads(row.keywords)),
        size=row.size,
        supports=row.supports,
        arrived=row.arrived,
        spot=None if row.x is None else Spot(row.x, row.y),
        is_pinned=bool(row.is_pinned),
        is_hidden=bool(row.is_hidden),
    )


def _other_label(row: Any, theme: ThemeId) -> str | None:  # noqa: ANN401 - a row
    """The name of the theme that a decision is about beside this one."""
    if row.kind == DecisionKind.MOVE:
        label = row.origin_label if row.theme_id == theme else row.its_label
    else:
        label = row.other_label if row.theme_id == theme else row.its_label
    return None if label is None else str(label)
