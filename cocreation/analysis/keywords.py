"""Of the terms that tell a theme from the others: those that belong together and are unlike each other."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from cocreation.analysis.encoding import Vectors
from cocreation.analysis.terms import Term
from cocreation.analysis.vocabulary import Vocabulary
from cocreation.ideas.ids import Language

KEYWORDS, FEWEST_KEYWORDS, FEWEST_SHARED = 8, 4, 3

STARTS = 4
"""So many of the best terms are tried beside the first keyword."""

LEAST_TOGETHER = 0.0
"""Beyond the fewest (of all keywords, of those that several ideas share), a word that stands with the others
less than this is left out."""

COHERENCE, LITTLE = 3.0, 0.7
"""How much standing in the same ideas as the keywords before counts beside being telling."""

CHANCE = 1.0
"""Two words in so few ideas together may have met there by chance: half of it counts."""

FEWEST_IDEAS = 2
"""A word of a single idea is no keyword where enough others are."""

SAME_IDEAS = 0.7
"""Two words of which one stands this often beside the other say one thing."""

SAME_MEANING = 0.75
"""So do two whose cosine is this large."""

SAME_START = 5
"""And two that begin or end with so many letters alike, if that is most of the shorter one."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """The telling terms of a group in one language, best first, with what each means (None: nobody knows)."""

    language: Language
    vocabulary: Vocabulary
    terms: Sequence[Term]
    meanings: Vectors | None = None


@dataclass(frozen=True, slots=True)
class _Fit:
    """How much each term tells (0 to 1), and how often each two stand together (-1 to 1), which counts
    `coherence` times."""

    value: NDArray[np.float64]
    together: NDArray[np.float64]
    coherence: float


def sharpened(found: Candidates) -> Candidates:
    """The candidates, those before a word that are a compound with it and stand in most of its ideas."""
    order: list[int] = []
    for row, term in enumerate(found.terms):
        if row not in order:
            order += [*(at for at in _compounds(found.terms, term) if at not in order), row]
    meanings = None if found.meanings is None else found.meanings[order]
    return replace(found, terms=[found.terms[row] for row in order], meanings=meanings)


def _compounds(terms: Sequence[Term], part: Term) -> list[int]:
    return [
        row
        for row, term in enumerate(terms)
        if len(term.stems) == len(part.stems) == 1
        and term.stems != part.stems
        and term.stems[0].endswith(part.stems[0])
        and 2 * len(term.ideas) >= len(part.ideas)
    ]


def unlike(found: Candidates, count: int) -> list[Term]:
    """The best terms, each saying something of its own: maximal marginal relevance with a hard border."""
    chosen: list[int] = []
    for row in range(len(found.terms)):
        if len(chosen) == count:
            break
        if not any(_says_the_same(found, row, other) for other in chosen):
            chosen.append(row)
    return [found.terms[row] for row in chosen]


def keywords_of(found: Candidates, first: Term | None = None, taken: Collection[str] = ()) -> tuple[str, ...]:
    """The forms of at most KEYWORDS terms that tell most and stand together; `first` is one of them (else the
    best), and none is `taken` if enough are left (case-folded keywords of other themes).

    What stands together has a high normalised pointwise mutual information (Bouma 2009). The set grows from
    the first and each of the best beside it by the one that fits it best; the best set of all is taken.
    """
    terms = found.terms
    if not terms:
        return ()
    value = np.sqrt([term.value for term in terms])
    fit = _Fit(value / max(value.max(), 1e-9), _npmi(found), COHERENCE)
    every = range(len(terms))
    fresh = [row for row in every if terms[row].form.casefold() not in taken]
    left = fresh if len(fresh) >= FEWEST_KEYWORDS else list(every)
    start = [row for row in every if terms[row] is first] or left[:1]
    shared = [row for row in left if len(terms[row].ideas) >= FEWEST_IDEAS]
    beside = [row for row in shared if not _repeats(terms[row], terms[start[0]])]
    sets = [_grown(terms, [*start, row], shared, fit, FEWEST_SHARED) for row in beside[:STARTS]]
    best = max(sets, key=lambda rows: _merit(rows, fit), default=start)
    if len(best) < FEWEST_KEYWORDS:
        # Words of single ideas stand together because nobody else says them: that counts less.
        less = replace(fit, coherence=COHERENCE * LITTLE)
        best = _grown(terms, best, left, less, FEWEST_KEYWORDS)[:FEWEST_KEYWORDS]
    return tuple(terms[row].form for row in sorted(best, key=lambda row: -terms[row].value))


def _grown(
    terms: Sequence[Term], start: Sequence[int], among: Sequence[int], fit: _Fit, fewest: int
) -> list[int]:
    """The start and, one after the other, the rows that tell most and stand with those before them."""
    chosen, left = list(start), [row for row in among if row not in start]
    while left and len(chosen) < KEYWORDS:
        near = fit.together[np.ix_(left, chosen)].mean(axis=1)
        at = int(np.argmax(fit.value[left] + fit.coherence * near))
        if len(chosen) >= fewest and near[at] < LEAST_TOGETHER:
            break
        row = left.pop(at)
        if not any(_repeats(terms[row], terms[other]) for other in chosen):
            chosen.append(row)
    return chosen


def _merit(rows: Sequence[int], fit: _Fit) -> float:
    pairs = fit.together[np.ix_(rows, rows)][np.triu_indices(len(rows), 1)]
    return float(fit.value[rows].mean() + fit.coherence * (pairs.mean() if len(pairs) else -1))


def _npmi(found: Candidates) -> NDArray[np.float64]:
    """Normalised pointwise mutual information of each two forms over all ideas of the language."""
    where = [found.vocabulary.where(term.number) for term in found.terms]
    columns = np.repeat(np.arange(len(where)), [len(rows) for rows in where])
    shape = (len(found.vocabulary.rows), len(where))
    rows = np.concatenate([np.empty(0, dtype=np.int64), *where])
    stands = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)
    both = np.asarray((stands.T @ stands).toarray()) / shape[0]
    single = np.maximum(np.diag(both), 1e-12)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(both / np.outer(single, single)) / -np.log(both)
    count = both * shape[0]
    value = np.nan_to_num(value, nan=1.0, posinf=1.0) * np.where(value > 0, count / (count + CHANCE), 1)
    return np.where(both > 0, value, -1.0)


def _says_the_same(found: Candidates, row: int, other: int) -> bool:
    one, two = found.terms[row], found.terms[other]
    if _repeats(one, two):
        return True
    shared = len(one.ideas & two.ideas)
    if shared > 1 and shared > SAME_IDEAS * min(len(one.ideas), len(two.ideas)):
        return True
    meanings = found.meanings
    return meanings is not None and float(meanings[row] @ meanings[other]) > SAME_MEANING


def _repeats(one: Term, two: Term) -> bool:
    """Whether a word of the one is a word of the other, or inside it."""
    own, others = ([part for stem in term.stems for part in stem.split("-")] for term in (one, two))
    return any(_are_alike(a, b) for a in own for b in others)


@lru_cache(maxsize=200_000)
def _are_alike(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    if a == b or (shorter > 3 and (a in b or b in a)):
        return True
    shared = max(_common_start(a, b), _common_start(a[::-1], b[::-1]))
    return shared >= SAME_START and 2 * shared > shorter


def _common_start(a: str, b: str) -> int:
    return next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
