"""JSON Lines for programs: words as they were written, names that stay. See docs/exports.md."""

import json
from datetime import UTC, datetime
from typing import TextIO

from cocreation.ideas.export import VERSION, Cell, Row, Sheet


class LinesWriter:
    """See `cocreation.services.export_content.SheetWriter`."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._sheet: Sheet | None = None

    def begin(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def add(self, row: Row) -> None:
        if self._sheet is None:
            return
        cells = {column.name: _plain(cell) for column, cell in zip(self._sheet.columns, row, strict=True)}
        line = {"version": VERSION, "record": self._sheet.record, **cells}
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _plain(cell: Cell) -> Cell | list[str]:
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat()
    return list(cell) if isinstance(cell, tuple) else cell
