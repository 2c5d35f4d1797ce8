"""`morgen themes`: any usual table, a report beside the result, and what became of earlier themes."""

import csv
import io
import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from cocreation.services.read_table import Problem, open_table
from examples import demo_files

DUTCH = 0
Rows = list[tuple[str, str]]


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("MORGEN_")]:
        monkeypatch.delenv(name)


def themes(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["themes", *map(str, arguments)], prog_name="morgen")


def ideas(count: int | None = None) -> Rows:
    with demo_files()[DUTCH].open(encoding="utf-8", newline="") as file:
        return [(row["id"], row["text"]) for row in csv.DictReader(file)][:count]


def table(rows: Rows, separator: str = ",", columns: tuple[str, ...] = ("id", "text")) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, delimiter=separator)
    writer.writeheader()
    writer.writerows({"id": id, "text": text} for id, text in rows)
    return file.getvalue()


def written(name: str = "themes.csv") -> list[dict[str, str]]:
    with Path(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def sizes(rows: list[dict[str, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        found[row["theme"]] = found.get(row["theme"], 0) + 1
    found.pop("-1", None)
    return found


def test_order_separator_and_mark_of_the_file_change_nothing() -> None:
    rows = ideas(15)
    found = []
    for separator, columns, encoding in (
        (",", ("id", "text"), "utf-8"),
        (";", ("text", "note", "id"), "utf-8-sig"),
        ("\t", ("text", "id"), "utf-16"),
        ("|", ("id", "note", "text"), "utf-8"),
    ):
        Path("ideas.csv").write_bytes(table(rows, separator, columns).encode(encoding))
        assert themes("ideas.csv", "--out", "themes.csv").exit_code == 0
        found.append(Path("themes.csv").read_bytes())
    assert len(set(found)) == 1
    assert list(written()[0]) == ["id", "theme", "label", "score"]
    assert [row["id"] for row in written()] == [id for id, _ in rows]


def test_each_row_that_cannot_be_read_is_told_with_its_line_and_the_others_are_grouped() -> None:
    lines = table([*ideas(40), ("twice", "Een bank"), ("twice", "Een bank"), ("empty", "")]).splitlines()
    lines[5] = "one cell"
    lines[10] = 'x,"a quotation mark" in between'
    lines[20] = "x,too,many"
    lines[30] = "nul,a\0byte"
    Path("ideas.csv").write_text("\n".join(lines), encoding="utf-8")
    result = themes("ideas.csv", "--out", "themes.csv")
    assert result.exit_code == 0
    for line in (6, 11, 21):
        assert f"morgen: line {line}: " in result.output
    assert "morgen: 3 rows were left out" in result.output
    rows = written()
    assert len(rows) == 40
    assert [row["id"] for row in rows][-3:] == ["twice", "twice", "empty"]
    assert (rows[-1]["theme"], rows[-1]["score"]) == ("-1", "0")
    assert "nul" in {row["id"] for row in rows}


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_hundred_thousand_rows_are_read_in_seconds(tmp_path: Path, separator: str) -> None:
    many = [(str(number), f'"Idee" nummer {number}; een, twee | drie') for number in range(100_000)]
    path = tmp_path / "many.csv"
    path.write_text(table(many, separator), encoding="utf-8")
    began = time.process_time()
    count = sum(not isinstance(row, Problem) for row in open_table(path))
    assert count == 100_000
    assert time.process_time() - began < 20


def test_the_report_speaks_the_first_language_and_stays_the_same() -> None:
    Path("ideas.csv").write_text(table(ideas(40)), encoding="utf-8")
    pages = []
    for name in ("one.html", "two.html"):
        result = themes("ideas.csv", "--out", "themes.csv", "--language", "fr,nl", "--report", name)
        assert result.exit_code == 0
        assert f"written to themes.csv and {name}." in result.output
        pages.append(Path(name).read_text(encoding="utf-8"))
    assert pages[0] == pages[1]
    assert '<html lang="fr">' in pages[0]
    assert all(row["label"] in pages[0] for row in written() if "&" not in row["label"])
    assert any(text in pages[0] for _, text in ideas())


def test_without_a_language_the_report_speaks_that_of_most_ideas() -> None:
    Path("ideas.csv").write_text(table(ideas(15)), encoding="utf-8")
    assert themes("ideas.csv", "--out", "themes.csv", "--report", "r.html").exit_code == 0
    assert '<html lang="nl">' in Path("r.html").read_text(encoding="utf-8")


def test_too_few_ideas_make_a_report_that_says_so() -> None:
    Path("ideas.csv").write_text(table(ideas(5)), encoding="utf-8")
    result = themes("ideas.csv", "--out", "t.csv", "--report", "r.html", "--language", "en")
    assert result.exit_code == 0
    assert "5 ideas in 0 themes, 5 in none" in result.output
    assert "No themes yet" in Path("r.html").read_text(encoding="utf-8")


def test_an_unknown_language_is_told() -> None:
    result = themes("ideas.csv", "--out", "themes.csv", "--language", "nl,klingon")
    assert result.exit_code == 2
    assert "'klingon' is no language code" in result.output


def test_themes_that_go_on_keep_their_numbers_and_names() -> None:
    rows = ideas()
    Path("ideas.csv").write_text(table(rows[:70]), encoding="utf-8")
    assert themes("ideas.csv", "--out", "week1.csv").exit_code == 0
    before = written("week1.csv")
    # A facilitator gave numbers and names of their own.
    for row in before:
        if row["theme"] != "-1":
            row["theme"], row["label"] = str(10 + int(row["theme"])), f"Theme of {row['theme']}"
    with Path("week1.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(before[0]))
        writer.writeheader()
        writer.writerows(before)
    Path("ideas.csv").write_text(table(rows), encoding="utf-8")
    result = themes(
        "ideas.csv", "--out", "week2.csv", "--compare", "week1.csv", "--report", "r.html", "--language", "en"
    )
    assert result.exit_code == 0, result.output
    after = written("week2.csv")
    names = {row["theme"]: row["label"] for row in before if row["theme"] != "-1"}
    later = {row["theme"]: row["label"] for row in after if row["theme"] != "-1"}
    kept = names.keys() & later.keys()
    assert kept
    assert all(later[number] == names[number] for number in kept)
    last = max(map(int, names))
    assert all(int(number) > last for number in later.keys() - names.keys())
    assert f"{len(rows) - 70} ideas are new." in result.output
    page = Path("r.html").read_text(encoding="utf-8")
    assert "What changed since the earlier result" in page
    assert f"{len(rows) - 70} ideas are new." in page


def test_the_same_table_again_is_the_same_result() -> None:
    Path("ideas.csv").write_text(table(ideas(60)), encoding="utf-8")
    assert themes("ideas.csv", "--out", "themes.csv").exit_code == 0
    before = written()
    result = themes("ideas.csv", "--out", "themes.csv", "--compare", "themes.csv")
    assert result.exit_code == 0
    assert "Since the earlier result:\n  The themes are the same as before." in result.output
    assert [(row["theme"], row["label"]) for row in written()] == [
        (row["theme"], row["label"]) for row in before
    ]
    numbers = [int(number) for number in sizes(written())]
    assert sorted(numbers) == list(range(len(numbers)))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--out", "ideas.csv"), "ideas.csv holds the ideas"),
        (("--out", "t.csv", "--report", "t.csv"), "t.csv will hold the themes"),
        (("--out", "t.csv", "--report", "./t.csv"), "t.csv will hold the themes"),
        (("--out", "t.csv", "--report", "ideas.csv"), "ideas.csv holds the ideas"),
        (("--out", "t.csv", "--report", "none/r.html"), "there is no folder none"),
        (("--out", "t.csv", "--report", "."), "is a folder"),
        (("--out", "t.csv", "--compare", "none.csv"), "there is no file none.csv"),
        (("--out", "t.csv", "--compare", "ideas.csv"), "ideas.csv has no column 'theme' and 'label'"),
        (("--out", "t.csv", "--compare", "other.csv"), "the result of another table"),
        (("--out", "t.csv", "--compare", "other.csv", "--report", "other.csv"), "holds the earlier themes"),
    ],
)
def test_files_that_do_not_fit_together_are_refused_and_nothing_is_written(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    Path("ideas.csv").write_text(table(ideas(30)), encoding="utf-8")
    Path("other.csv").write_text("id,theme,label,score\nother,0,Bomen,1\n", encoding="utf-8")
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    result = themes("ideas.csv", *arguments)
    assert result.exit_code == 1
    assert words in result.output
    assert len(result.output.splitlines()) == 1
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == kept


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write everywhere")
def test_a_folder_that_may_not_be_written_into_is_told_before_any_work(tmp_path: Path) -> None:
    Path("ideas.csv").write_text(table(ideas(30)), encoding="utf-8")
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    result = themes("ideas.csv", "--out", "t.csv", "--report", "closed/r.html")
    assert result.exit_code == 1
    assert "nothing can be written into the folder closed" in result.output
    assert not Path("t.csv").exists()
