"""Tables come from every spreadsheet there is, and no row of them vanishes without a word."""

import codecs
import csv
import io
import string
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cocreation.services.read_table import LONGEST_ROW, Problem, Row, TableError, open_table

CELLS = st.text(st.characters(exclude_categories=["Cs"]))


def _write(folder: Path, content: str | bytes) -> Path:
    path = folder / "ideas.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _read(folder: Path, content: str | bytes) -> tuple[list[tuple[str, ...]], list[int]]:
    """The cells of the rows, and the lines of the problems."""
    found = list(open_table(_write(folder, content)))
    rows = [tuple(row.cells.values()) for row in found if isinstance(row, Row)]
    return rows, [problem.line for problem in found if isinstance(problem, Problem)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(st.text("ab1", min_size=1), CELLS, CELLS)),
    separator=st.sampled_from([",", ";", "\t", "|", "~"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whatever_the_csv_module_writes_comes_back_the_same(
    tmp_path: Path, rows: list[tuple[str, str, str]], separator: str, quoting: Literal[0, 1], encoding: str
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=separator, quoting=quoting)
    writer.writerows([("id", "text", "author"), *rows])
    assert _read(tmp_path, file.getvalue().encode(encoding)) == (rows, [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary() | st.text(string.printable).map(str.encode))
def test_any_bytes_at_all_are_read_or_refused_in_words(tmp_path: Path, content: bytes) -> None:
    _read(tmp_path, b"id,text\n" + content)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
def test_the_encoding_is_found_and_told(tmp_path: Path, encoding: str, name: str) -> None:
    text = "Één bank aan de Scheldekaai, € 200"
    path = _write(tmp_path, f'id;text\r\n1;"{text}"\r\n'.encode(encoding))
    table = open_table(path)
    (row,) = table
    assert isinstance(row, Row)
    assert (row.cells["text"], table.encoding_name) == (text, name)


def test_big_endian_utf_16_is_read(tmp_path: Path) -> None:
    content = codecs.BOM_UTF16_BE + "id,text\n1,Één".encode("utf-16-be")
    assert _read(tmp_path, content) == ([("1", "Één")], [])


def test_bytes_without_a_place_in_windows_1252_are_taken_for_latin_1(tmp_path: Path) -> None:
    table = open_table(_write(tmp_path, b"id,text\n1,caf\xe9 \x81\n"))
    assert table.encoding_name == "Latin-1"


def test_one_bad_byte_costs_one_row_of_a_utf_8_file(tmp_path: Path) -> None:
    content = "id,text\n1,Één\n2,caf".encode() + b"\xe9" + "\n3,Zoë\n".encode()
    assert _read(tmp_path, content) == ([("1", "Één"), ("3", "Zoë")], [3])


def test_what_excel_writes_in_belgium_is_read(tmp_path: Path) -> None:
    content = "sep=;\r\nID;Text;;\r\n1;Een bank, twee bomen;;\r\n;;;\r\n2;Licht;;\r\n"
    assert _read(tmp_path, content) == ([("1", "Een bank, twee bomen"), ("2", "Licht")], [])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_they_like(tmp_path: Path, end: str) -> None:
    assert _read(tmp_path, f"id,text{end}1,a{end}{end}2,b") == ([("1", "a"), ("2", "b")], [])


def test_a_quotation_mark_that_nobody_closed_costs_its_own_line_only(tmp_path: Path) -> None:
    lines = [f"{number},idea {number}" for number in range(2, 5000)]
    lines[10] = '12,"idea'
    rows, problems = _read(tmp_path, "id,text\n" + "\n".join(lines))
    assert problems == [12]
    assert [row[0] for row in rows] == [str(number) for number in range(2, 5000) if number != 12]


def test_a_quotation_mark_is_not_closed_by_the_next_quoted_text(tmp_path: Path) -> None:
    content = 'id,text\n1,"Een bank\n2,licht\n3,"Meer, meer bomen"\n4,gras\n'
    assert _read(tmp_path, content) == ([("2", "licht"), ("3", "Meer, meer bomen"), ("4", "gras")], [2])


def test_a_quotation_mark_inside_a_quoted_text_costs_its_own_line_only(tmp_path: Path) -> None:
    assert _read(tmp_path, 'id,text\n1,"de "mooie" bank"\n2,gras\n') == ([("2", "gras")], [2])


def test_line_numbers_count_the_line_breaks_inside_texts(tmp_path: Path) -> None:
    content = 'id,text\n1,"een\ntwee\ndrie"\n2\n3,vier\n'
    assert _read(tmp_path, content) == ([("1", "een\ntwee\ndrie"), ("3", "vier")], [5])


def test_rows_with_too_few_or_too_many_cells_are_left_out(tmp_path: Path) -> None:
    found = list(open_table(_write(tmp_path, "id,text,author\n1\n2,a,b,c\n3,a,b\n4,a,b,,\n")))
    assert [row for row in found if isinstance(row, Problem)] == [
        Problem(2, "1 cell where the first line has 3"),
        Problem(3, "4 cells where the first line has 3"),
    ]
    assert len(found) == 4


def test_a_line_without_end_is_left_out(tmp_path: Path) -> None:
    content = f"id,text\n1,{'a' * LONGEST_ROW}\n2,b\n"
    assert _read(tmp_path, content) == ([("2", "b")], [2])


def test_nul_bytes_do_not_end_the_reading(tmp_path: Path) -> None:
    assert _read(tmp_path, "id,text\n1,a\0b\n2,c\n") == ([("1", "a\0b"), ("2", "c")], [])


def test_a_table_can_be_read_twice(tmp_path: Path) -> None:
    table = open_table(_write(tmp_path, "id,text\n1,a\n"))
    assert list(table) == list(table)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is empty"),
        ("\n \r\n", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        ("1,Een bank\n2,Licht\n", "has no column 'id' and 'text': its first line must name"),
        ("id,author\n1,a\n", "has no column 'text'"),
        ("id,text,Text\n1,a,b\n", "has two columns named 'text'"),
        (b"PK\x03\x04\x14\x00", "is a spreadsheet: save it as CSV first"),
        (b"SQLite format 3\0" + bytes(100), "is not a text file"),
        (codecs.BOM_UTF16_LE + b"i", "is not a text file"),
        ("id,text\n1,a\n".encode("utf-16-le"), "is not a text file"),
        ("{" * 200_000, "has no column"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_line(
    tmp_path: Path, content: str | bytes, reason: str
) -> None:
    with pytest.raises(TableError) as caught:
        open_table(_write(tmp_path, content))
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="there is no file"):
        open_table(tmp_path / "nothing.csv")
    with pytest.raises(TableError, match="is a folder"):
        open_table(tmp_path)
