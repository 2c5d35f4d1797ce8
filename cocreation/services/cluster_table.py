"""The themes of a table of ideas as another table, without a database."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cocreation.ideas.ids import IdeaId
from cocreation.ideas.table import neutral_cell
from cocreation.ideas.theme import Clustering, IdeaText
from cocreation.services.read_ideas import language_or_none
from cocreation.services.read_table import Problem, Row, TableError, open_table

COLUMNS = ("id", "theme", "label", "score")
NO_THEME = -1

Stage = Literal["reading", "encoding", "clustering", "naming"]


@dataclass(frozen=True, slots=True)
class ClusterReport:
    """What became of the rows: labels of the themes with their sizes, largest first, and who has none."""

    rows: int
    themes: tuple[tuple[str, int], ...]
    unassigned: int
    problems: tuple[Problem, ...]
    encoding_name: str


def cluster_table(
    source: Path, target: Path, *, on_stage: Callable[[Stage], None] = lambda _: None
) -> ClusterReport:
    """Group the ideas of the table `source` and write id, theme, label and score of each into `target`.

    The lines come in the order of the rows, a row without words or neighbours with NO_THEME. The file
    appears complete or not at all. Raises TableError when one of the two files is of no use.
    """
    # scikit-learn takes a second to import, which no other command should wait for.
    from cocreation.analysis.engine import find_themes  # noqa: PLC0415

    _check_target(source, target)
    on_stage("reading")
    table = open_table(source)
    rows: list[Row] = []
    problems: list[Problem] = []
    for found in table:
        if isinstance(found, Problem):
            problems.append(found)
        else:
            rows.append(found)
    clustering = find_themes(_texts(rows), on_stage=on_stage)
    _write(rows, clustering, target)
    return ClusterReport(
        len(rows),
        tuple((theme.label, len(theme.members)) for theme in clustering.themes),
        len(clustering.unassigned),
        tuple(problems),
        table.encoding_name,
    )


def _check_target(source: Path, target: Path) -> None:
    if not target.parent.is_dir():
        raise TableError(f"there is no folder {target.parent}")
    if target.is_dir():
        raise TableError(f"{target} is a folder, not a file")
    if target.exists() and source.exists() and target.samefile(source):
        raise TableError(f"{target} holds the ideas; write the themes into another file")


def _texts(rows: Sequence[Row]) -> list[IdeaText]:
    """The rows by their position: an id in a table need be neither a number nor unique."""
    return [
        IdeaText(IdeaId(position), row.cells["text"], language_or_none(row.cells.get("language", "")))
        for position, row in enumerate(rows)
    ]


def _write(rows: Sequence[Row], clustering: Clustering, target: Path) -> None:
    places = {
        member.idea: (number, neutral_cell(theme.label), member.score)
        for number, theme in enumerate(clustering.themes)
        for member in theme.members
    }
    unfinished = target.with_name(f".{target.name}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for position, row in enumerate(rows):
                place = places.get(IdeaId(position), (NO_THEME, "", 0))
                writer.writerow((row.cells["id"], *place))
        unfinished.replace(target)
    except OSError as error:
        raise TableError(f"{target} cannot be written: {error.strerror or error}") from None
    finally:
        unfinished.unlink(missing_ok=True)
