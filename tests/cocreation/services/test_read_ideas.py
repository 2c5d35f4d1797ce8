"""Each cell of a table becomes what it means, or its row is left out with the reason."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cocreation.ideas.export import IDEAS
from cocreation.ideas.idea import Place
from cocreation.ideas.table import neutral_cell, original_cell
from cocreation.services.read_ideas import LONGEST_TEXT, TableIdea, read_ideas
from cocreation.services.read_table import Problem, open_table

BRUSSELS = ZoneInfo("Europe/Brussels")


def _read(folder: Path, content: str) -> list[TableIdea | Problem]:
    path = folder / "ideas.csv"
    path.write_text(content, encoding="utf-8")
    return list(read_ideas(open_table(path), BRUSSELS))


def _idea(folder: Path, content: str) -> TableIdea:
    (idea,) = _read(folder, content)
    assert isinstance(idea, TableIdea), idea
    return idea


def test_every_column_is_read(tmp_path: Path) -> None:
    content = (
        "id,text,author,created_at,language,place,latitude,longitude,process\n"
        '7,"Een bank\nbij de kerk",ann,2026-05-04T10:00:00+02:00,nl-BE,Markt,50.5,"3,5",Ideeënbus\n'
    )
    assert _idea(tmp_path, content) == TableIdea(
        line=2,
        id="7",
        text="Een bank\nbij de kerk",
        author="ann",
        created_at=datetime(2026, 5, 4, 8, 0, tzinfo=UTC),
        language="nl",  # type: ignore[arg-type]
        place=Place(50.5, 3.5, "Markt"),
        process="Ideeënbus",
    )


def test_what_a_table_does_not_tell_is_absent(tmp_path: Path) -> None:
    assert _idea(tmp_path, "text,id\nBank,7\n") == TableIdea(2, "7", "Bank")
    assert _idea(tmp_path, "id,text,author,language,place\n7,Bank,,,\n") == TableIdea(2, "7", "Bank")


def test_a_time_without_a_zone_is_on_the_towns_clock(tmp_path: Path) -> None:
    summer = _idea(tmp_path, "id,text,created_at\n1,Bank,2026-07-01 12:00\n").created_at
    winter = _idea(tmp_path, "id,text,created_at\n1,Bank,2026-01-01\n").created_at
    assert summer == datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    assert winter == datetime(2025, 12, 31, 23, 0, tzinfo=UTC)


def test_a_time_with_a_zone_keeps_it(tmp_path: Path) -> None:
    moment = _idea(tmp_path, "id,text,created_at\n1,Bank,2026-07-01T12:00:00-05:00\n").created_at
    assert moment is not None
    assert moment.utcoffset() == timedelta(hours=-5)


@pytest.mark.parametrize(
    ("columns", "cells", "reason"),
    [
        ("", "", "the text is empty"),
        ("", "  \0 ", "the text is empty"),
        ("", "a" * (LONGEST_TEXT + 1), "the text has 20,001 characters; 20,000 are the most"),
        (",created_at", "Bank,31/05/2026", "created_at '31/05/2026' is no date; write it as 2026-05-31"),
        (",created_at", "Bank,0001-01-01", "created_at '0001-01-01' is no date"),
        (",language", "Bank,Klingon", "language 'Klingon' is no language code"),
        (",latitude,longitude", "Bank,noord,3", "latitude 'noord' is no number"),
        (",latitude,longitude", "Bank,50,181", "longitude 181 is not between -180 and 180"),
        (",latitude,longitude", "Bank,nan,3", "latitude nan is not between -90 and 90"),
        (",latitude,longitude", "Bank,50,", "latitude and longitude go together"),
        (",author", f"Bank,{'a' * 201}", "the author has 201 characters"),
    ],
)
def test_a_row_that_cannot_be_read_is_left_out_with_the_reason(
    tmp_path: Path, columns: str, cells: str, reason: str
) -> None:
    problem, other = _read(tmp_path, f"id,text{columns}\n1,{cells}\n2,Licht{',' * columns.count(',')}\n")
    assert isinstance(problem, Problem)
    assert problem.line == 2
    assert problem.message.startswith(reason)
    assert isinstance(other, TableIdea)


def test_an_empty_id_is_a_problem(tmp_path: Path) -> None:
    assert _read(tmp_path, "id,text\n ,Bank\n") == [Problem(2, "the id is empty")]


def test_an_id_stands_once(tmp_path: Path) -> None:
    first, second = _read(tmp_path, "id,text\n1,Bank\n 1 ,Boom\n")
    assert isinstance(first, TableIdea)
    assert second == Problem(3, "id '1' is on line 2 already")


def test_two_processes_may_count_alike(tmp_path: Path) -> None:
    rows = _read(tmp_path, "id,text,process\n1,Bank,Lab\n1,Boom,Budget\n1,Gras,\n")
    assert [type(row) for row in rows] == [TableIdea] * 3


def test_a_text_longer_than_a_chat_message_is_read_whole(tmp_path: Path) -> None:
    assert len(_idea(tmp_path, f"id,text\n1,{'a' * LONGEST_TEXT}\n").text) == LONGEST_TEXT


def test_only_what_an_export_added_is_taken_away(tmp_path: Path) -> None:
    columns = [column.name for column in IDEAS.columns]
    cells = ["x", "'=1+1", *[""] * (len(columns) - 2)]
    exported = _idea(tmp_path, f"{','.join(columns)}\n{','.join(cells)}\n")
    foreign = _idea(tmp_path, "id,text\nx,'=1+1\n")
    assert (exported.text, foreign.text) == ("=1+1", "'=1+1")


@example("'s Avonds")
@example("''-2")
@given(st.text(st.sampled_from("'=+-@＝－＠ \u00a0\t\r\n|a1"), max_size=6))
def test_an_exported_cell_gives_its_text_back(text: str) -> None:
    assert original_cell(neutral_cell(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|'/C calc'!A0",
        "+1",
        "-2",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "\u00a0=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
    ],
)
def test_a_cell_that_a_spreadsheet_may_compute_begins_with_an_apostrophe(text: str) -> None:
    assert neutral_cell(text) == f"'{text}"
