"""Who writes for others to read gets an invented name."""

from cocreation.ideas.pseudonym import pseudonyms
from cocreation.ideas.resident import Resident
from cocreation.ports import Work


async def name_resident(work: Work, resident: Resident) -> str:
    """The resident's pseudonym, drawn now if they have none."""
    if resident.pseudonym is not None:
        return resident.pseudonym
    for name in pseudonyms(resident.language):
        given = await work.residents.give_pseudonym(resident.id, name)
        if given is not None:
            return given
    raise AssertionError("there are names for ever")
