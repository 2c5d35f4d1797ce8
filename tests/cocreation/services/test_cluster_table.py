"""Themes of a table are written beside every row, in the order of the rows."""

import csv
from itertools import chain
from pathlib import Path

import pytest

from cocreation.services.cluster_table import COLUMNS, cluster_table
from cocreation.services.read_table import Problem, TableError
from examples import demo_files


def _table(path: Path, rows: list[tuple[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "text"), *rows])
    return path


def _ideas() -> list[tuple[str, str]]:
    with demo_files()[0].open(encoding="utf-8", newline="") as file:
        return [(row["id"], row["text"]) for row in csv.DictReader(file)]


def _lines(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def test_every_row_gets_its_line_in_its_place(tmp_path: Path) -> None:
    ideas = [*_ideas(), ("=1+1 ", "Een bank bij de kerk"), ("=1+1 ", "🌳"), ("", "Meer bomen in de straat")]
    target = tmp_path / "themes.csv"
    report = cluster_table(_table(tmp_path / "ideas.csv", ideas), target)
    lines = _lines(target)
    assert tuple(lines[0]) == COLUMNS
    assert [line["id"] for line in lines] == [id for id, _ in ideas]
    assert report.overview.ideas == len(ideas)


def test_themes_are_numbered_by_size_and_scored(tmp_path: Path) -> None:
    target = tmp_path / "themes.csv"
    report = cluster_table(_table(tmp_path / "ideas.csv", _ideas()), target)
    lines = _lines(target)
    themes = report.overview.themes
    assert [theme.size for theme in themes] == sorted((theme.size for theme in themes), reverse=True)
    assert [theme.number for theme in themes] == list(range(len(themes)))
    for theme in themes:
        here = [line for line in lines if line["theme"] == str(theme.number)]
        assert len(here) == theme.size
        assert {line["label"] for line in here} == {theme.label}
        assert all(0 <= float(line["score"]) <= 1 for line in here)


def test_a_row_without_words_has_no_theme(tmp_path: Path) -> None:
    target = tmp_path / "themes.csv"
    report = cluster_table(_table(tmp_path / "ideas.csv", [*_ideas(), ("x", "🌳🌳"), ("y", "")]), target)
    assert [tuple(line.values()) for line in _lines(target)[-2:]] == [
        ("x", "-1", "", "0"),
        ("y", "-1", "", "0"),
    ]
    assert report.overview.unassigned >= 2


def test_a_label_is_no_formula(tmp_path: Path) -> None:
    source, target = tmp_path / "ideas.csv", tmp_path / "themes.csv"
    cluster_table(_table(source, [(str(n), "@@@=SUM(A1)") for n in range(20)]), target)
    assert not any(line["label"].startswith(("=", "+", "-", "@")) for line in _lines(target))


def test_broken_rows_are_reported_and_the_others_grouped(tmp_path: Path) -> None:
    source, target = _table(tmp_path / "ideas.csv", _ideas()), tmp_path / "themes.csv"
    with source.open("a", encoding="utf-8") as file:
        file.write('x,"open\ny,z,too many\n')
    report = cluster_table(source, target)
    assert [problem.line for problem in report.problems] == [102, 103]
    assert all(isinstance(problem, Problem) for problem in report.problems)
    assert len(_lines(target)) == 100


def test_the_stages_are_told_in_order(tmp_path: Path) -> None:
    heard: list[str] = []
    cluster_table(demo_files()[1], tmp_path / "themes.csv", on_stage=heard.append)
    assert heard == ["reading", "encoding", "clustering", "naming"]


def test_a_table_without_rows_gives_a_table_without_rows(tmp_path: Path) -> None:
    target = tmp_path / "themes.csv"
    report = cluster_table(_table(tmp_path / "ideas.csv", []), target)
    assert (report.overview.ideas, target.read_text(encoding="utf-8").split()) == (0, [",".join(COLUMNS)])


def test_nothing_is_left_behind_by_what_was_interrupted(tmp_path: Path) -> None:
    target = tmp_path / "themes.csv"
    target.write_text("old", encoding="utf-8")

    def interrupt(stage: str) -> None:
        if stage == "naming":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cluster_table(demo_files()[0], target, on_stage=interrupt)
    assert [(path.name, path.read_text(encoding="utf-8")) for path in tmp_path.iterdir()] == [
        ("themes.csv", "old")
    ]


def test_files_of_no_use_are_refused_before_any_work(tmp_path: Path) -> None:
    source = _table(tmp_path / "ideas.csv", _ideas())
    heard: list[str] = []
    for ideas, themes in chain(
        [(tmp_path / "none.csv", tmp_path / "themes.csv")],
        [(source, tmp_path / "none" / "themes.csv"), (source, tmp_path), (source, source)],
    ):
        with pytest.raises(TableError):
            cluster_table(ideas, themes, on_stage=heard.append)
    assert set(heard) <= {"reading"}
