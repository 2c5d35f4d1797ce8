"""What a term says of a subject by the kind of word that it is, wherever it stands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.forms import CAPITAL_NOUNS, Flags
from cocreation.analysis.phrases import NOTHING
from cocreation.analysis.reading import Numbers, Reading, proper_nouns

NAME_WORTH, ACRONYM_WORTH, GENERIC_WORTH = 0.03, 0.5, 0.05
"""What the name of a place or a firm says of a subject, beside a common noun; letters; and 'city'."""

PHRASE_WORTH = 1.7
"""'Public transport' says more than 'transport', which stands in more ideas."""

PART_NAME_WORTH, PART_GENERIC_WORTH = 0.2, 0.7
"""What a phrase is worth of which one word is such."""

LEAST_NOUN_WORTH, LEAST_PHRASE_WORTH = 0.25, 0.2
"""What a word, and what a phrase is worth that never stands where nouns do."""

ADJECTIVE_WORTH, ADJECTIVE = 0.4, 0.5
"""What a word is worth that always stands at another's side as adjectives do, and from what share on that
lowers it."""

BOUND = 0.6
"""What so often stands in the phrase of a name is a part of that name: 'Green' of 'Bowling Green'."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """How many words of each term are names, fit any town's ideas, or are acronyms; and are there two?"""

    names: Numbers
    generics: Numbers
    acronyms: Numbers
    is_phrase: Flags

    @property
    def is_weak(self) -> Flags:
        """Whether the term hardly tells a subject."""
        return np.asarray((self.names > 0) | (self.generics == 1 + self.is_phrase))

    @property
    def worth(self) -> NDArray[np.float64]:
        common = np.where(self.generics > 0, GENERIC_WORTH, np.where(self.acronyms > 0, ACRONYM_WORTH, 1))
        alone = np.where(self.names > 0, NAME_WORTH, common)
        together = PHRASE_WORTH * np.choose(self.names, [1, PART_NAME_WORTH, NAME_WORTH])
        together = together * np.choose(self.generics, [1, PART_GENERIC_WORTH, GENERIC_WORTH])
        return np.where(self.is_phrase, together, alone)


def kinds_of(reading: Reading, first: Numbers, second: Numbers, count: Numbers) -> Kinds:
    """The kinds of the terms made of these stems, each of which stands `count` times."""
    forms = reading.forms
    name = proper_nouns(reading)
    is_phrase = second != NOTHING
    single = np.bincount(first[~is_phrase], count[~is_phrase], len(forms.stems))
    named = is_phrase & (name[first] | name[second])
    for part in (first, second):
        name[part[named & (count > BOUND * single[part])]] = True

    def words_that_are(such: Flags) -> Numbers:
        return np.asarray(such[first].astype(np.int64) + (is_phrase & such[second]))

    return Kinds(
        words_that_are(name),
        words_that_are(_stems(reading, forms.is_generic)),
        words_that_are(_stems(reading, forms.is_loud)),
        is_phrase,
    )


def likely_noun(
    reading: Reading, is_phrase: Flags, count: Numbers, nouns: Numbers, beside: Numbers
) -> NDArray[np.float64]:
    """What terms are worth by how often they stand where nouns do and where adjectives do; 1 where nobody can
    tell."""
    forms = reading.forms
    if forms.language in CAPITAL_NOUNS:
        share = nouns / np.maximum(count, 1)
    elif forms.before_noun.any():
        share = np.where(is_phrase, (nouns + 0.4) / (count + 1), (nouns + 1) / (count + 3))
    else:
        return np.ones(len(count))
    least = np.where(is_phrase, LEAST_PHRASE_WORTH, LEAST_NOUN_WORTH)
    likely = least + (1 - least) * np.minimum(2 * share, 1)
    excess = np.clip((beside / np.maximum(count, 1) - ADJECTIVE) / (1 - ADJECTIVE), 0, 1)
    return np.asarray(likely * (1 - (1 - ADJECTIVE_WORTH) * excess))


def _stems(reading: Reading, is_such: Flags) -> Flags:
    """The stems of which most words are such."""
    count = len(reading.forms.stems)
    such = np.bincount(reading.stem[is_such[reading.form]], minlength=count)
    return np.asarray(2 * such > np.bincount(reading.stem, minlength=count))
