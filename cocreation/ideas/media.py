"""Photos and files that belong to an idea."""

from dataclasses import dataclass
from enum import StrEnum

from cocreation.ideas.ids import IdeaId, MediaId, MessageId

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""Bytes that the Bot API hands out at most: https://core.telegram.org/bots/api#getfile"""


class MediaKind(StrEnum):
    """What it is, as far as a page needs to know."""

    PHOTO = "photo"
    VOICE = "voice"


class MediaState(StrEnum):
    """How far the file has come."""

    WAITING = "waiting"
    STORED = "stored"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class NewMedia:
    """A file that Telegram holds and Morgen will fetch. `file_id` is Telegram's, `message` the one that
    brought it, in its author's chat; a voice message lasts `seconds`."""

    idea: IdeaId
    kind: MediaKind
    file_id: str
    unique_id: str
    message: MessageId | None = None
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A file of an idea; `path` is relative to the media store and None until it is there."""

    id: MediaId
    idea: IdeaId
    kind: MediaKind
    file_id: str
    state: MediaState
    attempts: int
    path: str | None
    seconds: int | None = None
