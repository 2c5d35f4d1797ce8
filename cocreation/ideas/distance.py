"""How far two points are from each other."""

from math import asin, cos, radians, sin, sqrt

from cocreation.ideas.listing import Position

EARTH = 6_371_009.0
"""Its mean radius in metres (IUGG)."""

COARSE = 3
"""Decimals of a degree, about a hundred metres: enough to tell what is near, and says no house."""


def metres(one: Position, other: Position) -> float:
    """The way between them over the ground, by the haversine formula."""
    north, south = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH * asin(sqrt(min(1.0, half)))


def coarse(position: Position) -> Position:
    """The point, less exactly: to see what is near, nobody has to tell where they live."""
    return Position(round(position.latitude, COARSE), round(position.longitude, COARSE))
