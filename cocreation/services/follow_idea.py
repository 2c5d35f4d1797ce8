"""Hear of what happens to an idea of somebody else's."""

from datetime import datetime

from cocreation.errors import OwnFollowError
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ports import Work
from cocreation.services.mark_idea import mark_idea


async def follow_idea(
    work: Work, resident: ResidentId, idea: IdeaId, now: datetime, *, wanted: bool | None = True
) -> bool:
    """Follow an idea, or follow it no more; None turns it over. True when it is followed now.

    Raises NotFoundError for an idea that nobody sees and OwnFollowError for one's own.
    """
    return await mark_idea(work, work.follows, resident, idea, now, wanted=wanted, own=OwnFollowError)
