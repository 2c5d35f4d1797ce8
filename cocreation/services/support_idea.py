"""One person's 'me too' on an idea."""

from datetime import datetime

from cocreation.errors import NotFoundError, OwnIdeaError
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ports import Work


async def support_idea(work: Work, resident: ResidentId, idea: IdeaId, now: datetime) -> bool:
    """Support an idea, however often it is said. Gives True, raises as `toggle_support`."""
    await _check(work, resident, idea)
    await work.supports.add(idea, resident, now)
    return True


async def support_no_more(work: Work, resident: ResidentId, idea: IdeaId, now: datetime) -> bool:
    """Take the support back, if there is one. Gives False, raises as `toggle_support`."""
    await _check(work, resident, idea)
    await work.supports.remove(idea, resident)
    return False


async def toggle_support(work: Work, resident: ResidentId, idea: IdeaId, now: datetime) -> bool:
    """Support an idea, or take the support back; True when it is supported now.

    Raises NotFoundError for an idea that nobody sees and OwnIdeaError for one's own.
    """
    await _check(work, resident, idea)
    if await work.supports.add(idea, resident, now):
        return True
    await work.supports.remove(idea, resident)
    return False


async def _check(work: Work, resident: ResidentId, idea: IdeaId) -> None:
    found = await work.ideas.get(idea)
    if found is None or not found.is_published:
        raise NotFoundError
    if found.author == resident:
        raise OwnIdeaError
