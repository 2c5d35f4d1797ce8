"""The invented name under which a resident's neighbours read what they wrote."""

import secrets
from collections.abc import Iterator
from itertools import count
from random import Random

from cocreation.ideas.ids import Language
from cocreation.ideas.pseudonym_words import WORDS

TRIES_BEFORE_NUMBERS = 12
"""When so many names in a row are taken, a town is so large that some get a number."""
TRIES_PER_DIGIT = 4

_CHANCE = secrets.SystemRandom()


def pseudonyms(language: Language, chance: Random = _CHANCE) -> Iterator[str]:
    """Names drawn by chance, such as 'Zachte Vos', for ever; after a while with ever longer numbers.

    A language without words of its own borrows the English ones.
    """
    for tried in count(-TRIES_BEFORE_NUMBERS):
        name = _draw(language, chance)
        yield name if tried < 0 else f"{name} {_number(tried, chance)}"


def _draw(language: Language, chance: Random) -> str:
    words = WORDS.get(language, WORDS["en"])
    nouns = [(noun, form) for form, group in enumerate(words.nouns) for noun in group]
    noun, form = chance.choice(nouns)
    return words.pattern.format(adjective=chance.choice(words.adjectives)[form], noun=noun)


def _number(tried: int, chance: Random) -> int:
    return chance.randrange(2, 10 ** (2 + tried // TRIES_PER_DIGIT))
