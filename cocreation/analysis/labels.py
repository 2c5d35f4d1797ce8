"""Names for themes, in words that people wrote."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from cocreation.analysis.communities import ALONE, Groups
from cocreation.analysis.text import Token, is_stop_word, tokens
from cocreation.ideas.ids import Language

SEPARATOR = " · "
KEYWORDS = 8
LABEL_WORDS = 4
SECOND_LEAST = 0.35
"""A further part of a label weighs at least this share of the first."""

PAIR_BONUS = 1.6
"""'Public transport' says more than 'transport', which stands in more ideas."""

SAME_IDEAS = 0.7
"""Two words of which one stands this often beside the other say one thing."""

_IN_PASSING = 0.1
"""What a form counts when its capitals come from opening a sentence or from shouting."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Keywords of a theme, the most telling first, and the label made of them."""

    label: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """What the ideas of one language say: which of `terms` stands in which idea (rows), and its spelling."""

    rows: NDArray[np.int64]
    terms: Sequence[tuple[str, ...]]
    stands: csr_matrix
    forms: Mapping[tuple[str, ...], str]


def name_themes(
    texts: Sequence[str],
    languages: Sequence[Language],
    groups: Groups,
    scores: NDArray[np.float64],
    kept: Mapping[int, str],
) -> list[Naming]:
    """A naming per group, in the language that most of its ideas have; no two labels alike.

    `scores` say how central each text is, `kept` the labels of earlier runs, which stay as long as they fit.
    Terms are weighted by class-based TF-IDF (Grootendorst, arXiv:2203.05794) over ideas instead of words.
    """
    spoken = {language: _read(texts, languages, language) for language in sorted(set(languages))}
    taken = {label.casefold() for label in kept.values()}
    namings = []
    for group in range(groups.max(initial=ALONE) + 1):
        language = _language_of(languages, groups == group)
        ranked = _ranked_terms(spoken[language], groups, scores, group)
        keywords = tuple(term for term in ranked) or (_any_words(texts, languages, groups == group),)
        label = kept.get(group)
        if label is None or not _fits(label, keywords):
            label = _label(keywords, taken)
        taken.add(label.casefold())
        namings.append(Naming(label, keywords[:KEYWORDS]))
    return namings


def _language_of(languages: Sequence[Language], is_here: NDArray[np.bool_]) -> Language:
    counts = Counter(language for language, here in zip(languages, is_here, strict=True) if here)
    return min(counts, key=lambda language: (-counts[language], language))


def _read(texts: Sequence[str], languages: Sequence[Language], language: Language) -> _Words:
    rows = [row for row, own in enumerate(languages) if own == language]
    numbers: dict[tuple[str, ...], int] = {}
    written: dict[tuple[str, ...], Counter[str]] = {}
    row_of, term_of = [], []
    for position, row in enumerate(rows):
        found = set()
        for term, form, weight in _terms(tokens(texts[row], language), language):
            written.setdefault(term, Counter())[form] += weight  # type: ignore[assignment]
            found.add(numbers.setdefault(term, len(numbers)))
        row_of += [position] * len(found)
        term_of += sorted(found)
    shape = (len(rows), len(numbers))
    stands = csr_matrix((np.ones(len(row_of)), (row_of, term_of)), shape=shape)
    forms = {term: max(sorted(counts), key=counts.__getitem__) for term, counts in written.items()}
    return _Words(np.array(rows, dtype=np.int64), list(numbers), stands, forms)


def _terms(words: Sequence[Token], language: Language) -> Iterator[tuple[tuple[str, ...], str, float]]:
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


def _ranked_terms(words: _Words, groups: Groups, scores: NDArray[np.float64], group: int) -> Iterator[str]:
    """The group's most telling terms as people write them, best first, each saying something of its own."""
    here = groups[words.rows] == group
    inside = words.stands[here]
    count = np.asarray(inside.sum(axis=0)).ravel()
    weight = scores[words.rows][here] @ inside / max(scores[words.rows][here].sum(), 1e-9)
    in_all = np.asarray(words.stands.sum(axis=0)).ravel()
    usual = len(words.rows) / (groups.max() + 2)
    value = weight * np.log1p(usual / np.maximum(in_all, 1))
    value *= [PAIR_BONUS if len(term) > 1 else 1.0 for term in words.terms]
    value[count < min(2, count.max(initial=0))] = 0
    yield from _diverse(words, inside.tocsc(), value)


def _diverse(words: _Words, inside: csr_matrix, value: NDArray[np.float64]) -> Iterator[str]:
    chosen: list[tuple[tuple[str, ...], set[int]]] = []
    order = sorted(
        np.flatnonzero(value > 0).tolist(), key=lambda number: (-value[number], words.terms[number])
    )
    for number in order[: 12 * KEYWORDS]:
        term = words.terms[number]
        ideas = set(inside[:, [number]].nonzero()[0].tolist())
        if any(_says_the_same(term, ideas, *other) for other in chosen):
            continue
        chosen.append((term, ideas))
        yield words.forms[term]
        if len(chosen) == 2 * KEYWORDS:
            return


def _says_the_same(
    term: tuple[str, ...], ideas: set[int], other: tuple[str, ...], other_ideas: set[int]
) -> bool:
    if any(a in b or b in a for a in term for b in other if min(len(a), len(b)) > 3 or a == b):
        return True
    return len(ideas & other_ideas) > SAME_IDEAS * min(len(ideas), len(other_ideas))


def _any_words(texts: Sequence[str], languages: Sequence[Language], is_here: NDArray[np.bool_]) -> str:
    """What a theme of mere stop words is called: its most usual word."""
    forms = Counter(
        token.form for row in np.flatnonzero(is_here).tolist() for token in tokens(texts[row], languages[row])
    )
    return min(forms, key=lambda form: (-forms[form], form), default="…")


def _fits(label: str, keywords: Collection[str]) -> bool:
    known = {keyword.casefold() for keyword in keywords}
    return all(part.casefold() in known for part in label.split(SEPARATOR))


def _label(keywords: Sequence[str], taken: Collection[str]) -> str:
    """The first keywords, as many as make two to four words; later ones where that name is taken."""
    head = keywords[0]
    for start in range(1, len(keywords)):
        label = _compose(head, keywords[start:])
        if label.casefold() not in taken:
            return label
    plain = head[:1].upper() + head[1:]
    number = 1
    while plain.casefold() in taken:
        number += 1
        plain = f"{head[:1].upper()}{head[1:]} {number}"
    return plain


def _compose(head: str, others: Sequence[str]) -> str:
    parts = [head]
    words = len(head.split())
    for other in others:
        length = len(other.split())
        if len(parts) == 3 or words + length > LABEL_WORDS:
            break
        parts.append(other)
        words += length
    label = SEPARATOR.join(parts)
    return label[:1].upper() + label[1:]
