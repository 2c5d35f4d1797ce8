"""The theme engine of a running town: it works in its caller's process, with the vectors that are kept."""

from collections.abc import Sequence
from types import MappingProxyType

from cocreation.analysis.encoding import Encoder, KnownVectors, half_vectors
from cocreation.analysis.engine import find_themes
from cocreation.analysis.text import readable
from cocreation.ideas.ids import Language
from cocreation.ideas.theme import Clustering, Holds, IdeaText, KnownTheme
from cocreation.ideas.vector import IdeaVector
from cocreation.ports import Storage


class KeptMeaning:
    """See `cocreation.ports.ThemeEngine`. Without an encoder, words speak alone."""

    def __init__(self, storage: Storage, encoder: Encoder | None, languages: Sequence[Language]) -> None:
        self._storage = storage
        self._encoder = encoder
        self._languages = tuple(languages)

    async def find_themes(
        self, ideas: Sequence[IdeaText], known: Sequence[KnownTheme] = (), holds: Holds = MappingProxyType({})
    ) -> Clustering:
        encoder = None if self._encoder is None else await self._with_kept_vectors(self._encoder, ideas)
        return find_themes(ideas, known, holds, encoder=encoder, languages=self._languages)

    async def _with_kept_vectors(self, encoder: Encoder, ideas: Sequence[IdeaText]) -> Encoder:
        # Words that were corrected since the texts were read have no vector, or that of the new ones: in a
        # run that lasts minutes a few ideas may lie where they will belong in the next.
        async with self._storage.reading() as work:
            return with_kept_vectors(encoder, ideas, await work.vectors.all(encoder.name))


def with_kept_vectors(
    encoder: Encoder, ideas: Sequence[IdeaText], vectors: Sequence[IdeaVector]
) -> KnownVectors:
    """The encoder, which need not read again what has a vector."""
    texts = {idea.id: idea.text for idea in ideas}
    kept = [each for each in vectors if each.idea in texts]
    rows = half_vectors([each.vector for each in kept])
    return KnownVectors(encoder, [readable(texts[each.idea]) for each in kept], rows)
