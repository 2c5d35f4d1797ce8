"""A theme: a group of ideas that are about the same thing, with a name and a lasting identity."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cocreation.ideas.ids import IdeaId, Language, ThemeId

FEWEST_IDEAS = 12
"""Fewer are read faster than themes are: there are none yet."""

COLOURS = 12
"""A theme has one of so many colours, from its birth on; which they are, is told by who draws."""


@dataclass(frozen=True, slots=True)
class IdeaText:
    """What the theme engine needs of an idea."""

    id: IdeaId
    text: str
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a theme lies on the map of themes: near means alike. Both numbers are from 0 to 1."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class KnownPart:
    """A sub-theme of an earlier run."""

    id: ThemeId
    label: str
    members: frozenset[IdeaId]


@dataclass(frozen=True, slots=True)
class KnownTheme:
    """A theme of an earlier run, so that the next can keep its identity.

    `is_named` says that a facilitator gave the label. A theme that `has_faded` was there once; `members` are
    its last ones, some of which may have another theme now.
    """

    id: ThemeId
    label: str
    members: frozenset[IdeaId]
    is_named: bool = False
    has_faded: bool = False
    spot: Spot | None = None
    parts: tuple[KnownPart, ...] = ()


Holds = Mapping[IdeaId, ThemeId | None]
"""The theme in which a facilitator's decisions keep an idea; None keeps it out of all of them."""


@dataclass(frozen=True, slots=True)
class Member:
    """An idea in a theme. `score` (0 to 1) says how central it is."""

    idea: IdeaId
    score: float


@dataclass(frozen=True, slots=True)
class FoundPart:
    """A sub-theme: members of a theme that are closer to each other than to the rest of it."""

    known: ThemeId | None
    label: str
    keywords: tuple[str, ...]
    members: frozenset[IdeaId]


@dataclass(frozen=True, slots=True)
class FoundTheme:
    """A theme as the engine found it; `known` is the earlier theme that it continues.

    `members` are sorted by falling score; `quotes` are ideas that stand for it. `keywords_of` has the words
    of each language that its ideas are in, `keywords` those in the language of the label.
    """

    known: ThemeId | None
    label: str
    keywords: tuple[str, ...]
    members: tuple[Member, ...]
    quotes: tuple[IdeaId, ...]
    spot: Spot = Spot(0.5, 0.5)
    keywords_of: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    parts: tuple[FoundPart, ...] = ()


@dataclass(frozen=True, slots=True)
class Clustering:
    """All themes of one run, largest first, and the ideas that fit nowhere."""

    themes: tuple[FoundTheme, ...]
    unassigned: tuple[IdeaId, ...]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a new idea belongs until the next run; `score` (0 to 1) says how near it is to the middle."""

    idea: IdeaId
    theme: ThemeId
    score: float


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as it is kept: name, keywords, size (published ideas).

    One that is hidden is none for residents: no page, card, list or digest names it. Its ideas are shown like
    those without a theme; they still count, and the next runs still keep them together.
    """

    id: ThemeId
    label: str
    keywords: tuple[str, ...]
    size: int
    supports: int = 0
    colour: int = 0
    spot: Spot | None = None
    keywords_of: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    is_named: bool = False
    is_pinned: bool = False
    is_hidden: bool = False
