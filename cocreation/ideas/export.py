"""What the town collected, as sheets of plain rows, and which part of it somebody wants as a file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum, auto

from cocreation.ideas.ids import ChatId, ExportId, Language, ProcessId, ThemeId
from cocreation.ideas.moderation import ActKind, What

Cell = str | int | float | bool | datetime | Sequence[str] | None
"""Moments are aware UTC."""
Row = Sequence[Cell]

VERSION = 1
"""Of the names and of what they mean: a file of a higher one is not read."""


class ExportFormat(StrEnum):
    """A workbook; one CSV file a sheet in a ZIP; one JSON object a line; or workbook and lines with the
    photos in a ZIP. The letters stand in buttons: they stay for good."""

    XLSX = "xlsx"
    CSV = "csv"
    JSONL = "jsonl"
    ZIP = "zip"

    @property
    def ending(self) -> str:
        """Of the file that is made, with its dot."""
        return ".zip" if self is ExportFormat.CSV else f".{self}"


class Kind(Enum):
    """What the cells of a column hold. A choice is one of a few words that have a name in each language."""

    TEXT = auto()
    NUMBER = auto()
    DEGREES = auto()
    FLAG = auto()
    MOMENT = auto()
    WORDS = auto()
    CHOICE = auto()


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is what programs call it; `width` is in characters. One that is `for_programs` alone is left out
    where people read."""

    name: str
    kind: Kind = Kind.TEXT
    width: int = 12
    for_programs: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of one kind; `record` is what one is called in JSON Lines."""

    name: str
    record: str
    columns: tuple[Column, ...]


IDEAS = Sheet(
    "ideas",
    "idea",
    (
        Column("id", width=25),
        Column("text", width=70),
        Column("language", width=8),
        Column("created_at", Kind.MOMENT, 17),
        Column("theme", Kind.NUMBER, 9),
        Column("theme_label", width=28),
        Column("supports", Kind.NUMBER, 10),
        Column("place", width=24),
        Column("latitude", Kind.DEGREES, 11),
        Column("longitude", Kind.DEGREES, 11),
        Column("state", for_programs=True),
        Column("status", Kind.CHOICE, 16),
        Column("process", width=20),
        Column("pseudonym", width=20),
        Column("person", Kind.NUMBER, 9),
        Column("photos", Kind.NUMBER, 8),
    ),
)
THEMES = Sheet(
    "themes",
    "theme",
    (
        Column("id", Kind.NUMBER, 9),
        Column("label", width=36),
        Column("keywords", Kind.WORDS, 50),
        Column("ideas", Kind.NUMBER, 9),
        Column("supports", Kind.NUMBER, 10),
        Column("is_named", Kind.FLAG, 13),
        Column("is_pinned", Kind.FLAG, 13),
    ),
)
SUPPORTS = Sheet("supports", "support", (Column("idea", width=25), Column("created_at", Kind.MOMENT, 17)))
REPLIES = Sheet(
    "replies",
    "reply",
    (
        Column("idea", width=25),
        Column("status", Kind.CHOICE, 16),
        Column("text", width=70),
        Column("created_at", Kind.MOMENT, 17),
    ),
)
COMMENTS = Sheet(
    "comments",
    "comment",
    (
        Column("idea", width=25),
        Column("text", width=70),
        Column("created_at", Kind.MOMENT, 17),
        Column("state", for_programs=True),
        Column("pseudonym", width=20),
    ),
)
MODERATION = Sheet(
    "moderation",
    "moderation",
    (
        Column("about", Kind.CHOICE, 14),
        Column("reason", Kind.CHOICE, 22),
        Column("outcome", Kind.CHOICE, 30),
        Column("count", Kind.NUMBER, 10),
    ),
)
SHEETS = (IDEAS, THEMES, SUPPORTS, REPLIES, COMMENTS, MODERATION)
"""In the order in which they stand in a file."""


class Outcome(StrEnum):
    """What moderation counts beside the acts of its log: reports, open cases, and what is hidden at present,
    whyever."""

    REPORTED = "reported"
    WAITING = "waiting"
    HIDDEN_NOW = "hidden_now"


@dataclass(frozen=True, slots=True)
class Selection:
    """Published ideas that were written from `start` (included) to `end` (not included), aware UTC, in one
    theme, for one process; None is all. Supports, answers and comments are those of these ideas."""

    start: datetime | None = None
    end: datetime | None = None
    theme: ThemeId | None = None
    process: ProcessId | None = None


@dataclass(frozen=True, slots=True)
class ModerationCount:
    """How often something happened about ideas, comments or people; `outcome` is an `Outcome` or an act."""

    about: What
    reason: str | None
    outcome: Outcome | ActKind
    count: int


@dataclass(frozen=True, slots=True)
class StoredPhoto:
    """`path` is relative to the media store, `number` counts the photos of the idea from 1."""

    idea: str
    number: int
    path: str


@dataclass(frozen=True, slots=True)
class NewExport:
    """A file that a chat asked for."""

    chat: ChatId
    thread: int | None
    language: Language
    format: ExportFormat
    selection: Selection


@dataclass(frozen=True, slots=True)
class WaitingExport:
    """A file that is still to be made."""

    id: ExportId
    asked: NewExport
