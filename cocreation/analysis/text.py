"""People's words as the analysis reads them: cleaned, cut into tokens, stemmed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import snowballstemmer

from cocreation.ideas.idea import clean_text
from cocreation.ideas.ids import Language

READ_CHARACTERS = 2_000
"""What an idea is about is said by then; a pasted report must not cost minutes."""

MAX_WORD = 40

_NOT_WORDS = re.compile(
    r"https?://\S+|www\.\S+|\S+@\S+\.\S+|(?<!\w)@\w+"
    r"|(?<!\w)\+?\d[\d\s()./-]{6,}\d"
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'‑-][^\W\d_]+)*")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[’'](?=\w)", re.IGNORECASE)

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it was written, and its stem.

    `opens` a sentence: its capital says nothing. `follows` the word before it with only a blank between.
    """

    form: str
    stem: str
    opens: bool
    follows: bool


def readable(text: str) -> str:
    """The part of a text that is read: no addresses, links or phone numbers, at most READ_CHARACTERS."""
    return _NOT_WORDS.sub(" ", clean_text(text[: 2 * READ_CHARACTERS]))[:READ_CHARACTERS].strip()


def has_letters(text: str) -> bool:
    """Whether there is a word in it; emoji and numbers alone say nothing that could be grouped."""
    return _WORD.search(text) is not None


def tokens(text: str, language: Language) -> list[Token]:
    """The words of a readable text, articles that cling to them cut off (l'école: école)."""
    return list(_tokens(text, language))


def _tokens(text: str, language: Language) -> Iterator[Token]:
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        form = _ELISION.sub("", match.group()) if language == "fr" else match.group()
        if len(form) <= MAX_WORD:
            opens = end == 0 or any(mark in between for mark in ".!?:\n")
            yield Token(form, stem(form.casefold(), language), opens, between == " ")
        end = match.end()


@cache
def stop_words(language: Language) -> frozenset[str]:
    """Words that say nothing about the subject, case-folded; none for a language without a list."""
    name = f"{language}.txt"
    known = next((f for f in files(__package__).joinpath("stopwords").iterdir() if f.name == name), None)
    return frozenset() if known is None else frozenset(known.read_text(encoding="utf-8").split())


def is_stop_word(token: Token, language: Language) -> bool:
    form = token.form.casefold().replace("’", "'")
    return len(form) < 2 or form in stop_words(language)


@lru_cache(maxsize=200_000)
def stem(word: str, language: Language) -> str:
    """The word without its endings, by Snowball; the word itself where the language has no stemmer."""
    name = _STEMMERS.get(language)
    return word if name is None else str(_stemmer(name).stemWord(word))


@cache
def _stemmer(name: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(name)


def stems(text: str, language: Language) -> Sequence[str]:
    """The stems of a readable text, stop words left out."""
    return [token.stem for token in tokens(text, language) if not is_stop_word(token, language)]
