"""A person asks for all that is kept of them; it is put together beside the chat."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from cocreation.ideas.belongings import AT_MOST_EVERY
from cocreation.ideas.resident import Resident
from cocreation.ports import Work


class Said(Enum):
    """What becomes of the wish."""

    BEGUN = auto()
    UNDER_WAY = auto()
    TOO_SOON = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """`again_at` is from when on it may be asked for again."""

    said: Said
    again_at: datetime


async def ask_for_data(work: Work, resident: Resident, now: datetime) -> Answer:
    """Let it be made, unless it is being made or was a moment ago."""
    last = await work.belongings.asked(resident.id)
    if last is not None and last.made_at is None:
        return Answer(Said.UNDER_WAY, now)
    # A moment in the future is that of a clock which somebody has set back since.
    if last is not None and last.at <= now < last.at + AT_MOST_EVERY:
        return Answer(Said.TOO_SOON, last.at + AT_MOST_EVERY)
    await work.belongings.ask(resident.id, now)
    return Answer(Said.BEGUN, now)
