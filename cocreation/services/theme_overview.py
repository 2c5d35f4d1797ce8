"""The themes of a table as a page shows them; every text in it is foreign."""

from collections.abc import Mapping
from dataclasses import dataclass

from cocreation.ideas.ids import Language, ThemeId
from cocreation.ideas.theme import Spot
from cocreation.ideas.theme_event import ThemeEvent


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody wrote."""

    text: str
    language: Language | None


@dataclass(frozen=True, slots=True)
class PartOverview:
    """A sub-theme."""

    label: str
    size: int


@dataclass(frozen=True, slots=True)
class ThemeOverview:
    """One theme. `number` stays the same from result to result, `keywords` are in the label's language."""

    number: ThemeId
    label: str
    size: int
    keywords: tuple[str, ...]
    keywords_of: Mapping[Language, tuple[str, ...]]
    quotes: tuple[Quote, ...]
    parts: tuple[PartOverview, ...]
    spot: Spot


@dataclass(frozen=True, slots=True)
class Changes:
    """What happened since an earlier result; `labels` has its themes and today's."""

    events: tuple[ThemeEvent, ...]
    labels: Mapping[ThemeId, str]
    arrived: int
    gone: int


@dataclass(frozen=True, slots=True)
class ThemesOverview:
    """All themes, largest first. Where there are none, `voices` are the first ideas."""

    ideas: int
    themes: tuple[ThemeOverview, ...]
    unassigned: int
    language: Language
    voices: tuple[Quote, ...] = ()
    changes: Changes | None = None
