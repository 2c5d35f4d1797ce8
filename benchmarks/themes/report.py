"""What a section found: one block of the table, for a terminal or as Markdown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.table import Table

NONE = "–"

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """`texts` is how many of the first columns hold words; a row of nothing is a line between groups.

    `note` says how it was measured.
    """

    title: str
    head: Row
    rows: Sequence[Row]
    note: str
    texts: int = 1


def table_of(report: Report) -> Table:
    table = Table(title=report.title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(report.head):
        table.add_column(head, justify="left" if number < report.texts else "right", no_wrap=number == 0)
    for row in report.rows:
        table.add_row(*row)
    return table


def markdown_of(reports: Iterable[Report]) -> str:
    return "\n".join(_markdown(report) for report in reports)


def _markdown(report: Report) -> str:
    rule = ["---" if number < report.texts else "---:" for number in range(len(report.head))]
    lines = [_line(report.head), _line(rule), *(_line(row) for row in report.rows if any(row))]
    return "\n".join([f"### {report.title}", "", *lines, "", report.note, ""])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("\n", " ") for cell in cells) + " |"


def shown(value: float | None, pattern: str = ".2f") -> str:
    """The number without a leading zero, as papers write what lies between −1 and 1."""
    if value is None:
        return NONE
    text = format(value, pattern)
    return text.replace("0.", ".", 1) if abs(value) < 1 and text.lstrip("-").startswith("0.") else text
