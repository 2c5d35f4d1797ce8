"""Who sits where: each idea has one seat at most, in a theme and perhaps in a part of it."""

from sqlalchemy import REAL, Integer, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import Insert, insert

from storage.prepared import Prepared
from storage.schema import ideas, theme_members

SEAT = ("theme_id", "part_id", "score", "is_quote")


def _sit() -> Insert:
    """Of ideas that are there: some may have been erased meanwhile."""
    seat = (
        bindparam("theme", type_=Integer),
        bindparam("part", type_=Integer),
        bindparam("nearness", type_=REAL),
        bindparam("stands_for_it", type_=Integer),
    )
    return insert(theme_members).from_select(
        ["idea_id", *SEAT], select(ideas.c.id, *seat).where(ideas.c.id == bindparam("idea"))
    )


def _instead() -> Insert:
    sit = _sit()
    return sit.on_conflict_do_update(
        index_elements=["idea_id"], set_={name: sit.excluded[name] for name in SEAT}
    )


SEAT_ANEW = Prepared(_instead())
SEAT_IF_STANDING = Prepared(_sit().on_conflict_do_nothing(index_elements=["idea_id"]))
BE_NEARER = Prepared(
    update(theme_members)
    .where(theme_members.c.idea_id == bindparam("idea"), theme_members.c.theme_id == bindparam("theme"))
    .values(score=bindparam("nearness"))
)
TAKE_OUT = Prepared(delete(theme_members).where(theme_members.c.idea_id == bindparam("idea")))
EMPTY = Prepared(delete(theme_members).where(theme_members.c.theme_id == bindparam("theme")))
