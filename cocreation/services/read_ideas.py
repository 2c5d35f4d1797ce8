"""The rows of a table as ideas: each cell is read, or the row is left out with the reason."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

from cocreation.ideas.idea import Place, clean_text
from cocreation.ideas.ids import Language, Token
from cocreation.ideas.table import original_cell
from cocreation.services.read_table import Problem, Row, Table

EXPORTED = {"id", "text", "created_at", "theme_label", "supports", "latitude", "longitude", "state"}
"""Columns by which an export of Morgen is known, of this version or an earlier one."""

LONGEST_TEXT = 20_000
LONGEST_NAME = 200
"""Characters, of a text and of everything else."""

_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TableIdea:
    """An idea as a table gives it; None where the cell is empty or there is no such column."""

    line: int
    id: str
    text: str
    author: str | None = None
    created_at: datetime | None = None
    language: Language | None = None
    place: Place | None = None
    process: str | None = None
    token: Token | None = None
    """Of an idea in an export of Morgen: it keeps its links."""


def read_ideas(table: Table, zone: ZoneInfo) -> Iterator[TableIdea | Problem]:
    """The ideas of the table, and a problem for each row that is none.

    An id stands once per process. A time without a zone is one on the town's clock, `zone`.
    """
    is_export = set(table.columns) >= EXPORTED
    first_lines: dict[tuple[str | None, str], int] = {}
    for row in table:
        if isinstance(row, Problem):
            yield row
            continue
        try:
            idea = _idea(row, zone, is_export)
        except ValueError as error:
            yield Problem(row.line, str(error))
            continue
        first = first_lines.setdefault((idea.process, idea.id), row.line)
        yield idea if first == row.line else Problem(row.line, f"id '{idea.id}' is on line {first} already")


def _idea(row: Row, zone: ZoneInfo, is_export: bool) -> TableIdea:
    cells = {name: original_cell(cell) for name, cell in row.cells.items()} if is_export else row.cells
    return idea_in(cells, row.line, zone, is_export)


def idea_in(cells: Mapping[str, str], line: int, zone: ZoneInfo, is_export: bool) -> TableIdea:
    """The idea that the cells of a row make. Raises ValueError with the reason why they make none."""
    return TableIdea(
        line=line,
        id=_required_id(cells),
        text=_text(cells["text"]),
        author=_name(cells, "author"),
        created_at=_moment(_name(cells, "created_at"), zone),
        language=_language(_name(cells, "language")),
        place=_place(cells),
        process=_name(cells, "process"),
        token=_token(cells["id"]) if is_export else None,
    )


def _token(id: str) -> Token | None:
    return Token(id) if _TOKEN.fullmatch(id) else None


def _required_id(cells: Mapping[str, str]) -> str:
    found = _name(cells, "id")
    if found is None:
        raise ValueError("the id is empty")
    return found


def _text(cell: str) -> str:
    text = clean_text(cell)
    if not text:
        raise ValueError("the text is empty")
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"the text has {len(text):,} characters; {LONGEST_TEXT:,} are the most")
    return text


def _name(cells: Mapping[str, str], column: str) -> str | None:
    name = " ".join(clean_text(cells.get(column, "")).split())
    if len(name) > LONGEST_NAME:
        raise ValueError(f"the {column} has {len(name):,} characters; {LONGEST_NAME} are the most")
    return name or None


def _moment(cell: str | None, zone: ZoneInfo) -> datetime | None:
    if cell is None:
        return None
    try:
        moment = datetime.fromisoformat(cell)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        aware.astimezone(UTC)
    except (ValueError, OverflowError):
        form = "2026-05-31 or 2026-05-31T18:30"
        raise ValueError(f"created_at '{cell}' is no date; write it as {form}") from None
    return aware


def _language(cell: str | None) -> Language | None:
    if cell is None:
        return None
    language = language_or_none(cell)
    if language is None:
        raise ValueError(f"language '{cell}' is no language code such as nl, fr, de or en")
    return language


@lru_cache(maxsize=256)
def language_or_none(cell: str) -> Language | None:
    """The language that a code such as 'nl' or 'nl-BE' means; None where it means none."""
    try:
        return Language(Locale.parse(cell.strip().replace("_", "-"), sep="-").language)
    except (UnknownLocaleError, ValueError):
        return None


def _place(cells: Mapping[str, str]) -> Place | None:
    name = _name(cells, "place")
    latitude = _degrees(_name(cells, "latitude"), "latitude", 90)
    longitude = _degrees(_name(cells, "longitude"), "longitude", 180)
    if (latitude is None) != (longitude is None):
        raise ValueError("latitude and longitude go together; one of them is empty")
    return None if name is None and latitude is None else Place(latitude, longitude, name)


def _degrees(cell: str | None, column: str, most: int) -> float | None:
    if cell is None:
        return None
    try:
        degrees = float(cell.replace(",", "."))
    except ValueError:
        raise ValueError(f"{column} '{cell}' is no number") from None
    if not -most <= degrees <= most:
        raise ValueError(f"{column} {cell} is not between -{most} and {most}")
    return degrees
