"""Somebody who had blocked the bot is there again."""

from datetime import datetime

from cocreation.ideas.resident import Resident
from cocreation.ports import Work


async def come_back(work: Work, resident: Resident, now: datetime) -> None:
    """Find things as they were, and hear what waited as one message."""
    if resident.is_away:
        await work.residents.mark_reachable(resident.id)
        await work.notices.postpone(resident.id, now)
