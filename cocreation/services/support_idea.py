"""One person's 'me too' on an idea."""

from datetime import datetime

from cocreation.errors import OwnIdeaError
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ports import Work
from cocreation.services.mark_idea import mark_idea
from cocreation.services.may_write import may_write


async def support_idea(
    work: Work, resident: ResidentId, idea: IdeaId, now: datetime, *, wanted: bool | None = True
) -> bool:
    """Support an idea, or take the support back; None turns it over. True when it is supported now.

    Raises NotFoundError for an idea that nobody sees, OwnIdeaError for one's own, and BlockedError.
    """
    if wanted is not False:
        await may_write(work, resident, now)
    return await mark_idea(work, work.supports, resident, idea, now, wanted=wanted, own=OwnIdeaError)
