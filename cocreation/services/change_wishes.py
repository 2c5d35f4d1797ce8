"""A person says how often, and when not, they want to hear of what happens."""

from datetime import datetime

from cocreation.ideas.ids import ResidentId
from cocreation.ideas.notice import Frequency, Wishes
from cocreation.ports import Work


async def change_wishes(work: Work, resident: ResidentId, wishes: Wishes, now: datetime) -> None:
    """Keep what a person allows; it holds for what waits already."""
    await work.residents.set_wishes(resident, wishes)
    if wishes.frequency is Frequency.NONE:
        await work.notices.settle(resident)
    else:
        await work.notices.postpone(resident, now)
