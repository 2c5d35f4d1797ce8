"""The terms that tell a theme from the others."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from cocreation.analysis.communities import Groups
from cocreation.analysis.text import is_stop_word, stem, words
from cocreation.analysis.vocabulary import Stems, Vocabulary
from cocreation.ideas.ids import Language

CANDIDATES = 30

SAID_ONCE = 0.3
"""What a word counts that a single idea of the theme holds; a phrase counts nothing then."""

ELSEWHERE = 10.0
"""So many ideas that say nothing are imagined outside: what few say may be rare there by chance."""

LEAST_DIFFERENCE = 0.01


@dataclass(frozen=True, slots=True)
class Term:
    """A term as people write it, the ideas of the theme in which it stands, and how much it says there.

    `number` is its column in the vocabulary, `ideas` are rows of it. It `is_weak` if it hardly tells
    a subject.
    """

    number: int
    stems: Stems
    form: str
    ideas: frozenset[int]
    value: float
    is_weak: bool = False


def telling_terms(
    vocabulary: Vocabulary, groups: Groups, scores: NDArray[np.float64], wanted: Collection[int]
) -> dict[int, list[Term]]:
    """For each of the `wanted` groups the terms that tell it from the others, best first.

    A term's value is its share of the divergence between what is said here and elsewhere, p log(p / q), where
    p is the part of the group's ideas that have it, weighted by `scores` (how central an idea is), and q the
    part of the ideas elsewhere: class-based TF-IDF (Grootendorst, arXiv:2203.05794) for short texts, where a
    rare word must not win for being rare. What another group says more often counts less.
    """
    own_group = groups[vocabulary.rows]
    here = np.flatnonzero(own_group >= 0)
    count = int(groups.max(initial=-1)) + 1
    shape = (count, len(vocabulary.rows))
    central = csr_matrix((scores[vocabulary.rows][here] + 1e-3, (own_group[here], here)), shape=shape)
    member = csr_matrix((np.ones(len(here)), (own_group[here], here)), shape=shape)
    sizes = np.maximum(np.asarray(member.sum(axis=1)).ravel(), 1)
    weights = np.maximum(np.asarray(central.sum(axis=1)).ravel(), 1e-9)
    present = (vocabulary.stands > 0).astype(np.float64)
    counts, weighted, own = member @ present, central @ present, (member @ vocabulary.own).tocsr()
    in_all = np.asarray(present.sum(axis=0)).ravel()
    rates = csr_matrix(counts.multiply(1 / sizes[:, None]))
    highest = rates.max(axis=0).toarray().ravel() if count else in_all
    result = {}
    for group in wanted:
        terms = np.flatnonzero(np.asarray(own[[group]].toarray()).ravel())
        said = np.asarray(counts[[group]][:, terms].toarray()).ravel()
        p = np.asarray(weighted[[group]][:, terms].toarray()).ravel() / weights[group]
        q = (in_all[terms] - said + 1) / (len(vocabulary.rows) - sizes[group] + ELSEWHERE)
        value = p * np.maximum(np.log(p / q), LEAST_DIFFERENCE) * vocabulary.worth[terms]
        value *= said / sizes[group] / highest[terms]
        # Letters that stand for the town are everywhere, those that stand for the subject are here.
        value *= np.where(vocabulary.kinds.acronyms[terms] > 0, said / in_all[terms], 1)
        value *= np.where(said > 1, 1, np.where(vocabulary.kinds.is_phrase[terms], 0, SAID_ONCE))
        result[group] = _best(vocabulary, np.flatnonzero(own_group == group), terms, value)
    return result


def _best(
    vocabulary: Vocabulary, rows: NDArray[np.int64], terms: NDArray[np.int64], value: NDArray[np.float64]
) -> list[Term]:
    order = sorted(
        np.flatnonzero(value > 0).tolist(), key=lambda at: (-value[at], vocabulary.stems(int(terms[at])))
    )[:CANDIDATES]
    inside = vocabulary.stands[rows][:, terms[order]].tocsc()
    return [
        Term(
            number := int(terms[at]),
            vocabulary.stems(number),
            vocabulary.form(number),
            frozenset(rows[inside.indices[inside.indptr[column] : inside.indptr[column + 1]]].tolist()),
            float(value[at]),
            bool(vocabulary.kinds.is_weak[number]),
        )
        for column, at in enumerate(order)
    ]


def stems_of(label: str, language: Language) -> Stems:
    forms = [form for form, _, _ in words(label, language) if not is_stop_word(form, language)]
    return tuple(stem(form.casefold(), language) for form in forms)
