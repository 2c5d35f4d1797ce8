"""An idea: what somebody wants to exist or change, in their own words."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cocreation.ideas.ids import ChatId, IdeaId, Language, MediaId, MessageId, ResidentId, ThemeId, Token

UNDO_WITHIN = timedelta(hours=24)


class IdeaState(StrEnum):
    """Who may see an idea. A draft is a photo or a place that still waits for its words."""

    DRAFT = "draft"
    PUBLISHED = "published"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


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


@dataclass(frozen=True, slots=True)
class IdeaView:
    """An idea with what is known around it, as a card or a page shows it."""

    idea: Idea
    theme: ThemeId | None
    theme_label: str | None
    theme_size: int
    supports: int
    photos: tuple[MediaId, ...] = ()


def clean_text(text: str) -> str:
    """The text in NFC, without control characters and outer blanks; line breaks stay."""
    composed = unicodedata.normalize("NFC", text)
    kept = "".join(c for c in composed if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return kept.strip()


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it, in any script."""
    return any(c.isalnum() for c in text)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a blank, with an ellipsis where something was cut."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    at = head.rfind(" ")
    return (head[:at] if at > limit // 2 else head).rstrip() + "…"
