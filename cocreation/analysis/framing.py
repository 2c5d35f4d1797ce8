"""Lays ideas onto the goals of frames, with the words that led there."""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from cocreation.analysis.centring import LanguageMeans
from cocreation.analysis.encoding import Encoder, KnownVectors, Vectors, half_vectors
from cocreation.analysis.goals import FrameGoals, Scores
from cocreation.analysis.language import LANGUAGES, languages_of
from cocreation.analysis.leaving_out import REASONS, content, weightiest, without
from cocreation.analysis.text import has_letters, readable
from cocreation.ideas.frame import Frame, FrameKey
from cocreation.ideas.framing import Suggestion, Suggestions
from cocreation.ideas.ids import Language
from cocreation.ideas.theme import IdeaText
from cocreation.ideas.vector import IdeaVector

ENGINE = "1"
"""Another one when suggestions are found in another way."""

MOST_LEFT_OUT = 20
"""Words of an idea that are left out in turn."""


class IdeaFraming:
    """See `cocreation.services.lay_ideas`. `languages` are those that people here write in.

    Without an encoder, words speak alone.
    """

    def __init__(
        self, frames: Sequence[Frame], encoder: Encoder | None, languages: Sequence[Language] = LANGUAGES
    ) -> None:
        signs = " ".join(f"{frame.key} {frame.sign}" for frame in frames)
        name = "words" if encoder is None else encoder.name
        self.version = f"{ENGINE} {name} {blake2b(signs.encode(), digest_size=8).hexdigest()}"
        self.encoder = None if encoder is None else encoder.name
        self._encoder = encoder
        self._languages = tuple(languages)
        self._goals = [FrameGoals(frame, encoder) for frame in frames]
        self._means: LanguageMeans | None = None
        self._count = 0

    def is_outgrown(self, count: int) -> bool:
        """Whether what was learned is too little for so many ideas, or nothing yet."""
        return self._encoder is not None and (self._means is None or count > 2 * self._count)

    def learn(self, ideas: Sequence[IdeaText], vectors: Sequence[IdeaVector] = (), count: int = 0) -> None:
        """Learn from these ideas what sets languages apart; those that have vectors are not encoded again.

        They are some of `count`.
        """
        if self._encoder is None or not ideas:
            return
        texts, languages = self._read(ideas)
        known = {each.idea: each.vector for each in vectors}
        having = [at for at, idea in enumerate(ideas) if idea.id in known]
        kept = half_vectors([known[ideas[at].id] for at in having])
        encoder = KnownVectors(self._encoder, [texts[at] for at in having], kept)
        self._means = LanguageMeans(encoder.encode(texts), languages)
        self._count = count or len(ideas)

    def suggestions(self, ideas: Sequence[IdeaText]) -> Sequence[Suggestions]:
        """What each of the ideas may be about."""
        if not ideas:
            return []
        texts, languages = self._read(ideas)
        vectors = self._understood(texts, languages)
        scores = [goals.scores(texts, languages, vectors) for goals in self._goals]
        return [
            self._suggested(text, languages[row], [found[row] for found in scores])
            for row, text in enumerate(texts)
        ]

    def _suggested(self, text: str, language: Language, scores: Sequence[Scores]) -> Suggestions:
        if not has_letters(text):
            return {}
        chosen = [goals.chosen(found) for goals, found in zip(self._goals, scores, strict=True)]
        if not any(chosen):
            return {}
        spans = content(text, language)[:MOST_LEFT_OUT]
        fewer = [without(text, span) for span in spans]
        vectors = self._understood(fewer, [language] * len(fewer)) if fewer else None
        result: dict[FrameKey, Sequence[Suggestion]] = {}
        for goals, found, places in zip(self._goals, scores, chosen, strict=True):
            if places:
                left = goals.scores(fewer, [language] * len(fewer), vectors)
                result[goals.frame.key] = [
                    Suggestion(
                        goals.frame.goals[at].key,
                        round(float(found[at]), 4),
                        tuple(
                            text[start:end]
                            for start, end in weightiest(text, spans, (found[at] - left[:, at]).tolist())
                        )[:REASONS],
                    )
                    for at in places
                ]
        return result

    def _understood(self, texts: Sequence[str], languages: Sequence[Language]) -> Vectors | None:
        if self._encoder is None:
            return None
        found = self._encoder.encode(texts)
        if self._means is None:
            return found
        read = self._means.taken_from(found, languages)
        read[np.array([not has_letters(text) for text in texts], dtype=bool)] = 0
        return read

    def _read(self, ideas: Sequence[IdeaText]) -> tuple[list[str], list[Language]]:
        texts = [readable(idea.text) for idea in ideas]
        return texts, languages_of(texts, [idea.language for idea in ideas], self._languages)
