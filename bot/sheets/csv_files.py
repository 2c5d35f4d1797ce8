"""CSV as RFC 4180 has it: one file a sheet in a ZIP for people, or the ideas alone for programs."""

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO
from zipfile import ZIP_DEFLATED, ZipFile

from bot.sheets.about import about_rows
from bot.sheets.order import Order
from cocreation.ideas.export import Cell, Row, Sheet
from cocreation.ideas.export_words import about_title, choice_name, choices, column_titles, sheet_title
from cocreation.ideas.table import neutral_cell
from cocreation.ideas.wall_time import on_the_clock

ENCODING = "utf-8-sig"
"""Spreadsheets take a CSV file for UTF-8 only when it says so in its first bytes."""


class CsvZipWriter:
    """See `cocreation.services.export_content.SheetWriter`."""

    def __init__(self, order: Order, path: Path) -> None:
        self._order = order
        self._t = order.words
        self._archive = ZipFile(path, "w", ZIP_DEFLATED)
        self._file: TextIO | None = None
        self._sheet: Sheet | None = None
        self._choices: dict[str, dict[str, str]] = {}
        self._open(about_title(self._t))
        for row in about_rows(order):
            self._write(list(row))

    def begin(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._choices = {name: dict(words) for name, words in choices(sheet, self._t).items()}
        titles = column_titles(sheet, self._t)
        self._open(sheet_title(sheet, self._t))
        self._write([titles[column.name] for column in sheet.columns if not column.for_programs])

    def add(self, row: Row) -> None:
        if self._sheet is None:
            return
        cells: list[Cell] = []
        for column, cell in zip(self._sheet.columns, row, strict=True):
            if column.for_programs:
                continue
            if column.name in self._choices and cell is not None:
                cells.append(self._choices[column.name].get(choice_name(cell), str(cell)))
            elif isinstance(cell, datetime):
                cells.append(on_the_clock(cell, self._order.town.time_zone).isoformat(" "))
            else:
                cells.append(cell)
        self._write(cells)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        self._archive.close()

    def _open(self, title: str) -> None:
        if self._file is not None:
            self._file.close()
        entry = self._archive.open(f"{title}.csv", "w", force_zip64=True)
        self._file = TextIOWrapper(entry, ENCODING, newline="")
        self._csv = csv.writer(self._file)

    def _write(self, cells: Sequence[Cell]) -> None:
        self._csv.writerow([plain_cell(cell) for cell in cells])


class TableWriter:
    """The same for the one sheet that a CSV file holds: names for programs, moments in UTC."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding=ENCODING, newline="")
        self._csv = csv.writer(self._file)

    def begin(self, sheet: Sheet) -> None:
        self._csv.writerow([column.name for column in sheet.columns])

    def add(self, row: Row) -> None:
        self._csv.writerow([plain_cell(cell) for cell in row])

    def close(self) -> None:
        self._file.close()


def plain_cell(cell: Cell) -> str | int | float | None:
    """What a CSV file has for it: numbers as they are, words so that no spreadsheet computes with them."""
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat()
    if cell is None or isinstance(cell, int | float):
        return cell
    return neutral_cell(cell if isinstance(cell, str) else ", ".join(cell))
