"""Section `stability`: do the themes stay the same when half of the ideas are others?"""

import random
from itertools import combinations

from benchmarks.themes.bench import SEED, Bench, PeerFailedError
from benchmarks.themes.competitors import BERTOPIC_PLAIN, BERTOPIC_REDUCED, MORGEN, MORGEN_WORDS, Peer
from benchmarks.themes.measures import agreement, mean
from benchmarks.themes.report import Report, Row, shown
from benchmarks.themes.sets import LabelledSet

PEERS = (BERTOPIC_PLAIN, BERTOPIC_REDUCED, MORGEN, MORGEN_WORDS)

NOTE = """\
{halves} random halves of each set, the same for all; for each two of them the ARI of their themes over the
ideas that both hold (a quarter of the set, more or less), the mean over all pairs. An idea without a theme
counts as a group of its own. After Ben-Hur, Elisseeff and Guyon 2002, 'A stability based method'."""


def measure(bench: Bench) -> Report:
    rows = []
    for peer in PEERS:
        found: list[float | None] = []
        failures = []
        for one in bench.sets:
            bench.tell(f"stability: {one.name}: {peer.name}")
            try:
                found.append(_stability(bench, peer, one))
            except PeerFailedError as error:
                found.append(None)
                failures.append(f"  {one.name}: {error}")
        whole = mean(found) if None not in found else None
        rows += [(peer.name, *(shown(value) for value in (*found, whole))), *((text,) for text in failures)]
    head: Row = ("peer", *(one.name for one in bench.sets), "mean")
    return Report("Stability: ARI of halves", head, rows, NOTE.format(halves=bench.scale.halves))


def _stability(bench: Bench, peer: Peer, one: LabelledSet) -> float | None:
    halves = halves_of(len(one.texts), bench.scale.halves)
    runs = bench.answer(peer, one, halves).runs
    divisions = [dict(zip(rows, run.groups, strict=True)) for rows, run in zip(halves, runs, strict=True)]
    return mean(agreement(left, right) for left, right in combinations(divisions, 2))


def halves_of(count: int, halves: int) -> list[list[int]]:
    """So many random halves of the rows, each in the order of the set."""
    chance = random.Random(SEED)
    return [sorted(chance.sample(range(count), count // 2)) for _ in range(halves)]
