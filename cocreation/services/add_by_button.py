"""A photo or a place that an author adds to an idea by its button, however old that is."""

from datetime import datetime

from cocreation.errors import NotFoundError
from cocreation.ideas.idea import clean_text
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ideas.part import words_of
from cocreation.ideas.submission import Outcome, Receipt, Submission
from cocreation.ports import Work
from cocreation.services.idea_parts import add_part, complete, part_of
from cocreation.services.own_idea import own_idea


async def add_to_idea(
    work: Work, author: ResidentId, idea: IdeaId, submission: Submission, now: datetime
) -> Receipt:
    """Let the message's photo or place, and words if there are some, belong to the idea. Raises NotFoundError
    and NotYoursError."""
    own = await own_idea(work, author, idea)
    if not own.is_published:
        raise NotFoundError
    too_large = await complete(work, own.id, submission, now)
    await add_part(work, own, part_of(own.id, submission, clean_text(submission.text)))
    words = words_of(await work.parts.of(own.id))
    if words != own.text:
        await work.ideas.correct(own.id, words, now)
    return Receipt(own.id, Outcome.JOINED, too_large)
