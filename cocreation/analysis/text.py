"""People's words as the analysis reads them: cleaned, cut into tokens, stemmed."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from Stemmer import Stemmer

from cocreation.ideas.idea import clean_text
from cocreation.ideas.ids import Language

READ_CHARACTERS = 2_000
"""What an idea is about is said by then; a pasted report must not cost minutes."""

MAX_WORD = 40

_NOT_WORDS = re.compile(
    r"https?://\S+|www\.\S+|[^\s@]+@[^\s@]+\.\S+|(?<!\w)@\w+"
    r"|(?<!\w)\+?\d[\d\s()./-]{6,}\d"
)
_WORD = re.compile(r"[^\W\d_]+(?:\d{1,2}(?![^\W_]))?(?:[’'‑-][^\W\d_]+)*")
"""Letters, held together by apostrophes and hyphens, and the digits of what is written like CO2."""

_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[’'](?=\w)", re.IGNORECASE)
_INVERSION = re.compile(r"-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|ce)$")
"""What French hangs on a verb that asks: est-elle, a-t-il."""

_ENDS_SENTENCE = re.compile(r"[.!?:;\n•]")

_STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish", "fr": "french",
    "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian",
    "it": "italian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


Word = tuple[str, bool, bool]
"""A word as it was written; whether it opens a sentence, where its capital says nothing; and whether it
follows the word before it with only a blank between. A tuple, because there are millions."""


def readable(text: str) -> str:
    """The part of a text that is read: no addresses, links or phone numbers, at most READ_CHARACTERS."""
    return _NOT_WORDS.sub(" ", clean_text(text[: 2 * READ_CHARACTERS]))[:READ_CHARACTERS].strip()


def has_letters(text: str) -> bool:
    """Whether there is a word in it; emoji and numbers alone say nothing that could be grouped."""
    return _WORD.search(text) is not None


def words(text: str, language: Language) -> Iterator[Word]:
    """The words of a readable text; articles that cling to them stand alone (l'école: l', école)."""
    end = 0
    for match in _WORD.finditer(text):
        start = match.start()
        follows = end > 0 and start == end + 1 and text[end] == " "
        opens = end == 0 or not (follows or _ENDS_SENTENCE.search(text, end, start) is None)
        end = match.end()
        form = match.group()
        if language == "fr" and (clinging := _ELISION.match(form)):
            yield clinging.group().replace("’", "'"), opens, follows
            form, opens, follows = form[clinging.end() :], False, True
        if len(form) <= MAX_WORD:
            yield form, opens, follows


@cache
def stop_words(language: Language) -> frozenset[str]:
    """Words that say nothing about the subject, case-folded; none for a language without a list."""
    name = f"{language}.txt"
    known = next((f for f in files(__package__).joinpath("stopwords").iterdir() if f.name == name), None)
    return frozenset() if known is None else frozenset(known.read_text(encoding="utf-8").split())


def is_stop_word(form: str, language: Language) -> bool:
    folded = form.casefold().replace("’", "'")
    if language == "fr":
        folded = _INVERSION.sub("", folded)
    return len(folded) < 2 or folded.endswith("'") or folded in stop_words(language)


@lru_cache(maxsize=200_000)
def stem(word: str, language: Language) -> str:
    """The word without its endings, by Snowball; the word itself where the language has no stemmer."""
    name = _STEMMERS.get(language)
    return word if name is None else str(_stemmer(name).stemWord(word))


@cache
def _stemmer(name: str) -> Stemmer:
    return Stemmer(name)


def stems(text: str, language: Language) -> Sequence[str]:
    """The stems of a readable text, stop words left out."""
    said = (form for form, _, _ in words(text, language))
    return [stem(form.casefold(), language) for form in said if not is_stop_word(form, language)]
