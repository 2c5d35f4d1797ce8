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
    seconds: int | None = None


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
    """Whether somebody else may have written it."""
    album: str | None = None
    """What Telegram calls the messages that were sent together."""
    answers: IdeaId | None = None
    """The idea below whose card it was written."""

    @property
    def is_voice(self) -> bool:
        return self.attachment is not None and self.attachment.kind is MediaKind.VOICE

    @property
    def is_private(self) -> bool:
        """Whether it was sent to the bot alone: the number of such a chat is the person's."""
        return self.chat > 0


class Outcome(StrEnum):
    """What became of a message."""

    KEPT = "kept"
    KEPT_FORWARDED = "kept_forwarded"
    KEPT_WITHOUT_WORDS = "kept_without_words"
    KNOWN = "known"
    CHANGED = "changed"
    SAME_AS_ANOTHER = "same_as_another"
    JOINED = "joined"
    WAITS_FOR_WORDS = "waits_for_words"
    FILE_TOO_LARGE = "file_too_large"
    VOICE_WAITS = "voice_waits"
    TYPED = "typed"
    WHOSE = "whose"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    PARTED = "parted"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The answer to a message: the idea that it concerns and what happened to it. It may be the rest of the
    idea that has the message `joins`."""

    idea: IdeaId | None
    outcome: Outcome
    is_file_too_large: bool = False
    joins: MessageId | None = None
