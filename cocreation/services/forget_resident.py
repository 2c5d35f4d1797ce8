"""A person is forgotten: asked once, erased everywhere."""

from datetime import datetime

from cocreation.errors import ForgetOverError
from cocreation.ideas.erasure import ASKED_FOR, Erased
from cocreation.ideas.ids import ChatId, ResidentId
from cocreation.ports import Work


async def forget_resident(
    work: Work,
    chat: ChatId,
    *,
    asked: ResidentId,
    asked_at: datetime,
    now: datetime,
    leaves_ideas: bool = False,
) -> Erased | None:
    """Erase who said yes to a question that was put to `asked`. None where nobody is known any more.

    Raises ForgetOverError when the question is too old, or was put to somebody before they were forgotten.
    """
    resident = await work.residents.find(chat)
    if resident is None:
        await work.erasures.leave_no_trace(chat, now)
        return None
    if resident.id != asked or not asked_at <= now <= asked_at + ASKED_FOR:
        raise ForgetOverError
    return await work.erasures.erase(resident, now, leaves_ideas)
