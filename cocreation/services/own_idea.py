"""What authors do with their own ideas after writing them."""

from datetime import datetime

from cocreation.errors import NotFoundError, NotYoursError, TooLateError
from cocreation.ideas.idea import Idea, IdeaState, WordsOf
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ideas.submission import Outcome, Receipt
from cocreation.ports import Work
from cocreation.services.idea_parts import hand_over, written_at
from cocreation.services.may_write import may_write


async def own_idea(work: Work, author: ResidentId, idea: IdeaId) -> Idea:
    """An idea that its author may change. Raises NotFoundError and NotYoursError."""
    own = await work.ideas.get(idea)
    if own is None or own.state is IdeaState.HIDDEN:
        raise NotFoundError
    if own.author != author:
        raise NotYoursError
    return own


async def withdraw_idea(work: Work, author: ResidentId, idea: IdeaId, now: datetime) -> Receipt:
    """Take an own idea back. Raises NotFoundError and NotYoursError."""
    own = await own_idea(work, author, idea)
    if own.state is not IdeaState.WITHDRAWN:
        await work.ideas.set_state(idea, IdeaState.WITHDRAWN, now)
    return Receipt(idea, Outcome.WITHDRAWN)


async def return_idea(work: Work, author: ResidentId, idea: IdeaId, now: datetime) -> Receipt:
    """Undo a withdrawal. Raises NotFoundError, NotYoursError, BlockedError and, after 24 hours, TooLateError.

    An idea whose author has sent the same words again meanwhile stays withdrawn: they count once.
    """
    own = await own_idea(work, author, idea)
    if own.state is IdeaState.WITHDRAWN:
        if not own.may_return(now):
            raise TooLateError
        await may_write(work, author, now)
        same = await work.ideas.same_text(author, own.text)
        if same is not None:
            return Receipt(same.id, Outcome.KNOWN)
        is_whole = own.text and own.words_of is not WordsOf.ASKED
        await work.ideas.set_state(idea, IdeaState.PUBLISHED if is_whole else IdeaState.DRAFT, now)
    return Receipt(idea, Outcome.RETURNED)


async def set_anonymous(work: Work, author: ResidentId, idea: IdeaId, is_anonymous: bool) -> None:
    """Let the board show an own idea without its author's pseudonym, or with it. Raises NotFoundError and
    NotYoursError."""
    own = await own_idea(work, author, idea)
    await work.ideas.set_anonymous(own.id, is_anonymous)


async def settle_whose(
    work: Work, author: ResidentId, idea: IdeaId, whose: WordsOf, now: datetime
) -> Receipt:
    """Publish what was passed on, once it is said whose words it holds. What was said first stands.

    Raises NotFoundError, NotYoursError and BlockedError.
    """
    own = await own_idea(work, author, idea)
    if own.state is not IdeaState.DRAFT or own.words_of is not WordsOf.ASKED:
        return Receipt(idea, _kept(own.words_of))
    await may_write(work, author, now)
    known = await work.ideas.same_text(author, own.text)
    if known is not None:
        await hand_over(work, own, known, now)
        return Receipt(known.id, Outcome.KNOWN)
    await work.ideas.settle_whose(idea, whose, await written_at(work, own.created_at, now), now)
    return Receipt(idea, _kept(whose))


def _kept(whose: WordsOf) -> Outcome:
    return Outcome.KEPT_FORWARDED if whose is WordsOf.SOMEBODY_ELSE else Outcome.KEPT
