"""A workbook for people, written row by row by openpyxl, so that size does not count.

See https://openpyxl.readthedocs.io/en/3.1/optimized.html#write-only-mode.
"""

import re
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell as BookCell
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.sheets.about import about_rows
from bot.sheets.order import Order
from cocreation.ideas.export import Cell, Column, Kind, Row, Sheet
from cocreation.ideas.export_words import about_title, choice_name, choices, column_titles, sheet_title
from cocreation.ideas.idea import shorten
from cocreation.ideas.table import is_formula
from cocreation.ideas.wall_time import on_the_clock

LONGEST_CELL = 32_767
"""UTF-16 units: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3"""
MOST_ROWS = 1_048_576
FIRST_DAY = datetime(1900, 3, 1)  # noqa: DTZ001 - a spreadsheet's clock has no zone
"""Before it, programs disagree about what a number means as a date."""

_FORMATS = {
    Kind.NUMBER: "0",
    Kind.DEGREES: "0.000000",
    Kind.MOMENT: "yyyy\\-mm\\-dd hh:mm",
}
_HEADING = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_PAPER = PatternFill("solid", fgColor="2F4858")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_TOP = Alignment(vertical="top")
_A4 = 9
"""ECMA-376, ST_PaperSize."""
_ABOUT_WIDTHS = (22, 34, 26, 70)

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class TooManyRowsError(Exception):
    """A sheet of a workbook holds no more."""


class WorkbookWriter:
    """See `cocreation.services.export_content.SheetWriter`."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._t = order.words
        self._book = Workbook(write_only=True)
        self._sheet: _Page | None = None
        self._about()

    def begin(self, sheet: Sheet) -> None:
        self._end()
        self._sheet = _Page(self._book, sheet, self._order)

    def add(self, row: Row) -> None:
        if self._sheet is not None:
            self._sheet.add(row)

    def save(self, path: Path) -> None:
        """Raises OSError."""
        self._end()
        self._book.save(path)

    def _end(self) -> None:
        if self._sheet is not None:
            self._sheet.end()

    def _about(self) -> None:
        page = self._book.create_sheet(about_title(self._t))
        for at, width in enumerate(_ABOUT_WIDTHS, start=1):
            page.column_dimensions[get_column_letter(at)].width = width
        _fit_to_paper(page)
        for row in about_rows(self._order):
            is_heading = row[0] != "" and row[2] != "" and "." not in row[2]
            page.append([_about_cell(page, text, is_heading) for text in row])


class _Page:
    """One sheet while it is filled. Its cells are made once, and given another value for each row."""

    def __init__(self, book: Workbook, sheet: Sheet, order: Order) -> None:
        t = order.words
        self._zone = order.town.time_zone
        self._places = [at for at, column in enumerate(sheet.columns) if not column.for_programs]
        columns = [sheet.columns[at] for at in self._places]
        self._choices = choices(sheet, t)
        self._columns = columns
        self._rows = 1
        self._page = page = book.create_sheet(sheet_title(sheet, t))
        for at, column in enumerate(columns, start=1):
            page.column_dimensions[get_column_letter(at)].width = column.width
        page.freeze_panes = "A2"
        page.print_title_rows = "1:1"
        _fit_to_paper(page)
        titles = column_titles(sheet, t)
        page.append([_heading_cell(page, titles[column.name]) for column in columns])
        self._cells = [_cell(page, column) for column in columns]
        self._harmless = [_cell(page, column, is_text=True) for column in columns]

    def add(self, row: Row) -> None:
        if self._rows == MOST_ROWS:
            raise TooManyRowsError
        self._rows += 1
        self._page.append([self._filled(at, row[place]) for at, place in enumerate(self._places)])

    def end(self) -> None:
        last = f"{get_column_letter(len(self._columns))}{self._rows}"
        self._page.auto_filter.ref = f"A1:{last}"
        self._page.close()

    def _filled(self, at: int, value: Cell) -> object:
        column = self._columns[at]
        if value is None or value == "":
            return None
        if isinstance(value, datetime):
            shown = on_the_clock(value, self._zone)
            if shown < FIRST_DAY:
                return self._text(at, shown.isoformat(" "))
            self._cells[at].value = shown
            return self._cells[at]
        if column.name in self._choices:
            return self._text(at, self._choices[column.name].get(choice_name(value), str(value)))
        if isinstance(value, int | float):
            self._cells[at].value = value
            return self._cells[at]
        return self._text(at, value if isinstance(value, str) else ", ".join(value))

    def _text(self, at: int, text: str) -> BookCell:
        cell = self._harmless[at] if is_formula(text) else self._cells[at]
        _set_text(cell, text)
        return cell


def _fit_to_paper(page: Worksheet) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = _A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def escaped(text: str) -> str:
    """The text as a workbook can hold it: XML has no control characters (ECMA-376, ST_Xstring)."""
    text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    """The text of which `escaped` made this."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _cell(page: WriteOnlyWorksheet, column: Column, is_text: bool = False) -> BookCell:
    cell = WriteOnlyCell(page)
    cell.alignment = _WRAPPED if column.kind in (Kind.TEXT, Kind.WORDS) else _TOP
    if column.kind in _FORMATS and not is_text:
        cell.number_format = _FORMATS[column.kind]
    if is_text:
        # What people write behind this mark is never read as a formula, not even when they edit it.
        cell.quotePrefix = True
    return cell


def _heading_cell(page: WriteOnlyWorksheet, text: str) -> BookCell:
    cell = WriteOnlyCell(page)
    cell.font, cell.fill, cell.alignment = _HEADING, _PAPER, _WRAPPED
    _set_text(cell, text)
    return cell


def _about_cell(page: WriteOnlyWorksheet, text: str, is_heading: bool) -> BookCell:
    if is_heading:
        return _heading_cell(page, text)
    cell = WriteOnlyCell(page)
    cell.alignment = _WRAPPED
    if is_formula(text):
        cell.quotePrefix = True
    _set_text(cell, text)
    return cell


def _set_text(cell: BookCell, text: str) -> None:
    shown = escaped(text)
    if len(shown) > LONGEST_CELL // 2:
        while len(shown.encode("utf-16-le", "surrogatepass")) > 2 * LONGEST_CELL:
            text = shorten(text, len(text) * 9 // 10)
            shown = escaped(text)
    cell.value = shown
    # The library takes what begins with '=' for a formula, and '#N/A' for an error.
    cell.data_type = "s"
