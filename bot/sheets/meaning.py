"""What the sheets of an export mean, whatever language their titles are in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.sheets.about import MARK
from cocreation.ideas.export import SHEETS, VERSION, Cell, Kind, Sheet
from cocreation.services.import_content import Record
from cocreation.services.read_table import Problem, TableError

_SHEETS = {sheet.name: sheet for sheet in SHEETS}
NumberedRow = tuple[int, Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """`titles` by sheet; `columns` by sheet and title; `choices` by sheet, column and word."""

    zone: ZoneInfo | None
    titles: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)
    choices: Mapping[tuple[str, str, str], str] = field(default_factory=dict)

    def records(self, sheet: Sheet, rows: Iterator[NumberedRow | Problem]) -> Iterator[Record | Problem]:
        """The first row has the titles."""
        names: list[str | None] = []
        kinds = {column.name: column.kind for column in sheet.columns}
        for row in rows:
            if isinstance(row, Problem):
                yield row
                continue
            number, cells = row
            if not names:
                names = [self.columns.get((sheet.name, str(cell).strip())) for cell in cells]
                continue
            found = {name: cell for name, cell in zip(names, cells, strict=False) if name is not None}
            if all(cell in (None, "") for cell in found.values()):
                continue
            for name, cell in found.items():
                if kinds[name] in (Kind.CHOICE, Kind.FLAG) and cell not in (None, ""):
                    found[name] = self.choices.get((sheet.name, name, str(cell)), cell)
            yield Record(number, found)


def understand(rows: Iterable[Sequence[object]]) -> Meaning | None:
    """What the rows of the sheet about a file say; None where they are of another sheet."""
    facts: dict[str, str] = {}
    titles: dict[str, str] = {}
    columns: dict[tuple[str, str], str] = {}
    choices: dict[tuple[str, str, str], str] = {}
    for row in rows:
        label, word, name = (["" if cell is None else str(cell) for cell in row[:3]] + ["", "", ""])[:3]
        of, _, rest = name.partition(".")
        column, _, value = rest.partition(".")
        if of == "about":
            facts[rest] = word
        elif of in _SHEETS and column:
            titles[of] = label
            if value:
                choices[of, column, word] = value
            else:
                columns[of, word] = column
    mark, _, version = facts.get("format", "").partition("/")
    if mark != MARK:
        return None
    if not version.isdigit() or int(version) > VERSION:
        raise TableError("this export was written by a newer Morgen: install that first")
    return Meaning(_zone(facts.get("time_zone")), titles, columns, choices)


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, LookupError, OSError):
        return None
