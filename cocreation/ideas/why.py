"""Why an idea is in its theme, what makes a theme one, and where a theme could be split."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from cocreation.ideas.ids import IdeaId, ThemeId


class Certainty(StrEnum):
    """How far the theme of an idea is ahead of the next one. What is open could as well be in that."""

    SURE = "sure"
    FAIRLY = "fairly"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Likeness:
    """A theme, and how like it something is: a cosine, 0 for nothing in common, 1 for the same."""

    theme: ThemeId
    label: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Words of an idea as it has them, and the lead of its theme that would be left without them."""

    words: str
    lead: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An idea in the same theme that is like another."""

    idea: IdeaId
    text: str
    likeness: float


@dataclass(frozen=True, slots=True)
class WhyIdea:
    """What put an idea into its theme, and what nearly put it elsewhere.

    `own` is None for an idea that has no theme; `other` is the nearest one besides. `is_held` says that
    a facilitator's decision keeps the idea where it is, or out of all themes.
    """

    idea: IdeaId
    text: str
    own: Likeness | None
    size: int
    other: Likeness | None
    reasons: tuple[Reason, ...]
    neighbours: tuple[Neighbour, ...]
    certainty: Certainty
    is_held: bool

    @property
    def lead(self) -> float:
        """How much nearer the theme is than the next one."""
        own, other = (0.0 if each is None else each.likeness for each in (self.own, self.other))
        return own - other


@dataclass(frozen=True, slots=True)
class TellingWord:
    """A word or phrase, and how many ideas have it: inside, and outside."""

    form: str
    here: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class WhyTheme:
    """What makes a theme one.

    `here` of its `size` ideas have one of the `words`, `elsewhere` of `others` do; those are all other ideas
    that were read. `closeness` is the mean likeness of its ideas to its middle; `nearest` the theme that is
    nearest, with the mean likeness of the same ideas to the middle of that.
    """

    theme: ThemeId
    label: str
    size: int
    words: tuple[TellingWord, ...]
    here: int
    elsewhere: int
    others: int
    closeness: float
    nearest: Likeness | None


@dataclass(frozen=True, slots=True)
class Half:
    """One side of a cut: what it would be called, the words that tell it from the other side, a quote."""

    ideas: frozenset[IdeaId]
    label: str
    words: tuple[TellingWord, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Split:
    """A cut of a theme in two, the larger half first; `halves` is None where there is no good cut.

    `steadiness` says how much of the cut comes back where a part of the ideas is left out: 1 all, 0 none.
    """

    theme: ThemeId
    label: str
    size: int
    steadiness: float
    halves: tuple[Half, Half] | None

    @property
    def sign(self) -> str:
        """Twelve letters that tell this cut from any other."""
        leaving = sorted(self.halves[1].ideas) if self.halves else []
        return blake2b(f"{self.theme}:{leaving}".encode(), digest_size=6).hexdigest()
