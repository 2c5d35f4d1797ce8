"""The way back: which page of which list a button leads to, in a few bytes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.listing import TOP, Listing, Order, Start, search_words
from cocreation.ideas.messages import Button
from handlers.actions import Verb, action

LONGEST_ACTION = 64
"""Bytes: https://core.telegram.org/bots/api#inlinekeyboardbutton"""

_KIND = re.compile(r"([a-z])(\d{1,15})?")
_START = re.compile(r"(-?)(\d{1,15})")


NEWEST = Listing()


@dataclass(frozen=True, slots=True)
class Way:
    """A page of a list."""

    listing: Listing = NEWEST
    start: Start = TOP

    def button(self, label: str, verb: Verb, *arguments: int | str) -> Button:
        """A button that knows the way back; where its bytes do not suffice, a shorter one."""
        for way in (self, replace(self, start=TOP), Way()):
            said = action(verb, *arguments, *way.said())
            if len(said.encode()) <= LONGEST_ACTION:
                return Button(label, said)
        return Button(label, action(verb, *arguments))

    def said(self) -> tuple[str, ...]:
        """What stands in a button."""
        kind = f"{self.listing.order}{self.listing.theme or ''}"
        start = "0" if self.start.idea is None else f"{'-' * self.start.is_before}{self.start.idea}"
        words = (self.listing.words,) if self.listing.words else ()
        return (kind, start, *words)


def read_way(said: Sequence[str]) -> Way:
    """The way that a button knows. One that was forged or is of another time leads to the newest ideas."""
    kind = _KIND.fullmatch(said[0]) if said else None
    if kind is None or kind[1] not in set(Order):
        return Way()
    order = Order(kind[1])
    if (order is Order.THEME) != (kind[2] is not None):
        return Way()
    theme = None if kind[2] is None else ThemeId(int(kind[2]))
    words = search_words(":".join(said[2:])) if order is Order.SEARCH else ""
    start = _START.fullmatch(said[1]) if len(said) > 1 else None
    if start is None or not int(start[2]):
        return Way(Listing(order, theme, words))
    return Way(Listing(order, theme, words), Start(IdeaId(int(start[2])), start[1] == "-"))
