"""Section `identity`: do ideas keep their theme while more arrive, week after week?"""

import random
import statistics
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.themes.bench import SEED, Bench, run_module
from benchmarks.themes.exchange import Question, ask
from benchmarks.themes.measures import each_its_own, mutual_information
from benchmarks.themes.report import NONE, Report, Row, shown
from benchmarks.themes.sets import LabelledSet
from benchmarks.themes.weeks import Weeks, read_weeks

NOTE = """\
The largest set in one language arrives in equal weekly batches, the order of the file shuffled with a seed.
Each week all ideas so far are sorted anew, the themes of the week before being known. changed: the share of
the earlier ideas whose theme (its identity, or a new one; none counts as one) is another than the week
before; without splits and merges: those left out that went with a split or a merge that Morgen tells people
of. AMI with from scratch: of the themes after the last week and those found in all ideas at once. Shuffled:
whether every fifth week gives the same themes when its ideas come in another order."""


def measure(bench: Bench) -> Report:
    head: Row = ("Morgen, weekly", "median", "maximum", "last week")
    single = [one for one in bench.sets if not one.is_multilingual]
    if not single:
        return Report("Identity", head, [("there is no set in one language",)], NOTE)
    one = max(single, key=lambda one: len(one.texts))
    bench.tell(f"identity: {one.name} in {bench.scale.weeks} weeks")
    found = _weeks(bench, one)
    last, scratch = found.last, found.scratch
    rows: list[Row] = [
        ("ideas whose theme changed", *_spread([week.changed for week in found.weeks])),
        ("the same without splits and merges", *_spread([week.unexplained for week in found.weeks])),
        ("themes", *_spread([week.themes for week in found.weeks], ".0f")),
        ("AMI with from scratch", "", "", shown(mutual_information(last, each_its_own(scratch)), ".3f")),
        ("AMI with the labels", "", "", shown(mutual_information(last, one.labels), ".3f")),
        ("the same from scratch", "", "", shown(mutual_information(scratch, one.labels), ".3f")),
        ("the same when shuffled", "", "", "yes" if found.same_when_shuffled else "NO"),
    ]
    title = f"Identity: {one.name} ({len(one.texts):,}) in {bench.scale.weeks} weeks"
    return Report(title, head, rows, NOTE)


def _weeks(bench: Bench, one: LabelledSet) -> Weeks:
    question = Question(
        texts=one.texts,
        vectors=bench.encoded(one.texts).vectors,
        subsets=batches(len(one.texts), bench.scale.weeks),
        count=len(set(one.labels)),
        is_multilingual=False,
        variant="whole",
        seeds=(SEED,),
    )
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        ask(folder, question)
        run_module(sys.executable, "benchmarks.themes.weeks", folder)
        return read_weeks(folder)


def batches(count: int, weeks: int) -> tuple[tuple[int, ...], ...]:
    """The rows in a random order, cut into so many parts of about the same size."""
    rows = random.Random(SEED).sample(range(count), count)
    cuts = [count * week // weeks for week in range(weeks + 1)]
    return tuple(tuple(rows[start:end]) for start, end in pairwise(cuts))


def _spread(values: Sequence[float | None], pattern: str = ".1%") -> Row:
    known = [value for value in values if value is not None]
    if not known:
        return NONE, NONE, NONE
    return tuple(format(value, pattern) for value in (statistics.median(known), max(known), known[-1]))
