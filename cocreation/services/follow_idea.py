"""Hear of what happens to an idea of somebody else's."""

from datetime import datetime

from cocreation.errors import NotFoundError, OwnFollowError
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ports import Work


async def follow_idea(work: Work, resident: ResidentId, idea: IdeaId, now: datetime) -> bool:
    """Follow an idea, however often it is said. Gives True, raises as `toggle_follow`."""
    await _check(work, resident, idea)
    await work.follows.add(idea, resident, now)
    return True


async def follow_no_more(work: Work, resident: ResidentId, idea: IdeaId, now: datetime) -> bool:
    """Follow it no more, if one did. Gives False, raises as `toggle_follow`."""
    await _check(work, resident, idea)
    await work.follows.remove(idea, resident)
    return False


async def toggle_follow(work: Work, resident: ResidentId, idea: IdeaId, now: datetime) -> bool:
    """Follow an idea, or follow it no more; True when it is followed now.

    Raises NotFoundError for an idea that nobody sees and OwnFollowError for one's own.
    """
    await _check(work, resident, idea)
    if await work.follows.add(idea, resident, now):
        return True
    await work.follows.remove(idea, resident)
    return False


async def _check(work: Work, resident: ResidentId, idea: IdeaId) -> None:
    found = await work.ideas.get(idea)
    if found is None or not found.is_published:
        raise NotFoundError
    if found.author == resident:
        raise OwnFollowError
