"""What a person puts on an idea of somebody else's, once: their support, or that they follow it."""

from datetime import datetime
from typing import Protocol

from cocreation.errors import MorgenError, NotFoundError
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ports import Work


class Marks(Protocol):
    """Who put one on which idea."""

    async def add(self, idea: IdeaId, resident: ResidentId, now: datetime) -> bool: ...

    async def remove(self, idea: IdeaId, resident: ResidentId) -> bool: ...


async def mark_idea(
    work: Work,
    marks: Marks,
    resident: ResidentId,
    idea: IdeaId,
    now: datetime,
    *,
    wanted: bool | None,
    own: type[MorgenError],
) -> bool:
    """Put it there or take it away, however often that is said; None turns it over. Whether it is there now.

    Raises NotFoundError for an idea that nobody sees and `own` for the person's own.
    """
    found = await work.ideas.get(idea)
    if found is None or not found.is_published:
        raise NotFoundError
    if found.author == resident:
        raise own
    if wanted is not False and (await marks.add(idea, resident, now) or wanted):
        return True
    await marks.remove(idea, resident)
    return False
