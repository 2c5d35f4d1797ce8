"""Where one idea belongs among many that are known: its theme, its look-alikes, its duplicates; at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cocreation.analysis.centring import BLOCK, LanguageMeans, unit
from cocreation.analysis.encoding import Halves, Vectors
from cocreation.analysis.nearness import NEAR, drawn
from cocreation.analysis.shelf import Shelf, principal_axes
from cocreation.analysis.sketches import Sketch, likeness, sketches
from cocreation.ideas.ids import IdeaId, Language, ThemeId
from cocreation.ideas.placed import LookAlike

NEIGHBOURS = 5
"""Ideas that say with a new one what it is about."""

SAME_MEANING, SAME_WORDS = 0.7, 0.75
"""From this likeness on, two ideas count as one said twice. Of translations (SIB-200) 72 % are found, and
99 % of what is found are translations; of texts with typing errors, in words or meaning, 80 to 99 %."""

SAMPLE = 20_000
"""Ideas by which the principal components are found."""

OUTGROWN = 1.5
"""With so many times the ideas that there were first, what sets languages apart is to be measured anew."""


@dataclass(frozen=True, slots=True)
class Place:
    """The theme of an idea. `score` says how near its middle is, `sure` how far the next theme is behind it:
    both 0 to 1."""

    theme: ThemeId
    score: float
    sure: float


@dataclass(frozen=True, slots=True)
class KnownIdea:
    """An idea as the index takes it in."""

    id: IdeaId
    text: str
    language: Language


class ThemeIndex:
    """Ideas by meaning and by words, and the middle of each theme. Those of 100,000 ideas take 80 MiB."""

    def __init__(
        self,
        ideas: Sequence[KnownIdea],
        vectors: Vectors | Halves,
        themes: Mapping[IdeaId, ThemeId] | None = None,
    ) -> None:
        """Give at least one idea; `vectors` has a row for each."""
        languages = [idea.language for idea in ideas]
        self._means = LanguageMeans(vectors, languages)
        self._ideas = [idea.id for idea in ideas]
        self._rows = {idea: row for row, idea in enumerate(self._ideas)}
        self._sketches = sketches([idea.text for idea in ideas])
        sample = range(0, len(ideas), len(ideas) // SAMPLE + 1)
        axes = principal_axes(self._means.taken_from(vectors[sample], [languages[row] for row in sample]))
        self._shelf = Shelf(axes, room=len(ideas))
        for first in range(0, len(ideas), BLOCK):
            block = slice(first, first + BLOCK)
            self._shelf.add(self._means.taken_from(vectors[block], languages[block]))
        self._first = len(ideas)
        self.assign(themes or {})

    def __len__(self) -> int:
        return len(self._ideas)

    def __contains__(self, idea: IdeaId) -> bool:
        return idea in self._rows

    @property
    def is_outgrown(self) -> bool:
        return len(self._ideas) > OUTGROWN * self._first

    def assign(self, themes: Mapping[IdeaId, ThemeId]) -> None:
        """Learn which theme each idea has now; ideas that are not named have none."""
        self._themes = sorted(set(themes.values()))
        number = {theme: place for place, theme in enumerate(self._themes)}
        self._sums = np.zeros((len(self._themes), self._shelf.size), dtype=np.float32)
        placed = [(self._rows[idea], number[theme]) for idea, theme in themes.items() if idea in self._rows]
        for first in range(0, len(placed), BLOCK):
            rows, owners = np.array(placed[first : first + BLOCK], dtype=np.int64).T
            np.add.at(self._sums, owners, self._shelf.rows(rows))

    def add(self, idea: KnownIdea, vector: Vectors | Halves) -> None:
        """Take in an idea, or its new words. The middle of a theme moves when themes are learnt anew."""
        centred = self._centred(idea, vector)
        if (row := self._rows.get(idea.id)) is not None:
            self._shelf.replace(row, centred)
            self._sketches[row] = sketches([idea.text])[0]
        else:
            self._rows[idea.id] = len(self._ideas)
            self._ideas.append(idea.id)
            self._shelf.add(centred[None])
            self._sketches = _with_room(self._sketches, len(self._ideas))
            self._sketches[len(self._ideas) - 1] = sketches([idea.text])[0]

    def drop(self, ideas: Iterable[IdeaId]) -> None:
        """Forget ideas, those that are not known too. The middle of a theme moves when themes are learnt
        anew."""
        for idea in ideas:
            if (row := self._rows.pop(idea, None)) is None:
                continue
            last = self._ideas.pop()
            self._shelf.remove(row)
            self._sketches[row] = self._sketches[len(self._ideas)]
            if last != idea:
                self._ideas[row] = last
                self._rows[last] = row

    def place(self, idea: KnownIdea, vector: Vectors | Halves) -> Place | None:
        """The theme in whose middle an idea and its nearest neighbours are; None where none is near."""
        centred = self._centred(idea, vector)
        if not self._themes or not centred.any():
            return None
        scores = unit(self._sums) @ self._smoothed(idea.id, centred)
        best = int(scores.argmax())
        if scores[best] < NEAR:
            return None
        next_best = float(np.partition(scores, -2)[-2]) if len(scores) > 1 else 0.0
        sure = 1 - max(next_best, 0.0) / float(scores[best])
        return Place(self._themes[best], min(float(scores[best]), 1.0), sure)

    def look_alikes(self, idea: KnownIdea, vector: Vectors | Halves, count: int = 5) -> list[LookAlike]:
        """The other ideas that are most like it, best first."""
        centred = self._centred(idea, vector)
        return [
            LookAlike(other, min(round(cosine, 4), 1.0))
            for other, cosine in self._near(idea.id, centred, count)
        ]

    def duplicates(self, idea: KnownIdea, vector: Vectors | Halves, count: int = 5) -> list[LookAlike]:
        """Other ideas that say the same: in other words or another language, or with typing errors."""
        found = {
            a.idea: a.likeness for a in self.look_alikes(idea, vector, count) if a.likeness >= SAME_MEANING
        }
        sketch = sketches([idea.text])[0]
        if sketch.any():
            cosines = likeness(sketch, self._sketches[: len(self._ideas)])
            for row in np.flatnonzero(cosines >= SAME_WORDS).tolist():
                other = self._ideas[row]
                found[other] = max(found.get(other, 0.0), round(float(cosines[row]), 4))
        found.pop(idea.id, None)
        best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:count]
        return [LookAlike(other, cosine) for other, cosine in best]

    def _centred(self, idea: KnownIdea, vector: Vectors | Halves) -> Vectors:
        centred: Vectors = self._means.taken_from(vector[None], [idea.language])[0]
        return centred

    def _smoothed(self, idea: IdeaId, centred: Vectors) -> Vectors:
        near = self._near(idea, centred, NEIGHBOURS)
        rows = np.array([self._rows[other] for other, _ in near], dtype=np.int64)
        cosines = np.array([cosine for _, cosine in near], dtype=np.float32)
        smoothed: Vectors = drawn(centred[None], self._shelf.rows(rows)[None], cosines[None])[0]
        return smoothed

    def _near(self, idea: IdeaId, centred: Vectors, count: int) -> list[tuple[IdeaId, float]]:
        rows, cosines = self._shelf.nearest(centred, count + 1)
        found = [
            (self._ideas[row], cosine) for row, cosine in zip(rows.tolist(), cosines.tolist(), strict=True)
        ]
        return [(other, cosine) for other, cosine in found if other != idea][:count]


def _with_room(kept: Sketch, count: int) -> Sketch:
    if count <= len(kept):
        return kept
    roomy = np.zeros((count + count // 4, kept.shape[1]), dtype=kept.dtype)
    roomy[: len(kept)] = kept
    return roomy
