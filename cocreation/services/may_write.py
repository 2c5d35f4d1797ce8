"""Who is blocked for a time writes nothing, and is told until when and why."""

from datetime import datetime

from cocreation.errors import BlockedError
from cocreation.ideas.ids import ResidentId
from cocreation.ports import Work


async def may_write(work: Work, person: ResidentId, now: datetime) -> None:
    """Raises BlockedError."""
    block = await work.acts.block_of(person, now)
    if block is not None:
        raise BlockedError(block.until, block.reason)
