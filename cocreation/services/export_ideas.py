"""Published ideas as a file for spreadsheets or programs: words and numbers, never who wrote them."""

import csv
import json
from collections.abc import AsyncIterator, Callable
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from cocreation.ideas.idea import IdeaView, Place
from cocreation.ideas.table import neutral_cell

COLUMNS = (
    "id",
    "text",
    "language",
    "created_at",
    "theme",
    "theme_label",
    "supports",
    "place",
    "latitude",
    "longitude",
    "state",
)
Cell = str | int | float | None


class ExportFormat(StrEnum):
    """Comma-separated values for spreadsheets, or one JSON object a line."""

    CSV = "csv"
    JSONL = "jsonl"


async def write_export(ideas: AsyncIterator[IdeaView], path: Path, format: ExportFormat) -> int:
    """Write the ideas, one at a time, into the file `path`, which appears complete or not at all.

    `id` is the token of the idea's page, `theme` the number of the theme's. Returns how many there were.
    """
    unfinished = path.with_name(f".{path.name}.part")
    # Spreadsheets take a CSV file for UTF-8 only when it says so in its first bytes.
    encoding = "utf-8-sig" if format is ExportFormat.CSV else "utf-8"
    try:
        with unfinished.open("w", encoding=encoding, newline="") as file:
            write = _csv_writer(file) if format is ExportFormat.CSV else _json_writer(file)
            count = 0
            async for view in ideas:
                write(_cells(view))
                count += 1
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _csv_writer(file: TextIO) -> Callable[[dict[str, Cell]], None]:
    writer = csv.writer(file)
    writer.writerow(COLUMNS)

    def write(cells: dict[str, Cell]) -> None:
        writer.writerow([neutral_cell(cell) if isinstance(cell, str) else cell for cell in cells.values()])

    return write


def _json_writer(file: TextIO) -> Callable[[dict[str, Cell]], None]:
    def write(cells: dict[str, Cell]) -> None:
        file.write(json.dumps(cells, ensure_ascii=False) + "\n")

    return write


def _cells(view: IdeaView) -> dict[str, Cell]:
    idea = view.idea
    place = idea.place or Place()
    values: tuple[Cell, ...] = (
        idea.token,
        idea.text,
        idea.language,
        idea.created_at.isoformat(),
        view.theme,
        view.theme_label,
        view.supports,
        place.name,
        place.latitude,
        place.longitude,
        str(idea.state),
    )
    return dict(zip(COLUMNS, values, strict=True))
