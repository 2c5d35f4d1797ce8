"""All ideas of a town by what they mean, kept in memory between one new idea and the next."""

from collections.abc import Iterable, Mapping, Sequence

from cocreation.analysis.encoding import Encoder, Vectors, from_vectors, half_vectors, to_vector
from cocreation.analysis.language import LANGUAGES, languages_of
from cocreation.analysis.placing import KnownIdea, ThemeIndex
from cocreation.analysis.text import has_letters, readable
from cocreation.ideas.duplicate import Duplicate
from cocreation.ideas.ids import IdeaId, Language, ThemeId
from cocreation.ideas.placed import Findings
from cocreation.ideas.theme import IdeaText, Placement
from cocreation.ideas.vector import IdeaVector

LOOK_ALIKES = 8
ALIKE = 0.4
"""Cosine from which an idea is shown beside another: from there most are about the same (docs/themes.md)."""


class Neighbourhood:
    """See `cocreation.services.place_ideas`. `languages` are those that people here write in."""

    def __init__(self, encoder: Encoder, languages: Sequence[Language] = LANGUAGES) -> None:
        self.encoder = encoder.name
        self._encoder = encoder
        self._languages = tuple(languages)
        self._index: ThemeIndex | None = None

    @property
    def is_to_be_filled(self) -> bool:
        return not self._index or self._index.is_outgrown

    def encode(self, ideas: Sequence[IdeaText]) -> Sequence[IdeaVector]:
        rows = self._encoder.encode([readable(idea.text) for idea in ideas])
        return [
            IdeaVector(idea.id, self.encoder, to_vector(row)) for idea, row in zip(ideas, rows, strict=True)
        ]

    def fill(self, ideas: Sequence[IdeaText], vectors: Sequence[IdeaVector]) -> None:
        """Know these ideas and no others; those without words are not known."""
        by_id = {each.idea: each.vector for each in vectors}
        known = [idea for idea in self._known([i for i in ideas if i.id in by_id]) if has_letters(idea.text)]
        rows = half_vectors([by_id[idea.id] for idea in known])
        self._index = ThemeIndex(known, rows) if known else None

    def learn(self, ideas: Sequence[IdeaText], vectors: Sequence[IdeaVector]) -> None:
        """Those that have no words any more are forgotten."""
        if self._index is None:
            self.fill(ideas, vectors)
            return
        rows = from_vectors([each.vector for each in vectors])
        for idea, row in zip(self._known(ideas), rows, strict=True):
            if has_letters(idea.text):
                self._index.add(idea, row)
            else:
                self._index.drop([idea.id])

    def forget(self, ideas: Iterable[IdeaId]) -> None:
        if self._index is not None:
            self._index.drop(ideas)

    def assign(self, themes: Mapping[IdeaId, ThemeId]) -> None:
        if self._index is not None:
            self._index.assign(themes)

    def find(self, ideas: Sequence[IdeaText], vectors: Sequence[IdeaVector]) -> Sequence[Findings]:
        """Look for each among the others. What has no words is like nothing."""
        rows = from_vectors([each.vector for each in vectors])
        return [self._about(idea, row) for idea, row in zip(self._known(ideas), rows, strict=True)]

    def _about(self, idea: KnownIdea, row: Vectors) -> Findings:
        if self._index is None or not has_letters(idea.text):
            return Findings(None, (), None)
        place = self._index.place(idea, row)
        same = self._index.duplicates(idea, row, count=1)
        return Findings(
            None if place is None else Placement(idea.id, place.theme, round(place.score, 4)),
            tuple(a for a in self._index.look_alikes(idea, row, LOOK_ALIKES) if a.likeness >= ALIKE),
            None if not same else _pair(idea.id, same[0].idea, same[0].likeness),
        )

    def _known(self, ideas: Sequence[IdeaText]) -> list[KnownIdea]:
        texts = [readable(idea.text) for idea in ideas]
        languages = languages_of(texts, [idea.language for idea in ideas], self._languages) if ideas else []
        return [
            KnownIdea(idea.id, text, language)
            for idea, text, language in zip(ideas, texts, languages, strict=True)
        ]


def _pair(one: IdeaId, other: IdeaId, likeness: float) -> Duplicate:
    """The later of the two says what the earlier one says."""
    return Duplicate(max(one, other), min(one, other), likeness)
