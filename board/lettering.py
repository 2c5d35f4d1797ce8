"""How wide words are, without asking a font: rather too wide than too narrow."""

import unicodedata
from collections.abc import Sequence
from functools import cache

_NARROW = frozenset("iljtfrI.,:;'’!|()[]·- ")
_WIDE = frozenset("mwMW@%…—")


def width_of(text: str) -> float:
    """Em, of a line in a strong sans serif."""
    return sum(map(_width, text))


def wrapped(text: str, count: int) -> list[str]:
    """The words on at most `count` lines, the longest as short as can be."""
    words = text.split()
    if len(words) < count:
        return [text]
    # A dot between two parts of a name is not needed where a line ends between them.
    return [line.strip(" ·") or line for line in _best(tuple(words), count)]


@cache
def _width(sign: str) -> float:
    if unicodedata.combining(sign):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 1.05
    if sign in _NARROW:
        return 0.4
    if sign in _WIDE:
        return 1.04
    return 0.8 if sign.isupper() else 0.68


def _best(words: Sequence[str], count: int) -> tuple[str, ...]:
    """Try each place for the first break: names are short."""
    if count == 1:
        return (" ".join(words),)
    tries = (
        (" ".join(words[:cut]), *_best(words[cut:], count - 1)) for cut in range(1, len(words) - count + 2)
    )
    return min(tries, key=lambda lines: max(map(width_of, lines)))
