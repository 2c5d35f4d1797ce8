"""A run's result takes the place of the last one: what changed is written, the rest stays as it is."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import COLOURS, Clustering, FoundPart, FoundTheme, KnownTheme
from cocreation.ideas.theme_event import events_between
from storage.faded import FADE, FORGET, FORGET_WORDS
from storage.prepared import Prepared
from storage.schema import (
    UtcDateTime,
    decision_holds,
    faded_members,
    ideas,
    theme_decisions,
    theme_events,
    theme_members,
    theme_runs,
    themes,
)
from storage.theme_decisions import merges, standing
from storage.theme_plan import Kept, PlannedTheme, Seat, planned_themes

SCORE_STEP = 0.02
"""A score that moved by less is not worth writing down."""

FADED_KEPT = 200
"""Themes that faded and may come back; of older ones nobody remembers the ideas."""

Rows = dict[ThemeId, Any]

_IDEAS = Prepared(
    select(
        ideas.c.id,
        ideas.c.state,
        theme_members.c.theme_id,
        theme_members.c.part_id,
        theme_members.c.score,
        theme_members.c.is_quote,
    ).outerjoin(theme_members, theme_members.c.idea_id == ideas.c.id)
)
_THEMES = Prepared(select(themes))
_undone_since = theme_decisions.c.undone_at >= bindparam("read_at", type_=UtcDateTime())
_UNDONE_NAMES = select(theme_decisions.c.theme_id, theme_decisions.c.other_theme_id).where(
    _undone_since, theme_decisions.c.label.is_not(None)
)
_LET_GO = Prepared(
    select(decision_holds.c.idea_id, theme_members.c.theme_id)
    .join(theme_decisions, and_(theme_decisions.c.id == decision_holds.c.decision_id, _undone_since))
    .outerjoin(theme_members, theme_members.c.idea_id == decision_holds.c.idea_id)
)

_BEAR = insert(themes).returning(themes.c.id)
_NAME = Prepared(
    update(themes)
    .where(themes.c.id == bindparam("theme"))
    .values(
        label=bindparam("name"),
        keywords=bindparam("words"),
        keywords_of=bindparam("words_of"),
        x=bindparam("right"),
        y=bindparam("down"),
        parent_id=bindparam("parent"),
        is_current=1,
        faded_at=None,
    )
)
_END_PART = Prepared(delete(themes).where(themes.c.id == bindparam("part")))
_REMEMBER = Prepared(insert(faded_members), ("theme_id", "idea_id"))
_latest_faded = (
    select(themes.c.id)
    .where(themes.c.faded_at.is_not(None))
    .order_by(themes.c.faded_at.desc(), themes.c.id.desc())
    .limit(FADED_KEPT)
)
_FORGET_OLD = delete(faded_members).where(faded_members.c.theme_id.not_in(_latest_faded))

_ASSIGN = Prepared(insert(theme_members), ("idea_id", "theme_id", "part_id", "score", "is_quote"))
_REASSIGN = Prepared(
    update(theme_members)
    .where(theme_members.c.idea_id == bindparam("idea"))
    .values(
        theme_id=bindparam("theme"),
        part_id=bindparam("part"),
        score=bindparam("nearness"),
        is_quote=bindparam("stands_for_it"),
    )
)
_TAKE_OUT = Prepared(delete(theme_members).where(theme_members.c.idea_id == bindparam("idea")))
_RUN = insert(theme_runs).returning(theme_runs.c.id)
_HAPPENED = Prepared(
    insert(theme_events), ("run_id", "theme_id", "kind", "other_theme_id", "ideas", "happened_at")
)
_VERSION = select(
    *(
        select(value).scalar_subquery()
        for value in (
            func.count(ideas.c.id),
            func.max(ideas.c.id),
            func.sum(case((ideas.c.state == IdeaState.PUBLISHED, ideas.c.id))),
            func.count(theme_members.c.idea_id),
            func.max(theme_decisions.c.id),
            func.count(theme_decisions.c.undone_at),
            func.max(theme_runs.c.id),
        )
    )
)
"""Another one as soon as there is anything that a plan would have to reckon with."""
_COLOURS = select(themes.c.colour).where(themes.c.is_current == 1, themes.c.parent_id.is_(None))


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What a run's result leads to, as long as the database has that version."""

    version: Sequence[Any]
    rows: Rows
    kept: Kept
    themes: Sequence[PlannedTheme]
    unsure: Set[ThemeId]


async def plan_run(connection: AsyncConnection, clustering: Clustering, read_at: datetime) -> RunPlan:
    """See `cocreation.ports.ThemeRepository.plan`; `read_at` is its `now`."""
    rows: Rows = {ThemeId(row.id): row for row in await _THEMES.all(connection, {})}
    kept = await _kept(connection, rows, read_at)
    return RunPlan(
        version=await _version(connection),
        rows=rows,
        kept=kept,
        themes=planned_themes(clustering, kept),
        unsure=await _undone_names(connection, read_at),
    )


async def _version(connection: AsyncConnection) -> Sequence[Any]:
    return tuple((await connection.execute(_VERSION)).one())


async def keep_run(
    connection: AsyncConnection, clustering: Clustering, read_at: datetime, plan: object
) -> Sequence[IdeaId]:
    """See `cocreation.ports.ThemeRepository.replace`; `read_at` is its `now`."""
    if not isinstance(plan, RunPlan) or plan.version != await _version(connection):
        plan = await plan_run(connection, clustering, read_at)
    rows, kept = plan.rows, plan.kept
    writing = _Writing(connection, rows, read_at, plan.unsure)
    seats = await writing.themes(plan.themes)
    await _write_seats(connection, kept.seats, seats)
    await writing.end_parts({seat.part for seat in seats.values()})
    before = {theme for theme, row in rows.items() if row.is_current and row.parent_id is None}
    now = {seat.theme for seat in seats.values()}
    await writing.fade(before - now, kept)
    await connection.execute(FORGET_WORDS)
    run = await _record_run(connection, clustering, len(now), read_at)
    was = [*_as_known(before, kept.seats, kept.published), *_as_faded(kept.themes - before)]
    for_events = events_between(was, _as_known(now, seats, kept.published))
    await _HAPPENED.for_each(
        connection,
        [
            {
                "run_id": run,
                "theme_id": event.theme,
                "kind": event.kind,
                "other_theme_id": event.other,
                "ideas": event.ideas,
                "happened_at": read_at,
            }
            for event in for_events
        ],
    )
    return sorted(seats.keys() - kept.seats.keys())


async def next_colour(connection: AsyncConnection) -> int:
    """The colour that the fewest themes have."""
    return _rarest(Counter((await connection.execute(_COLOURS)).scalars()))


async def _kept(connection: AsyncConnection, rows: Rows, read_at: datetime) -> Kept:
    there, published = set(), set()
    seats: dict[IdeaId, Seat] = {}
    for row in await _IDEAS.all(connection, {}):
        there.add(row.id)
        if row.state == IdeaState.PUBLISHED:
            published.add(row.id)
        if row.theme_id is not None:
            seats[row.id] = Seat(row.theme_id, row.part_id, row.score, bool(row.is_quote))
    holds = {idea: hold.theme for idea, hold in (await standing(connection)).items()}
    # What a decision let go while the run worked is where the undoing put it: the run saw it held.
    for row in await _LET_GO.all(connection, {"read_at": read_at}):
        holds.setdefault(row.idea_id, row.theme_id)
    return Kept(
        ideas=there,
        published=published,
        seats=seats,
        themes={theme for theme, row in rows.items() if row.parent_id is None},
        parts={theme for theme, row in rows.items() if row.parent_id is not None},
        holds=holds,
        merges=await merges(connection),
    )


async def _undone_names(connection: AsyncConnection, read_at: datetime) -> set[ThemeId]:
    found = await connection.execute(_UNDONE_NAMES, {"read_at": read_at})
    return {theme for row in found for theme in row if theme is not None}


@dataclass(slots=True)
class _Writing:
    """Writes themes and their parts; `rows` are those that there are. `unsure` lost a name meanwhile."""

    connection: AsyncConnection
    rows: Rows
    read_at: datetime
    unsure: Set[ThemeId]

    async def themes(self, planned: Sequence[PlannedTheme]) -> dict[IdeaId, Seat]:
        """Keep the themes, and tell where each idea is."""
        used = Counter(self.rows[theme.id].colour for theme in planned if theme.id is not None)
        parts_used: set[ThemeId] = set()
        seats: dict[IdeaId, Seat] = {}
        for theme in planned:
            if theme.id is None and theme.found is not None:
                colour = _rarest(used)
                used[colour] += 1
                id = await self._bear(_naming(theme.found), colour)
            elif theme.id is not None:
                id = theme.id
                await self._go_on(id, theme.found)
            part_of = await self._parts(id, theme, parts_used)
            for idea, (score, is_quote) in theme.members.items():
                seats[idea] = Seat(id, part_of.get(idea), score, is_quote)
        return seats

    async def end_parts(self, alive: Set[ThemeId | None]) -> None:
        parts = [theme for theme, row in self.rows.items() if row.parent_id is not None]
        ended = [{"part": part} for part in sorted(parts) if part not in alive]
        await _END_PART.for_each(self.connection, ended)

    async def fade(self, faded: Set[ThemeId], kept: Kept) -> None:
        """Let themes go, and remember what was in them."""
        if not faded:
            return
        ordered = sorted(faded)
        await FORGET.for_each(self.connection, [{"theme": theme} for theme in ordered])
        await FADE.for_each(self.connection, [{"theme": theme, "moment": self.read_at} for theme in ordered])
        members = [
            {"theme_id": seat.theme, "idea_id": idea}
            for idea, seat in kept.seats.items()
            if seat.theme in faded and idea in kept.published
        ]
        await _REMEMBER.for_each(self.connection, members)
        await self.connection.execute(_FORGET_OLD)

    async def _bear(self, naming: dict[str, Any], colour: int, parent: ThemeId | None = None) -> ThemeId:
        born = {**naming, "colour": colour, "parent_id": parent, "born_at": self.read_at}
        return ThemeId((await self.connection.execute(_BEAR, born)).scalar_one())

    async def _go_on(
        self, theme: ThemeId, found: FoundTheme | FoundPart | None, parent: ThemeId | None = None
    ) -> None:
        row = self.rows[theme]
        before = {name: getattr(row, name) for name in ("label", "keywords", "keywords_of", "x", "y")}
        after = before if found is None else _naming(found)
        if row.given_label is not None or theme in self.unsure:
            # The name that the run saw was a facilitator's.
            after = {**after, "label": row.label}
        if row.x is not None:
            after = {**after, "x": row.x, "y": row.y}
        if after == before and row.is_current and row.parent_id == parent:
            return
        values = {
            "theme": theme,
            "name": after["label"],
            "words": after["keywords"],
            "words_of": after["keywords_of"],
            "right": after["x"],
            "down": after["y"],
            "parent": parent,
        }
        await _NAME.for_each(self.connection, [values])
        if not row.is_current:
            await FORGET.for_each(self.connection, [{"theme": theme}])

    async def _parts(
        self, theme: ThemeId, planned: PlannedTheme, used: set[ThemeId]
    ) -> dict[IdeaId, ThemeId | None]:
        """The part in which each idea of the theme is."""
        part_of: dict[IdeaId, ThemeId | None] = {}
        for found in planned.parts:
            members = found.members & planned.members.keys()
            if not members:
                continue
            row = None if found.known is None else self.rows.get(found.known)
            if row is None or row.parent_id is None or row.id in used:
                id = await self._bear(_naming(found), 0, theme)
            else:
                id = ThemeId(row.id)
                await self._go_on(id, found, theme)
            used.add(id)
            part_of.update(dict.fromkeys(members, id))
        here = set(part_of.values())
        for idea, part in planned.stay.items():
            if part in here:
                part_of.setdefault(idea, part)
        return part_of


def _naming(found: FoundTheme | FoundPart) -> dict[str, Any]:
    named: dict[str, Any] = {
        "label": found.label,
        "keywords": json.dumps(found.keywords, ensure_ascii=False),
        "keywords_of": "{}",
        "x": None,
        "y": None,
    }
    if isinstance(found, FoundTheme):
        named["keywords_of"] = json.dumps(dict(found.keywords_of), ensure_ascii=False, sort_keys=True)
        named["x"], named["y"] = found.spot.x, found.spot.y
    return named


def _rarest(used: Mapping[int, int]) -> int:
    return min(range(COLOURS), key=lambda colour: (used.get(colour, 0), colour))


async def _write_seats(
    connection: AsyncConnection, before: Mapping[IdeaId, Seat], after: Mapping[IdeaId, Seat]
) -> None:
    """The difference and no more: most ideas stay where they are."""
    await _TAKE_OUT.for_each(connection, [{"idea": idea} for idea in before if idea not in after])
    await _ASSIGN.for_each(
        connection,
        [
            {
                "idea_id": idea,
                "theme_id": seat.theme,
                "part_id": seat.part,
                "score": seat.score,
                "is_quote": int(seat.is_quote),
            }
            for idea, seat in after.items()
            if idea not in before
        ],
    )
    await _REASSIGN.for_each(
        connection,
        [
            {
                "idea": idea,
                "theme": seat.theme,
                "part": seat.part,
                "nearness": seat.score,
                "stands_for_it": int(seat.is_quote),
            }
            for idea, seat in after.items()
            if idea in before and _has_moved(before[idea], seat)
        ],
    )


def _has_moved(before: Seat, after: Seat) -> bool:
    is_same = (before.theme, before.part, before.is_quote) == (after.theme, after.part, after.is_quote)
    return not is_same or abs(before.score - after.score) >= SCORE_STEP


async def _record_run(
    connection: AsyncConnection, clustering: Clustering, themes_now: int, read_at: datetime
) -> int:
    seen = [member.idea for found in clustering.themes for member in found.members]
    seen += clustering.unassigned
    values = {
        "finished_at": read_at,
        "ideas": len(seen),
        "themes": themes_now,
        "last_idea_id": max(seen, default=0),
    }
    run: int = (await connection.execute(_RUN, values)).scalar_one()
    return run


def _as_known(
    there: Iterable[ThemeId], seats: Mapping[IdeaId, Seat], published: Set[IdeaId]
) -> list[KnownTheme]:
    members: dict[ThemeId, list[IdeaId]] = {theme: [] for theme in there}
    for idea, seat in seats.items():
        if idea in published and seat.theme in members:
            members[seat.theme].append(idea)
    return [KnownTheme(theme, "", frozenset(inside)) for theme, inside in members.items()]


def _as_faded(there: Iterable[ThemeId]) -> list[KnownTheme]:
    return [KnownTheme(theme, "", frozenset(), has_faded=True) for theme in there]
