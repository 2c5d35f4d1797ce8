"""The labelled ideas, one half to tune on and one to report on."""

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cocreation.ideas.frame import GoalKey
from cocreation.ideas.ids import Language

FILE = Path(__file__).with_name("labels.csv")
FRAMES = ("sdgs", "qualities", "covenant")
NONE = "-"
SEED = 7


@dataclass(frozen=True, slots=True)
class Labelled:
    """An idea and the goals that a person read in it: none, one or two. `is_tuned_on` says which half."""

    text: str
    language: Language
    goals: frozenset[GoalKey]
    is_tuned_on: bool


def labelled(frame: str) -> Sequence[Labelled]:
    """The ideas that have labels for the frame."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    order = list(range(len(rows)))
    random.Random(SEED).shuffle(order)
    tuned = set(order[: len(order) // 2])
    return [
        Labelled(
            row["text"],
            Language(row["language"]),
            frozenset(GoalKey(goal) for goal in row[frame].split() if goal != NONE),
            at in tuned,
        )
        for at, row in enumerate(rows)
        if row[frame]
    ]
