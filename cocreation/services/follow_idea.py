"""Hear of what happens to an idea of somebody else's."""

from datetime import datetime

from cocreation.errors import NotFoundError, OwnFollowError
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ports import Work


async def toggle_follow(work: Work, resident: ResidentId, idea: IdeaId, now: datetime) -> bool:
    """Follow an idea, or follow it no more; True when it is followed now.

    Raises NotFoundError for an idea that nobody sees and OwnFollowError for one's own.
    """
    found = await work.ideas.get(idea)
    if found is None or not found.is_published:
        raise NotFoundError
    if found.author == resident:
        raise OwnFollowError
    if await work.follows.add(idea, resident, now):
        return True
    await work.follows.remove(idea, resident)
    return False
