"""Words as vectors of a fixed length, without having seen any other text."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.centring import unit
from cocreation.analysis.encoding import Encoder, Vectors, installed_encoder
from cocreation.analysis.language import LANGUAGES
from cocreation.analysis.text import stop_words

SIZE = 512
GRAMS = (3, 4, 5)
"""Lengths of the pieces of a word: with them, benches is near bench, and fietsenstalling near stalling."""

_WORD = re.compile(r"[^\W_]+")


class WordsEncoder:
    """An `Encoder` that knows no meaning: texts are near that have words, or parts of words, in common.

    It stands in where none that knows meaning is installed. Each word is hashed with the pieces of it into
    SIZE numbers with random signs, which keeps cosines on average. Source: Weinberger et al. 2009,
    arXiv:0902.2206.
    """

    name = "words/1"

    def __init__(self) -> None:
        self._skipped = frozenset(word for language in LANGUAGES for word in stop_words(language))

    def encode(self, texts: Sequence[str]) -> Vectors:
        found = np.zeros((len(texts), SIZE), dtype=np.float32)
        for row, text in enumerate(texts):
            words = dict.fromkeys(_WORD.findall(text.casefold()))
            for word in [word for word in words if word not in self._skipped] or words:
                places, values = _hashed(word)
                found[row, places] += values
        return unit(found)


def placing_encoder() -> Encoder:
    """The encoder by which a new idea is placed and compared: the installed one, or else words alone."""
    return installed_encoder() or WordsEncoder()


@lru_cache(maxsize=20_000)
def _hashed(word: str) -> tuple[NDArray[np.intp], Vectors]:
    """The places that a word has a part in, and its part in each."""
    parts: dict[int, int] = {}
    for piece in _pieces(word):
        number = int.from_bytes(hashlib.blake2b(piece.encode(), digest_size=4).digest(), "little")
        parts[number % SIZE] = parts.get(number % SIZE, 0) + (1 if number & 2**31 else -1)
    values = np.array(list(parts.values()), dtype=np.float32)
    return np.array(list(parts)), values / max(1.0, float(np.sqrt(values @ values)))


def _pieces(word: str) -> Iterator[str]:
    bounded = f"<{word[:40]}>"
    yield bounded
    for size in GRAMS:
        for start in range(len(bounded) - size + 1):
            yield bounded[start : start + size]
