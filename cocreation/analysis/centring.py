"""What sets languages apart, taken away: 'this is Dutch' is said louder than any subject."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.encoding import Halves, Vectors
from cocreation.ideas.ids import Language

SHRINKAGE = 20.0
"""A language's mean counts for n / (n + SHRINKAGE): that of a handful of ideas is mostly their subject."""

BLOCK = 4096
"""Rows that are worked on at once, so that little of what is kept short is ever written in full."""


class LanguageMeans:
    """The mean of each language among the rows.

    That of a small language leans on the mean of all, and that of few ideas on nothing.
    """

    def __init__(self, vectors: Vectors | Halves, languages: Sequence[Language]) -> None:
        """Give at least one row."""
        codes = np.array(languages)
        self._number = {language: place for place, language in enumerate(sorted(set(languages)))}
        whole = _shrunk(vectors, np.arange(len(languages)), 0.0)
        means = [_shrunk(vectors, np.flatnonzero(codes == language), whole) for language in self._number]
        self._means = np.vstack([*means, whole])

    def taken_from(self, vectors: Vectors | Halves, languages: Sequence[Language]) -> Vectors:
        """The rows without their language's mean, of length one. A language that was not there has all's."""
        last = len(self._number)
        own = np.array([self._number.get(language, last) for language in languages], dtype=np.int64)
        result = np.empty(vectors.shape, dtype=np.float32)
        for first in range(0, len(own), BLOCK):
            block = slice(first, first + BLOCK)
            result[block] = unit(vectors[block].astype(np.float32) - self._means[own[block]])
        return result


def unit(vectors: Vectors) -> Vectors:
    """The rows scaled to length one; a row of nothing stays nothing."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: Vectors = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 1e-6)
    return scaled


def _shrunk(vectors: Vectors | Halves, rows: NDArray[np.int64], towards: Vectors | float) -> Vectors:
    """The rows' mean, and `towards` as much as there are few of them."""
    total = np.zeros(vectors.shape[1])
    for first in range(0, len(rows), BLOCK):
        total += vectors[rows[first : first + BLOCK]].sum(axis=0, dtype=np.float64)
    mean: Vectors = ((total + SHRINKAGE * towards) / (len(rows) + SHRINKAGE)).astype(np.float32)
    return mean
