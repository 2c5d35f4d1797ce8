"""Themes of a table are written beside every row, in the order of the rows."""

import csv
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

from cocreation.ideas.theme_event import EventKind
from cocreation.services.cluster_table import COLUMNS, Page, cluster_table
from cocreation.services.read_table import Problem, TableError
from cocreation.services.theme_overview import ThemesOverview
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


def _broken(overview: ThemesOverview) -> str:
    raise RuntimeError(overview.ideas)


def test_both_files_appear_or_none(tmp_path: Path) -> None:
    source = _table(tmp_path / "ideas.csv", _ideas())
    target, page = tmp_path / "themes.csv", tmp_path / "report.html"
    page.write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError):
        cluster_table(source, target, page=Page(page, _broken))
    assert page.read_text(encoding="utf-8") == "old"
    assert {path.name for path in tmp_path.iterdir()} == {"ideas.csv", "report.html"}


def _noting(seen: list[ThemesOverview]) -> Callable[[ThemesOverview], str]:
    def render(overview: ThemesOverview) -> str:
        seen.append(overview)
        return "Één"

    return render


def test_a_page_gets_what_it_shows(tmp_path: Path) -> None:
    seen: list[ThemesOverview] = []
    source = _table(tmp_path / "ideas.csv", _ideas())
    page = Page(tmp_path / "report.html", _noting(seen))
    report = cluster_table(source, tmp_path / "themes.csv", page=page)
    assert seen == [report.overview]
    assert page.path.read_text(encoding="utf-8") == "Één"
    texts = {text for _, text in _ideas()}
    for theme in report.overview.themes:
        assert 1 <= len(theme.quotes) <= 3
        assert all(quote.text in texts and quote.language == "nl" for quote in theme.quotes)
    assert report.overview.language == "nl"
    assert report.overview.changes is None


def test_what_changed_since_an_earlier_result_is_known(tmp_path: Path) -> None:
    rows = _ideas()
    source, first, second = (tmp_path / name for name in ("ideas.csv", "first.csv", "second.csv"))
    cluster_table(_table(source, rows), first)
    [*others, largest] = sorted(
        {line["theme"] for line in _lines(first)} - {"-1"},
        key=lambda theme: sum(line["theme"] == theme for line in _lines(first)),
    )
    assert others
    gone = {line["id"] for line in _lines(first) if line["theme"] == largest}
    rest = [*[(id, text) for id, text in rows if id not in gone], ("new", "Een nieuw fietspad")]
    changes = cluster_table(_table(source, rest), second, earlier=first).overview.changes
    assert changes is not None
    assert (changes.arrived, changes.gone) == (1, len(gone))
    assert any(event.kind is EventKind.FADED and event.theme == int(largest) for event in changes.events)
    assert {event.theme for event in changes.events} <= changes.labels.keys()
