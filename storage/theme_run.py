"""A run's result takes the place of the last one: planned, prepared where nobody sees it, and then shown.

Only the last of these is one transaction over all of it, and writes no more than what readers see change.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import Clustering
from storage.faded import FADE, FORGET, FORGET_WORDS, REMEMBER
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
from storage.seats import EMPTY, SEAT_ANEW, TAKE_OUT
from storage.theme_changes import Changes, Rows, changes
from storage.theme_decisions import merges, standing
from storage.theme_plan import Kept, Seat, planned_themes
from storage.unseen import Begun, forget_unseen, prepare, show
from storage.views import is_published

FADED_KEPT = 200
"""Themes that faded and may come back; of older ones nobody remembers the ideas."""

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
_END_PART = Prepared(delete(themes).where(themes.c.id == bindparam("theme")))
_latest_faded = (
    select(themes.c.id)
    .where(themes.c.faded_at.is_not(None))
    .order_by(themes.c.faded_at.desc(), themes.c.id.desc())
    .limit(FADED_KEPT)
)
_FORGET_OLD = delete(faded_members).where(faded_members.c.theme_id.not_in(_latest_faded))
_RUN = insert(theme_runs).returning(theme_runs.c.id)
_HAPPENED = Prepared(
    insert(theme_events), ("run_id", "theme_id", "kind", "other_theme_id", "ideas", "happened_at")
)
_held = decision_holds.join(ideas, and_(ideas.c.id == decision_holds.c.idea_id, is_published))
_VERSION = select(
    *(
        statement.scalar_subquery()
        for statement in (
            select(func.max(theme_decisions.c.id)),
            select(func.count(theme_decisions.c.undone_at)),
            select(func.count()).select_from(_held),
            select(func.sum(ideas.c.id)).select_from(_held),
            select(func.max(theme_runs.c.id)),
        )
    )
)
"""Another one as soon as facilitators decide anything, an idea about which they did comes back or goes, or
another run is over.

Ideas come, change and go all the time, and spoil no plan: those that are gone are left out, new ones stay
where they are if their theme does, and the next run sees to the rest.
"""


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What a run's result leads to, as long as the database has that version, and how much of it is there."""

    version: Sequence[Any]
    changes: Changes
    begun: Begun = field(default_factory=Begun)


async def plan_run(connection: AsyncConnection, clustering: Clustering, read_at: datetime) -> RunPlan:
    """See `cocreation.ports.ThemeRepository.plan`; `read_at` is its `now`."""
    rows: Rows = {ThemeId(row.id): row for row in await _THEMES.all(connection, {})}
    kept = await _kept(connection, rows, read_at)
    unsure = await _undone_names(connection, read_at)
    planned = planned_themes(clustering, kept)
    return RunPlan(await _version(connection), changes(planned, kept, rows, unsure, read_at))


async def prepare_run(connection: AsyncConnection, plan: object) -> bool:
    """See `cocreation.ports.ThemeRepository.prepare`."""
    return isinstance(plan, RunPlan) and await prepare(connection, plan.changes, plan.begun)


async def still_holds(connection: AsyncConnection, plan: object) -> bool:
    """See `cocreation.ports.ThemeRepository.still_holds`."""
    return isinstance(plan, RunPlan) and plan.version == await _version(connection)


async def keep_run(
    connection: AsyncConnection, clustering: Clustering, read_at: datetime, plan: object
) -> Sequence[IdeaId]:
    """See `cocreation.ports.ThemeRepository.replace`; `read_at` is its `now`."""
    run = plan if isinstance(plan, RunPlan) else None
    if run is None or not await still_holds(connection, run):
        while await forget_unseen(connection):
            pass
        run = await plan_run(connection, clustering, read_at)
    while await prepare(connection, run.changes, run.begun):
        pass
    await show(connection, run.begun)
    await _go_on(connection, run)
    await _take_seats(connection, run, read_at)
    await _tell(connection, run, await _record(connection, clustering, run, read_at), read_at)
    return run.changes.newly


async def _version(connection: AsyncConnection) -> Sequence[Any]:
    return tuple((await connection.execute(_VERSION)).one())


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


async def _go_on(connection: AsyncConnection, run: RunPlan) -> None:
    """Let earlier themes and parts say what they are now; those that had faded are back."""
    values = [
        {
            "theme": theme,
            "name": naming["label"],
            "words": naming["keywords"],
            "words_of": naming["keywords_of"],
            "right": naming["x"],
            "down": naming["y"],
            "parent": None if naming["parent_id"] is None else run.begun.theme(naming["parent_id"]),
        }
        for theme, naming in run.changes.going_on
    ]
    await _NAME.for_each(connection, values)
    await FORGET.for_each(connection, _each(run.changes.revived))


async def _take_seats(connection: AsyncConnection, run: RunPlan, read_at: datetime) -> None:
    """Let ideas change their theme or leave it, and themes fade; what was in these is remembered."""
    faded = _each(run.changes.faded)
    await FORGET.for_each(connection, faded)
    await REMEMBER.for_each(connection, faded)
    await SEAT_ANEW.for_each(connection, [run.begun.sitting(idea, seat) for idea, seat in run.changes.seen])
    await TAKE_OUT.for_each(connection, [{"idea": idea} for idea in run.changes.out])
    # Where a theme fades, an idea that came into it after the plan was made has no seat any more.
    await EMPTY.for_each(connection, faded)
    await _END_PART.for_each(connection, _each(run.changes.ended))
    await FADE.for_each(connection, [{**theme, "moment": read_at} for theme in faded])
    if faded:
        await connection.execute(_FORGET_OLD)
    await connection.execute(FORGET_WORDS)


async def _record(
    connection: AsyncConnection, clustering: Clustering, run: RunPlan, read_at: datetime
) -> int:
    seen = [member.idea for found in clustering.themes for member in found.members]
    seen += clustering.unassigned
    values = {
        "finished_at": read_at,
        "ideas": len(seen),
        "themes": run.changes.themes,
        "last_idea_id": max(seen, default=0),
    }
    id: int = (await connection.execute(_RUN, values)).scalar_one()
    return id


async def _tell(connection: AsyncConnection, run: RunPlan, id: int, read_at: datetime) -> None:
    """Keep what happened to the themes."""
    happened = [
        {
            "run_id": id,
            "theme_id": run.begun.theme(event.theme),
            "kind": event.kind,
            "other_theme_id": None if event.other is None else run.begun.theme(event.other),
            "ideas": event.ideas,
            "happened_at": read_at,
        }
        for event in run.changes.events
    ]
    await _HAPPENED.for_each(connection, happened)


def _each(some: Sequence[ThemeId]) -> list[dict[str, ThemeId]]:
    return [{"theme": theme} for theme in some]
