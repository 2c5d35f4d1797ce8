"""Lays ideas onto the goals of frames by suggestion, a batch at a time."""

from collections.abc import Sequence
from typing import Protocol

from cocreation.ideas.framing import Laid, Suggestions
from cocreation.ideas.theme import IdeaText
from cocreation.ideas.vector import IdeaVector
from cocreation.ports import Storage

BATCH = 100
"""Ideas that are read before what was found is written down: what a kill costs, and how long who asks why
waits for the same process."""

LEARNED_FROM = 5_000
"""Ideas that tell what sets languages apart; of more, every so many-th is read."""


class Framing(Protocol):
    """Finds the goals of ideas: cocreation.analysis.framing."""

    @property
    def version(self) -> str:
        """Another one when it would find something else in the same text."""
        ...

    @property
    def encoder(self) -> str | None:
        """The name of the encoder whose vectors it uses."""
        ...

    def is_outgrown(self, count: int) -> bool:
        """Whether it should learn again, there being so many ideas."""
        ...

    def learn(self, ideas: Sequence[IdeaText], vectors: Sequence[IdeaVector], count: int) -> None:
        """Learn what sets languages apart from these ideas, which are some of `count`."""
        ...

    def suggestions(self, ideas: Sequence[IdeaText]) -> Sequence[Suggestions]: ...


async def lay_ideas(storage: Storage, framing: Framing) -> Laid:
    """Find the goals of a batch of ideas that were not read so yet.

    Killed at any point, what was not written down is done again. What facilitators said stands.
    """
    async with storage.reading() as work:
        ideas = await work.frames.unread(framing.version, BATCH)
        count = await work.ideas.count() if ideas else 0
    if not ideas:
        return Laid(framing.version, is_more=False)
    if framing.is_outgrown(count):
        await _learn(storage, framing)
    found = framing.suggestions(ideas)
    async with storage.writing() as work:
        await work.frames.keep(framing.version, ideas, found)
    return Laid(framing.version, is_more=len(ideas) == BATCH)


async def _learn(storage: Storage, framing: Framing) -> None:
    async with storage.reading() as work:
        texts = await work.ideas.texts()
        vectors = [] if framing.encoder is None else await work.vectors.all(framing.encoder)
    framing.learn(texts[:: len(texts) // LEARNED_FROM + 1], vectors, len(texts))
