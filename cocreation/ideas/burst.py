"""Many new people say the same within minutes, or support the same idea: perhaps somebody sent them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ideas.screening import folded

WITHIN = timedelta(minutes=10)
"""Ideas and supports this close together may belong to one burst."""
NEWCOMER = timedelta(days=1)
"""Who first wrote to the bot no longer ago than this, when they wrote the idea."""
JUST_CAME = timedelta(minutes=30)
"""The same for who supports."""
FEWEST_PEOPLE, FEWEST_SUPPORTERS = 5, 15
FEWEST_WORDS = 4
"""Shorter texts are the same by chance: a class at school may well ask for 'a swimming pool'."""
NEAR = 0.75
"""Of the pairs of words in two texts, so many are in both (Jaccard)."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """An idea of the last minutes by somebody who is new."""

    idea: IdeaId
    author: ResidentId
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Supported:
    """How many people supported an idea lately, and how many of them had just come."""

    idea: IdeaId
    supporters: int
    newcomers: int


def bursts(ideas: Sequence[Fresh]) -> Sequence[frozenset[IdeaId]]:
    """The groups of ideas that say much the same, by enough people within WITHIN. Pure, in any order."""
    fresh = {each.idea: each for each in ideas}
    pairs = {each.idea: _pairs(each.text) for each in ideas}
    alike = _alike({idea: found for idea, found in pairs.items() if len(found) >= FEWEST_WORDS - 1})
    groups = (_at_once([fresh[idea] for idea in group]) for group in alike)
    return sorted((group for group in groups if group), key=min)


def is_rush(supported: Supported) -> bool:
    """Whether so many of those who support it had just come that somebody may have sent them."""
    many = supported.newcomers >= FEWEST_SUPPORTERS
    return many and supported.newcomers * 5 >= supported.supporters * 4


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    words = "".join(c if c.isalnum() else " " for c in folded(text)).split()
    return frozenset(pairwise(words))


def _alike(pairs: Mapping[IdeaId, frozenset[tuple[str, str]]]) -> Iterable[Sequence[IdeaId]]:
    """Groups in which each idea is near some other one."""
    holders: dict[tuple[str, str], list[IdeaId]] = defaultdict(list)
    parent = {idea: idea for idea in pairs}

    def root(idea: IdeaId) -> IdeaId:
        while parent[idea] != idea:
            parent[idea] = parent[parent[idea]]
            idea = parent[idea]
        return idea

    for idea in sorted(pairs):
        shared = Counter(other for pair in pairs[idea] for other in holders[pair])
        for other, n in shared.items():
            if n >= NEAR * (len(pairs[idea]) + len(pairs[other]) - n):
                parent[root(idea)] = root(other)
        for pair in pairs[idea]:
            holders[pair].append(idea)
    groups: dict[IdeaId, list[IdeaId]] = defaultdict(list)
    for idea in pairs:
        groups[root(idea)].append(idea)
    return groups.values()


def _at_once(group: Sequence[Fresh]) -> frozenset[IdeaId]:
    """All ideas of the group that stand in some stretch of WITHIN in which enough people wrote."""
    ordered = sorted(group, key=lambda each: (each.at, each.idea))
    found: set[IdeaId] = set()
    start = 0
    for end, last in enumerate(ordered):
        while last.at - ordered[start].at > WITHIN:
            start += 1
        stretch = ordered[start : end + 1]
        if len({each.author for each in stretch}) >= FEWEST_PEOPLE:
            found.update(each.idea for each in stretch)
    return frozenset(found)
