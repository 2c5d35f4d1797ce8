"""An earlier result is read strictly, and found again by the ids of its ideas."""

from pathlib import Path

import pytest

from cocreation.ideas.theme import KnownTheme
from cocreation.services.earlier_result import read_earlier, recognise
from cocreation.services.read_table import TableError

RESULT = """id,theme,label,score
a,0,Bomen,0.9
b,0,Bomen,0.8
c,3,"Fietsen, veilig",0.7
d,-1,,0
"""


def _write(folder: Path, content: str | bytes) -> Path:
    path = folder / "earlier.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _members(theme: KnownTheme) -> list[int]:
    return sorted(theme.members)


def _known(path: Path, ids: list[str]) -> dict[int, KnownTheme]:
    return {theme.id: theme for theme in recognise(read_earlier(path), ids).themes}


def test_themes_come_back_with_their_numbers_and_names(tmp_path: Path) -> None:
    known = _known(_write(tmp_path, RESULT), ["c", "x", "a", "b", "d"])
    assert {number: (theme.label, _members(theme)) for number, theme in known.items()} == {
        0: ("Bomen", [2, 3]),
        3: ("Fietsen, veilig", [0]),
    }
    assert all(theme.is_named for theme in known.values())


def test_new_numbers_begin_after_the_last(tmp_path: Path) -> None:
    assert read_earlier(_write(tmp_path, RESULT)).next_number == 4
    assert read_earlier(_write(tmp_path, "id,theme,label,score\nd,-1,,0\n")).next_number == 0


def test_who_came_and_who_went_is_counted(tmp_path: Path) -> None:
    found = recognise(read_earlier(_write(tmp_path, RESULT)), ["a", "d", "x", "y", "z"])
    assert (found.arrived, found.gone) == (3, 2)
    members = [idea for theme in found.themes for idea in theme.members]
    assert len(set(members)) == 3
    assert sorted(members)[0] == 0
    assert min(sorted(members)[1:]) >= 5, "who is gone is nobody of today"


def test_the_same_id_twice_is_the_first_and_the_second(tmp_path: Path) -> None:
    known = _known(_write(tmp_path, "id,theme,label\na,0,Bomen\na,1,Bus\n"), ["a", "b", "a"])
    assert (_members(known[0]), _members(known[1])) == ([0], [2])


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_a_spreadsheet_may_have_saved_it(tmp_path: Path, separator: str) -> None:
    lines = ["Label,Id,Theme", "Één,a, 2 ", "'=1+1,b,7"]
    content = "\r\n".join(line.replace(",", separator) for line in lines)
    known = _known(_write(tmp_path, content.encode("cp1252")), ["a", "b"])
    assert {number: theme.label for number, theme in known.items()} == {2: "Één", 7: "=1+1"}


def test_the_name_that_most_rows_have_is_the_themes(tmp_path: Path) -> None:
    known = _known(_write(tmp_path, "id,theme,label\na,0,\nb,0,Bus\nc,0,Tram\nd,0,Tram\n"), ["a"])
    assert known[0].label == "Tram"
    unnamed = _known(_write(tmp_path, "id,theme,label\na,0,\n"), ["a"])
    assert not unnamed[0].is_named


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("id,text\na,Bomen\n", "has no column 'theme' and 'label'"),
        ("id,theme,label,score\na,bomen,Bomen,1\n", "line 2: 'bomen' is no number of a theme"),
        ("id,theme,label,score\na,-2,Bomen,1\n", "line 2"),
        ("id,theme,label,score\na,1e3,Bomen,1\n", "line 2"),
        ("id,theme,label,score\na,99999999999999999999,Bomen,1\n", "line 2"),
        ("id,theme,label,score\na,0,Bomen,1\nb,0\n", "line 3: 2 cells where the first line has 4"),
        (b"PK\x03\x04", "spreadsheet"),
        (b"\x00\x01\x02", "not a text file"),
        ("", "is empty"),
    ],
)
def test_what_is_no_result_is_refused_with_a_reason(tmp_path: Path, content: str | bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        read_earlier(_write(tmp_path, content))


def test_the_result_of_another_table_is_refused(tmp_path: Path) -> None:
    earlier = read_earlier(_write(tmp_path, RESULT))
    with pytest.raises(TableError, match="another table"):
        recognise(earlier, ["x", "y"])


def test_a_table_that_is_empty_now_is_no_other_table(tmp_path: Path) -> None:
    found = recognise(read_earlier(_write(tmp_path, RESULT)), [])
    assert (found.arrived, found.gone) == (0, 4)


def test_of_two_themes_with_one_name_the_first_keeps_it(tmp_path: Path) -> None:
    known = _known(_write(tmp_path, "id,theme,label\na,0,Same\nb,1,same\nc,2,Other\n"), ["a", "b", "c"])
    assert {number: theme.is_named for number, theme in known.items()} == {0: True, 1: False, 2: True}
