"""An earlier table of themes, so that the next keeps their numbers and names."""

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cocreation.ideas.idea import shorten
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.table import original_cell
from cocreation.ideas.theme import KnownTheme
from cocreation.services.read_table import Problem, Row, TableError, open_table

COLUMNS = ("id", "theme", "label")
NO_THEME = -1
LONGEST_LABEL = 100
LARGEST_NUMBER = 2**53


@dataclass(frozen=True, slots=True)
class EarlierTheme:
    """A theme by its number; `ideas` are positions among the rows of its table."""

    number: ThemeId
    label: str
    ideas: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EarlierResult:
    """The ids of the rows in their order, and the themes by number."""

    path: Path
    ids: tuple[str, ...]
    themes: tuple[EarlierTheme, ...]

    @property
    def next_number(self) -> int:
        """The first that no theme of this result has."""
        return max((theme.number for theme in self.themes), default=NO_THEME) + 1


@dataclass(frozen=True, slots=True)
class Recognised:
    """The themes of an earlier result, their ideas as they are called now."""

    themes: tuple[KnownTheme, ...]
    arrived: int
    gone: int


def read_earlier(path: Path) -> EarlierResult:
    """The result in `path`. Raises TableError where it is none that `morgen themes` wrote."""
    ids: list[str] = []
    labels: dict[int, Counter[str]] = {}
    ideas: dict[int, list[int]] = {}
    for row in open_table(path, COLUMNS):
        if isinstance(row, Problem):
            raise TableError(f"{path}, line {row.line}: {row.message}")
        number = _number(path, row)
        if number != NO_THEME:
            label = shorten(" ".join(original_cell(row.cells["label"]).split()), LONGEST_LABEL)
            labels.setdefault(number, Counter())[label] += 1
            ideas.setdefault(number, []).append(len(ids))
        ids.append(row.cells["id"])
    themes = (
        EarlierTheme(ThemeId(number), _usual(labels[number]), tuple(ideas[number]))
        for number in sorted(labels)
    )
    return EarlierResult(path, tuple(ids), tuple(themes))


def recognise(earlier: EarlierResult, ids: Sequence[str]) -> Recognised:
    """Find the earlier rows among those of today by their ids. An idea is today's position.

    The n-th row with an id is the n-th that had it. Who is gone gets a position beyond today's. Raises
    TableError when nobody is left: then the result is about other ideas.
    """
    positions: defaultdict[str, deque[int]] = defaultdict(deque)
    for position, id in enumerate(ids):
        positions[id].append(position)
    today: list[int] = []
    gone = 0
    for id in earlier.ids:
        if positions.get(id):
            today.append(positions[id].popleft())
        else:
            today.append(len(ids) + gone)
            gone += 1
    met = len(today) - gone
    if ids and today and not met:
        raise TableError(f"{earlier.path} has none of these ideas' ids: it is the result of another table")
    first = {theme.label.casefold(): theme.number for theme in reversed(earlier.themes)}
    known = (
        KnownTheme(
            theme.number,
            theme.label,
            frozenset(IdeaId(today[row]) for row in theme.ideas),
            is_named=bool(theme.label) and first[theme.label.casefold()] == theme.number,
        )
        for theme in earlier.themes
    )
    return Recognised(tuple(known), len(ids) - met, gone)


def _number(path: Path, row: Row) -> int:
    cell = row.cells["theme"].strip()
    try:
        number = int(cell)
    except ValueError:
        number = NO_THEME - 1
    if not NO_THEME <= number <= LARGEST_NUMBER:
        raise TableError(f"{path}, line {row.line}: '{cell[:40]}' is no number of a theme")
    return number


def _usual(labels: Counter[str]) -> str:
    """The label that most rows have, the first of those with as many."""
    return min(labels, key=lambda label: (-labels[label], not label, label))
