"""The ideas of the examples and their themes, found once for all tests."""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from cocreation.analysis.encoding import installed_encoder
from cocreation.analysis.engine import find_themes
from cocreation.ideas.ids import IdeaId, Language, ThemeId
from cocreation.ideas.theme import Clustering, Holds, IdeaText, KnownTheme
from examples import LANGUAGES, demo_files


@cache
def example_ideas(*languages: str) -> tuple[IdeaText, ...]:
    paths = [path for code, path in zip(LANGUAGES, demo_files(), strict=True) if code in languages]
    rows = [row for path in paths for row in _rows(path)]
    return tuple(
        IdeaText(IdeaId(number), row["text"], Language(row["language"]))
        for number, row in enumerate(rows, start=1)
    )


@cache
def example_themes(*languages: str) -> Clustering:
    return themes_of(example_ideas(*languages))


def themes_of(
    ideas: Sequence[IdeaText], known: Sequence[KnownTheme] = (), holds: Holds = MappingProxyType({})
) -> Clustering:
    """The themes that an installation with its encoder finds."""
    return find_themes(ideas, known, holds, encoder=installed_encoder())


def remembered(clustering: Clustering) -> list[KnownTheme]:
    """The themes as the next run knows them."""
    return [
        KnownTheme(ThemeId(number), theme.label, frozenset(member.idea for member in theme.members))
        for number, theme in enumerate(clustering.themes, start=101)
    ]


def members(clustering: Clustering) -> list[set[IdeaId]]:
    return [{member.idea for member in theme.members} for theme in clustering.themes]


def ideas_of(texts: Sequence[str]) -> list[IdeaText]:
    return [IdeaText(IdeaId(number), text) for number, text in enumerate(texts, start=1)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
