"""Themes that are begun and that nobody sees yet, and the ideas that wait in them.

Whoever reads asks for themes that are current. So what a run makes new is written a little at a time, while
others write too, and shown in one short transaction. A run that is killed leaves what it had begun unseen;
the next one takes that away.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import and_, bindparam, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import IdeaId, ThemeId
from storage.prepared import Prepared
from storage.schema import decision_holds, theme_decisions, theme_events, theme_members, themes
from storage.seats import BE_NEARER, SEAT_IF_STANDING
from storage.theme_changes import Changes, rarest
from storage.theme_plan import Seat

T = TypeVar("T")

THEMES_AT_ONCE = 50
IDEAS_AT_ONCE = 200
"""In one transaction: a few milliseconds, for which the chat may have to wait."""

_GIVEN = ("label", "keywords", "keywords_of", "x", "y", "colour", "parent_id", "born_at", "is_current")
_BEGIN = Prepared(insert(themes).returning(themes.c.id), _GIVEN)
_SHOW = Prepared(update(themes).where(themes.c.id == bindparam("theme")).values(is_current=1))

_is_told_of = exists().where(theme_events.c.theme_id == themes.c.id).correlate(themes)
_is_decided_on = or_(
    *(
        exists().where(column == themes.c.id).correlate(themes)
        for column in (
            theme_decisions.c.theme_id,
            theme_decisions.c.other_theme_id,
            decision_holds.c.theme_id,
            decision_holds.c.from_theme_id,
        )
    )
)
# Of a theme that was ever seen there are a moment at which it faded, a decision, or the event of its birth.
_never_seen = select(themes.c.id).where(
    and_(themes.c.is_current == 0, themes.c.faded_at.is_(None), ~_is_told_of, ~_is_decided_on)
)
_waiting = select(theme_members.c.idea_id).where(theme_members.c.theme_id.in_(_never_seen))
_TAKE_OUT_WAITING = delete(theme_members).where(
    theme_members.c.idea_id.in_(_waiting.limit(bindparam("limit")))
)
_FORGET = delete(themes).where(themes.c.id.in_(_never_seen))
_COLOURS = select(themes.c.colour).where(themes.c.is_current == 1, themes.c.parent_id.is_(None))


@dataclass(slots=True)
class Begun:
    """How far it has come: the themes that have begun, by the numbers that they had unborn, how many ideas
    sit in them, and of how many others the nearness is written."""

    themes: dict[ThemeId, ThemeId] = field(default_factory=dict)
    ideas: int = 0
    nearer: int = 0

    def theme(self, id: ThemeId) -> ThemeId:
        """The theme's own number."""
        return self.themes.get(id, id)

    def is_all_of(self, changes: Changes) -> bool:
        written = len(self.themes), self.ideas, self.nearer
        return written == (len(changes.births), len(changes.unseen), len(changes.nearer))

    def sitting(self, idea: IdeaId, seat: Seat) -> Mapping[str, Any]:
        """The values for a statement of `storage.seats`."""
        return {
            "idea": idea,
            "theme": self.theme(seat.theme),
            "part": None if seat.part is None else self.theme(seat.part),
            "nearness": seat.score,
            "stands_for_it": int(seat.is_quote),
        }


async def begin(connection: AsyncConnection, naming: Mapping[str, Any]) -> ThemeId:
    """Begin a theme, or a part of one, that nobody sees until it is current."""
    values = {"keywords_of": "{}", "x": None, "y": None, "parent_id": None, **naming, "is_current": 0}
    return ThemeId((await _BEGIN.one(connection, values)).id)


async def next_colour(connection: AsyncConnection) -> int:
    """The colour that the fewest themes have."""
    return rarest(Counter((await connection.execute(_COLOURS)).scalars()))


async def prepare(connection: AsyncConnection, changes: Changes, begun: Begun) -> bool:
    """Begin some of the themes, or let some ideas sit in them, or tell of some how near they are to the theme
    that they stay in: that says nothing else than before. Returns whether more are left."""
    if births := _next(changes.births, len(begun.themes), THEMES_AT_ONCE):
        await _bear(connection, births, begun)
    elif unseen := _next(changes.unseen, begun.ideas, IDEAS_AT_ONCE):
        await SEAT_IF_STANDING.for_each(connection, [begun.sitting(*sitting) for sitting in unseen])
        begun.ideas += len(unseen)
    elif nearer := _next(changes.nearer, begun.nearer, IDEAS_AT_ONCE):
        await BE_NEARER.for_each(connection, [begun.sitting(*sitting) for sitting in nearer])
        begun.nearer += len(nearer)
    return not begun.is_all_of(changes)


async def show(connection: AsyncConnection, begun: Begun) -> None:
    """Let everybody see them."""
    await _SHOW.for_each(connection, [{"theme": theme} for theme in begun.themes.values()])


async def forget_unseen(connection: AsyncConnection) -> bool:
    """Take some of what is left of a run that was killed away; whether there may be more."""
    waiting = await connection.execute(_TAKE_OUT_WAITING, {"limit": IDEAS_AT_ONCE})
    if waiting.rowcount == IDEAS_AT_ONCE:
        return True
    await connection.execute(_FORGET)
    return False


async def _bear(
    connection: AsyncConnection, births: Sequence[tuple[ThemeId, Mapping[str, Any]]], begun: Begun
) -> None:
    for unborn, naming in births:
        parent = naming["parent_id"]
        own = {**naming, "parent_id": None if parent is None else begun.theme(parent)}
        begun.themes[unborn] = await begin(connection, own)


def _next(some: Sequence[T], start: int, count: int) -> Sequence[T]:
    return some[start : start + count]
