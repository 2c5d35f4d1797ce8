"""People's words inside a message of the town: short, and unable to disturb what is around them."""

import re
import unicodedata

from cocreation.ideas.idea import shorten

_DIRECTING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ISOLATE, _END = "\u2068", "\u2069"
_RIGHT_TO_LEFT = ("R", "AL", "AN")


def units(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 units: https://core.telegram.org/api/entities"""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def on_one_line(text: str, limit: int) -> str:
    """At most `limit` UTF-16 units without line breaks, with their own writing direction (not escaped)."""
    return isolated(within_units(" ".join(_DIRECTING.sub("", text).split()), limit))


def isolated(text: str) -> str:
    """A line that keeps its writing direction to itself, where it has one of its own (UAX 9, isolates)."""
    if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text):
        return f"{_ISOLATE}{text}{_END}"
    return text


def within_units(text: str, limit: int) -> str:
    """The text cut to a number of UTF-16 units."""
    kept = shorten(text, limit)
    while (excess := units(kept) - limit) > 0:
        kept = shorten(text, len(kept) - (excess + 1) // 2)
    return kept
