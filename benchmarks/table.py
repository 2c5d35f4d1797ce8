"""The one table, and the same as JSON."""

import statistics
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.table import Table

from benchmarks.measuring import Latency, Throughput, median_ratio
from benchmarks.process import Memory

NONE = "–"


@dataclass(slots=True)
class Row:
    """What was found about one bot; `failure` says why there is no more."""

    name: str
    rounds: list[Throughput] = field(default_factory=list)
    latencies: dict[int, Latency] = field(default_factory=dict)
    start: float | None = None
    failure: str | None = None

    def rates(self) -> list[float]:
        return [one.rate for one in self.rounds]

    def memories(self) -> list[Memory]:
        found = [one.memory for one in self.rounds] + [one.memory for one in self.latencies.values()]
        return [memory for memory in found if memory is not None]

    def ratio(self, plain: "Row") -> float | None:
        """Its throughput as a multiple of the plain bot's."""
        whole = bool(self.rounds) and len(self.rounds) == len(plain.rounds)
        return median_ratio(self.rates(), plain.rates()) if whole else None


def table_of(rows: Iterable[Row], plain: Row, paces: Iterable[int]) -> Table:
    """A row a bot."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Bot", no_wrap=True)
    heads = ["updates/s", "× plain", "CPU ms\n/update"]
    heads += [f"ms at {pace}/s\np50 · p95 · p99" for pace in paces]
    for head in (*heads, "MiB\nafter · peak", "start s"):
        table.add_column(head, justify="right")
    for row in rows:
        table.add_row(row.name, *_cells(row, plain, paces))
        if row.failure is not None:
            table.add_row(f"  {row.failure}")
    return table


def _cells(row: Row, plain: Row, paces: Iterable[int]) -> list[str]:
    rates = row.rates()
    ratio = row.ratio(plain)
    return [
        f"{statistics.median(rates):.0f}" if rates else NONE,
        NONE if ratio is None else f"{ratio:.2f}",
        f"{statistics.median(one.cpu for one in row.rounds):.2f}" if rates else NONE,
        *(_latency(row.latencies.get(pace)) for pace in paces),
        _memory(row),
        NONE if row.start is None else f"{row.start:.2f}",
    ]


def _latency(found: Latency | None) -> str:
    return NONE if found is None else f"{found.p50:.0f} · {found.p95:.0f} · {found.p99:.0f}"


def _memory(row: Row) -> str:
    used = [one.memory for one in row.rounds if one.memory is not None]
    if not used:
        return NONE
    after = statistics.median(memory.now for memory in used)
    children = max(memory.children for memory in row.memories())
    text = f"{after:.0f} · {max(memory.peak for memory in row.memories()):.0f}"
    return f"{text} (+{children:.0f})" if children else text


def as_json(rows: Iterable[Row], plain: Row) -> list[dict[str, Any]]:
    """All single values."""
    return [{**asdict(row), "ratio": row.ratio(plain)} for row in rows]
