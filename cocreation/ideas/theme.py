"""A theme: a group of ideas that are about the same thing, with a name and a lasting identity."""

from dataclasses import dataclass

from cocreation.ideas.ids import IdeaId, Language, ThemeId

FEWEST_IDEAS = 12
"""Fewer are read faster than themes are: there are none yet."""


@dataclass(frozen=True, slots=True)
class IdeaText:
    """What the theme engine needs of an idea."""

    id: IdeaId
    text: str
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class KnownTheme:
    """A theme of an earlier run, so that the next can keep its identity."""

    id: ThemeId
    label: str
    members: frozenset[IdeaId]


@dataclass(frozen=True, slots=True)
class Member:
    """An idea in a theme. `score` (0 to 1) says how central it is."""

    idea: IdeaId
    score: float


@dataclass(frozen=True, slots=True)
class FoundTheme:
    """A theme as the engine found it; `known` is the earlier theme that it continues.

    `members` are sorted by falling score; `quotes` are ideas that stand for it.
    """

    known: ThemeId | None
    label: str
    keywords: tuple[str, ...]
    members: tuple[Member, ...]
    quotes: tuple[IdeaId, ...]


@dataclass(frozen=True, slots=True)
class Clustering:
    """All themes of one run, largest first, and the ideas that fit nowhere."""

    themes: tuple[FoundTheme, ...]
    unassigned: tuple[IdeaId, ...]


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as it is kept: name, keywords, size (published ideas)."""

    id: ThemeId
    label: str
    keywords: tuple[str, ...]
    size: int
    supports: int = 0
