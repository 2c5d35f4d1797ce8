"""What somebody says about another person's idea."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cocreation.ideas.ids import ChatId, CommentId, IdeaId, MessageId, ResidentId

LONGEST_COMMENT = 1000
"""Characters: about as many as fit on a phone's screen. Who has more to say writes an idea."""

COMMENTS_AT_ONCE, AT_ONCE = 10, timedelta(minutes=10)
"""So many from one person in that time."""

UNDO_WITHIN = timedelta(hours=24)


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

    @property
    def is_published(self) -> bool:
        return self.state is CommentState.PUBLISHED

    def may_return(self, now: datetime) -> bool:
        """Whether its author can still undo the withdrawal."""
        return (
            self.state is CommentState.WITHDRAWN
            and self.withdrawn_at is not None
            and now - self.withdrawn_at <= UNDO_WITHIN
        )


@dataclass(frozen=True, slots=True)
class Said:
    """A published comment in its thread, with what it answers if that can still be read."""

    comment: Comment
    answered_text: str | None = None
    answered_author: ResidentId | None = None
    answered_pseudonym: str | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """Some comments of an idea, oldest first. `next_last` is the last one of the page after this one."""

    comments: tuple[Said, ...]
    has_earlier: bool = False
    next_last: CommentId | None = None


@dataclass(frozen=True, slots=True)
class NewComment:
    """A comment that is about to be kept. `chat` and `message` hold its words, where it was written here."""

    idea: IdeaId
    author: ResidentId | None
    text: str
    created_at: datetime
    chat: ChatId | None = None
    message: MessageId | None = None
    answers: CommentId | None = None
