"""What is known of a word by how it is written: lists of the language, and its capitals."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from babel import Locale, UnknownLocaleError
from numpy.typing import NDArray

from cocreation.analysis.text import is_stop_word, stem
from cocreation.ideas.ids import Language

Flags = NDArray[np.bool_]

ENGLISH = Language("en")
_TURN = str.maketrans("abcdefghijklmnopqrstuvwxyz", "nopqrstuvwxyzabcdefghijklm")

GLUING = frozenset(map(Language, ("de", "nl")))
"""Languages that write compounds as one word."""

CAPITAL_NOUNS = frozenset(map(Language, ("de",)))
"""Languages that write every noun with a capital."""

ADJECTIVES_LAST = frozenset(map(Language, ("fr",)))
"""Languages that mostly put an adjective after its noun."""

LONG_ENOUGH = 5
"""Letters of a word that say the same inside a longer one."""


@dataclass(frozen=True, slots=True)
class Forms:
    """The distinct written forms of a language; each array has an entry for every one of them.

    `stem` numbers `stems`. A form `is_stop` (says nothing), `links` two words of a phrase, `is_article`
    (which may follow what links), stands `before_noun` or `before_place`, `is_capital` (its first letter),
    `is_loud` (all letters), `is_country`, `is_generic` (fits any town's ideas), `is_abuse`, `is_given` (a
    given name), `is_title` (a person's name follows).
    """

    language: Language
    written: Sequence[str]
    stems: Sequence[str]
    stem: NDArray[np.int64]
    is_stop: Flags
    links: Flags
    is_article: Flags
    before_noun: Flags
    before_place: Flags
    is_capital: Flags
    is_loud: Flags
    is_country: Flags
    is_generic: Flags
    is_abuse: Flags
    is_given: Flags
    is_title: Flags


def forms_of(written: Sequence[str], language: Language) -> Forms:
    folded = [form.casefold() for form in written]
    stemmed = [stem(form, language) for form in folded]
    stems = sorted(set(stemmed))
    number = {each: position for position, each in enumerate(stems)}
    generic, given, titles = _generic(language), listed("given_names"), listed("honorifics")
    countries = _countries(language)

    def among(words: frozenset[str]) -> Flags:
        return _flags(form in words for form in folded)

    is_title = _flags(form in titles for form in written)
    return Forms(
        language,
        written,
        stems,
        np.array([number[each] for each in stemmed], dtype=np.int64),
        _flags(is_stop_word(form, language) for form in written) | is_title,
        among(listed("linking", language)),
        among(listed("articles", language)),
        among(listed("before_nouns", language)),
        among(listed("before_places", language)),
        _flags(form[0].isupper() for form in written),
        _flags(_is_loud(form) for form in written),
        _flags(form in countries for form in written),
        _flags(map(generic, folded)),
        _flags(is_abuse(form, language) for form in folded),
        _flags(form in given or form.split("-")[0] in given for form in written),
        is_title,
    )


def _is_loud(form: str) -> bool:
    letters = re.sub("[’']s$", "", form)
    return len(letters) > 1 and letters.isupper()


def is_abuse(form: str, language: Language) -> bool:
    """Whether a case-folded form is a swear word, or in a language of compounds begins with one."""
    words, stems, openings = _abuse(language)
    return form in words or stem(form, language) in stems or form.startswith(openings)


@cache
def listed(name: str, language: Language | None = None) -> frozenset[str]:
    """The words of a list (see lexicon/README.md); none where the language has no such list."""
    file = f"{name}.txt" if language is None else f"{name}.{language}.txt"
    known = next((f for f in files(__package__).joinpath("lexicon").iterdir() if f.name == file), None)
    return frozenset() if known is None else frozenset(known.read_text(encoding="utf-8").split())


@cache
def _abuse(language: Language) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
    """Swear words, their stems, and how compounds of them begin. English ones are understood everywhere."""
    own = {word.translate(_TURN) for word in listed("abuse", Language(f"{language}.rot13"))}
    english = {word.translate(_TURN) for word in listed("abuse", Language(f"{ENGLISH}.rot13"))}
    stems = frozenset(stem(word, language) for word in own if len(word) >= LONG_ENOUGH)
    openings = tuple(sorted(word for word in own if len(word) >= LONG_ENOUGH))
    return frozenset(own | english), stems, openings if language in GLUING else ()


@cache
def _generic(language: Language) -> Callable[[str], bool]:
    words = listed("generic", language)
    openings = tuple(sorted(word[:-1] for word in words if word.endswith("*")))
    stems = frozenset(stem(word, language) for word in words)
    return lambda form: stem(form, language) in stems or form.startswith(openings)


@cache
def _countries(language: Language) -> frozenset[str]:
    """Names of countries and parts of the world, from the Unicode Common Locale Data Repository."""
    try:
        return frozenset(Locale.parse(language).territories.values())
    except (UnknownLocaleError, ValueError):
        return frozenset()


def _flags(answers: object) -> Flags:
    return np.fromiter(answers, dtype=bool)  # type: ignore[call-overload,no-any-return]
