"""Sections `placing` and `look-alikes`: one idea at a time."""

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.themes.bench import SEED, Bench, run_module
from benchmarks.themes.near import Near, ask_near, read_near
from benchmarks.themes.recombined import recombined
from benchmarks.themes.report import Report, Row, shown
from benchmarks.themes.sets import LabelledSet

PLACING = """\
A tenth of each set is hidden and placed one by one among the rest, whose themes are those of a run over all;
'same theme' is the share that goes where that run puts it. ms: a text comes, is encoded and placed, in one
thread. Typos: of texts written again, with an error for each thirty letters, the share whose original is
found."""
LOOK_ALIKES = """\
Recombined ideas as above. ms for the five look-alikes, for the duplicates (by meaning and by letters), and
for encoding and placing, in one thread; MiB is what the process grew by as the index was made; found is the
share of the truly nearest five."""


def measure_placing(bench: Bench) -> Report:
    rows: list[Row] = []
    for one in bench.sets:
        near = _near(bench, one, with_themes=True)
        same = shown(near.agreement, ".2f")
        rows.append((one.name, f"{len(one.texts):,}", same, shown(near.typos), *_milliseconds(near.place)))
    return Report(
        "Placing a new idea", ("set", "ideas", "same theme", "typos", "p50 ms", "p95 ms"), rows, PLACING
    )


def measure_look_alikes(bench: Bench) -> Report:
    near = _near(bench, recombined(bench.sets, bench.scale.large, SEED), with_themes=False)
    times = (near.look_alikes, near.duplicates, near.place)
    row = (f"{bench.scale.large:,}", *(cell for pair in times for cell in _milliseconds(pair)))
    head = ("ideas", "like p50", "p95", "same p50", "p95", "place p50", "p95", "MiB", "found")
    return Report("Look-alikes", head, [(*row, f"{near.mebibytes:.0f}", shown(near.recall))], LOOK_ALIKES)


def _near(bench: Bench, one: LabelledSet, with_themes: bool) -> Near:
    bench.tell(f"one idea at a time: {one.name}")
    encoded = bench.encoded(one.texts)
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        ask_near(folder, encoded.folder, with_themes, SEED)
        run_module(sys.executable, "benchmarks.themes.near", folder)
        return read_near(folder)


def _milliseconds(pair: Sequence[float]) -> tuple[str, str]:
    return f"{pair[0]:.1f}", f"{pair[1]:.1f}"
