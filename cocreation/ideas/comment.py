"""What somebody says about another person's idea."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cocreation.ideas.ids import ChatId, CommentId, IdeaId, MessageId, ResidentId


class CommentState(StrEnum):
    """Who may see a comment."""

    PUBLISHED = "published"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; `answers` is the one to which it replies. `pseudonym` is its author's."""

    id: CommentId
    idea: IdeaId
    author: ResidentId | None
    text: str
    state: CommentState
    created_at: datetime
    edited_at: datetime | None = None
    withdrawn_at: datetime | None = None
    answers: CommentId | None = None
    pseudonym: str | None = None


@dataclass(frozen=True, slots=True)
class NewComment:
    """A comment that is about to be kept. `chat` and `message` hold its words."""

    idea: IdeaId
    author: ResidentId
    text: str
    created_at: datetime
    chat: ChatId
    message: MessageId
    answers: CommentId | None = None
