"""The picture of a digest, and who waits for one."""

from dataclasses import dataclass
from enum import StrEnum

from cocreation.ideas.ids import ChatId, DigestFileId, Language
from cocreation.ideas.messages import Priority
from cocreation.ideas.period import Period


class DigestFormat(StrEnum):
    """The picture of the themes. The names stand in buttons: they stay for good."""

    PICTURE = "png"

    @property
    def ending(self) -> str:
        """Of the file, with its dot."""
        return f".{self}"


@dataclass(frozen=True, slots=True)
class NewDigestFile:
    """What a chat is to get. One that nobody asked for comes with a digest: where there is nothing to draw,
    nothing is said."""

    chat: ChatId
    thread: int | None
    language: Language
    format: DigestFormat
    period: Period
    is_asked: bool = True

    @property
    def priority(self) -> Priority:
        """It never overtakes the digest with which it comes."""
        return Priority.REPLY if self.is_asked else Priority.PUSH


@dataclass(frozen=True, slots=True)
class WaitingDigestFile:
    """A file that is still to be made."""

    id: DigestFileId
    wanted: NewDigestFile
