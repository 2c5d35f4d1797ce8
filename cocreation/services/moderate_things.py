"""Ideas and comments alike, as moderation sees them: whose they are, hidden or not."""

from datetime import datetime

from cocreation.ideas.comment import CommentState
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import ResidentId
from cocreation.ideas.moderation import Act
from cocreation.ideas.report import NOTHING, Reported
from cocreation.ports import Work


async def author_of(work: Work, about: Reported) -> ResidentId | None:
    """None where nobody is known to have written it, or it is gone."""
    if about.idea is not None:
        idea = await work.ideas.get(about.idea)
        return None if idea is None else idea.author
    if about.comment is not None:
        comment = await work.comments.get(about.comment)
        return None if comment is None else comment.author
    return None


async def is_hidden(work: Work, about: Reported) -> bool:
    if about.idea is not None:
        idea = await work.ideas.get(about.idea)
        return idea is not None and idea.state is IdeaState.HIDDEN
    if about.comment is not None:
        comment = await work.comments.get(about.comment)
        return comment is not None and comment.state is CommentState.HIDDEN
    return False


async def set_hidden(work: Work, about: Reported, now: datetime) -> str | None:
    """The state in which it was; None where it is gone, or hidden already."""
    if about.idea is not None:
        idea = await work.ideas.get(about.idea)
        if idea is not None and idea.state is not IdeaState.HIDDEN:
            await work.ideas.set_state(idea.id, IdeaState.HIDDEN, now)
            return idea.state
    if about.comment is not None:
        comment = await work.comments.get(about.comment)
        if comment is not None and comment.state is not CommentState.HIDDEN:
            await work.comments.set_state(comment.id, CommentState.HIDDEN, now)
            return comment.state
    return None


async def show_again(work: Work, about: Reported, was: str, now: datetime) -> None:
    """Let it be what it was, if it is still hidden."""
    if about.idea is not None:
        idea = await work.ideas.get(about.idea)
        if idea is not None and idea.state is IdeaState.HIDDEN:
            await work.ideas.set_state(idea.id, IdeaState(was), now)
    if about.comment is not None:
        comment = await work.comments.get(about.comment)
        if comment is not None and comment.state is CommentState.HIDDEN:
            await work.comments.set_state(comment.id, CommentState(was), now)


async def hiding_of(work: Work, about: Reported) -> Act | None:
    """What hid a thing that is hidden now."""
    if about == NOTHING or not await is_hidden(work, about):
        return None
    return await work.acts.hiding(about)
