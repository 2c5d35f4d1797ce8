"""All ideas of a town as explanations see them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.centring import LanguageMeans
from cocreation.analysis.communities import ALONE, Groups
from cocreation.analysis.encoding import Encoder, Vectors
from cocreation.analysis.hashing import WordsEncoder
from cocreation.analysis.language import LANGUAGES, languages_of
from cocreation.analysis.representation import Meaning
from cocreation.analysis.text import has_letters, readable
from cocreation.analysis.vocabulary import Vocabulary, vocabulary_of
from cocreation.ideas.ids import IdeaId, Language
from cocreation.ideas.theme import IdeaText, KnownTheme

MOST_READ = 20_000
"""Among more ideas than that, words are counted in a sample of those outside a theme."""


class Landscape:
    """Ideas with what they mean, without what sets their languages apart: `vectors` has a row for each.

    Finding out the languages takes longest; whatever is asked of the same ideas goes on from there.
    """

    def __init__(
        self, ideas: Sequence[IdeaText], encoder: Encoder, languages: Sequence[Language] = LANGUAGES
    ) -> None:
        """Give at least one idea. `languages` are those that people here write in."""
        self.ideas = tuple(ideas)
        self.rows: dict[IdeaId, int] = {idea.id: row for row, idea in enumerate(self.ideas)}
        self.texts = [readable(idea.text) for idea in ideas]
        self.languages = languages_of(self.texts, [idea.language for idea in ideas], languages)
        self.preferred = languages[0]
        self.knows_meaning = encoder.name != WordsEncoder.name
        self._encoder = encoder
        self._vocabularies: dict[Language, Vocabulary] = {}
        found = encoder.encode(self.texts)
        self._means = LanguageMeans(found, self.languages)
        self.vectors = self._means.taken_from(found, self.languages)

    def groups(self, themes: Sequence[KnownTheme]) -> Groups:
        """The theme of each row, by its place among the `themes`; ALONE for what is in none."""
        groups = np.full(len(self.ideas), ALONE)
        for group, theme in enumerate(themes):
            groups[[self.rows[idea] for idea in theme.members if idea in self.rows]] = group
        return groups

    def understood(self, texts: Sequence[str], language: Language) -> Vectors:
        """What other texts in that language mean, as `vectors` say it; nothing for one without a word."""
        read = self._means.taken_from(self._encoder.encode(texts), [language] * len(texts))
        read[[not has_letters(text) for text in texts]] = 0
        return read

    def meaning(self, rows: NDArray[np.int64]) -> Meaning:
        """What some of the ideas mean, as names are found with it."""
        return Meaning(self._encoder, self.vectors[rows])

    def read(self, inside: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows in which words are counted: all, or the given ones and a sample of the others."""
        every = np.arange(len(self.ideas))
        if len(every) <= MOST_READ:
            return every
        others = np.setdiff1d(every, inside)
        return np.sort(np.concatenate([inside, others[:: len(others) // MOST_READ + 1]]))

    def vocabulary(self, language: Language, read: NDArray[np.int64]) -> Vocabulary:
        """What the rows that are `read` say in a language."""
        if len(read) < len(self.ideas):
            return self._vocabulary(language, read)
        if language not in self._vocabularies:
            self._vocabularies[language] = self._vocabulary(language, read)
        return self._vocabularies[language]

    def _vocabulary(self, language: Language, read: NDArray[np.int64]) -> Vocabulary:
        rows = read.tolist()
        return vocabulary_of(
            [self.texts[row] for row in rows], [self.languages[row] for row in rows], language
        )
