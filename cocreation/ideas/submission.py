"""What a resident sends, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cocreation.ideas.idea import Place
from cocreation.ideas.ids import ChatId, IdeaId, MessageId
from cocreation.ideas.media import MediaKind


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that Telegram holds. `size` is in bytes, None where Telegram does not say."""

    kind: MediaKind
    file_id: str
    unique_id: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Submission:
    """One message of a resident, read: words, a photo or a place, or some of them together."""

    chat: ChatId
    message: MessageId
    sent_at: datetime
    text: str = ""
    attachment: Attachment | None = None
    place: Place | None = None
    is_forwarded: bool = False


class Outcome(StrEnum):
    """What became of a message."""

    KEPT = "kept"
    KEPT_FORWARDED = "kept_forwarded"
    KEPT_WITHOUT_WORDS = "kept_without_words"
    KNOWN = "known"
    CHANGED = "changed"
    JOINED = "joined"
    WAITS_FOR_WORDS = "waits_for_words"
    FILE_TOO_LARGE = "file_too_large"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a message: the idea that it concerns and what happened to it."""

    idea: IdeaId | None
    outcome: Outcome
    is_file_too_large: bool = False
