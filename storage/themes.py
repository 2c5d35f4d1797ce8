"""Themes, which idea is in which, and what happened to them."""

import json
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import REAL, Select, and_, bindparam, exists, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.decision import Decided, Decision, DecisionKind, NewDecision
from cocreation.ideas.idea import IdeaState, IdeaView
from cocreation.ideas.ids import DecisionId, IdeaId, Language, ResidentId, ThemeId
from cocreation.ideas.theme import Clustering, Holds, KnownPart, KnownTheme, Member, Placement, Spot, Theme
from cocreation.ideas.theme_event import EventKind, ThemeEvent
from storage.prepared import Prepared
from storage.schema import (
    erasures,
    faded_members,
    ideas,
    supports,
    theme_decisions,
    theme_events,
    theme_members,
    theme_runs,
    themes,
)
from storage.theme_decisions import allowed, decide, decisions, merges, standing, stands, touched, undo
from storage.theme_run import keep_run, plan_run, prepare_run, still_holds
from storage.unseen import begin, forget_unseen, next_colour
from storage.views import ALL_VIEWS, in_shown_theme, is_published, shown_label, sizes, view_of

_is_theme = themes.c.parent_id.is_(None)
"""Not a part of one."""

_KNOWN = Prepared(
    select(themes.c.id, shown_label.label("label"), themes.c.given_label, themes.c.x, themes.c.y)
    .where(themes.c.is_current == 1, _is_theme)
    .order_by(themes.c.id)
)
_PARTS = Prepared(
    select(themes.c.id, themes.c.label, themes.c.parent_id)
    .where(themes.c.is_current == 1, themes.c.parent_id.is_not(None))
    .order_by(themes.c.id)
)
_SEATS = Prepared(
    select(theme_members.c.theme_id, theme_members.c.part_id, theme_members.c.idea_id).join(
        ideas, and_(ideas.c.id == theme_members.c.idea_id, is_published)
    )
)
_GONE = Prepared(
    select(themes.c.id, shown_label.label("label"), themes.c.given_label, themes.c.x, themes.c.y)
    .where(themes.c.is_current == 0, _is_theme)
    .order_by(themes.c.faded_at.desc(), themes.c.id.desc())
)
_REMEMBERED = Prepared(
    select(faded_members).join(ideas, and_(ideas.c.id == faded_members.c.idea_id, is_published))
)
_supports = (
    select(theme_members.c.theme_id, func.count().label("supports"))
    .join(ideas, and_(ideas.c.id == theme_members.c.idea_id, is_published))
    .join(supports, supports.c.idea_id == ideas.c.id)
    .group_by(theme_members.c.theme_id)
    .subquery("supports_of_theme")
)
is_pinned = (
    exists()
    .where(stands, theme_decisions.c.kind == DecisionKind.PIN, theme_decisions.c.theme_id == themes.c.id)
    .correlate(themes)
)
_CURRENT = (
    select(
        themes,
        shown_label.label("shown_label"),
        is_pinned.label("is_pinned"),
        sizes.c.size,
        func.coalesce(_supports.c.supports, 0).label("supports"),
    )
    .join(sizes, sizes.c.theme_id == themes.c.id)
    .outerjoin(_supports, _supports.c.theme_id == themes.c.id)
    .where(themes.c.is_current == 1, _is_theme)
    .order_by(sizes.c.size.desc(), themes.c.id)
)
_ALL = _CURRENT.where(themes.c.is_hidden == 0)
_HIDDEN = _CURRENT.where(themes.c.is_hidden == 1)
_GET = _ALL.where(themes.c.id == bindparam("theme"))

_closeness = (theme_members.c.score.desc(), theme_members.c.idea_id)
_IDEAS_OF = (
    ALL_VIEWS.where(is_published, themes.c.id == bindparam("theme"))
    .order_by(*_closeness)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_MEMBERS = Prepared(
    select(theme_members.c.idea_id, theme_members.c.score)
    .join(ideas, and_(ideas.c.id == theme_members.c.idea_id, is_published))
    .join(themes, and_(themes.c.id == theme_members.c.theme_id, themes.c.is_current == 1))
    .where(theme_members.c.theme_id == bindparam("theme"))
    .order_by(*_closeness)
)
_ranked = (
    select(
        theme_members.c.idea_id,
        func.row_number()
        .over(partition_by=theme_members.c.theme_id, order_by=(theme_members.c.is_quote.desc(), *_closeness))
        .label("rank"),
    )
    .join(ideas, and_(ideas.c.id == theme_members.c.idea_id, is_published))
    .join(themes, in_shown_theme)
    .subquery("ranked")
)
_QUOTES = ALL_VIEWS.join(_ranked, and_(_ranked.c.idea_id == ideas.c.id, _ranked.c.rank == 1)).order_by(
    sizes.c.size.desc(), themes.c.id
)

_LAST_RUN = (
    select(theme_runs.c.finished_at, theme_runs.c.last_idea_id).order_by(theme_runs.c.id.desc()).limit(1)
)
_EVER = select(func.count()).select_from(ideas).where(is_published)
# What an idea looked like in a run that did not see it does not matter: a new one counts by its id (an
# import carries old dates), one that was seen counts when it was touched.
_CHANGES = (
    select(func.count())
    .select_from(ideas)
    .where(
        or_(
            and_(ideas.c.id > bindparam("last_idea"), is_published),
            and_(
                ideas.c.id <= bindparam("last_idea"),
                ideas.c.touched_at > bindparam("last_run"),
                ideas.c.state != IdeaState.DRAFT,
            ),
        )
    )
)

_DECIDED = select(func.count()).where(
    or_(
        theme_decisions.c.decided_at > bindparam("last_run"),
        theme_decisions.c.undone_at > bindparam("last_run"),
    )
)
_MUST_FORGET = select(exists().where(erasures.c.in_themes == 1, erasures.c.erased_at > bindparam("since")))
_EVENTS = (
    select(theme_events)
    .where(
        theme_events.c.happened_at >= bindparam("start"),
        theme_events.c.happened_at < bindparam("end"),
    )
    .order_by(theme_events.c.id)
)
_OWN_LABEL = select(themes.c.label).where(themes.c.id == bindparam("theme"))
_PLACE = Prepared(
    insert(theme_members)
    .from_select(
        ["idea_id", "theme_id", "score"],
        select(ideas.c.id, themes.c.id, bindparam("nearness", type_=REAL)).where(
            ideas.c.id == bindparam("idea"),
            is_published,
            ideas.c.id.not_in(select(theme_members.c.idea_id)),
            themes.c.id == bindparam("theme"),
            themes.c.is_current == 1,
            _is_theme,
        ),
    )
    .returning(theme_members.c.idea_id)
)


class SqlThemeRepository:
    """See `cocreation.ports.ThemeRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def known(self) -> Sequence[KnownTheme]:
        members: dict[ThemeId, set[IdeaId]] = {}
        for row in await _SEATS.all(self._connection, {}):
            for group in (row.theme_id, row.part_id):
                if group is not None:
                    members.setdefault(group, set()).add(row.idea_id)
        parts: dict[ThemeId, list[KnownPart]] = {}
        for row in await _PARTS.all(self._connection, {}):
            part = KnownPart(row.id, row.label, frozenset(members.get(row.id, ())))
            parts.setdefault(row.parent_id, []).append(part)
        current = [
            _known(row, members.get(row.id, ()), tuple(parts.get(row.id, ())))
            for row in await _KNOWN.all(self._connection, {})
        ]
        return [*current, *await self._gone({theme.id for theme in current})]

    async def holds(self) -> Holds:
        return {idea: hold.theme for idea, hold in (await standing(self._connection)).items()}

    async def plan(self, clustering: Clustering, now: datetime) -> object:
        return await plan_run(self._connection, clustering, now)

    async def prepare(self, plan: object) -> bool:
        return await prepare_run(self._connection, plan)

    async def still_holds(self, plan: object) -> bool:
        return await still_holds(self._connection, plan)

    async def forget_unseen(self) -> bool:
        return await forget_unseen(self._connection)

    async def replace(self, clustering: Clustering, now: datetime, plan: object = None) -> Sequence[IdeaId]:
        """See `storage.theme_plan`; ideas that are gone meanwhile are left out.

        Ideas that the run did not see stay where they are, as long as that theme is still there.
        """
        return await keep_run(self._connection, clustering, now, plan)

    async def place(self, placements: Sequence[Placement]) -> Sequence[IdeaId]:
        """Decisions come first here too; a theme that is no longer there takes nothing in."""
        if not placements:
            return []
        merged = await merges(self._connection)
        placed: list[IdeaId] = []
        for placement in placements:
            theme = await allowed(self._connection, placement.idea, placement.theme, merged)
            values = {"idea": placement.idea, "theme": theme, "nearness": placement.score}
            placed += [row.idea_id for row in await _PLACE.all(self._connection, values)]
        return placed

    async def all(self) -> Sequence[Theme]:
        return [theme_of(row) for row in await self._connection.execute(_ALL)]

    async def get(self, theme: ThemeId) -> Theme | None:
        row = (await self._connection.execute(_GET, {"theme": theme})).one_or_none()
        return None if row is None else theme_of(row)

    async def hidden(self) -> Sequence[Theme]:
        return [theme_of(row) for row in await self._connection.execute(_HIDDEN)]

    async def members(self, theme: ThemeId) -> Sequence[Member]:
        rows = await _MEMBERS.all(self._connection, {"theme": theme})
        return [Member(IdeaId(row.idea_id), row.score) for row in rows]

    async def quotes(self) -> Sequence[IdeaView]:
        return await self._views(_QUOTES, {})

    async def ideas_of(self, theme: ThemeId, limit: int, offset: int = 0) -> Sequence[IdeaView]:
        return await self._views(_IDEAS_OF, {"theme": theme, "limit": limit, "offset": offset})

    async def changes_since_last_run(self) -> tuple[int, datetime | None]:
        last = (await self._connection.execute(_LAST_RUN)).one_or_none()
        if last is None:
            return (await self._connection.execute(_EVER)).scalar_one(), None
        values = {"last_idea": last.last_idea_id, "last_run": last.finished_at}
        changed = (await self._connection.execute(_CHANGES, values)).scalar_one()
        decided = (await self._connection.execute(_DECIDED, {"last_run": last.finished_at})).scalar_one()
        erased = int(await self.must_forget(last.finished_at))
        return changed + decided + erased, last.finished_at

    async def must_forget(self, since: datetime | None = None) -> bool:
        values = {"since": since or datetime.min.replace(tzinfo=UTC)}
        return bool((await self._connection.execute(_MUST_FORGET, values)).scalar_one())

    async def events(self, start: datetime, end: datetime) -> Sequence[ThemeEvent]:
        rows = await self._connection.execute(_EVENTS, {"start": start, "end": end})
        return [
            ThemeEvent(
                EventKind(row.kind),
                ThemeId(row.theme_id),
                row.ideas,
                None if row.other_theme_id is None else ThemeId(row.other_theme_id),
            )
            for row in rows
        ]

    async def split_off(self, theme: ThemeId, now: datetime) -> ThemeId:
        naming = {
            # A name that a facilitator gives comes with the decision, and goes with it.
            "label": (await self._connection.execute(_OWN_LABEL, {"theme": theme})).scalar_one(),
            "keywords": "[]",
            "born_at": now,
            "colour": await next_colour(self._connection),
        }
        return await begin(self._connection, naming)

    async def decide(self, decision: NewDecision, now: datetime) -> Decided:
        return await decide(self._connection, decision, now)

    async def undo(self, decision: DecisionId, now: datetime, by: ResidentId | None = None) -> bool:
        return await undo(self._connection, decision, now, by)

    async def decisions(self, limit: int) -> Sequence[Decision]:
        return await decisions(self._connection, limit)

    async def touched_by(self, decision: DecisionId) -> Sequence[IdeaId]:
        return await touched(self._connection, decision)

    async def _gone(self, current: Set[ThemeId]) -> list[KnownTheme]:
        """The latest that faded and were not merged away, and those that are there no more and hold ideas."""
        members: dict[ThemeId, set[IdeaId]] = {}
        for row in await _REMEMBERED.all(self._connection, {}):
            members.setdefault(row.theme_id, set()).add(row.idea_id)
        merged = await merges(self._connection)
        holding = {theme for theme in (await self.holds()).values() if theme not in current}
        return [
            replace(_known(row, members.get(row.id, ())), has_faded=True)
            for row in await _GONE.all(self._connection, {})
            if row.id in holding or (row.id in members and row.id not in merged)
        ]

    async def _views(self, statement: Select[Any], values: dict[str, object]) -> Sequence[IdeaView]:
        return [view_of(row) for row in await self._connection.execute(statement, values)]


def _known(row: Any, members: Iterable[IdeaId], parts: tuple[KnownPart, ...] = ()) -> KnownTheme:  # noqa: ANN401 - a row
    return KnownTheme(
        id=ThemeId(row.id),
        label=row.label,
        members=frozenset(members),
        is_named=row.given_label is not None,
        spot=_spot(row),
        parts=parts,
    )


def _spot(row: Any) -> Spot | None:  # noqa: ANN401 - a row
    return None if row.x is None else Spot(row.x, row.y)


def theme_of(row: Any) -> Theme:  # noqa: ANN401 - a row
    """The theme in a row of all its columns, with its size and supports."""
    return Theme(
        id=ThemeId(row.id),
        label=row.shown_label,
        keywords=tuple(json.loads(row.keywords)),
        size=row.size,
        supports=row.supports,
        colour=row.colour,
        spot=_spot(row),
        keywords_of={Language(code): tuple(words) for code, words in json.loads(row.keywords_of).items()},
        is_named=row.given_label is not None,
        is_pinned=bool(row.is_pinned),
        is_hidden=bool(row.is_hidden),
    )
