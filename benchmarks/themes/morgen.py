"""The one place that knows how Morgen is asked for themes."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from unittest.mock import patch

import numpy as np

from benchmarks.themes.exchange import ALONE, Themes, Vectors
from cocreation.analysis import engine
from cocreation.analysis.encoding import Encoder, KnownVectors, installed_encoder
from cocreation.analysis.language import LANGUAGES
from cocreation.analysis.text import readable, stop_words
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import Clustering, FoundTheme, IdeaText, KnownPart, KnownTheme
from cocreation.ideas.theme_event import EventKind, events_between


def ready(texts: Sequence[str], vectors: Vectors) -> Encoder:
    """An encoder that looks up what was encoded before, kept in halves as a town keeps it, and asks the
    installed one for anything else.

    Anything else are the words of which themes are named; encoding them counts among Morgen's seconds.
    """
    return KnownVectors(_installed(), [read(text) for text in texts], vectors.astype(np.float16))


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


def known_after(
    clustering: Clustering, known: Sequence[KnownTheme], numbers: Iterator[int]
) -> list[KnownTheme]:
    """What the next run is told of this one; new themes and parts take the next numbers."""
    themes = [
        KnownTheme(
            _id(theme.known, numbers),
            theme.label,
            frozenset(member.idea for member in theme.members),
            spot=theme.spot,
            parts=tuple(
                KnownPart(_id(part.known, numbers), part.label, part.members) for part in theme.parts
            ),
        )
        for theme in clustering.themes
    ]
    there = {theme.id for theme in themes}
    return themes + [replace(theme, has_faded=True) for theme in known if theme.id not in there]


def moves_explained(before: Sequence[KnownTheme], after: Sequence[KnownTheme]) -> set[tuple[int, int]]:
    """From which theme to which other one ideas went because it split or merged, as Morgen tells people."""
    told = (EventKind.SPLIT, EventKind.MERGED)
    events = events_between(before, after)
    return {(event.theme, event.other) for event in events if event.kind in told and event.other is not None}


def _id(known: ThemeId | None, numbers: Iterator[int]) -> ThemeId:
    return ThemeId(next(numbers)) if known is None else known


def themes_of(clustering: Clustering, count: int) -> Themes:
    groups = np.full(count, ALONE)
    for group, theme in enumerate(clustering.themes):
        groups[_rows(theme)] = group
    return Themes(tuple(groups.tolist()), tuple(theme.keywords for theme in clustering.themes))


def _rows(theme: FoundTheme) -> list[int]:
    return [member.idea - 1 for member in theme.members]
