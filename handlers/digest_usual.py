"""What is usual, in words."""

from cocreation.ideas.usual import Usual
from locales import Translator


def usually(usual: Usual, t: Translator) -> str:
    """'usually 30 to 45'."""
    low, high = t.number(usual.low), t.number(usual.high)
    if usual.low == usual.high:
        return t.gettext("usually {number}", number=low)
    return t.gettext("usually {low} to {high}", low=low, high=high)


def range_words(usual: Usual, t: Translator) -> str:
    """'30 to 45'."""
    low, high = t.number(usual.low), t.number(usual.high)
    return low if usual.low == usual.high else t.gettext("{low} to {high}", low=low, high=high)
