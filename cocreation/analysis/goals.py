"""Which goals of a frame a text is about: by what it means, and by the words of the goals that it has."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.centring import LanguageMeans
from cocreation.analysis.encoding import Encoder, Vectors
from cocreation.analysis.text import is_stop_word, stem, words
from cocreation.ideas.frame import Frame, Goal
from cocreation.ideas.framing import MOST_AT_ONCE
from cocreation.ideas.ids import Language

Scores = NDArray[np.float64]

NEAREST = 4
"""A goal is as near to a text as so many of its words and phrases are that are nearest, on average."""

WORD_WEIGHT, MOST_WORDS_COUNT = 0.1, 1.5
"""What a word of the goal adds that stands in the text; more than one and a half say no more."""

NEAR = 0.22
"""What is less near to all goals is about none of them: docs/frames.md tells how that was found,"""
BESIDE = 0.06
"""and this: a second goal is at most so much less near than the first."""

NEAR_BY_WORDS, BESIDE_BY_WORDS = 0.5, 0.0
"""The same where words speak alone."""

PART_OF_WORD, SHORTEST_PART = 0.7, 4
"""What a word counts that is part of a longer one, where words are glued together."""
GLUING = (Language("nl"), Language("de"))

REMEMBERED = 50_000
"""Words of ideas that were looked up."""


class FrameGoals:
    """The goals of one frame, ready to be compared with texts. Without an encoder, words speak alone."""

    def __init__(self, frame: Frame, encoder: Encoder | None) -> None:
        self.frame = frame
        self._lexicon = _Lexicon(frame.goals)
        self._knows_meaning = encoder is not None
        phrases = [(at, *said) for at, goal in enumerate(frame.goals) for said in _phrases(goal)]
        self._of_goal = np.array([at for at, _, _ in phrases], dtype=np.int64)
        if encoder is not None:
            spoken = [language for _, language, _ in phrases]
            found = encoder.encode([text for _, _, text in phrases])
            self._phrases = LanguageMeans(found, spoken).taken_from(found, spoken)

    def scores(self, texts: Sequence[str], languages: Sequence[Language], vectors: Vectors | None) -> Scores:
        """One row per text, one column per goal. `vectors` are without their languages' means."""
        counts = [self._lexicon.count(text, spoken) for text, spoken in _pairs(texts, languages)]
        said: Scores = np.array(counts, dtype=np.float64).reshape(len(texts), len(self.frame.goals))
        if vectors is None or not self._knows_meaning:
            return said
        cosines = vectors @ self._phrases.T
        meant = [_nearest(cosines[:, self._of_goal == at]) for at in range(len(self.frame.goals))]
        return np.asarray(np.stack(meant, axis=1) + WORD_WEIGHT * np.minimum(said, MOST_WORDS_COUNT))

    def chosen(self, scores: Scores) -> list[int]:
        """The places of the goals that a row of scores speaks for, the nearest first: none, one or two."""
        near, beside = (NEAR, BESIDE) if self._knows_meaning else (NEAR_BY_WORDS, BESIDE_BY_WORDS)
        order = np.argsort(-scores, kind="stable")[:MOST_AT_ONCE].tolist()
        return [at for at in order if scores[at] >= near and scores[order[0]] - scores[at] <= beside]


class _Lexicon:
    """The stems of the goals' words; one that several goals have counts for each of them so much less."""

    def __init__(self, goals: Sequence[Goal]) -> None:
        self._count = len(goals)
        self._weights: dict[Language, dict[str, dict[int, float]]] = {}
        for at, goal in enumerate(goals):
            for language, text in _phrases(goal):
                stems = self._weights.setdefault(language, {})
                for form in _forms(text, language):
                    stems.setdefault(stem(form, language), {})[at] = 1.0
        for stems in self._weights.values():
            for having in stems.values():
                having.update(dict.fromkeys(having, 1 / len(having)))
        self._found: dict[tuple[str, Language], Mapping[str, float]] = {}

    def count(self, text: str, language: Language) -> list[float]:
        """How many of each goal's words stand in the text."""
        stems: dict[str, float] = {}
        for form in _forms(text, language):
            for found, part in self._stems_in(form, language).items():
                stems[found] = max(part, stems.get(found, 0.0))
        counts = [0.0] * self._count
        for found, part in stems.items():
            for at, weight in self._weights[language][found].items():
                counts[at] += part * weight
        return counts

    def _stems_in(self, form: str, language: Language) -> Mapping[str, float]:
        """The goals' stems that a word is or has in it, and what each counts."""
        key = form, language
        if key not in self._found:
            if len(self._found) > REMEMBERED:
                self._found.clear()
            self._found[key] = dict(self._look(form, language))
        return self._found[key]

    def _look(self, form: str, language: Language) -> Iterable[tuple[str, float]]:
        known, own = self._weights.get(language, {}), stem(form, language)
        if own in known:
            yield own, 1.0
        elif language in GLUING:
            yield from ((s, PART_OF_WORD) for s in known if len(s) >= SHORTEST_PART and s in form)


def _forms(text: str, language: Language) -> list[str]:
    return [form.casefold() for form, _, _ in words(text, language) if not is_stop_word(form, language)]


def _phrases(goal: Goal) -> Iterable[tuple[Language, str]]:
    for code in sorted({*goal.words, *goal.name}):
        language = Language(code)
        named = (goal.name[code],) if code in goal.name else ()
        for text in (*goal.words.get(language, ()), *named):
            yield language, text


def _pairs(texts: Sequence[str], languages: Sequence[Language]) -> Iterable[tuple[str, Language]]:
    return zip(texts, languages, strict=True)


def _nearest(cosines: Vectors) -> Scores:
    count = min(NEAREST, cosines.shape[1])
    return np.asarray(np.partition(cosines, -count, axis=1)[:, -count:].mean(axis=1), dtype=np.float64)
