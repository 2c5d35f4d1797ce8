"""A CSV file as people's programs write it: any usual encoding and separator, whatever is broken in it."""

import codecs
import csv
import re
from collections import Counter, deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

REQUIRED = ("id", "text")
SEPARATORS = (",", ";", "\t", "|")
"""The usual ones. Any other sign does as well, where the names of the columns show it."""

LONGEST_ROW = 100_000
"""Characters. A row that is still open after as many has a quotation mark that nobody closed."""

_TOO_LONG = f"the line has more than {LONGEST_ROW:,} characters"
_QUOTES = 'a quotation mark " is opened and not closed, or stands alone inside a text'

_CHUNK = 1 << 20
_NOT_UTF8 = re.compile("[\udc80-\udcff]")
"""What Python makes of bytes that are not UTF-8 (PEP 383)."""
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

_NO_SEPARATORS = "\"'_\r\n\0"

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_NAMES = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252", "latin-1": "Latin-1"}


class TableError(Exception):
    """The file cannot be read as a table at all; the message says why, in one line."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that was left out: the line where it begins (the first is 1) and the reason."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row, its cells as they stand in the file under the names of their columns in small letters."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A file with the columns that were asked for. Each iteration reads it anew, a row at a time."""

    path: Path
    encoding: str
    separator: str
    columns: tuple[str, ...]
    header_line: int

    @property
    def encoding_name(self) -> str:
        """The encoding as people call it."""
        return _NAMES[self.encoding]

    def __iter__(self) -> Iterator[Row | Problem]:
        with closing(_rows(self.path, self.encoding, self.separator)) as rows:
            for row in rows:
                if row.line <= self.header_line:
                    continue
                yield row if isinstance(row, Problem) else self._row(row)

    def _row(self, found: "_Cells") -> Row | Problem:
        cells, width = found.cells, len(self.columns)
        if len(cells) < width or any(cell.strip() for cell in cells[width:]):
            return Problem(found.line, f"{_count(len(cells))} where the first line has {width}")
        if any(map(_NOT_UTF8.search, cells)):
            return Problem(found.line, "holds bytes that are not UTF-8, as the rest of the file is")
        return Row(found.line, {name: cell for name, cell in zip(self.columns, cells, strict=False) if name})


@dataclass(frozen=True, slots=True)
class _Cells:
    line: int
    cells: list[str]


def open_table(path: Path, required: Sequence[str] = REQUIRED) -> Table:
    """Find out how the file is written. Raises TableError when it is no table with the columns `required`."""
    try:
        encoding = _encoding_of(path)
        first, line = _first_line(path, encoding)
    except FileNotFoundError:
        raise TableError(f"there is no file {path}") from None
    except IsADirectoryError:
        raise TableError(f"{path} is a folder, not a file") from None
    except OSError as error:
        raise TableError(f"{path} cannot be read: {error.strerror or error}") from None
    except UnicodeError:
        raise TableError(f"{path} is not a text file") from None
    separator = _separator_of(first, required)
    columns = _columns(first, separator)
    _check(path, columns, required)
    return Table(path, encoding, separator, columns, line)


def every_row(path: Path) -> Iterator[tuple[int, list[str]] | Problem]:
    """The number and the cells of each row that is not blank, the first too. Raises TableError."""
    encoding = _encoding_of(path)
    first, _ = _first_line(path, encoding)
    with closing(_rows(path, encoding, _separator_of(first, ()))) as rows:
        for row in rows:
            yield row if isinstance(row, Problem) else (row.line, row.cells)


def _encoding_of(path: Path) -> str:
    """What the first bytes say; else UTF-8 if most of what is not ASCII is that; else Windows-1252."""
    with path.open("rb") as file:
        head = file.read(4)
    if not head:
        raise TableError(f"{path} is empty")
    if head == b"PK\x03\x04":
        raise TableError(f"{path} is a spreadsheet: save it as CSV first")
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            if encoding == "utf-16":
                _decode(path, encoding)
            return encoding
    return _unmarked_encoding(path)


def _unmarked_encoding(path: Path) -> str:
    try:
        _decode(path, "utf-8")
    except UnicodeDecodeError:
        broken, whole = _utf8_characters(path)
        if broken > whole:
            return _single_byte_encoding(path)
    return "utf-8-sig"


def _utf8_characters(path: Path) -> tuple[int, int]:
    """Bytes that are not UTF-8, and characters beyond ASCII that are."""
    broken = beyond = 0
    for part in _decoded(path, "utf-8", "surrogateescape"):
        broken += len(_NOT_UTF8.findall(part))
        beyond += len(_BEYOND_ASCII.findall(part))
    return broken, beyond - broken


def _single_byte_encoding(path: Path) -> str:
    try:
        _decode(path, "cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"


def _decode(path: Path, encoding: str) -> None:
    for _ in _decoded(path, encoding, "strict"):
        pass


def _decoded(path: Path, encoding: str, errors: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _first_line(path: Path, encoding: str) -> tuple[str, int]:
    """The line with the names of the columns, and its number. Excel's 'sep=;' may stand before it."""
    with path.open(encoding=encoding, errors=_errors(encoding), newline="") as file:
        for number, line in enumerate(file, start=1):
            if line.strip() and not line.startswith("sep="):
                return line.rstrip("\r\n"), number
    raise TableError(f"{path} is empty")


def _separator_of(first: str, required: Sequence[str]) -> str:
    def fitness(separator: str) -> tuple[bool, int]:
        columns = _columns(first, separator)
        return set(required) <= set(columns), len(columns)

    usual = max(SEPARATORS, key=fitness)
    if fitness(usual)[0]:
        return usual
    return next((sign for sign in sorted(_signs(first)) if fitness(sign)[0]), usual)


def _signs(line: str) -> set[str]:
    """What could separate cells, beside the usual."""
    return {sign for sign in line[:LONGEST_ROW] if not sign.isalnum() and sign not in _NO_SEPARATORS}


def _columns(first: str, separator: str) -> tuple[str, ...]:
    (names,) = csv.reader([first[:LONGEST_ROW]], delimiter=separator)
    while names and not names[-1].strip():
        names.pop()
    return tuple(name.strip().casefold() for name in names)


def _check(path: Path, columns: tuple[str, ...], required: Sequence[str]) -> None:
    if any("\0" in name for name in columns):
        raise TableError(f"{path} is not a text file")
    missing = [name for name in required if name not in columns]
    if missing:
        names = " and ".join(f"'{name}'" for name in missing)
        example = ",".join(required)
        raise TableError(f"{path} has no column {names}: its first line must name the columns, {example},…")
    twice = next((name for name, count in Counter(filter(None, columns)).items() if count > 1), None)
    if twice is not None:
        raise TableError(f"{path} has two columns named '{twice}'")


class _TooLongError(csv.Error):
    """A row that does not come to an end."""


class _Lines:
    """The lines of a file for the csv module, which can be had once more from the second of a row on."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self._length = 0
        self.given = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.given += 1
        self._row.append(line)
        self._length += len(line)
        if self._length > LONGEST_ROW:
            raise _TooLongError
        return line

    def begin_row(self) -> None:
        self._row = []
        self._length = 0

    def give_up_row(self) -> None:
        self._again.extendleft(reversed(self._row[1:]))
        self.given -= len(self._row) - 1


def _rows(path: Path, encoding: str, separator: str) -> Generator[_Cells | Problem]:
    """Every row that is not blank. Of a row with broken quotation marks only the first line is lost."""
    with path.open(encoding=encoding, errors=_errors(encoding), newline="") as file:
        lines = _Lines(file)
        # Only when strict does the csv module tell of quotation marks that do not fit together.
        reader = csv.reader(lines, delimiter=separator, strict=True)
        while True:
            lines.begin_row()
            line = lines.given + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                is_one_line = lines.given == line
                lines.give_up_row()
                too_long = is_one_line and isinstance(error, _TooLongError)
                yield Problem(line, _TOO_LONG if too_long else _QUOTES)
                continue
            if any(cell.strip() for cell in cells):
                yield _Cells(line, cells)


def _errors(encoding: str) -> str:
    return "surrogateescape" if encoding == "utf-8-sig" else "strict"


def _count(cells: int) -> str:
    return "1 cell" if cells == 1 else f"{cells} cells"
