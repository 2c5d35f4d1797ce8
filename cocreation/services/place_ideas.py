"""A new idea gets its theme at once, and what was said before is found."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from cocreation.ideas.ids import DecisionId, IdeaId, ThemeId
from cocreation.ideas.placed import Findings, Placed
from cocreation.ideas.theme import IdeaText
from cocreation.ideas.vector import IdeaVector
from cocreation.ports import Clock, Storage, Work

BATCH = 500
"""Ideas that are encoded before they are written down: what a kill costs."""

DECISIONS = 20
"""The latest of them tell whether facilitators changed anything meanwhile."""


class Neighbourhood(Protocol):
    """All ideas by what they mean, in the memory of one process: cocreation.analysis.neighbourhood."""

    @property
    def encoder(self) -> str:
        """The name of the encoder whose vectors it understands."""
        ...

    @property
    def is_to_be_filled(self) -> bool:
        """Whether it is empty, or has grown so much that it should be filled anew."""
        ...

    def encode(self, ideas: Sequence[IdeaText]) -> Sequence[IdeaVector]: ...

    def fill(self, ideas: Sequence[IdeaText], vectors: Sequence[IdeaVector]) -> None:
        """Know these ideas and no others."""
        ...

    def assign(self, themes: Mapping[IdeaId, ThemeId]) -> None:
        """Know which ideas are in which theme now."""
        ...

    def find(self, ideas: Sequence[IdeaText], vectors: Sequence[IdeaVector]) -> Sequence[Findings]:
        """Look for each idea among the others, and know it from then on."""
        ...


Themes = tuple[datetime | None, tuple[tuple[DecisionId, datetime | None], ...]]
"""The last run and the latest decisions: while they are the same, so are the themes."""


class Placing:
    """Places what is new, a batch at a time. It alone knows which themes the neighbourhood has seen."""

    def __init__(self, storage: Storage, neighbourhood: Neighbourhood, clock: Clock) -> None:
        self._storage = storage
        self._neighbourhood = neighbourhood
        self._clock = clock
        self._seen: Themes | None = None

    async def place_new_ideas(self) -> Placed:
        """Encode the newest ideas that have no vector, give each its theme, and note what was said before.

        A full batch is an import, or what a new encoder has to read again: it is encoded only, its themes
        come with the next run. Killed at any point, what was not written down is done again.
        """
        near = self._neighbourhood
        read_at = self._clock()
        async with self._storage.reading() as work:
            ideas = await work.vectors.missing(near.encoder, BATCH)
            themes = await _themes(work)
        if not ideas:
            return Placed(near.encoder)
        vectors = near.encode(ideas)
        async with self._storage.writing() as work:
            await work.vectors.put(vectors, read_at)
        if len(ideas) == BATCH:
            return Placed(near.encoder, is_more=True)
        await self._catch_up(themes)
        found = near.find(ideas, vectors)
        async with self._storage.writing() as work:
            placed = await work.themes.place([f.placement for f in found if f.placement is not None])
            await work.ideas.flag_duplicates([f.duplicate for f in found if f.duplicate is not None])
        alike = tuple((idea.id, f.look_alikes) for idea, f in zip(ideas, found, strict=True) if f.look_alikes)
        return Placed(near.encoder, tuple(placed), alike)

    async def _catch_up(self, themes: Themes) -> None:
        """Let the neighbourhood know the ideas and themes as they are now."""
        near = self._neighbourhood
        is_to_be_filled = near.is_to_be_filled
        if not is_to_be_filled and themes == self._seen:
            return
        async with self._storage.reading() as work:
            if is_to_be_filled:
                near.fill(await work.ideas.texts(), await work.vectors.all(near.encoder))
            known = await work.themes.known()
        near.assign({idea: theme.id for theme in known if not theme.has_faded for idea in theme.members})
        self._seen = themes


async def _themes(work: Work) -> Themes:
    _, last_run = await work.themes.changes_since_last_run()
    decisions = await work.themes.decisions(DECISIONS)
    return last_run, tuple((decision.id, decision.undone_at) for decision in decisions)
