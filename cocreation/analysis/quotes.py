"""Ideas that stand for a theme: in its middle, unlike each other, and said to the end."""

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from cocreation.analysis.encoding import Vectors
from cocreation.analysis.forms import is_abuse, listed
from cocreation.analysis.text import words
from cocreation.ideas.ids import Language

QUOTES = 3
CONSIDERED = 200
"""Of a large theme, the ideas nearest its middle among which quotes are looked for."""

VARIETY = 0.4
"""How much being unlike the quotes before counts beside being central."""

SHORTEST, LONGEST = 20, 240
"""Characters of a text that can be quoted whole and says something."""

LONGEST_TITLE = 100
"""Characters of what may do without a full stop: people end short messages with nothing."""

_ENDS = re.compile(r"(?<!\.)[.!?](?:['\"”’»)\]]|[^\w\s,;:.…-])*\s*$")
"""A full stop or the like, and perhaps a quotation mark or an emoji; an ellipsis ends nothing."""

_BREAKS_OFF = re.compile(r"(?:[,;:…(/&+-]|\.\.)\s*$")


def quotes_of(
    rows: NDArray[np.int64],
    texts: Sequence[str],
    vectors: Vectors,
    scores: NDArray[np.float64],
    languages: Sequence[Language] | None = None,
) -> list[int]:
    """At most QUOTES of the rows by maximal marginal relevance (Carbonell and Goldstein 1998), best first.

    Whole sentences come before others. With the `languages` of the texts, none with a swear word is taken
    while there is another, nor one that stops at an article.
    """
    if len(rows) > CONSIDERED:
        rows = rows[np.argsort(-scores[rows], kind="stable")[:CONSIDERED]]
    clean = [row for row in rows.tolist() if languages is None or not _swears(texts[row], languages[row])]
    fitting = [row for row in clean if SHORTEST <= len(texts[row]) <= LONGEST]
    whole = [row for row in fitting if is_whole(texts[row], None if languages is None else languages[row])]
    chosen: list[int] = []
    for among in (whole, fitting, clean or rows.tolist()):
        _choose(chosen, among, vectors, scores)
    return chosen


def is_whole(text: str, language: Language | None = None) -> bool:
    """Whether a text reads as said to the end: a sentence, or what is short enough to be a title."""
    if _ENDS.search(text):
        return True
    if len(text) > LONGEST_TITLE or _BREAKS_OFF.search(text):
        return False
    last = text.split()[-1:] if language is not None else []
    return not any(word.casefold() in _leading_on(language) for word in last)


def _leading_on(language: Language | None) -> frozenset[str]:
    return listed("articles", language) | listed("linking", language)


def _swears(text: str, language: Language) -> bool:
    return any(is_abuse(form.casefold(), language) for form, _, _ in words(text, language))


def _choose(chosen: list[int], among: Iterable[int], vectors: Vectors, scores: NDArray[np.float64]) -> None:
    left = [row for row in among if row not in chosen]
    while left and len(chosen) < QUOTES:
        best = max(left, key=lambda row: (_worth(row, chosen, vectors, scores), -row))
        chosen.append(best)
        left.remove(best)


def _worth(row: int, chosen: Sequence[int], vectors: Vectors, scores: NDArray[np.float64]) -> float:
    alike = float((vectors[chosen] @ vectors[row]).max()) if chosen else 0.0
    return float((1 - VARIETY) * scores[row] - VARIETY * alike)
