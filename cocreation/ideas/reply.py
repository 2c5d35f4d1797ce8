"""The town's public answer to an idea, and how far it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cocreation.ideas.ids import IdeaId, ReplyId, ResidentId, Token
from locales import Translator

LONGEST_REPLY = 1000
"""Characters: so that it stands on a card beside the idea, whole."""


class Status(StrEnum):
    """How far the town is with an idea; none where it has said nothing yet."""

    RECEIVED = "received"
    UNDER_REVIEW = "under_review"
    PLANNED = "planned"
    DONE = "done"
    NOT_NOW = "not_now"

    @property
    def is_answer(self) -> bool:
        """Having received something is none yet."""
        return self is not Status.RECEIVED


def status_name(status: Status, t: Translator) -> str:
    """What people call it."""
    return {
        Status.RECEIVED: t.gettext("Received"),
        Status.UNDER_REVIEW: t.gettext("Being considered"),
        Status.PLANNED: t.gettext("Planned"),
        Status.DONE: t.gettext("Done"),
        Status.NOT_NOW: t.gettext("Not now"),
    }[status]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. A later one to the same idea comes on top, the earlier ones stay as its history."""

    id: ReplyId
    idea: IdeaId
    status: Status
    text: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class NewReply:
    """An answer that is about to be kept. `by` is the facilitator, where Telegram says who it is."""

    idea: IdeaId
    status: Status
    text: str
    by: ResidentId | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingIdea:
    """An idea to which the town has said nothing yet, or that it has received."""

    id: IdeaId
    token: Token
    text: str
    supports: int
    created_at: datetime
