"""`python -m benchmarks.themes.weeks FOLDER`: Morgen finds themes anew each week as ideas arrive.

The question's subsets are the batches of the weeks. The answer is `weeks.json`.
"""

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

import numpy as np

from benchmarks.themes.exchange import Question, Vectors, read_question
from benchmarks.themes.measures import changed
from benchmarks.themes.morgen import (
    find_with_vectors,
    ideas_of,
    known_after,
    moves_explained,
    ready,
    themes_of,
)
from cocreation.analysis.encoding import Encoder
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import Clustering, IdeaText, KnownTheme

SHUFFLED_EVERY = 5
"""So many weeks are between two checks that the order of the ideas changes nothing."""


@dataclass(frozen=True, slots=True)
class Week:
    """`changed` is the share of the earlier ideas whose theme is another now; `unexplained` leaves those out
    that went with a split or a merge that Morgen tells of."""

    ideas: int
    themes: int
    changed: float | None
    unexplained: float | None


@dataclass(frozen=True, slots=True)
class Weeks:
    """All weeks; the groups at the end and from scratch, a number a text; and whether the order matters."""

    weeks: tuple[Week, ...]
    last: tuple[int, ...]
    scratch: tuple[int, ...]
    same_when_shuffled: bool


def read_weeks(folder: Path) -> Weeks:
    found = json.loads((folder / "weeks.json").read_text(encoding="utf-8"))
    weeks = tuple(Week(**week) for week in found.pop("weeks"))
    last, scratch = tuple(found.pop("last")), tuple(found.pop("scratch"))
    return Weeks(weeks, last, scratch, **found)


def main() -> None:
    folder = Path(sys.argv[1])
    question = read_question(folder)
    vectors: Vectors = np.load(question.vectors)
    found = _walk(question, ready(question.texts, vectors))
    (folder / "weeks.json").write_text(json.dumps(asdict(found)), encoding="utf-8")


def _walk(question: Question, encoder: Encoder) -> Weeks:
    everything = ideas_of(question.texts)
    arrived: list[IdeaText] = []
    known: list[KnownTheme] = []
    where: dict[int, int | None] = {}
    weeks = []
    same = True
    numbers = count(1)
    clustering = Clustering((), ())
    for week, batch in enumerate(question.subsets, start=1):
        arrived += [everything[row] for row in batch]
        clustering = find_with_vectors(arrived, encoder, known)
        if week % SHUFFLED_EVERY == 0:
            shuffled = random.Random(question.seeds[0]).sample(arrived, len(arrived))
            same &= _division(find_with_vectors(shuffled, encoder, known)) == _division(clustering)
        earlier, known = known, known_after(clustering, known, numbers)
        before, where = where, _where(arrived, known)
        explained = moves_explained(earlier, known)
        weeks.append(
            Week(
                len(arrived),
                len(clustering.themes),
                changed(before, where),
                changed(before, where, explained),
            )
        )
    scratch = find_with_vectors(arrived, encoder)
    total = len(everything)
    return Weeks(tuple(weeks), themes_of(clustering, total).groups, themes_of(scratch, total).groups, same)


def _where(ideas: Sequence[IdeaText], themes: Sequence[KnownTheme]) -> dict[int, int | None]:
    theme_of = {member: int(theme.id) for theme in themes if not theme.has_faded for member in theme.members}
    return {int(idea.id): theme_of.get(idea.id) for idea in ideas}


def _division(clustering: Clustering) -> set[tuple[ThemeId | None, frozenset[IdeaId]]]:
    return {(theme.known, frozenset(member.idea for member in theme.members)) for theme in clustering.themes}


if __name__ == "__main__":
    main()
