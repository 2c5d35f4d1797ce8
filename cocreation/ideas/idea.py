"""An idea: what somebody wants to exist or change, in their own words."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cocreation.ideas.ids import (
    ChatId,
    IdeaId,
    Language,
    MediaId,
    MessageId,
    ReplyPhotoId,
    ResidentId,
    ThemeId,
    Token,
)
from cocreation.ideas.reply import Status

UNDO_WITHIN = timedelta(hours=24)

LONGEST_PLACE = 100
"""Characters of a place's name that somebody types."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""The categories Cc and Cs of Unicode, without line breaks and tabs."""
_BLANKS = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\u200b\u2060\ufeff"
"""What a text may lose at both ends: white space, and what takes no room at all."""

_BLANK = re.compile(r"\s+")
_LOOSE_ENDS = ",;:–—-"
_JOINER = "\u200d"
_SKIN_TONES = "".join(map(chr, range(0x1F3FB, 0x1F400)))
_TAGS = "".join(map(chr, range(0xE0020, 0xE0080)))
_JOINING = frozenset(_JOINER + _SKIN_TONES + _TAGS)
_FLAG_LETTERS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))


class IdeaState(StrEnum):
    """Who may see an idea. A draft is a photo or a place that still waits for its words."""

    DRAFT = "draft"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class WordsOf(StrEnum):
    """Whose words a forwarded message holds: the sender has to be asked."""

    AUTHOR = "author"
    ASKED = "asked"
    SOMEBODY_ELSE = "somebody_else"


class Source(StrEnum):
    """The way by which an idea came in."""

    CHAT = "chat"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an idea belongs: degrees WGS 84, or a name, or both."""

    latitude: float | None = None
    longitude: float | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea as it stands now."""

    id: IdeaId
    token: Token
    author: ResidentId | None
    text: str
    language: Language | None
    place: Place | None
    state: IdeaState
    source: Source
    created_at: datetime
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    is_anonymous: bool = False
    words_of: WordsOf = WordsOf.AUTHOR
    status: Status | None = None
    chat: ChatId | None = None
    message: MessageId | None = None
    """The message in that chat with which it began."""

    @property
    def is_published(self) -> bool:
        return self.state is IdeaState.PUBLISHED

    def may_return(self, now: datetime) -> bool:
        """Whether its author can still undo the withdrawal."""
        return (
            self.state is IdeaState.WITHDRAWN
            and self.withdrawn_at is not None
            and now - self.withdrawn_at <= UNDO_WITHIN
        )


@dataclass(frozen=True, slots=True)
class NewIdea:
    """An idea that is about to be kept."""

    text: str
    created_at: datetime
    author: ResidentId | None = None
    language: Language | None = None
    place: Place | None = None
    source: Source = Source.CHAT
    external_id: str | None = None
    process: str | None = None
    chat: ChatId | None = None
    message: MessageId | None = None
    state: IdeaState = IdeaState.PUBLISHED
    words_of: WordsOf = WordsOf.AUTHOR
    token: Token | None = None
    """The one that it had in the town that exported it; else it gets a new one."""


@dataclass(frozen=True, slots=True)
class IdeaView:
    """An idea with what is known around it, as a card or a page shows it."""

    idea: Idea
    theme: ThemeId | None
    theme_label: str | None
    theme_size: int
    supports: int
    photos: tuple[MediaId, ...] = ()
    is_first: bool = False
    """Whether its author has none before it, and was not told before who collects ideas and why."""
    pseudonym: str | None = None
    """Under which its author writes; None where the idea is anonymous, or the author is gone."""
    comments: int = 0
    """Published ones."""
    has_voice: bool = False
    reply: str | None = None
    """The town's latest answer, whose status the idea has."""
    reply_corrected_at: datetime | None = None
    reply_photo: ReplyPhotoId | None = None


def clean_text(text: str) -> str:
    """The text in NFC, without control characters and outer blanks; line breaks stay."""
    return unicodedata.normalize("NFC", _CONTROLS.sub("", text)).strip(_BLANKS)


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it, in any script."""
    return any(c.isalnum() for c in text)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where something was cut: at a blank where there is one in
    the second half, else between two characters as people see them."""
    if len(text) <= limit:
        return text
    at = max((found.start() for found in _BLANK.finditer(text, limit // 2, limit)), default=0)
    head = text[: at or _end_of_character(text, limit - 1)].rstrip()
    return (head.rstrip(_LOOSE_ENDS) or head) + "…"


def _end_of_character(text: str, at: int) -> int:
    """The last place at or before `at` that is not inside an emoji, a flag or an accented letter."""
    end = at
    while end > 0 and _is_inside(text, end):
        end -= 1
    return end or at


def _is_inside(text: str, at: int) -> bool:
    following = text[at]
    if following in _JOINING or text[at - 1] == _JOINER or unicodedata.category(following).startswith("M"):
        return True
    return following in _FLAG_LETTERS and _flag_letters_before(text, at) % 2 == 1


def _flag_letters_before(text: str, at: int) -> int:
    start = at
    while start > 0 and text[start - 1] in _FLAG_LETTERS:
        start -= 1
    return at - start
