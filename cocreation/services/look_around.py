"""What stands on the card of an idea in its author's chat besides the idea."""

from datetime import datetime

from cocreation.ideas.conversation import Step
from cocreation.ideas.idea import Idea
from cocreation.ideas.ids import MessageId
from cocreation.ideas.joining import may_belong_together
from cocreation.ideas.resident import Resident
from cocreation.ideas.surroundings import LOOK_ALIKES_SHOWN, Surroundings
from cocreation.ports import Work

ASKED_ON_CARD = (Step.EDIT, Step.PHOTO, Step.PLACE)

MORE = "more"
"""The words of a step whose photo has come: the card asks no more, and further ones go with the first."""


async def look_around(work: Work, idea: Idea, author: Resident, now: datetime) -> Surroundings:
    """What the author of the idea sees on its card now."""
    neighbours = tuple(await work.look_alikes.of(idea.id, LOOK_ALIKES_SHOWN))
    return Surroundings(
        neighbours,
        await work.supports.given_by(author.id, [neighbour.idea for neighbour in neighbours]),
        await _joins(work, idea, author, now),
        await work.follows.count(idea.id),
        await _asked(work, idea, author, now),
    )


async def _joins(work: Work, idea: Idea, author: Resident, now: datetime) -> MessageId | None:
    earlier = await work.ideas.before(author.id, idea.id)
    return earlier.message if earlier is not None and may_belong_together(earlier, idea, now) else None


async def _asked(work: Work, idea: Idea, author: Resident, now: datetime) -> Step | None:
    waiting = None if author.chat is None else await work.conversations.get(author.chat)
    if waiting is None or waiting.subject != idea.id or waiting.is_over(now):
        return None
    is_asking = waiting.step in ASKED_ON_CARD and waiting.words != MORE
    return waiting.step if is_asking else None
