"""The municipality that runs a bot."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from cocreation.ideas.frame import Frame, FrameKey, included_frames
from cocreation.ideas.helpline import Helpline
from cocreation.ideas.ids import ChatId, Language
from cocreation.ideas.notice import NIGHT, QuietHours
from cocreation.ideas.schedule import MONDAY_MORNING, Schedule


@dataclass(frozen=True, slots=True)
class Town:
    """What the chat and the board need to know of the town. `languages[0]` is the first language."""

    name: str
    languages: tuple[Language, ...]
    time_zone: ZoneInfo
    facilitator_chat: ChatId | None
    administrators: frozenset[int]
    digest_language: Language
    board_url: str | None
    contact: str | None = None
    ideas_in_ten_minutes: int = 10
    """So many a person may write; where one thinks in many messages, they can be joined."""
    schedule: Schedule = MONDAY_MORNING
    """When the main digest is due."""
    quiet: QuietHours | None = NIGHT
    """The hours in which people hear nothing who are new, until they choose others."""
    watched_words: tuple[str, ...] = ()
    """What holds these is looked at by a facilitator."""
    helplines: tuple[Helpline, ...] = ()
    frames: tuple[Frame, ...] = field(default_factory=included_frames, hash=False)
    """Those that come with Morgen, and the town's own."""

    @property
    def contact_url(self) -> str | None:
        """What a press on the contact opens, if it is an address on the web or of mail."""
        if self.contact is None or self.contact.startswith(("https://", "http://")):
            return self.contact
        return f"mailto:{self.contact}" if "@" in self.contact and " " not in self.contact else None

    def is_facilitator(self, chat: ChatId, user: int) -> bool:
        """Whether somebody writing in this chat may do what facilitators may."""
        return chat == self.facilitator_chat or user in self.administrators

    def frame(self, key: FrameKey) -> Frame | None:
        return next((frame for frame in self.frames if frame.key == key), None)

    def local(self, moment: datetime) -> datetime:
        """The moment on the town's clock."""
        return moment.astimezone(self.time_zone)

    def speaks(self, code: str | None) -> Language:
        """The town's language nearest to a code such as 'nl-BE', else its first."""
        base = (code or "").split("-")[0].lower()
        return next((own for own in self.languages if own == base), self.languages[0])
