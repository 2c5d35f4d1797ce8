"""Ideas in an order, a page at a time."""

from dataclasses import dataclass
from enum import StrEnum

from cocreation.ideas.idea import clean_text, has_words
from cocreation.ideas.ids import IdeaId, ResidentId, ThemeId
from cocreation.ideas.reply import Status

LONGEST_SEARCH = 32
"""Bytes: a button holds 64 in all, and has to lead back to what was searched for."""


class Order(StrEnum):
    """What a list shows, and what comes first. The letters stand in buttons: they stay for good."""

    NEWEST = "n"
    MOST_SUPPORTED = "s"
    NEAR = "g"
    WAITING = "w"
    ANSWERED = "a"
    THEME = "t"
    SEARCH = "q"


@dataclass(frozen=True, slots=True)
class Listing:
    """One list. `theme` is that of a theme's ideas, `words` is what was searched for."""

    order: Order = Order.NEWEST
    theme: ThemeId | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Start:
    """Where a page begins: after this idea of the list, or ends before it; at the top where there is none."""

    idea: IdeaId | None = None
    is_before: bool = False


TOP = Start()


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the map, in degrees WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class ListedIdea:
    """A published idea as a list shows it."""

    id: IdeaId
    text: str
    author: ResidentId | None
    theme_label: str | None
    supports: int
    comments: int
    status: Status | None
    position: Position | None


@dataclass(frozen=True, slots=True)
class ListPage:
    """Some ideas of a list, in its order, and whether there are others on either side."""

    ideas: tuple[ListedIdea, ...]
    has_earlier: bool = False
    has_later: bool = False


@dataclass(frozen=True, slots=True)
class ListedTheme:
    """A theme that anybody may see; `size` counts its published ideas."""

    id: ThemeId
    label: str
    size: int


def search_words(text: str, longest: int = LONGEST_SEARCH) -> str:
    """What of the text is searched for: its different words, at most `longest` bytes of UTF-8 with the
    blanks between them.

    The shortest words go first where there is no room for all; a word that is too long by itself is cut,
    since the start of a word finds it too.
    """
    words: dict[str, str] = {}
    for word in clean_text(text).split():
        bare = _without_edges(word)
        if has_words(bare):
            words.setdefault(bare.casefold(), _within(bare, longest))
    kept = list(words.values())
    while len(" ".join(kept).encode()) > longest:
        kept.remove(min(reversed(kept), key=len))
    return " ".join(kept)


def _without_edges(word: str) -> str:
    """The word from its first letter or digit to its last."""
    at = [number for number, c in enumerate(word) if c.isalnum()]
    return word[at[0] : at[-1] + 1] if at else ""


def _within(word: str, longest: int) -> str:
    return word.encode()[:longest].decode(errors="ignore")
