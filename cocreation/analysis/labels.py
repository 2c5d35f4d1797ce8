"""Names for themes, in words that people wrote."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.centring import unit
from cocreation.analysis.communities import ALONE, Groups
from cocreation.analysis.forms import is_abuse
from cocreation.analysis.keywords import KEYWORDS, Candidates, keywords_of, sharpened, unlike
from cocreation.analysis.representation import Meaning, centred
from cocreation.analysis.terms import Term, stems_of, telling_terms
from cocreation.analysis.text import words
from cocreation.analysis.vocabulary import Stems, Vocabulary, vocabularies_of
from cocreation.ideas.ids import Language

SEPARATOR = " · "
LABEL_PARTS = 3
LABEL_WORDS = 4
FEWEST_WORDS = 2

LEAST_IDEAS, LARGE_SHARE, LEAST_SHARE = 8, 0.25, 0.15
"""So many ideas in the town's own language, or so large a share, are enough to name a theme in it, if they
are at least the last share."""

FEWEST_SPOKEN = 3
"""A language that so few ideas of a theme have gives it no keywords."""

MOST_LANGUAGES = 8

LEAST_APT = 0.05
"""A term that means less of what its theme means is a word that the ideas happen to share."""

APTNESS = 1.5
"""The power of meaning the same beside telling the theme from others."""

LEAST_PART = 0.2
"""What a part of a label tells at least, beside the first, where the others already make a name."""


FEWEST_TELLING, LEAST_TELLING = 2, 0.05
"""Before a place's name go the terms of so many ideas of a theme, or such a share, if they make a name."""

USUAL = 0.15
"""And any that such a share of them has."""


@dataclass(frozen=True, slots=True)
class Naming:
    """The label of a theme, and its keywords, the most telling first: in the language of the label, and in
    every language that a few of the ideas have."""

    label: str
    keywords: tuple[str, ...]
    keywords_of: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)


def name_themes(
    texts: Sequence[str],
    languages: Sequence[Language],
    groups: Groups,
    scores: NDArray[np.float64],
    *,
    kept: Mapping[int, str],
    given: Mapping[int, str] | None = None,
    meaning: Meaning | None,
    preferred: Language | None = None,
    vocabularies: Mapping[Language, Vocabulary] | None = None,
    most_languages: int = MOST_LANGUAGES,
) -> list[Naming]:
    """A naming per group, in the `preferred` language where enough of its ideas have it, else in the one that
    most have; no two labels alike.

    `scores` say how central each text is, `kept` the labels of earlier runs, which stay as long as they fit,
    `given` those of facilitators, which always stay.
    Of the terms that tell a group from the others, those are taken that are near to it in `meaning`.
    Who names several groupings of the same texts gives their `vocabularies`, which are what takes time. A
    group has keywords in at most `most_languages`.
    """
    count = int(groups.max(initial=ALONE)) + 1
    codes = np.array(languages)
    spoken = [_spoken(codes[groups == group], preferred)[:most_languages] for group in range(count)]
    found = {
        language: {
            group: Candidates(language, each, terms)
            for group, terms in telling_terms(each, groups, scores, _speaking(spoken, language)).items()
        }
        for language, each in (vocabularies or vocabularies_of(texts, languages)).items()
    }
    usual = [found[own[0]][group] for group, own in enumerate(spoken)]
    apt = usual if meaning is None else _apt(usual, groups, meaning)
    stay = {
        group: label
        for group, label in kept.items()
        if _fits(label, [found[language][group] for language in spoken[group]])
    }
    stay = _each_once(stay, given or {})
    taken = {label.casefold() for label in stay.values()}
    said: set[str] = set()
    namings = []
    for group, own in enumerate(spoken):
        terms = _name_parts(apt[group], int((groups == group).sum()))
        label = stay.get(group) or _label(terms or [_any_word(texts, languages, groups == group)], taken)
        taken.add(label.casefold())
        keywords = {language: keywords_of(found[language][group]) for language in own[1:]}
        keywords[own[0]] = keywords_of(apt[group], next(iter(terms), None), said) or (label,)
        said.update(keyword.casefold() for keyword in keywords[own[0]])
        namings.append(Naming(label, keywords[own[0]], {language: keywords[language] for language in own}))
    return namings


def _spoken(languages: NDArray[np.str_], preferred: Language | None) -> list[Language]:
    """Of a group, the language to name it in, and the others that a few of its ideas have."""
    counts = Counter(map(Language, languages.tolist()))
    own = 0 if preferred is None else counts[preferred]
    enough = max(min(LEAST_IDEAS, LARGE_SHARE * counts.total()), LEAST_SHARE * counts.total())
    first = preferred if own >= enough else None
    order = sorted(counts, key=lambda language: (language != first, -counts[language], language))
    return order[:1] + [language for language in order[1:] if counts[language] >= FEWEST_SPOKEN]


def _each_once(kept: Mapping[int, str], given: Mapping[int, str]) -> dict[int, str]:
    """The given labels, and of the kept ones those that nobody has yet."""
    result, taken = dict(given), {label.casefold() for label in given.values()}
    for group, label in sorted(kept.items()):
        if group not in result and label.casefold() not in taken:
            result[group] = label
            taken.add(label.casefold())
    return result


def _speaking(spoken: Sequence[Sequence[Language]], language: Language) -> list[int]:
    return [group for group, own in enumerate(spoken) if language in own]


def _apt(found: Sequence[Candidates], groups: Groups, meaning: Meaning) -> list[Candidates]:
    """The candidates of each group in the order of what they tell and how near they are to its middle."""
    said = sorted({(each.language, term.form) for each in found for term in each.terms})
    if not said:
        return list(found)
    vectors = centred(meaning.encoder.encode([form for _, form in said]), [language for language, _ in said])
    row_of = {key: row for row, key in enumerate(said)}
    result = []
    for group, each in enumerate(found):
        middle = unit(meaning.vectors[groups == group].mean(axis=0, keepdims=True, dtype=np.float32))[0]
        own = vectors[[row_of[each.language, term.form] for term in each.terms]]
        near = (np.maximum(own @ middle, LEAST_APT) ** APTNESS).tolist()
        terms = [replace(term, value=term.value * apt) for term, apt in zip(each.terms, near, strict=True)]
        order = sorted(range(len(terms)), key=lambda row: (-terms[row].value, terms[row].stems))
        result.append(Candidates(each.language, each.vocabulary, [terms[row] for row in order], own[order]))
    return result


def _name_parts(found: Candidates, size: int) -> list[Term]:
    """What a name can be made of, best first; those that name a place or fit any town come last where the
    others make a name. A single word gives way to a phrase with it."""
    terms = unlike(sharpened(found), 2 * KEYWORDS)
    enough = max(FEWEST_TELLING, LEAST_TELLING * size)
    strong = [term for term in terms if not term.is_weak]
    if _length([term for term in strong if len(term.ideas) >= enough]) >= FEWEST_WORDS:
        terms = strong + [term for term in terms if term.is_weak]
    else:
        usual = [term for term in strong if len(term.ideas) >= USUAL * size]
        terms = usual + [term for term in terms if term not in usual]
    if _length(terms) < FEWEST_WORDS:
        return [term for term in found.terms if len(term.stems) > 1][:1] or list(found.terms)
    return terms


def _length(terms: Sequence[Term]) -> int:
    return sum(len(term.form.split()) for term in terms)


def _any_word(texts: Sequence[str], languages: Sequence[Language], is_here: NDArray[np.bool_]) -> Term:
    """What a theme of mere stop words is called: its most usual word."""
    forms = Counter(
        form
        for row in np.flatnonzero(is_here).tolist()
        for form, _, _ in words(texts[row], languages[row])
        if not is_abuse(form.casefold(), languages[row])
    )
    form = min(forms, key=lambda form: (-forms[form], form), default="…")
    return Term(0, (), form, frozenset(), 1.0)


def _fits(label: str, found: Sequence[Candidates]) -> bool:
    """Whether people still say half of what the label says, in one of the theme's languages."""
    parts = label.split(SEPARATOR)
    return any(
        2 * sum(stems_of(part, each.language) in _stems(each) for part in parts) >= len(parts)
        for each in found
    )


def _stems(found: Candidates) -> set[Stems]:
    return {term.stems for term in found.terms}


def _label(terms: Sequence[Term], taken: Collection[str]) -> str:
    """The first terms, as many as make two to four words; later ones where that name is taken."""
    used = {part for label in taken for part in label.split(SEPARATOR.casefold())}
    own = [term for term in terms if term.form.casefold() not in used] or list(terms)
    for start in range(1, len(own) + 1):
        label = _written(_parts([own[0], *own[start:]]))
        if label.casefold() not in taken:
            return label
    number = 2
    while f"{_written(own[:1])} {number}".casefold() in taken:
        number += 1
    return f"{_written(own[:1])} {number}"


def _parts(terms: Sequence[Term]) -> list[Term]:
    """The first terms that make a name together: LABEL_PARTS, LABEL_WORDS and LEAST_PART limit them."""
    parts: list[Term] = []
    count = 0
    for term in terms:
        length = len(term.form.split())
        is_weak = parts and term.value < LEAST_PART * parts[0].value
        if len(parts) == LABEL_PARTS or (is_weak and count >= FEWEST_WORDS):
            break
        if count + length <= LABEL_WORDS:
            parts.append(term)
            count += length
    return parts


def _written(parts: Sequence[Term]) -> str:
    label = SEPARATOR.join(term.form for term in parts)
    return label[:1].upper() + label[1:]
