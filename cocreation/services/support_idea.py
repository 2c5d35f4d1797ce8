"""One person's 'me too' on an idea."""

from datetime import datetime

from cocreation.errors import NotFoundError, OwnIdeaError
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ports import Work


async def toggle_support(work: Work, resident: ResidentId, idea: IdeaId, now: datetime) -> bool:
    """Support an idea, or take the support back; True when it is supported now.

    Raises NotFoundError for an idea that nobody sees and OwnIdeaError for one's own.
    """
    found = await work.ideas.get(idea)
    if found is None or not found.is_published:
        raise NotFoundError
    if found.author == resident:
        raise OwnIdeaError
    if await work.supports.add(idea, resident, now):
        return True
    await work.supports.remove(idea, resident)
    return False
