"""Section `stability`: do the themes stay the same when half of the ideas are others?"""

import random
from collections.abc import Callable, Sequence
from itertools import combinations

from benchmarks.themes.bench import SEED, Bench, PeerFailedError
from benchmarks.themes.competitors import BERTOPIC_PLAIN, BERTOPIC_REDUCED, MORGEN, MORGEN_WORDS
from benchmarks.themes.exchange import Themes
from benchmarks.themes.measures import agreement, mean
from benchmarks.themes.report import Report, Row, shown

NOTE = """\
{halves} random halves of each set, the same for all; for each two of them the ARI of their themes over the
ideas that both hold (a quarter of the set, more or less), the mean over all pairs. An idea without a theme
counts as a group of its own. After Ben-Hur, Elisseeff and Guyon 2002, 'A stability based method'."""


def measure(bench: Bench) -> Report:
    rows: list[Row] = []
    for peer in (BERTOPIC_REDUCED, MORGEN, MORGEN_WORDS):
        named: dict[str, Callable[[Themes], Themes]] = {peer.name: _itself}
        if peer is BERTOPIC_REDUCED:
            named = {BERTOPIC_PLAIN.name: Themes.without_outliers, **named}
        found: dict[str, list[float | None]] = {name: [] for name in named}
        for one in bench.sets:
            bench.tell(f"stability: {one.name}: {peer.name}")
            halves = halves_of(len(one.texts), bench.scale.halves)
            try:
                runs = bench.answer(peer, one, halves).runs
            except PeerFailedError as error:
                bench.tell(f"{peer.name} failed on {one.name}: {error}")
                runs = ()
            for name, read in named.items():
                found[name].append(_stability(halves, [read(run) for run in runs]))
        rows += [_row(name, values) for name, values in found.items()]
    head: Row = ("peer", *(one.name for one in bench.sets), "mean")
    return Report("Stability: ARI of halves", head, rows, NOTE.format(halves=bench.scale.halves))


def _itself(themes: Themes) -> Themes:
    return themes


def _stability(halves: Sequence[Sequence[int]], runs: Sequence[Themes]) -> float | None:
    divisions = [dict(zip(rows, run.groups, strict=True)) for rows, run in zip(halves, runs, strict=False)]
    return mean(agreement(left, right) for left, right in combinations(divisions, 2))


def _row(name: str, values: Sequence[float | None]) -> Row:
    return (name, *(shown(value) for value in (*values, None if None in values else mean(values))))


def halves_of(count: int, halves: int) -> list[list[int]]:
    """So many random halves of the rows, each in the order of the set."""
    chance = random.Random(SEED)
    return [sorted(chance.sample(range(count), count // 2)) for _ in range(halves)]
