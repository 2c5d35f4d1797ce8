"""`python -m benchmarks.exports`: how long a large town's files take, and how much memory."""

import argparse
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.table import Table

from benchmarks.bots import ROOT
from benchmarks.search import make_town
from bot.sheets.order import Order
from bot.town_exporting import write_export
from cocreation.ideas.export import ExportFormat, Selection
from cocreation.ideas.ids import Language
from cocreation.ideas.town import Town

NL = Language("nl")
TOWN = Town("Tienen", (NL,), ZoneInfo("Europe/Brussels"), None, frozenset(), NL, None)
NOTE = """\
Each file is made in a process of its own, as the bot does it: seconds from its start, the most memory it had
(MiB resident), and the size of the file. The town has three supports for each idea and no photos."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one file: seconds, MiB of memory at most, MB of the file, ideas in it."""

    seconds: float
    memory: float
    size: float
    ideas: int


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exports", description=__doc__)
    parser.add_argument("--ideas", type=int, default=100_000, help="in the database (100000)")
    options = parser.parse_args()
    work = ROOT / "build" / "bench"
    work.mkdir(parents=True, exist_ok=True)
    table = Table("file", "ideas", "seconds", "MiB", "MB")
    with TemporaryDirectory(dir=work) as folder:
        errors = Console(stderr=True)
        with errors.status("") as status:
            make_town(Path(folder) / "morgen.db", options.ideas)
            for format in ExportFormat:
                status.update(f"writing {format}")
                cost = _apart(_cost, Path(folder), format)
                table.add_row(
                    format, f"{cost.ideas:,}", f"{cost.seconds:.1f}", f"{cost.memory:.0f}", f"{cost.size:.1f}"
                )
    console = Console(width=max(Console().width, 100))
    console.print(table)
    console.print(f"\n{NOTE}", highlight=False)


def _cost(folder: Path, format: ExportFormat) -> Cost:
    path = folder / f"{format}{format.ending}"
    order = Order(TOWN, NL, Selection(), datetime.now(UTC))
    begun = time.perf_counter()
    ideas = write_export(f"sqlite:///{folder}/morgen.db", folder / "media", order, format, path)
    seconds = time.perf_counter() - begun
    return Cost(seconds, _most_memory(), path.stat().st_size / 1e6, ideas)


def _most_memory() -> float:
    """Of this process alone: what `getrusage` tells begins with what its parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _apart(measure: Callable[[Path, ExportFormat], Cost], folder: Path, format: ExportFormat) -> Cost:
    """What it costs in a process that has done nothing else."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(measure, folder, format, there))
    process.start()
    there.close()
    cost: Cost = here.recv()
    process.join()
    return cost


def _tell(
    measure: Callable[[Path, ExportFormat], Cost], folder: Path, format: ExportFormat, to: Connection
) -> None:
    to.send(measure(folder, format))


if __name__ == "__main__":
    main()
