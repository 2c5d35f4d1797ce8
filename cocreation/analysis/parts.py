"""Sub-themes: what a large theme is about in more detail."""

import numpy as np

from cocreation.analysis.centring import unit
from cocreation.analysis.communities import ALONE, Groups
from cocreation.analysis.grouping import Rows, grouped, rows_of, subset

LARGE = 40
"""A theme of so many different texts is looked into."""

SMALLEST_PART = 5
LEAST_PART = 0.08
"""Of its theme's different texts; smaller parts are details."""

LEAST_COVERED = 0.6
"""Parts that leave out more of their theme than that do not divide it."""


def parts_of(rows: Rows, groups: Groups, start: Groups | None) -> Groups:
    """The part of each row, numbered over all groups; ALONE where its theme has none or it is in none.

    What all of a theme have in common is taken away first, so that what tells its parts apart is left.
    `start` are the parts of an earlier run.
    """
    result = np.full(len(groups), ALONE)
    for inside in rows_of(groups):
        if len(inside) < LARGE:
            continue
        own = rows.vectors[inside]
        found = grouped(
            subset(rows, inside, unit(own - own.mean(axis=0))), None if start is None else start[inside]
        )
        sizes = np.bincount(found[found != ALONE])
        kept = np.flatnonzero(sizes >= max(SMALLEST_PART, LEAST_PART * len(inside)))
        if len(kept) > 1 and sizes[kept].sum() >= LEAST_COVERED * len(inside):
            number = np.full(len(sizes) + 1, ALONE)
            number[kept] = result.max(initial=ALONE) + 1 + np.arange(len(kept))
            result[inside] = number[found]
    return result
