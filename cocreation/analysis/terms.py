"""The words of which the names of themes are made, and how much each says."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from cocreation.analysis.communities import Groups
from cocreation.analysis.text import Token, is_stop_word, tokens
from cocreation.ideas.ids import Language

Stems = tuple[str, ...]
"""A term: one stem, or two that stand side by side."""

CANDIDATES = 60

PAIR_BONUS = 1.6
"""'Public transport' says more than 'transport', which stands in more ideas."""

SAID_ONCE = 0.5
"""What a word counts that a single idea of the theme holds; a pair counts nothing then."""

_IN_PASSING = 0.1
"""What a form counts when its capitals come from opening a sentence or from shouting."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term as people write it, the ideas of the theme in which it stands, and how much it says there."""

    stems: Stems
    form: str
    ideas: frozenset[int]
    value: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the ideas of one language say: which of `terms` stands in which idea (rows), and its spelling."""

    rows: NDArray[np.int64]
    terms: Sequence[Stems]
    stands: csr_matrix
    forms: Mapping[Stems, str]


def vocabulary_of(texts: Sequence[str], languages: Sequence[Language], language: Language) -> Vocabulary:
    rows = [row for row, own in enumerate(languages) if own == language]
    numbers: dict[Stems, int] = {}
    written: dict[Stems, Counter[str]] = {}
    row_of, term_of = [], []
    for position, row in enumerate(rows):
        found = set()
        for stems, form, weight in _terms(tokens(texts[row], language), language):
            written.setdefault(stems, Counter())[form] += weight  # type: ignore[assignment]
            found.add(numbers.setdefault(stems, len(numbers)))
        row_of += [position] * len(found)
        term_of += sorted(found)
    shape = (len(rows), len(numbers))
    stands = csr_matrix((np.ones(len(row_of)), (row_of, term_of)), shape=shape)
    forms = {stems: max(sorted(counts), key=counts.__getitem__) for stems, counts in written.items()}
    return Vocabulary(np.array(rows, dtype=np.int64), list(numbers), stands, forms)


def stems_of(label: str, language: Language) -> Stems:
    return tuple(token.stem for token in tokens(label, language) if not is_stop_word(token, language))


def telling_terms(
    vocabulary: Vocabulary, groups: Groups, scores: NDArray[np.float64], group: int
) -> list[Term]:
    """The terms that tell this group from the others, best first: class-based TF-IDF over ideas.

    `scores` say how central each text is. Source: Grootendorst, arXiv:2203.05794.
    """
    here = groups[vocabulary.rows] == group
    central = scores[vocabulary.rows][here]
    inside = vocabulary.stands[here].tocsc()
    count = np.asarray(inside.sum(axis=0)).ravel()
    in_all = np.maximum(np.asarray(vocabulary.stands.sum(axis=0)).ravel(), 1)
    usual = len(vocabulary.rows) / (groups.max() + 2)
    value = central @ inside / max(central.sum(), 1e-9) * np.log1p(usual / in_all) * np.sqrt(count / in_all)
    is_pair = np.array([len(stems) > 1 for stems in vocabulary.terms], dtype=bool)
    value *= np.where(is_pair, np.where(count > 1, PAIR_BONUS, 0), np.where(count > 1, 1, SAID_ONCE))
    order = sorted(
        np.flatnonzero(value > 0).tolist(), key=lambda number: (-value[number], vocabulary.terms[number])
    )
    return [
        Term(
            stems := vocabulary.terms[number],
            vocabulary.forms[stems],
            frozenset(inside[:, [number]].nonzero()[0].tolist()),
            float(value[number]),
        )
        for number in order[:CANDIDATES]
    ]


def _terms(words: Sequence[Token], language: Language) -> Iterator[tuple[Stems, str, float]]:
    """Each word that says something, and each two of them in a row: stems, written form, its weight."""
    before: Token | None = None
    for word in words:
        if is_stop_word(word, language):
            before = None
            continue
        yield (word.stem,), word.form, _IN_PASSING if _is_in_passing(word) else 1.0
        if before is not None and word.follows and before.stem != word.stem:
            weight = _IN_PASSING if _is_in_passing(before) or _is_in_passing(word) else 1.0
            yield (before.stem, word.stem), f"{before.form} {word.form}", weight
        before = word


def _is_in_passing(word: Token) -> bool:
    return word.opens or (len(word.form) > 3 and word.form.isupper())
