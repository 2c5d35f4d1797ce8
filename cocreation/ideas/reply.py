"""The town's public answer to an idea, and how far it is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cocreation.ideas.ids import IdeaId, ReplyId, ReplyPhotoId, ResidentId, ThemeId, ThemeReplyId, Token
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
class Answer:
    """What the town says, wherever it says it."""

    status: Status
    text: str
    photo: ReplyPhotoId | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. A later one to the same idea comes on top, the earlier ones stay as its history.

    What was said to a whole theme is one reply to each of its ideas, with the same `theme_reply`.
    """

    id: ReplyId
    idea: IdeaId
    answer: Answer
    created_at: datetime
    corrected_at: datetime | None = None
    theme_reply: ThemeReplyId | None = None

    @property
    def status(self) -> Status:
        return self.answer.status

    @property
    def text(self) -> str:
        return self.answer.text


@dataclass(frozen=True, slots=True)
class NewReply:
    """An answer that is about to be kept. `by` is the facilitator, where Telegram says who it is."""

    idea: IdeaId
    status: Status
    text: str
    by: ResidentId | None
    created_at: datetime
    photo: ReplyPhotoId | None = None


@dataclass(frozen=True, slots=True)
class ThemeReply:
    """One answer to all ideas that a theme had when it was sent."""

    id: ThemeReplyId
    theme: ThemeId | None
    """None where that theme is not there any more."""
    answer: Answer
    created_at: datetime
    corrected_at: datetime | None = None
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom an answer to a theme would reach: so many `ideas`, and so many `people`, each once."""

    ideas: int
    people: int


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reply said before somebody corrected it."""

    id: int
    answer: Answer
    replaced_at: datetime
    corrected_before: datetime | None = None
    """When it had been corrected already, if it had."""


@dataclass(frozen=True, slots=True)
class WaitingIdea:
    """An idea to which the town has said nothing yet, or that it has received."""

    id: IdeaId
    token: Token
    text: str
    supports: int
    created_at: datetime
