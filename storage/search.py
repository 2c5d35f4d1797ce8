"""What people search for, as FTS5 understands it: https://sqlite.org/fts5.html#full_text_query_syntax"""

import itertools
import re

_SPELLINGS = {"ss": "ß", "oe": "œ", "ae": "æ"}
"""One or two letters for the same sound, which the tokenizer does not take for the same."""
_BEGUN = {two[0]: one for two, one in _SPELLINGS.items()}
_EITHER = {spelling: (two, one) for two, one in _SPELLINGS.items() for spelling in (two, one)}
_SPELT = re.compile("|".join(_EITHER))
_AT_MOST = 4
"""Places of a word in which either spelling is looked for."""


def whole_words(words: str) -> str:
    """Ideas that have each of the words."""
    return _each([" OR ".join(map(_string, _spellings(word))) for word in words.split()])


def word_starts(words: str) -> str:
    """Ideas that have, for each of the words, one that starts with it."""
    return _each([" OR ".join(f"{_string(start)}*" for start in _starts(word)) for word in words.split()])


def word_starts_only(words: str) -> str:
    """Those of them that do not have each of the words as a whole."""
    return f"({word_starts(words)}) NOT ({whole_words(words)})"


def _each(words: list[str]) -> str:
    return " AND ".join(f"({word})" for word in words)


def _spellings(word: str) -> list[str]:
    """The word, as it may be spelt: 'Straße' and 'strasse'. What is upper case is found all the same."""
    lower = word.lower()
    spelt = list(_SPELT.finditer(lower))[:_AT_MOST]
    if not spelt:
        return [word]
    ends = [found.end() for found in spelt]
    between = [lower[end : found.start()] for end, found in zip([0, *ends], spelt, strict=False)]
    chosen = itertools.product(*(_EITHER[found[0]] for found in spelt))
    return [
        "".join(itertools.chain(*zip(between, each, strict=True), [lower[ends[-1] :]])) for each in chosen
    ]


def _starts(word: str) -> list[str]:
    """The same for the start of a word, which may end in the middle of two letters."""
    spellings = _spellings(word)
    begun = [f"{start[:-1]}{_BEGUN[start[-1]]}" for start in spellings if start[-1] in _BEGUN]
    return [*spellings, *begun]


def _string(word: str) -> str:
    # In quotes nothing is an operator.
    return '"' + word.replace('"', '""') + '"'
