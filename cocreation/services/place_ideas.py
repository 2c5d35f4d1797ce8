"""A new idea gets its theme at once, and what was said before is found."""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime, timedelta
from typing import Protocol

from cocreation.ideas.ids import DecisionId, IdeaId, ThemeId
from cocreation.ideas.placed import Findings, Placed
from cocreation.ideas.theme import IdeaText
from cocreation.ideas.vector import IdeaVector
from cocreation.ports import Clock, Storage, Work

BATCH = 500
"""Ideas that are encoded before they are written down: what a kill costs."""

AWAITED = timedelta(hours=1)
"""So long somebody who wrote in the chat may look for the theme, even while an import is under way."""

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

    def learn(self, ideas: Sequence[IdeaText], vectors: Sequence[IdeaVector]) -> None:
        """Know these ideas too, or their new words."""
        ...

    def forget(self, ideas: Iterable[IdeaId]) -> None: ...

    def find(self, ideas: Sequence[IdeaText], vectors: Sequence[IdeaVector]) -> Sequence[Findings]:
        """Look for each idea among the others."""
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
        self._is_behind = False

    async def place_new_ideas(self) -> Placed:
        """Encode the newest ideas that have no vector, give each its theme, and note what was said before.

        A full batch is an import, or what a new encoder has to read again: but for what was just written in
        the chat it is encoded only, its themes come with the next run. Killed at any point, what was not
        written down is done again.
        """
        near = self._neighbourhood
        async with self._storage.reading() as work:
            ideas = await work.vectors.missing(near.encoder, BATCH)
            is_full = len(ideas) == BATCH
            awaited = await self._awaited(work, ideas) if is_full else ideas
            themes = await _themes(work)
        if not ideas:
            return Placed(near.encoder)
        vectors = near.encode(ideas)
        found = {}
        if awaited:
            await self._catch_up(themes, vectors, is_full)
            theirs = {each.idea: each for each in vectors}
            found = await self._find(awaited, [theirs[idea.id] for idea in awaited])
        self._is_behind = self._is_behind or is_full
        return await self._write(ideas, vectors, found)

    async def _awaited(self, work: Work, ideas: Sequence[IdeaText]) -> Sequence[IdeaText]:
        """Those that somebody has just written in the chat."""
        since = self._clock() - AWAITED
        recent = set(await work.ideas.written_since([idea.id for idea in ideas], since))
        return [idea for idea in ideas if idea.id in recent]

    async def _find(self, ideas: Sequence[IdeaText], vectors: Sequence[IdeaVector]) -> dict[IdeaId, Findings]:
        """What is found about each among those that people may see."""
        near = self._neighbourhood
        near.learn(ideas, vectors)
        while True:
            found = {idea.id: each for idea, each in zip(ideas, near.find(ideas, vectors), strict=True)}
            named = {other for idea, each in found.items() for other in _others(idea, each)}
            async with self._storage.reading() as work:
                gone = named - await work.ideas.published_of(named)
            if not gone:
                return found
            near.forget(gone)

    async def _write(
        self, ideas: Sequence[IdeaText], vectors: Sequence[IdeaVector], found: Mapping[IdeaId, Findings]
    ) -> Placed:
        # In one transaction: an idea that has a vector counts as looked after.
        async with self._storage.writing() as work:
            kept = await work.vectors.keep(ideas, vectors)
            found = {idea: each for idea, each in found.items() if idea in kept}
            placed = await work.themes.place([f.placement for f in found.values() if f.placement is not None])
            await work.look_alikes.keep({idea: each.look_alikes for idea, each in found.items()})
            await work.ideas.flag_duplicates([f.duplicate for f in found.values() if f.duplicate is not None])
        alike = tuple((idea, f.look_alikes) for idea, f in found.items() if f.look_alikes)
        return Placed(self._neighbourhood.encoder, tuple(placed), alike, is_more=len(ideas) == BATCH)

    async def _catch_up(self, themes: Themes, new: Sequence[IdeaVector], is_full: bool) -> None:
        """Let the neighbourhood know the ideas and themes as they are now.

        What full batches brought it learns when they are over: it takes long to learn all anew.
        """
        near = self._neighbourhood
        is_to_be_filled = near.is_to_be_filled or (self._is_behind and not is_full)
        if not is_to_be_filled and themes == self._seen:
            return
        async with self._storage.reading() as work:
            if is_to_be_filled:
                near.fill(await work.ideas.texts(), [*await work.vectors.all(near.encoder), *new])
            known = await work.themes.known()
        near.assign({idea: theme.id for theme in known if not theme.has_faded for idea in theme.members})
        self._is_behind = self._is_behind and not is_to_be_filled
        self._seen = themes


def _others(idea: IdeaId, found: Findings) -> Set[IdeaId]:
    """The ideas that are found to be like this one."""
    same = {found.duplicate.idea, found.duplicate.of} if found.duplicate else set()
    return ({alike.idea for alike in found.look_alikes} | same) - {idea}


async def _themes(work: Work) -> Themes:
    _, last_run = await work.themes.changes_since_last_run()
    decisions = await work.themes.decisions(DECISIONS)
    return last_run, tuple((decision.id, decision.undone_at) for decision in decisions)
