"""Ideas that stand for a theme: in its middle, and unlike each other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.encoding import Vectors

QUOTES = 3
VARIETY = 0.4
"""How much being unlike the quotes before counts beside being central."""

SHORTEST, LONGEST = 20, 240
"""Characters of a text that can be quoted whole and says something."""


def quotes_of(
    rows: NDArray[np.int64], texts: Sequence[str], vectors: Vectors, scores: NDArray[np.float64]
) -> list[int]:
    """At most QUOTES of the rows by maximal marginal relevance (Carbonell and Goldstein 1998), best first."""
    fitting = [row for row in rows.tolist() if SHORTEST <= len(texts[row]) <= LONGEST] or rows.tolist()
    chosen: list[int] = []
    while fitting and len(chosen) < QUOTES:
        best = max(fitting, key=lambda row: (_worth(row, chosen, vectors, scores), -row))
        chosen.append(best)
        fitting.remove(best)
    return chosen


def _worth(row: int, chosen: Sequence[int], vectors: Vectors, scores: NDArray[np.float64]) -> float:
    alike = float((vectors[chosen] @ vectors[row]).max()) if chosen else 0.0
    return float((1 - VARIETY) * scores[row] - VARIETY * alike)
