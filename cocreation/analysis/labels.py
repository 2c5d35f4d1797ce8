"""Names for themes, in words that people wrote."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.communities import ALONE, Groups
from cocreation.analysis.encoding import Vectors
from cocreation.analysis.representation import Meaning, centred, unit
from cocreation.analysis.terms import Stems, Term, stems_of, telling_terms, vocabulary_of
from cocreation.analysis.text import tokens
from cocreation.ideas.ids import Language

SEPARATOR = " · "
KEYWORDS = 8
LABEL_PARTS = 3
LABEL_WORDS = 4

LEAST_IDEAS, LEAST_SHARE = 8, 0.15
"""So many ideas in the town's own language, and such a share, are enough to name a theme in it."""

LEAST_APT = 0.05
"""A term that means less of what its theme means is a word that the ideas happen to share."""

SAME_IDEAS = 0.7
"""Two words of which one stands this often beside the other say one thing."""

SAME_MEANING = 0.75
"""So do two whose cosine is this large."""


@dataclass(frozen=True, slots=True)
class Naming:
    """Keywords of a theme, the most telling first, and the label made of them."""

    label: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidates:
    """The telling terms of a group in one language, best first, with what each means (None: nobody knows)."""

    language: Language
    terms: Sequence[Term]
    meanings: Vectors | None = None


def name_themes(
    texts: Sequence[str],
    languages: Sequence[Language],
    groups: Groups,
    scores: NDArray[np.float64],
    *,
    kept: Mapping[int, str],
    meaning: Meaning | None,
    preferred: Language | None = None,
) -> list[Naming]:
    """A naming per group, in the `preferred` language where enough of its ideas have it, else in the one that
    most have; no two labels alike.

    `scores` say how central each text is, `kept` the labels of earlier runs, which stay as long as they fit.
    Of the terms that tell a group from the others, those are taken that are near to it in `meaning`.
    """
    spoken = {language: vocabulary_of(texts, languages, language) for language in sorted(set(languages))}
    everywhere = range(groups.max(initial=ALONE) + 1)
    candidates = {
        group: [
            _Candidates(language, telling_terms(spoken[language], groups, scores, group))
            for language in _languages_of(languages, groups == group, preferred)
        ]
        for group in everywhere
    }
    usual = [candidates[group][0] for group in everywhere]
    apt = usual if meaning is None else _apt(usual, groups, meaning)
    stay = {group: label for group, label in kept.items() if _fits(label, candidates[group])}
    taken = {label.casefold() for label in stay.values()}
    namings = []
    for group in everywhere:
        keywords = _diverse(apt[group]) or (_any_words(texts, languages, groups == group),)
        label = stay.get(group) or _label(keywords, taken)
        taken.add(label.casefold())
        namings.append(Naming(label, keywords[:KEYWORDS]))
    return namings


def _languages_of(
    languages: Sequence[Language], is_here: NDArray[np.bool_], preferred: Language | None
) -> list[Language]:
    """Of a group, the language to name it in first."""
    counts = Counter(language for language, here in zip(languages, is_here, strict=True) if here)
    own = 0 if preferred is None else counts[preferred]
    first = preferred if own >= max(LEAST_IDEAS, LEAST_SHARE * counts.total()) else None
    return sorted(counts, key=lambda language: (language != first, -counts[language], language))


def _apt(found: Sequence[_Candidates], groups: Groups, meaning: Meaning) -> list[_Candidates]:
    """The candidates of each group in the order of what they tell and how near they are to its middle."""
    said = sorted({(each.language, term.form) for each in found for term in each.terms})
    if not said:
        return list(found)
    vectors = centred(meaning.encoder.encode([form for _, form in said]), [language for language, _ in said])
    row_of = {key: row for row, key in enumerate(said)}
    result = []
    for group, each in enumerate(found):
        middle = unit(meaning.vectors[groups == group].mean(axis=0, keepdims=True))[0]
        own = vectors[[row_of[each.language, term.form] for term in each.terms]]
        apt = own @ middle
        terms = [
            replace(term, value=term.value * near)
            for term, near in zip(each.terms, apt.tolist(), strict=True)
        ]
        order = sorted(range(len(terms)), key=lambda row: (-terms[row].value, terms[row].stems))
        kept = [row for row in order if apt[row] >= LEAST_APT] or order
        result.append(_Candidates(each.language, [terms[row] for row in kept], own[kept]))
    return result


def _diverse(found: _Candidates) -> tuple[str, ...]:
    """The forms of the best terms, each saying something of its own."""
    chosen: list[int] = []
    for row, term in enumerate(found.terms):
        if len(chosen) == 2 * KEYWORDS:
            break
        if any(_says_the_same(term, found.terms[other]) for other in chosen):
            continue
        if found.meanings is not None and chosen:
            likeness = found.meanings[chosen] @ found.meanings[row]
            if likeness.max() > SAME_MEANING:
                continue
        chosen.append(row)
    return tuple(found.terms[row].form for row in chosen)


def _says_the_same(term: Term, other: Term) -> bool:
    pairs = [(a, b) for a in term.stems for b in other.stems]
    if any(a in b or b in a for a, b in pairs if min(len(a), len(b)) > 3 or a == b):
        return True
    shared = len(term.ideas & other.ideas)
    return shared > 1 and shared > SAME_IDEAS * min(len(term.ideas), len(other.ideas))


def _any_words(texts: Sequence[str], languages: Sequence[Language], is_here: NDArray[np.bool_]) -> str:
    """What a theme of mere stop words is called: its most usual word."""
    forms = Counter(
        token.form for row in np.flatnonzero(is_here).tolist() for token in tokens(texts[row], languages[row])
    )
    return min(forms, key=lambda form: (-forms[form], form), default="…")


def _fits(label: str, found: Sequence[_Candidates]) -> bool:
    """Whether people still say half of what the label says, in one of the theme's languages."""
    parts = label.split(SEPARATOR)
    return any(
        2 * sum(stems_of(part, each.language) in _stems(each) for part in parts) >= len(parts)
        for each in found
    )


def _stems(found: _Candidates) -> set[Stems]:
    return {term.stems for term in found.terms}


def _label(keywords: Sequence[str], taken: Collection[str]) -> str:
    """The first keywords, as many as make two to four words; later ones where that name is taken."""
    used = {part for label in taken for part in label.split(SEPARATOR.casefold())}
    own = [keyword for keyword in keywords if keyword.casefold() not in used] or keywords
    head = own[0]
    for start in range(1, len(own) + 1):
        label = _compose(head, own[start:])
        if label.casefold() not in taken:
            return label
    number = 2
    while f"{_compose(head, ())} {number}".casefold() in taken:
        number += 1
    return f"{_compose(head, ())} {number}"


def _compose(head: str, others: Sequence[str]) -> str:
    parts = [head]
    words = len(head.split())
    for other in others:
        length = len(other.split())
        if len(parts) == LABEL_PARTS or words + length > LABEL_WORDS:
            break
        parts.append(other)
        words += length
    label = SEPARATOR.join(parts)
    return label[:1].upper() + label[1:]
