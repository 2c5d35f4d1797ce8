"""`python -m benchmarks.frames`: how good suggested goals are, against ideas that were labelled by hand."""

import random
import sys
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from benchmarks.frames.labels import FRAMES, Labelled, labelled
from benchmarks.frames.measures import Measure, mean_of, measure
from benchmarks.frames.methods import by_chance, by_keywords, by_morgen, most_frequent
from cocreation.analysis import goals
from cocreation.analysis.encoding import Encoder, installed_encoder
from cocreation.ideas.frame import Frame, included_frames

DRAWS = 500
THRESHOLDS = [round(0.02 * step, 2) for step in range(3, 21)]
COLUMNS = ("frame", "way", "precision", "recall", "F1", "with a goal", "of these all right")


def main() -> None:
    encoder = installed_encoder()
    if encoder is None:
        sys.exit("no encoder is installed: docs/encoders.md")
    frames = {frame.key: frame for frame in included_frames()}
    table = Table(*COLUMNS, title=f"on the half that nothing was tuned on; near is {goals.NEAR}")
    for name in FRAMES:
        ideas = labelled(name)
        for way, found in _ways(next(f for k, f in frames.items() if k == name), ideas, encoder):
            values = (found.precision, found.recall, found.f1, found.share, found.right)
            table.add_row(name, way, *(f"{value:.2f}" for value in values))
    console = Console(width=110)
    console.print(table)
    console.print(_tuning(list(frames.values()), encoder))


def _ways(frame: Frame, ideas: Sequence[Labelled], encoder: Encoder) -> Iterator[tuple[str, Measure]]:
    reported = [at for at, idea in enumerate(ideas) if not idea.is_tuned_on]
    labels = [ideas[at].goals for at in reported]
    tuned_on = [idea for idea in ideas if idea.is_tuned_on]
    for way, chosen in (
        ("Morgen", by_morgen(frame, ideas, encoder)),
        ("Morgen, words alone", by_morgen(frame, ideas, None)),
        ("keywords", by_keywords(frame, ideas)),
        ("always the most frequent", most_frequent(tuned_on, len(ideas))),
    ):
        yield way, measure([chosen[at] for at in reported], labels)
    rng = random.Random(0)
    yield "chance", mean_of(lambda: by_chance(tuned_on, len(labels), rng), labels, DRAWS)


def _tuning(frames: list[Frame], encoder: Encoder) -> Table:
    """What the threshold does on the half that it was tuned on."""
    table = Table(
        "near from", *(f"{name} F1" for name in FRAMES), "mean", title="on the half that was tuned on"
    )
    kept = goals.NEAR
    for near in THRESHOLDS:
        goals.NEAR = near
        found = [_tuned(frame, encoder) for name in FRAMES for frame in frames if frame.key == name]
        table.add_row(f"{near:.2f}", *(f"{f1:.2f}" for f1 in found), f"{sum(found) / len(found):.3f}")
    goals.NEAR = kept
    return table


def _tuned(frame: Frame, encoder: Encoder) -> float:
    ideas = labelled(frame.key)
    chosen = by_morgen(frame, ideas, encoder)
    tuned = [at for at, idea in enumerate(ideas) if idea.is_tuned_on]
    return measure([chosen[at] for at in tuned], [ideas[at].goals for at in tuned]).f1


if __name__ == "__main__":
    main()
