"""Those who look after the town's co-creation, and to whom the bot can write in private."""

from collections.abc import Sequence

from cocreation.ideas.ids import ChatId
from cocreation.ideas.resident import Resident
from cocreation.ideas.role import Charge, Role
from cocreation.ideas.town import Town
from cocreation.ports import Work


async def find_administrators(work: Work, town: Town) -> Sequence[Resident]:
    """Those whom the settings name, and those who were invited."""
    return await _with_charge(work, town, [Charge(Role.ADMINISTRATOR)])


async def find_facilitators(work: Work, town: Town) -> Sequence[Resident]:
    """All who have the whole town in hand, administrators first."""
    return await _with_charge(work, town, [Charge(Role.ADMINISTRATOR), Charge(Role.FACILITATOR)])


async def desk_chats(work: Work, town: Town) -> Sequence[ChatId]:
    """Where what facilitators are to see arrives: in their group, else in private."""
    if town.facilitator_chat is not None:
        return [town.facilitator_chat]
    return [each.chat for each in await find_facilitators(work, town) if each.chat is not None]


async def _with_charge(work: Work, town: Town, charges: Sequence[Charge]) -> Sequence[Resident]:
    named = [await work.residents.find(ChatId(user)) for user in sorted(town.administrators)]
    charged = [
        await work.residents.get(facilitator.resident)
        for facilitator in await work.facilitators.all()
        if facilitator.charge in charges
    ]
    found = {resident.id: resident for resident in (*named, *charged) if resident is not None}
    return [resident for resident in found.values() if resident.chat is not None and not resident.is_away]
