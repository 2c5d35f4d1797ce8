"""What the ideas of one language say: words and phrases, where they are, how people write them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from cocreation.analysis.forms import GLUING
from cocreation.analysis.phrases import NOTHING, Occurrences, occurrences
from cocreation.analysis.reading import Numbers, Reading, read
from cocreation.analysis.worth import Kinds, kinds_of, likely_noun
from cocreation.ideas.ids import Language

Stems = tuple[str, ...]
"""A term: one stem, or two of a phrase."""

SMALLEST_HEAD, SMALLEST_REST, FEWEST_COMPOUNDS = 4, 3, 3
"""Letters of the last part of a compound, which says what kind of thing it is, and of what stands before it;
and so many compounds show that it is a part at all."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which term (column) stands in which idea (row, numbering the corpus by `rows`).

    `own` has the words themselves, `stands` those inside compounds too. `first` and `second` number the stems
    of a term; `worth` is what it says of a subject by its kind. `begins` counts the `occurrences` of the
    terms before.
    """

    rows: Numbers
    reading: Reading
    first: Numbers
    second: Numbers
    kinds: Kinds
    worth: NDArray[np.float64]
    own: csr_matrix
    stands: csr_matrix
    occurrences: Occurrences
    begins: Numbers
    _found: dict[int, tuple[str, Numbers]] = field(default_factory=dict, compare=False)

    def stems(self, term: int) -> Stems:
        every = self.reading.forms.stems
        pair = (int(self.first[term]), int(self.second[term]))
        return tuple(every[number] for number in pair if number != NOTHING)

    def form(self, term: int) -> str:
        """The term as people write it: best as a noun inside a sentence, else as most do."""
        return self._usual(term)[0]

    def where(self, term: int) -> Numbers:
        """The ideas (rows) in which the term is written in that form, give or take capitals."""
        return self._usual(term)[1]

    def _usual(self, term: int) -> tuple[str, Numbers]:
        if term not in self._found:
            counts: Counter[str] = Counter()
            weights = self.occurrences.weight[self.begins[term] : self.begins[term + 1]]
            written = list(self._written(term))
            for (_, form), weight in zip(written, weights.tolist(), strict=True):
                counts[form] += weight
            best = max(sorted(counts), key=counts.__getitem__)
            wanted = best.casefold()
            starts = [start for start, form in written if form.casefold() == wanted]
            self._found[term] = best, np.unique(self.reading.text[starts])
        return self._found[term]

    def _written(self, term: int) -> Iterator[tuple[int, str]]:
        found = slice(self.begins[term], self.begins[term + 1])
        every, form = self.reading.forms.written, self.reading.form
        lengths = self.occurrences.length[found].tolist()
        for start, length in zip(self.occurrences.start[found].tolist(), lengths, strict=True):
            words = [every[number] for number in form[start : start + length].tolist()]
            yield start, "".join(word if word.endswith("'") else f"{word} " for word in words).strip()


def vocabularies_of(texts: Sequence[str], languages: Sequence[Language]) -> dict[Language, Vocabulary]:
    return {language: vocabulary_of(texts, languages, language) for language in sorted(set(languages))}


def vocabulary_of(texts: Sequence[str], languages: Sequence[Language], language: Language) -> Vocabulary:
    rows = np.flatnonzero(np.array(languages) == language)
    reading = read([texts[row] for row in rows.tolist()], language)
    found = occurrences(reading)
    base = len(reading.forms.stems) + 1
    keys, term = np.unique(found.first * base + found.second + 1, return_inverse=True)
    first, second = keys // base, keys % base - 1
    count, nouns, beside = (
        np.bincount(term, weights, len(keys)).astype(np.int64)
        for weights in (None, found.is_noun, found.is_beside)
    )
    kinds = kinds_of(reading, first, second, count)
    own = _ones(reading.text[found.start], term, (len(rows), len(keys)))
    return Vocabulary(
        rows,
        reading,
        first,
        second,
        kinds,
        kinds.worth * likely_noun(reading, kinds.is_phrase, count, nouns, beside),
        own,
        own + own @ _last_parts(reading, first, second),
        found.sorted_by(term),
        np.append(0, np.cumsum(count)),
    )


def _last_parts(reading: Reading, first: Numbers, second: Numbers) -> csr_matrix:
    """Which term (row) is a compound that ends with which (column): a 'moestuin' is a 'tuin'."""
    stems = reading.forms.stems
    single = np.flatnonzero(second == NOTHING) if reading.forms.language in GLUING else first[:0]
    column = {stems[number]: term for term, number in zip(single.tolist(), first[single], strict=True)}
    pairs = [
        (whole, column[stem[cut:]])
        for stem, whole in column.items()
        for cut in range(SMALLEST_REST, len(stem) - SMALLEST_HEAD + 1)
        if stem[cut:] in column
    ]
    compounds = Counter(part for _, part in pairs)
    glued = np.array([pair for pair in pairs if compounds[pair[1]] >= FEWEST_COMPOUNDS], dtype=np.int64)
    wholes, parts = glued.reshape(-1, 2).T
    return _ones(wholes, parts, (len(first), len(first)))


def _ones(row: Numbers, column: Numbers, shape: tuple[int, int]) -> csr_matrix:
    """Ones where a row and a column meet, however often."""
    matrix = csr_matrix((np.ones(len(row), dtype=np.float32), (row, column)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix
