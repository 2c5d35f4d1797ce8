"""Where themes lie on the map: near means alike, and who is there stays there."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.manifold import MDS

from cocreation.analysis.encoding import Vectors
from cocreation.ideas.theme import Spot

MARGIN = 0.06
"""Of the map's width, left free at its edges."""

PULL = 8.0
"""How much more a new theme is drawn to those that are like it than to others."""

STEP = 0.04
"""How far from the point between its kin a new theme may be put, so that it covers nobody."""

ALIKE = 1e-6
"""Themes that are no further apart than this lie on a ring."""

Points = NDArray[np.float64]
"""Shape (themes, 2)."""


def spots_of(middles: Vectors, known: Sequence[Spot | None], seed: int = 0) -> list[Spot]:
    """A spot for each theme; those that have one keep it.

    `middles` are rows of length one. Where nobody has one yet, metric multidimensional scaling of the
    cosine distances (SMACOF: de Leeuw 1977); later ones go between those that are most like them.
    """
    if not len(middles):
        return []
    if all(spot is None for spot in known):
        return [Spot(round(float(x), 4), round(float(y), 4)) for x, y in _laid_out(middles, seed)]
    result = list(known)
    likeness = middles @ middles.T
    for theme, spot in enumerate(known):
        if spot is None:
            placed = [other for other, there in enumerate(result) if there is not None]
            points = np.array([(there.x, there.y) for there in result if there is not None])
            result[theme] = _between(points, likeness[theme, placed])
    return [spot for spot in result if spot is not None]


def _laid_out(middles: Vectors, seed: int) -> Points:
    if len(middles) == 1:
        return np.array([[0.5, 0.5]])
    distances = np.clip(1 - middles @ middles.T, 0, None).astype(float)
    distances = (distances + distances.T) / 2
    np.fill_diagonal(distances, 0)
    if distances.max() < ALIKE:
        turns = 2 * np.pi * np.arange(len(middles)) / len(middles)
        return _within(np.column_stack([np.cos(turns), np.sin(turns)]))
    scaling = MDS(
        2, metric="precomputed", n_init=4, init="random", random_state=seed, normalized_stress=False
    )
    points: Points = scaling.fit_transform(distances)
    span = np.ptp(points, axis=0)
    points = points if span[0] >= span[1] else points[:, ::-1]
    return _within(points)


def _within(points: Points) -> Points:
    low, span = points.min(axis=0), np.ptp(points, axis=0)
    return np.asarray(MARGIN + (1 - 2 * MARGIN) * (points - low) / np.where(span > 1e-9, span, 1))


def _between(points: Points, likeness: NDArray[np.float32]) -> Spot:
    """The middle of the points, each weighing the more the more alike it is, or the free place next to it."""
    weights = np.exp(PULL * (likeness - likeness.max()).astype(float))
    target = weights @ points / weights.sum()
    turns = np.arange(24)
    angles, radii = turns * 2.399963, STEP * np.sqrt(turns)  # a sunflower: even, and never on a line
    places = target + np.column_stack([radii * np.cos(angles), radii * np.sin(angles)])
    places = np.clip(places, MARGIN, 1 - MARGIN)
    room = np.sqrt(((places[:, None] - points[None]) ** 2).sum(axis=2)).min(axis=1)
    best = np.argmax(np.minimum(room, 2 * STEP) - 0.2 * radii)
    return Spot(round(float(places[best, 0]), 4), round(float(places[best, 1]), 4))
