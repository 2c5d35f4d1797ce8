"""What is nearest, in rings around a point.

There is an index over (latitude, longitude), and none over the distance from wherever somebody stands: SQLite
reads a band of latitudes from it. To sort only what lies in a narrow ring is what makes that quick.
"""

from collections.abc import Mapping, Sequence
from math import cos, radians, sqrt
from typing import Any

from sqlalchemy import REAL, ColumnElement, FromClause, and_, bindparam

from cocreation.ideas.listing import Position
from storage.schema import ideas

RINGS = (0.0005, 0.01, 400.0)
"""Degrees of latitude, about 50 m, 1 km and all there is: how wide the ring is, around what was shown
already, in which the next ones are looked for."""


def distance(of: FromClause) -> Sequence[ColumnElement[Any]]:
    """By what the nearest come first."""
    # Square degrees on the flat: within a town they sort as the way over the ground does.
    northward = of.c.latitude - bindparam("north", type_=REAL)
    eastward = of.c.longitude - bindparam("east", type_=REAL)
    return northward * northward + eastward * eastward * bindparam("narrowing", type_=REAL), of.c.id


def seen_from(near: Position) -> Mapping[str, float]:
    """What `distance` needs to know of where somebody stands."""
    narrowing = cos(radians(near.latitude)) ** 2
    return {"north": near.latitude, "east": near.longitude, "narrowing": narrowing}


def ring(far: float, width: float, is_inside: bool) -> Mapping[str, float]:
    """The ring of a width (degrees) inside or outside of the circle that lies `far` (square degrees) away."""
    edge = sqrt(far)
    if is_inside:
        outer, least_far, most_far = edge, max(0.0, edge - width) ** 2, far
    else:
        outer, least_far, most_far = edge + width, far, (edge + width) ** 2
    # The root of a square is not quite what was squared.
    return {"outer": outer * (1 + 1e-9), "least_far": least_far, "most_far": most_far}


_outer = bindparam("outer", type_=REAL)
in_ring = and_(
    ideas.c.latitude.between(
        bindparam("north", type_=REAL) - _outer, bindparam("north", type_=REAL) + _outer
    ),
    # Before the place in the order, which takes longer to tell.
    distance(ideas)[0].between(bindparam("least_far", type_=REAL), bindparam("most_far", type_=REAL)),
)
