"""What one person has done here, as they look through it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cocreation.ideas.comment import CommentState
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.media import MediaKind
from cocreation.ideas.reply import Status


class Mine(StrEnum):
    """What there are lists of. The letters stand in buttons: they stay for good."""

    IDEAS = "i"
    SUPPORTS = "s"
    FOLLOWS = "f"
    COMMENTS = "c"


@dataclass(frozen=True, slots=True)
class MyLine:
    """An idea in one of the lists; `said` is the person's comment on it, with its state. Of one that waits,
    `media` is what came with it, `is_asked` whether it waits to hear whose words it has."""

    idea: IdeaId
    text: str
    state: IdeaState
    status: Status | None
    supports: int
    comments: int
    said: str | None = None
    said_state: CommentState | None = None
    media: MediaKind | None = None
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class MyPage:
    """Some lines of a list, newest first."""

    lines: tuple[MyLine, ...]
    has_later: bool


Counted = Mapping[Mine, int]
