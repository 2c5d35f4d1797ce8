"""Forgetting a person: what there is, what went, and what is still to be done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cocreation.ideas.ids import ChatId, CommentId, ErasureId, IdeaId, MessageId, ReportId
from cocreation.ideas.offer import Offer

ASKED_FOR = timedelta(hours=1)
"""How long a person may take to say yes."""


@dataclass(frozen=True, slots=True)
class Traces:
    """How much is kept of a person, and what others added to their ideas."""

    ideas: int = 0
    published: int = 0
    files: int = 0
    comments: int = 0
    supports: int = 0
    follows: int = 0
    reports: int = 0
    others_supports: int = 0
    others_comments: int = 0
    replies: int = 0
    decisions: int = 0
    """Of a facilitator: both stay, in the town's name."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure leaves to tell: messages of the bot with the person, ideas that are gone, and comments
    with the idea that each was about, since others may have them open; questions in groups; and the reports
    of these ideas and comments."""

    messages: Sequence[MessageId]
    ideas: Sequence[IdeaId]
    comments: Mapping[CommentId, IdeaId]
    offers: Sequence[Offer]
    reports: Sequence[ReportId]


@dataclass(frozen=True, slots=True)
class Erasure:
    """One that is not done everywhere. `media` and `outgoing` are paths of files; `chat` is None once nothing
    with that number is left, `is_in_themes` while themes may still be named after what was erased."""

    id: ErasureId
    chat: ChatId | None
    media: Sequence[str]
    outgoing: Sequence[str]
    is_in_themes: bool
    erased_at: datetime
