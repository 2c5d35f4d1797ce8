"""`python -m benchmarks.themes.names_sample`: random themes with their names, for people to read."""

import argparse
import csv
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.themes.bench import ROOT
from cocreation.analysis.encoding import installed_encoder
from cocreation.analysis.engine import find_themes
from cocreation.analysis.language import LANGUAGES
from cocreation.ideas.ids import IdeaId, Language
from cocreation.ideas.theme import IdeaText

THEMES, IDEAS = 100, 8
LONGEST = 300


@dataclass(frozen=True, slots=True)
class NamedTheme:
    """A theme of a set, and some of its ideas' texts."""

    name_of_set: str
    label: str
    keywords: tuple[str, ...]
    size: int
    texts: tuple[str, ...]


def main() -> None:
    options = _options()
    chance = random.Random(options.seed)
    paths = [*sorted(options.data.glob("*.csv")), *sorted((ROOT / "examples").glob("*.csv"))]
    found = [theme for path in paths for theme in _themes(path, chance)]
    drawn = sorted(chance.sample(range(len(found)), min(THEMES, len(found))))
    options.out.write_text("\n".join(_written(place, found[place]) for place in drawn), encoding="utf-8")
    print(f"{len(drawn)} of {len(found)} themes: {options.out}")


def _themes(path: Path, chance: random.Random) -> Iterator[NamedTheme]:
    """Found as in a town that set the languages of its residents, the most usual first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["text"]]
    texts = [row["text"] for row in rows]
    ideas = [IdeaText(IdeaId(number), text) for number, text in enumerate(texts)]
    languages = _usual([row.get("lang") or row["language"] for row in rows])
    for theme in find_themes(ideas, encoder=installed_encoder(), languages=languages).themes:
        members = chance.sample(theme.members, min(IDEAS, len(theme.members)))
        own = tuple(texts[member.idea][:LONGEST] for member in members)
        yield NamedTheme(path.stem, theme.label, theme.keywords, len(theme.members), own)


def _usual(codes: Sequence[str]) -> tuple[Language, ...]:
    counts = Counter(map(Language, codes))
    return tuple(sorted(counts, key=lambda code: (-counts[code], LANGUAGES.index(code))))


def _written(place: int, theme: NamedTheme) -> str:
    lines = [f"## {place}  {theme.name_of_set}  ({theme.size})  {theme.label}", ", ".join(theme.keywords)]
    return "\n".join([*lines, *(f"- {' '.join(text.split())}" for text in theme.texts), ""])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.themes.names_sample",
        description=f"{THEMES} random themes with their names and {IDEAS} of their ideas each.",
    )
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="CSV files with a text")
    parser.add_argument("--seed", type=int, default=1, help="another one draws other themes")
    parser.add_argument("--out", type=Path, default=Path("/tmp/names.md"), metavar="FILE")
    return parser.parse_args()


if __name__ == "__main__":
    main()
