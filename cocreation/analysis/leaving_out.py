"""Which words of a text lead to something: those without which it would lead there less.

The text is read again with each word left out (occlusion, as in Li, Monroe and Jurafsky 2016,
arXiv:1612.08220).
"""

import re
from collections.abc import Sequence

from cocreation.analysis.text import is_stop_word, words
from cocreation.ideas.ids import Language

MOST_WORDS = 60
"""Words of a text that are left out in turn: each costs an encoding."""

REASONS, LEAST_EFFECT, LEAST_PART = 3, 0.02, 0.3
"""So many words are named, those whose absence costs so much, and such a part of what the weightiest word
does."""

Span = tuple[int, int]


def content(text: str, language: Language) -> list[Span]:
    """Where the words stand that say something, each word once."""
    first = {text[start:end].casefold(): (start, end) for start, end in reversed(_said(text, language))}
    return sorted(first.values())[:MOST_WORDS]


def without(text: str, span: Span) -> str:
    """The text without what stands there, nor elsewhere with the same letters."""
    said = text[span[0] : span[1]]
    return " ".join(re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", " ", text, flags=re.IGNORECASE).split())


def weightiest(text: str, spans: Sequence[Span], effects: Sequence[float]) -> list[Span]:
    """The spans whose absence costs most, those beside each other as one, in the order of the text."""
    if not spans:
        return []
    least = max(LEAST_EFFECT, LEAST_PART * max(effects))
    order = sorted(range(len(spans)), key=lambda at: -effects[at])[: REASONS + 1]
    return _joined(sorted(spans[at] for at in order if effects[at] >= least), text)


def _said(text: str, language: Language) -> list[Span]:
    end, spans = 0, []
    for form, _, _ in words(text, language):
        start = text.find(form, end)
        if start < 0:  # an article that clings to a word is written in another way
            continue
        end = start + len(form)
        if not is_stop_word(form, language):
            spans.append((start, end))
    return spans


def _joined(spans: Sequence[Span], text: str) -> list[Span]:
    result: list[Span] = []
    for start, end in spans:
        if result and not text[result[-1][1] : start].strip(" -"):
            result[-1] = (result[-1][0], end)
        else:
            result.append((start, end))
    return result
