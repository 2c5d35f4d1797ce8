"""Where words and phrases stand that could name something, and how much like nouns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.forms import ADJECTIVES_LAST, CAPITAL_NOUNS, Flags
from cocreation.analysis.reading import Numbers, Reading, after, before

NOTHING = -1
"""The second stem of a term that has one."""

MOST_LINKS = 2
"""Stop words inside a phrase: 'arbres dans la rue'."""

_PLAIN, _PASSING, _LINKED = 0.6, 0.1, 0.7
"""What a way to write a term counts where it is no noun, where its capitals come from opening a sentence or
from shouting, and where it has stop words inside."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Each time a term stands somewhere: its two stems, its first word and how many words, and how well it is
    written there (`weight`); whether as a noun, and whether at another word's side as adjectives are."""

    first: Numbers
    second: Numbers
    start: Numbers
    length: Numbers
    weight: NDArray[np.float64]
    is_noun: Flags
    is_beside: Flags

    def sorted_by(self, term: Numbers) -> "Occurrences":
        order = np.argsort(term, kind="stable")
        return Occurrences(*(getattr(self, column.name)[order] for column in fields(self)))


def occurrences(reading: Reading) -> Occurrences:
    """All words that say something, and all phrases of two of them."""
    return _joined([_words(reading), *_phrases(reading)])


def _words(reading: Reading) -> Occurrences:
    start = np.flatnonzero(reading.is_telling)
    nouns = _nouns(reading, start, start)
    nothing, one = np.full(len(start), NOTHING), np.ones_like(start)
    weight = np.where(reading.passing[start], _PASSING, np.where(nouns, 1, _PLAIN))
    return Occurrences(reading.stem[start], nothing, start, one, weight, nouns, _beside(reading)[start])


def _phrases(reading: Reading) -> Iterator[Occurrences]:
    """Two words that say something, side by side or with at most MOST_LINKS stop words between."""
    telling, follows = reading.is_telling, reading.follows
    links, articles = reading.forms.links[reading.form], reading.forms.is_article[reading.form]
    begun = telling
    for between in range(MOST_LINKS + 1):
        # Where a phrase may end that began so many words before, all of them side by side.
        begun = after(begun) & follows
        end = np.flatnonzero(begun & telling)
        begun = begun & (links | articles if between else links)
        start = end - between - 1
        differ = reading.stem[start] != reading.stem[end]
        start, end = start[differ], end[differ]
        nouns = _nouns(reading, start, end)
        passing = reading.passing[start] | reading.passing[end]
        weight = np.where(passing, _PASSING, np.where(nouns, 1, _PLAIN)) * (_LINKED if between else 1)
        length, beside = np.full(len(start), between + 2), np.zeros(len(start), dtype=bool)
        yield Occurrences(reading.stem[start], reading.stem[end], start, length, weight, nouns, beside)


def _nouns(reading: Reading, start: Numbers, end: Numbers) -> Flags:
    """Whether what reads from start to end stands where nouns do: after an article or the like, perhaps with
    a word between, and in languages that put adjectives first, not before one more word."""
    telling, follows, forms = reading.is_telling, reading.follows, reading.forms
    if forms.language in CAPITAL_NOUNS:
        says_nothing = reading.passing[end] & (start == end)
        return np.asarray(forms.is_capital[reading.form[end]] & ~says_nothing)
    article = after(forms.before_noun[reading.form]) & follows
    if forms.language in ADJECTIVES_LAST:
        return np.asarray(article[start])
    is_after = article[start] | (after(article & telling) & follows)[start]
    return np.asarray(is_after & ~before(telling & follows)[end])


def _beside(reading: Reading) -> Flags:
    """Where an adjective stands at its noun: before another word that says something; in French after it."""
    telling, follows = reading.is_telling, reading.follows
    if reading.forms.language in ADJECTIVES_LAST:
        return np.asarray(after(telling) & follows)
    return np.asarray(before(telling & follows))


def _joined(found: Sequence[Occurrences]) -> Occurrences:
    columns = [field.name for field in fields(Occurrences)]
    return Occurrences(*(np.concatenate([getattr(each, name) for each in found]) for name in columns))
