"""Saying something about an idea, and taking it back."""

from dataclasses import dataclass
from datetime import datetime

from cocreation.errors import (
    CommentTooLateError,
    CommentTooLongError,
    EmptyCommentError,
    NotFoundError,
    NotYourCommentError,
    TooManyCommentsError,
)
from cocreation.ideas.comment import (
    AT_ONCE,
    COMMENTS_AT_ONCE,
    LONGEST_COMMENT,
    Comment,
    CommentState,
    NewComment,
)
from cocreation.ideas.idea import clean_text, has_words
from cocreation.ideas.ids import ChatId, CommentId, IdeaId, MessageId, ResidentId
from cocreation.ideas.resident import Resident
from cocreation.ports import Work
from cocreation.services.may_write import may_write
from cocreation.services.name_resident import name_resident
from cocreation.services.tell import tell_of_comment


@dataclass(frozen=True, slots=True)
class Remark:
    """A message that is meant as a comment on an idea, perhaps as an answer to another one."""

    idea: IdeaId
    text: str
    chat: ChatId
    message: MessageId
    answers: CommentId | None = None


async def comment_idea(work: Work, author: Resident, remark: Remark, now: datetime) -> Comment:
    """Keep the comment and let others hear of it. The same message handled twice is kept once.

    Raises NotFoundError for an idea that nobody sees, EmptyCommentError, CommentTooLongError,
    TooManyCommentsError and BlockedError.
    """
    known = await work.comments.by_message(remark.chat, remark.message)
    if known is not None:
        return known
    await may_write(work, author.id, now)
    idea = await work.ideas.get(remark.idea)
    if idea is None or not idea.is_published:
        raise NotFoundError
    text = _words(remark.text)
    if await work.comments.count_since(author.id, now - AT_ONCE) >= COMMENTS_AT_ONCE:
        raise TooManyCommentsError(n=COMMENTS_AT_ONCE)
    await name_resident(work, author)
    answers = await _answered(work, remark)
    new = NewComment(remark.idea, author.id, text, now, remark.chat, remark.message, answers)
    added = await work.comments.add(new)
    comment = None if added is None else await work.comments.get(added)
    if comment is None:
        raise NotFoundError
    await tell_of_comment(work, comment, now)
    return comment


async def correct_comment(
    work: Work, author: ResidentId, at: tuple[ChatId, MessageId], text: str, now: datetime
) -> Comment | None:
    """The person corrected the message `at` that place; None where it is no comment of theirs.

    Raises EmptyCommentError, CommentTooLongError and BlockedError: then it stays as it was.
    """
    comment = await work.comments.by_message(*at)
    if comment is None or comment.author != author:
        return None
    await may_write(work, author, now)
    words = _words(text)
    if comment.state is CommentState.HIDDEN or words == comment.text:
        return comment
    await work.comments.correct(comment.id, words, now)
    return await work.comments.get(comment.id)


async def withdraw_comment(work: Work, author: ResidentId, comment: CommentId, now: datetime) -> Comment:
    """Take an own comment back. Raises NotFoundError and NotYourCommentError."""
    own = await _own(work, author, comment)
    if own.state is not CommentState.WITHDRAWN:
        await work.comments.set_state(comment, CommentState.WITHDRAWN, now)
    return await _own(work, author, comment)


async def return_comment(work: Work, author: ResidentId, comment: CommentId, now: datetime) -> Comment:
    """Undo a withdrawal.

    Raises NotFoundError, NotYourCommentError, BlockedError and, after 24 hours, CommentTooLateError.
    """
    own = await _own(work, author, comment)
    if own.state is CommentState.WITHDRAWN:
        if not own.may_return(now):
            raise CommentTooLateError
        await may_write(work, author, now)
        await work.comments.set_state(comment, CommentState.PUBLISHED, now)
    return await _own(work, author, comment)


def _words(text: str) -> str:
    words = clean_text(text)
    if not has_words(words):
        raise EmptyCommentError
    if len(words) > LONGEST_COMMENT:
        raise CommentTooLongError(length=len(words), limit=LONGEST_COMMENT)
    return words


async def _answered(work: Work, remark: Remark) -> CommentId | None:
    """What it answers, if that is a comment on the same idea that can be read."""
    if remark.answers is None:
        return None
    answered = await work.comments.get(remark.answers)
    if answered is None or answered.idea != remark.idea or not answered.is_published:
        return None
    return answered.id


async def _own(work: Work, author: ResidentId, comment: CommentId) -> Comment:
    own = await work.comments.get(comment)
    if own is None or own.state is CommentState.HIDDEN:
        raise NotFoundError
    if own.author != author:
        raise NotYourCommentError
    return own
