"""How good goals are that somebody or something chose, against labels."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from cocreation.ideas.frame import GoalKey

Chosen = Sequence[AbstractSet[GoalKey]]


@dataclass(frozen=True, slots=True)
class Measure:
    """`precision`: the part of the chosen goals that are labelled so; `recall`: the part of the labels that
    are chosen; `share`: the part of the ideas with a goal; `right`: that of these of which all goals are."""

    precision: float
    recall: float
    share: float
    right: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def measure(chosen: Chosen, labels: Chosen) -> Measure:
    hits = sum(len(found & true) for found, true in zip(chosen, labels, strict=True))
    given = [(found, true) for found, true in zip(chosen, labels, strict=True) if found]
    return Measure(
        precision=hits / max(sum(len(found) for found, _ in given), 1),
        recall=hits / max(sum(map(len, labels)), 1),
        share=len(given) / max(len(labels), 1),
        right=sum(found <= true for found, true in given) / max(len(given), 1),
    )


def mean_of(draw: Callable[[], Chosen], labels: Chosen, times: int) -> Measure:
    """The mean over so many draws."""
    found = [measure(draw(), labels) for _ in range(times)]
    return Measure(
        *(sum(values) / times for values in zip(*((m.precision, m.recall, m.share, m.right) for m in found)))  # noqa: B905
    )
