"""What is said, and by which ideas: the rows of the analysis."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cocreation.analysis.text import has_letters, readable
from cocreation.ideas.ids import IdeaId, Language, ThemeId
from cocreation.ideas.theme import Holds, IdeaText


@dataclass(frozen=True, slots=True)
class Voice:
    """A text and the ideas that say exactly this. `held_in` is the theme where facilitators want them;
    `is_out` says that they want them in none."""

    text: str
    language: Language | None
    ideas: tuple[IdeaId, ...]
    held_in: ThemeId | None = None
    is_out: bool = False


def voices_of(ideas: Sequence[IdeaText], holds: Holds) -> list[Voice]:
    """Ideas with the same words speak as one, so that a campaign does not crowd out its neighbours.

    They come in the order of their words: that of the ideas, and their ids, change nothing. Ideas without a
    word are left out unless they are held. `ideas` are sorted by id.
    """
    same: dict[tuple[str, bool, ThemeId], list[tuple[str, IdeaText]]] = {}
    for idea in ideas:
        text = readable(idea.text)
        held_in = holds.get(idea.id)
        if has_letters(text) or held_in is not None:
            is_out = idea.id in holds and held_in is None
            key = (" ".join(text.casefold().split()), is_out, held_in or ThemeId(0))
            same.setdefault(key, []).append((text, idea))
    return [
        Voice(
            min(text for text, _ in said),
            _usual(idea.language for _, idea in said if idea.language),
            tuple(idea.id for _, idea in said),
            held_in or None,
            is_out,
        )
        for (_, is_out, held_in), said in sorted(same.items())
    ]


def _usual(languages: Iterable[Language]) -> Language | None:
    counts = Counter(languages)
    return min(counts, key=lambda language: (-counts[language], language), default=None)
