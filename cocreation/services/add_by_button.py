"""A photo, a place or its name that an author adds to an idea by its button, however old that is."""

from dataclasses import replace
from datetime import datetime

from cocreation.errors import NotFoundError
from cocreation.ideas.idea import LONGEST_PLACE, Place, clean_text, has_words
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ideas.part import PLACE_NAME, Part, words_of
from cocreation.ideas.submission import Outcome, Receipt, Submission
from cocreation.ports import Work
from cocreation.services.idea_parts import add_part, complete, part_of
from cocreation.services.may_write import may_write
from cocreation.services.own_idea import own_idea


async def add_to_idea(
    work: Work, author: ResidentId, idea: IdeaId, submission: Submission, now: datetime
) -> Receipt:
    """Let the message's photo or place, and words if there are some, belong to the idea.

    Raises NotFoundError, NotYoursError and BlockedError.
    """
    own = await own_idea(work, author, idea)
    await may_write(work, author, now)
    if not own.is_published:
        raise NotFoundError
    too_large = await complete(work, own.id, submission, now)
    await add_part(work, own, part_of(own.id, submission, clean_text(submission.text)))
    words = words_of(await work.parts.of(own.id))
    if words != own.text:
        await work.ideas.correct(own.id, words, now)
    return Receipt(own.id, Outcome.JOINED, too_large)


def is_place_name(text: str) -> bool:
    """Whether somebody who was asked for a place names one, rather than saying something else."""
    name = clean_text(text)
    return len(name) <= LONGEST_PLACE and "\n" not in name and has_words(name)


async def name_place(
    work: Work, author: ResidentId, idea: IdeaId, submission: Submission, now: datetime
) -> Receipt:
    """Let the words of the message be where the idea belongs.

    Raises NotFoundError, NotYoursError and BlockedError.
    """
    own = await own_idea(work, author, idea)
    await may_write(work, author, now)
    if not own.is_published:
        raise NotFoundError
    # A point without a name gets one; another name is another place.
    at = own.place if own.place is not None and own.place.name is None else Place()
    await work.ideas.set_place(own.id, replace(at, name=clean_text(submission.text)))
    await add_part(work, own, Part(submission.chat, submission.message, own.id, album=PLACE_NAME))
    return Receipt(own.id, Outcome.JOINED)
