"""Sets of texts that people sorted: every CSV of a folder with the columns id, text, label and lang."""

import csv
import random
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

COLUMNS = {"id", "text", "label", "lang"}


class NoSetsError(Exception):
    """There is nothing to measure with."""


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Texts in the order of the file, and for each its label and language."""

    name: str
    texts: tuple[str, ...]
    labels: tuple[str, ...]
    languages: tuple[str, ...]

    @property
    def is_multilingual(self) -> bool:
        return len(set(self.languages)) > 1


def labelled_sets(folder: Path, names: Collection[str] = (), most: int | None = None) -> list[LabelledSet]:
    """Those of the folder, by name; of each, at most `most` texts drawn at random. Raises NoSetsError."""
    found = [one for path in sorted(folder.glob("*.csv")) if (one := _read(path)) is not None]
    if not found:
        raise NoSetsError(
            f"{folder} holds no labelled sets: CSV files with the columns id, text, label and lang. "
            "make bench-themes DATA=FOLDER names another folder."
        )
    unknown = set(names) - {one.name for one in found}
    if unknown:
        raise NoSetsError(f"{folder} holds no set named {', '.join(sorted(unknown))}.")
    return [_part(one, most) for one in found if not names or one.name in names]


def _read(path: Path) -> LabelledSet | None:
    """None where the columns are others, or no text has a label."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not set(reader.fieldnames or ()) >= COLUMNS:
            return None
        rows = [row for row in reader if row["label"] and row["text"]]
    if not rows:
        return None
    columns = (tuple(row[name] for row in rows) for name in ("text", "label", "lang"))
    return LabelledSet(path.stem, *columns)


def _part(one: LabelledSet, most: int | None) -> LabelledSet:
    if most is None or len(one.texts) <= most:
        return one
    rows = sorted(random.Random(0).sample(range(len(one.texts)), most))
    columns = (tuple(column[row] for row in rows) for column in (one.texts, one.labels, one.languages))
    return LabelledSet(one.name, *columns)
