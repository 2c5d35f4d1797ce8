"""The one place that knows how Morgen is asked for themes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from unittest.mock import patch

import numpy as np

from benchmarks.themes.exchange import ALONE, Themes, Vectors
from cocreation.analysis import engine
from cocreation.analysis.encoding import Encoder, installed_encoder
from cocreation.analysis.language import LANGUAGES
from cocreation.analysis.text import readable, stop_words
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.theme import Clustering, FoundTheme, IdeaText, KnownTheme


class ReadyVectors:
    """An encoder that looks up what was encoded before and asks the installed one for anything else.

    Anything else are the words of which themes are named; encoding them counts among Morgen's seconds.
    """

    def __init__(self, texts: Sequence[str], vectors: Vectors) -> None:
        self._rows = {read(text): row for row, text in enumerate(texts)}
        self._vectors = vectors
        self._installed = _installed()
        self.name = self._installed.name

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = [self._rows.get(text) for text in texts]
        found = self._vectors[[0 if row is None else row for row in rows]]
        unknown = [place for place, row in enumerate(rows) if row is None]
        if unknown:
            found[unknown] = self._installed.encode([texts[place] for place in unknown])
        return found


@cache
def _installed() -> Encoder:
    encoder = installed_encoder()
    if encoder is None:
        raise RuntimeError("Morgen's encoder is not installed")
    return encoder


def read(text: str) -> str:
    """The part of the text that is encoded, for all peers."""
    return readable(text)


def no_content() -> frozenset[str]:
    """Words that say nothing about the subject, in the languages that Morgen reads unless told."""
    return frozenset(word for language in LANGUAGES for word in stop_words(language))


def ideas_of(texts: Sequence[str]) -> list[IdeaText]:
    """Nothing is told of the language: Morgen sees it by itself."""
    return [IdeaText(IdeaId(number), text) for number, text in enumerate(texts, start=1)]


def find_with_vectors(
    ideas: Sequence[IdeaText], encoder: Encoder, known: Sequence[KnownTheme] = ()
) -> Clustering:
    return engine.find_themes(ideas, known, encoder=encoder)


def find_by_words_alone(ideas: Sequence[IdeaText]) -> Clustering:
    """As on a machine where no encoder is installed."""
    with _no_encoder_installed():
        return engine.find_themes(ideas, encoder=None)


@contextmanager
def _no_encoder_installed() -> Iterator[None]:
    with patch.object(engine, "installed_encoder", lambda: None, create=True):
        yield


def events_of(_: Clustering) -> frozenset[IdeaId] | None:
    """The ideas of the themes that were split or merged in this run; None while Morgen does not tell."""
    return None


def themes_of(clustering: Clustering, count: int) -> Themes:
    groups = np.full(count, ALONE)
    for group, theme in enumerate(clustering.themes):
        groups[_rows(theme)] = group
    return Themes(tuple(groups.tolist()), tuple(theme.keywords for theme in clustering.themes))


def _rows(theme: FoundTheme) -> list[int]:
    return [member.idea - 1 for member in theme.members]
