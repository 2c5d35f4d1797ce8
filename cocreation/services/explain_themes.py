"""Why an idea is in its theme, what makes a theme one, and how it could be split.

Hidden themes are none here: nobody reads of them, and their ideas are like those without a theme. It works in
its caller's process, with the vectors that are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cocreation.analysis.encoding import Encoder
from cocreation.analysis.landscape import Landscape
from cocreation.analysis.splitting import propose_split
from cocreation.analysis.why import why_idea, why_theme
from cocreation.ideas.ids import IdeaId, Language, ThemeId
from cocreation.ideas.theme import Holds, KnownTheme
from cocreation.ideas.why import Split, WhyIdea, WhyTheme
from cocreation.ports import Storage
from cocreation.services.find_themes import with_kept_vectors


class ThemeExplainer:
    """Remembers what the ideas mean from one question to the next, as long as they are the same."""

    def __init__(self, storage: Storage, encoder: Encoder, languages: Sequence[Language]) -> None:
        self._storage = storage
        self._encoder = encoder
        self._languages = tuple(languages)
        self._land: Landscape | None = None

    async def why_idea(self, idea: IdeaId) -> WhyIdea | None:
        """None where the idea is not there, or nobody may read it."""
        town = await self._town()
        return None if town is None else why_idea(town.land, town.themes, town.holds, idea)

    async def why_theme(self, theme: ThemeId) -> WhyTheme | None:
        """None where the theme is not there, or hidden."""
        town = await self._town()
        return None if town is None else why_theme(town.land, town.themes, theme)

    async def propose_split(self, theme: ThemeId) -> Split | None:
        """None where the theme is not there, or hidden."""
        town = await self._town()
        return None if town is None else propose_split(town.land, town.themes, theme)

    async def _town(self) -> "_Town | None":
        """None where there are no ideas."""
        async with self._storage.reading() as work:
            ideas = await work.ideas.texts()
            hidden = {theme.id for theme in await work.themes.hidden()}
            known = await work.themes.known()
            holds = await work.themes.holds()
            is_known = self._land is not None and self._land.ideas == tuple(ideas)
            vectors = [] if is_known else await work.vectors.all(self._encoder.name)
        if not ideas:
            return None
        if self._land is None or not is_known:
            self._land = Landscape(ideas, with_kept_vectors(self._encoder, ideas, vectors), self._languages)
        themes = [theme for theme in known if not theme.has_faded and theme.id not in hidden]
        return _Town(self._land, themes, holds)


@dataclass(frozen=True, slots=True)
class _Town:
    land: Landscape
    themes: Sequence[KnownTheme]
    holds: Holds
