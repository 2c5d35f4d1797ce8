"""`python -m benchmarks.themes`: themes by Morgen and by others, on the same texts in the same run."""

import argparse
import sys
import time
from pathlib import Path

from rich.console import Console

from benchmarks.themes.bench import QUICK, ROOT, WHOLE, Bench, PeerFailedError
from benchmarks.themes.report import markdown_of, table_of
from benchmarks.themes.sections import SECTIONS
from benchmarks.themes.sets import NoSetsError, labelled_sets

WORK = ROOT / "build" / "bench" / "themes"
QUICK_TEXTS = 300


def main() -> None:
    options = _options()
    try:
        sets = labelled_sets(options.data, options.sets, QUICK_TEXTS if options.quick else None)
    except NoSetsError as error:
        sys.exit(str(error))
    errors = Console(stderr=True)
    start = time.monotonic()

    def tell(what: str) -> None:
        errors.print(f"{time.monotonic() - start:6.0f} s  {what}", style="dim", highlight=False)

    bench = Bench(sets, QUICK if options.quick else WHOLE, WORK, tell)
    console = Console(width=max(Console().width, 170))
    reports = []
    for section in SECTIONS:
        if section.name in options.sections:
            try:
                report = section.measure(bench)
            except PeerFailedError as error:
                sys.exit(f"{section.name}: {error}")
            console.print(table_of(report))
            console.print(f"\n{report.note}\n", highlight=False)
            reports.append(report)
            if options.markdown is not None:
                options.markdown.write_text(markdown_of(reports), encoding="utf-8")
    tell("done")


def _options() -> argparse.Namespace:
    names = tuple(section.name for section in SECTIONS)
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.themes", description="Themes by Morgen and by others."
    )
    parser.add_argument(
        "--data", type=Path, required=True, metavar="FOLDER", help="CSV files with id, text, label and lang"
    )
    parser.add_argument(
        "--sets", nargs="+", default=(), metavar="NAME", help="only these of the folder's sets"
    )
    parser.add_argument("--sections", nargs="+", default=names, choices=names, help="only these")
    parser.add_argument("--quick", action="store_true", help="smaller: says whether it works, not how well")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the tables as Markdown too")
    return parser.parse_args()


if __name__ == "__main__":
    main()
