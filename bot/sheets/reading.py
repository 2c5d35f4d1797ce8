"""Exports of Morgen, read again: JSON Lines, workbooks, CSV in a ZIP, and the ZIP with photos."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile
from zoneinfo import ZoneInfo

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.sheets.meaning import Meaning, understand
from bot.sheets.workbook import unescaped
from bot.sheets.writing import LINES, PHOTOS
from cocreation.ideas.export import IDEAS, VERSION, Cell, Sheet
from cocreation.ideas.table import original_cell
from cocreation.services.import_content import OwnExport, Record
from cocreation.services.read_table import Problem, TableError, every_row

_ZIP = b"PK\x03\x04"
_CHUNK = 1 << 20


@contextmanager
def open_export(path: Path) -> Iterator[OwnExport | None]:
    """The export in the file; None where it is some other table. Raises TableError for what is neither."""
    with TemporaryDirectory() as folder:
        yield _export_in(path, Path(folder))


def _export_in(path: Path, folder: Path) -> OwnExport | None:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        return None
    if head.startswith(_ZIP):
        return _in_zip(path, folder)
    return LinesFile(path) if head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b'{"') else None


def _in_zip(path: Path, folder: Path) -> OwnExport:
    other = TableError(f"{path} is a spreadsheet or ZIP that Morgen did not write: save it as CSV first")
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except BadZipFile:
        raise other from None
    if LINES in names:
        return LinesFile(path, LINES)
    try:
        return WorkbookFile(path) if "xl/workbook.xml" in names else CsvFiles(path, names, folder)
    except (LookupError, ValueError, OSError, InvalidFileException, SyntaxError):
        raise other from None


@dataclass(frozen=True, slots=True)
class LinesFile:
    """JSON Lines, by themselves or in a ZIP under the name `inside`."""

    path: Path
    inside: str | None = None
    zone: ZoneInfo | None = None

    @property
    def mark(self) -> str:
        return _mark(self.path)

    def rows(self, sheet: Sheet) -> Iterator[Record | Problem]:
        for number, line in enumerate(self._lines(), start=1):
            found = _parsed(line)
            if found is None or "record" not in found:
                if sheet is IDEAS and line.strip():
                    yield Problem(number, "is no line of an export")
            elif str(found.get("version")) != str(VERSION):
                raise TableError(f"{self.path} was written by another Morgen: install the newest")
            elif found.get("record") == sheet.record:
                yield Record(number, found)

    def photos(self) -> Iterator[tuple[str, bytes]]:
        """The token of an idea, and one of its photos."""
        if self.inside is None:
            return
        with ZipFile(self.path) as archive:
            for name in archive.namelist():
                found = PurePosixPath(name)
                if found.parent.as_posix() == PHOTOS:
                    yield found.stem.rpartition("-")[0], archive.read(name)

    def _lines(self) -> Iterator[str]:
        if self.inside is None:
            with self.path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
                yield from file
            return
        with ZipFile(self.path) as archive, archive.open(self.inside) as entry:
            yield from TextIOWrapper(entry, "utf-8-sig", errors="replace", newline="\n")


class WorkbookFile:
    """A workbook, as it was written or as a spreadsheet has saved it since. Raises LookupError for others."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with closing(load_workbook(path, read_only=True, data_only=True)) as book:
            self._meaning = _meaning_of(
                [list(page.iter_rows(max_row=500, values_only=True)) for page in book.worksheets]
            )

    @property
    def mark(self) -> str:
        return _mark(self._path)

    @property
    def zone(self) -> ZoneInfo | None:
        return self._meaning.zone

    def rows(self, sheet: Sheet) -> Iterator[Record | Problem]:
        title = self._meaning.titles.get(sheet.name)
        with closing(load_workbook(self._path, read_only=True, data_only=True)) as book:
            if title not in book.sheetnames:
                return
            rows = book[title].iter_rows(values_only=True)
            yield from self._meaning.records(sheet, enumerate(map(_from_workbook, rows), start=1))


class CsvFiles:
    """CSV files in a ZIP. They are unpacked, for each may have been saved in its own way since."""

    def __init__(self, path: Path, names: Sequence[str], folder: Path) -> None:
        self._path = path
        names = [name for name in names if name.lower().endswith(".csv")]
        files = {}
        with ZipFile(path) as archive:
            for at, name in enumerate(names):
                file = folder / f"{at}.csv"
                file.write_bytes(archive.read(name))
                files[PurePosixPath(name).stem] = file
        self._files = files
        self._meaning = _meaning_of([_some_rows(file) for file in files.values()])

    @property
    def mark(self) -> str:
        return _mark(self._path)

    @property
    def zone(self) -> ZoneInfo | None:
        return self._meaning.zone

    def rows(self, sheet: Sheet) -> Iterator[Record | Problem]:
        file = self._files.get(self._meaning.titles.get(sheet.name, ""))
        if file is not None:
            yield from self._meaning.records(sheet, _read(file))


def _some_rows(file: Path) -> list[Sequence[Cell]]:
    try:
        return [row[1] for row in _read(file) if not isinstance(row, Problem)][:500]
    except TableError:
        return []


def _read(file: Path) -> Iterator[tuple[int, Sequence[Cell]] | Problem]:
    for row in every_row(file):
        yield row if isinstance(row, Problem) else (row[0], [original_cell(cell) for cell in row[1]])


def _meaning_of(sheets: Sequence[Sequence[Sequence[object]]]) -> Meaning:
    for rows in sheets:
        if (meaning := understand(rows)) is not None:
            return meaning
    raise LookupError("no sheet says what the others mean")


def _from_workbook(row: Sequence[object]) -> Sequence[Cell]:
    return [_cell(value) for value in row]


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return unescaped(value)
    return value if isinstance(value, int | float | datetime) else None


def _parsed(line: str) -> Mapping[str, Cell] | None:
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _mark(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()[:32]
