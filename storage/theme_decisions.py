"""What facilitators decided about themes: kept, acted on at once, and taken back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, and_, bindparam, case, delete, exists, func, insert, null, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.decision import (
    Contradiction,
    Decided,
    Decision,
    DecisionKind,
    NewDecision,
    overruled,
)
from cocreation.ideas.ids import DecisionId, IdeaId, ResidentId, ThemeId
from storage.dialect import upsert
from storage.faded import fade_emptied
from storage.prepared import Prepared
from storage.schema import decision_holds, faded_members, ideas, theme_decisions, theme_members, themes
from storage.seats import TAKE_OUT
from storage.theme_plan import successor
from storage.views import is_published

stands = theme_decisions.c.undone_at.is_(None)
_names = case(
    (theme_decisions.c.kind == DecisionKind.RENAME, theme_decisions.c.theme_id),
    else_=theme_decisions.c.other_theme_id,
)
"""The theme to which a decision with a label gives it."""

_of_decision = theme_decisions.c.id == decision_holds.c.decision_id
_seat = theme_members.c.idea_id == decision_holds.c.idea_id
_there = themes.alias("there")
_is_there = and_(_there.c.id == theme_members.c.theme_id, _there.c.is_current == 1)
"""What a run prepares where nobody sees it is decided on when it is seen."""
_holding = (
    select(
        decision_holds.c.idea_id,
        decision_holds.c.theme_id,
        decision_holds.c.decision_id,
        _there.c.id.label("is_in"),
        func.row_number()
        .over(partition_by=decision_holds.c.idea_id, order_by=decision_holds.c.decision_id.desc())
        .label("rank"),
    )
    .join(theme_decisions, and_(_of_decision, stands))
    .join(ideas, and_(ideas.c.id == decision_holds.c.idea_id, is_published))
    .outerjoin(theme_members, _seat)
    .outerjoin(_there, _is_there)
)
_latest = _holding.subquery("latest")
_latest_of_some = _holding.where(decision_holds.c.idea_id.in_(bindparam("some", expanding=True))).subquery(
    "latest"
)
_STANDING = Prepared(select(_latest).where(_latest.c.rank == 1).order_by(_latest.c.idea_id))
STANDING_OF_SOME = select(_latest_of_some).where(_latest_of_some.c.rank == 1)
_STANDING_FOR_ONE = Prepared(
    select(decision_holds.c.theme_id)
    .join(theme_decisions, and_(_of_decision, stands))
    .where(decision_holds.c.idea_id == bindparam("idea"))
    .order_by(decision_holds.c.decision_id.desc())
    .limit(1)
)
_MERGES = Prepared(
    select(theme_decisions.c.theme_id, theme_decisions.c.other_theme_id)
    .where(stands, theme_decisions.c.kind == DecisionKind.MERGE)
    .order_by(theme_decisions.c.id)
)

_KEEP = insert(theme_decisions).returning(theme_decisions.c.id)
_HOLD = Prepared(
    insert(decision_holds).from_select(
        ["decision_id", "idea_id", "theme_id", "from_theme_id"],
        select(bindparam("decision"), ideas.c.id, bindparam("theme"), _there.c.id)
        .outerjoin(theme_members, theme_members.c.idea_id == ideas.c.id)
        .outerjoin(_there, _is_there)
        .where(ideas.c.id == bindparam("idea")),
    )
)
_DECISIONS = select(theme_decisions).order_by(theme_decisions.c.id.desc())
_UNDO = (
    update(theme_decisions)
    .where(theme_decisions.c.id == bindparam("decision"), stands)
    .values(undone_at=bindparam("now"), undone_by_id=bindparam("by"))
    .returning(theme_decisions.c.kind, theme_decisions.c.theme_id, theme_decisions.c.other_theme_id)
)
_held_by_it = select(decision_holds.c.idea_id).where(decision_holds.c.decision_id == bindparam("decision"))
_PAST = Prepared(
    select(
        decision_holds,
        theme_decisions.c.decided_at,
        theme_decisions.c.undone_at,
        themes.c.faded_at.label("from_faded_at"),
        _there.c.id.label("is_in"),
    )
    .join(theme_decisions, _of_decision)
    .outerjoin(themes, themes.c.id == decision_holds.c.from_theme_id)
    .outerjoin(theme_members, _seat)
    .outerjoin(_there, _is_there)
    .where(decision_holds.c.idea_id.in_(_held_by_it))
    .order_by(decision_holds.c.idea_id, decision_holds.c.decision_id.desc())
)
"""All that was ever decided about the ideas of a decision, the latest first."""
_its_themes = (
    select(column).where(theme_decisions.c.id == bindparam("decision"))
    for column in (theme_decisions.c.theme_id, theme_decisions.c.other_theme_id)
)
_in_its_themes = select(theme_members.c.idea_id).where(or_(*map(theme_members.c.theme_id.in_, _its_themes)))
_TOUCHED = Prepared(
    select(ideas.c.id)
    .where(or_(ideas.c.id.in_(_held_by_it), ideas.c.id.in_(_in_its_themes)))
    .order_by(ideas.c.id)
)
_INSIDE = Prepared(select(theme_members.c.idea_id).where(theme_members.c.theme_id == bindparam("theme")))
_CURRENT = select(themes.c.id).where(themes.c.is_current == 1, themes.c.parent_id.is_(None))

_PUT = Prepared(
    upsert(theme_members, keys=("idea_id",), change=("theme_id", "is_quote", "part_id")),
    ("idea_id", "theme_id", "score", "is_quote", "part_id"),
)
_FOLLOW = (
    update(theme_members)
    .where(theme_members.c.theme_id == bindparam("theme"))
    .values(theme_id=bindparam("into"), is_quote=0, part_id=None)
)
_has_ideas = exists().where(theme_members.c.theme_id == themes.c.id).correlate(themes)
_REFRESH = (
    update(themes)
    .where(themes.c.id.in_(bindparam("some", expanding=True)))
    .values(
        given_label=select(theme_decisions.c.label)
        .where(stands, theme_decisions.c.label.is_not(None), _names == themes.c.id)
        .order_by(theme_decisions.c.id.desc())
        .limit(1)
        .correlate(themes)
        .scalar_subquery(),
        is_hidden=exists()
        .where(
            stands,
            theme_decisions.c.kind == DecisionKind.HIDE,
            theme_decisions.c.theme_id == themes.c.id,
        )
        .correlate(themes),
        is_current=_has_ideas,
        faded_at=case((_has_ideas, null()), else_=themes.c.faded_at),
    )
)
_FORGET_REVIVED = delete(faded_members).where(
    faded_members.c.theme_id.in_(bindparam("some", expanding=True)),
    exists().where(theme_members.c.theme_id == faded_members.c.theme_id).correlate(faded_members),
)
_AT_ONCE = 500

_Move = tuple[ThemeId | None, ThemeId | None]
"""From where to where."""


@dataclass(frozen=True, slots=True)
class Hold:
    """What keeps an idea in a theme, or out of all, and the theme that it is in now."""

    decision: DecisionId
    theme: ThemeId | None
    is_in: ThemeId | None


async def merges(connection: AsyncConnection) -> dict[ThemeId, ThemeId]:
    """From each theme that was merged away to the one into which it was."""
    rows = await _MERGES.all(connection, {})
    return {ThemeId(row.theme_id): ThemeId(row.other_theme_id) for row in rows}


async def standing(connection: AsyncConnection, some: Collection[IdeaId] | None = None) -> dict[IdeaId, Hold]:
    """The latest decision about each published idea, or about some; what a merged-away theme held, its heir
    holds."""
    merged = await merges(connection)
    if some is None:
        rows = list(await _STANDING.all(connection, {}))
    else:
        rows = []
        for chunk in _chunks(sorted(some)):
            rows += await connection.execute(STANDING_OF_SOME, {"some": chunk})
    return {
        IdeaId(row.idea_id): Hold(
            DecisionId(row.decision_id),
            None if row.theme_id is None else successor(row.theme_id, merged),
            row.is_in,
        )
        for row in rows
    }


async def allowed(
    connection: AsyncConnection, idea: IdeaId, theme: ThemeId, merged: Mapping[ThemeId, ThemeId]
) -> ThemeId | None:
    """Where the idea goes when it is to be put into the theme: decisions come first."""
    held = await _STANDING_FOR_ONE.one(connection, {"idea": idea})
    wanted: ThemeId | None = theme if held is None else held.theme_id
    return None if wanted is None else successor(wanted, merged)


async def decide(connection: AsyncConnection, decision: NewDecision, now: datetime) -> Decided:
    """See `cocreation.ports.ThemeRepository.decide`."""
    before = await standing(connection, decision.holds)
    values = {
        "kind": decision.kind,
        "by_id": decision.by,
        "decided_at": now,
        "theme_id": decision.theme,
        "other_theme_id": decision.other,
        "label": decision.label,
    }
    made = DecisionId((await connection.execute(_KEEP, values)).scalar_one())
    holds: dict[IdeaId, ThemeId | None] = dict(decision.holds)
    if decision.kind is DecisionKind.MERGE and decision.theme is not None:
        # Ideas that are not published at the moment go along, and back when it is undone.
        for idea in await _inside(connection, decision.theme):
            holds.setdefault(idea, decision.other)
    await _HOLD.for_each(
        connection,
        [{"decision": made, "idea": idea, "theme": theme} for idea, theme in sorted(holds.items())],
    )
    # Where a theme goes into another, all that it holds goes along.
    touched = await _settle(connection, None if decision.kind is DecisionKind.MERGE else holds)
    if decision.kind is DecisionKind.MERGE:
        await connection.execute(_FOLLOW, {"theme": decision.theme, "into": decision.other})
    touched |= {theme for theme in (decision.theme, decision.other) if theme is not None}
    await fade_emptied(connection, made, touched, now)
    await _refresh(connection, touched)
    counts = overruled(decision.holds, {idea: (hold.decision, hold.theme) for idea, hold in before.items()})
    return Decided(made, await _contradictions(connection, counts))


async def undo(
    connection: AsyncConnection, decision: DecisionId, now: datetime, by: ResidentId | None = None
) -> bool:
    """See `cocreation.ports.ThemeRepository.undo`."""
    values = {"decision": decision, "now": now, "by": by}
    undone = (await connection.execute(_UNDO, values)).one_or_none()
    if undone is None:
        return False
    merged, there = await merges(connection), set((await connection.execute(_CURRENT)).scalars())
    moves: dict[IdeaId, _Move] = {}
    held_by_it: set[IdeaId] = set()
    for idea, past in groupby(await _PAST.all(connection, {"decision": decision}), lambda hold: hold.idea_id):
        holds = list(past)
        held_by_it.add(idea)
        it = next(hold for hold in holds if hold.decision_id == decision)
        if it.is_in == it.theme_id:
            moves[idea] = (it.is_in, _back(holds, decision, merged, there))
    if undone.kind == DecisionKind.SPLIT:
        home = successor(undone.theme_id, merged)
        left = (undone.other_theme_id, home if home in there else None)
        inside = await _inside(connection, undone.other_theme_id)
        held = await standing(connection, inside)
        moves |= {idea: left for idea in inside if idea not in held and idea not in moves}
    touched = await _move(connection, moves)
    touched |= await _settle(connection, None if undone.kind == DecisionKind.MERGE else held_by_it)
    await _refresh(connection, {*touched, undone.theme_id, undone.other_theme_id})
    return True


def _back(
    holds: Sequence[Any], decision: DecisionId, merged: Mapping[ThemeId, ThemeId], there: Collection[ThemeId]
) -> ThemeId | None:
    """Where an idea goes when the decision is undone; `holds` is all that was decided about it."""
    stands = next((hold for hold in holds if hold.undone_at is None), None)
    if stands is not None:
        return None if stands.theme_id is None else successor(stands.theme_id, merged)
    chain = _chain(holds, decision)
    origin = chain[-1]
    if origin.from_theme_id is None:
        return None
    back = successor(origin.from_theme_id, merged)
    # A theme that a run let fade does not come back for this; one that these decisions emptied does.
    return back if back in there or origin.from_faded_at in {it.decided_at for it in chain} else None


def _chain(holds: Sequence[Any], decision: DecisionId) -> list[Any]:
    """The decision, and those before it that each had put the idea where the next one found it.

    They stood then and are undone now: they must not have their way through a later one.
    """
    earlier = (hold for hold in holds if hold.decision_id <= decision)
    chain = [next(earlier)]
    for hold in earlier:
        if hold.undone_at > chain[-1].decided_at:
            chain.append(hold)
    return chain


async def decisions(connection: AsyncConnection, limit: int) -> Sequence[Decision]:
    """See `cocreation.ports.ThemeRepository.decisions`."""
    return [decision_of(row) for row in await connection.execute(_DECISIONS.limit(limit))]


async def touched(connection: AsyncConnection, decision: DecisionId) -> Sequence[IdeaId]:
    """See `cocreation.ports.ThemeRepository.touched_by`."""
    return [IdeaId(row.id) for row in await _TOUCHED.all(connection, {"decision": decision})]


async def _inside(connection: AsyncConnection, theme: ThemeId) -> list[IdeaId]:
    return [IdeaId(row.idea_id) for row in await _INSIDE.all(connection, {"theme": theme})]


async def _settle(connection: AsyncConnection, some: Collection[IdeaId] | None) -> set[ThemeId]:
    """Put each idea, or some, where decisions keep it. Returns the themes that lost or got ideas."""
    held = await standing(connection, some)
    moves = {idea: (hold.is_in, hold.theme) for idea, hold in held.items() if hold.theme != hold.is_in}
    return await _move(connection, moves)


async def _move(connection: AsyncConnection, moves: Mapping[IdeaId, _Move]) -> set[ThemeId]:
    """Returns the themes that lost or got ideas."""
    await TAKE_OUT.for_each(connection, [{"idea": idea} for idea, (_, to) in moves.items() if to is None])
    puts = [
        {"idea_id": idea, "theme_id": to, "score": 0.0, "is_quote": 0, "part_id": None}
        for idea, (_, to) in moves.items()
        if to is not None
    ]
    await _PUT.for_each(connection, puts)
    return {theme for move in moves.values() for theme in move if theme is not None}


async def _refresh(connection: AsyncConnection, touched: Collection[ThemeId | None]) -> None:
    """Let the themes say what the decisions say: name, hidden or not, there as long as ideas are in it."""
    some = sorted(theme for theme in touched if theme is not None)
    for chunk in _chunks(some):
        await connection.execute(_REFRESH, {"some": chunk})
        await connection.execute(_FORGET_REVIVED, {"some": chunk})


async def _contradictions(
    connection: AsyncConnection, counts: Mapping[DecisionId, int]
) -> tuple[Contradiction, ...]:
    found = []
    for chunk in _chunks(sorted(counts, reverse=True)):
        rows = await connection.execute(_DECISIONS.where(theme_decisions.c.id.in_(chunk)))
        found += [decision_of(row) for row in rows]
    return tuple(Contradiction(earlier, counts[earlier.id]) for earlier in found)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def decision_of(row: Row[*tuple[Any, ...]]) -> Decision:
    """The decision in a row of the table."""
    return Decision(
        id=DecisionId(row.id),
        kind=DecisionKind(row.kind),
        by=None if row.by_id is None else ResidentId(row.by_id),
        at=row.decided_at,
        theme=None if row.theme_id is None else ThemeId(row.theme_id),
        other=None if row.other_theme_id is None else ThemeId(row.other_theme_id),
        label=row.label,
        undone_at=row.undone_at,
        undone_by=None if row.undone_by_id is None else ResidentId(row.undone_by_id),
    )
