"""What authors do with their own ideas after writing them."""

from datetime import datetime

from cocreation.errors import NotFoundError, NotYoursError, TooLateError
from cocreation.ideas.idea import Idea, IdeaState
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ideas.submission import Outcome, Receipt
from cocreation.ports import Work


async def withdraw_idea(work: Work, author: ResidentId, idea: IdeaId, now: datetime) -> Receipt:
    """Take an own idea back. Raises NotFoundError and NotYoursError."""
    own = await _own(work, author, idea)
    if own.state is not IdeaState.WITHDRAWN:
        await work.ideas.set_state(idea, IdeaState.WITHDRAWN, now)
    return Receipt(idea, Outcome.WITHDRAWN)


async def return_idea(work: Work, author: ResidentId, idea: IdeaId, now: datetime) -> Receipt:
    """Undo a withdrawal. Raises NotFoundError, NotYoursError and, after 24 hours, TooLateError.

    An idea whose author has sent the same words again meanwhile stays withdrawn: they count once.
    """
    own = await _own(work, author, idea)
    if own.state is IdeaState.WITHDRAWN:
        if not own.may_return(now):
            raise TooLateError
        same = await work.ideas.same_text(author, own.text)
        if same is not None:
            return Receipt(same.id, Outcome.KNOWN)
        await work.ideas.set_state(idea, IdeaState.PUBLISHED if own.text else IdeaState.DRAFT, now)
    return Receipt(idea, Outcome.RETURNED)


async def _own(work: Work, author: ResidentId, idea: IdeaId) -> Idea:
    own = await work.ideas.get(idea)
    if own is None or own.state is IdeaState.HIDDEN:
        raise NotFoundError
    if own.author != author:
        raise NotYoursError
    return own
