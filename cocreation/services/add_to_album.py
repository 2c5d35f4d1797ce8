"""Photos that were sent together come one by one, in any order; the words may be below any of them."""

from dataclasses import replace
from datetime import datetime

from cocreation.ideas.idea import Idea, IdeaState, WordsOf, clean_text
from cocreation.ideas.part import words_of
from cocreation.ideas.resident import Resident
from cocreation.ideas.submission import Outcome, Receipt, Submission
from cocreation.ports import Work
from cocreation.services.idea_parts import add_part, complete, is_too_large, part_of
from cocreation.services.keep_words import ask_whose, keep_words
from cocreation.services.outcomes import how_it_waits


async def add_to_album(
    work: Work, resident: Resident, submission: Submission, now: datetime
) -> Receipt | None:
    """Let a message belong to the idea that has the others of its album; None where it is the first."""
    if submission.album is None:
        return None
    album = await work.parts.of_album(submission.chat, submission.album)
    idea = await work.ideas.get(album[-1].idea) if album else None
    if idea is None:
        return None
    if not clean_text(submission.text):
        return await _add_photo(work, idea, submission, now)
    has_words = any(part.text for part in album)
    if has_words or idea.state is IdeaState.WITHDRAWN:
        return await _add_words(work, idea, submission, now)
    if idea.state is IdeaState.DRAFT and not submission.is_forwarded:
        return await keep_words(work, resident, idea, submission, now)
    return await _begin_own(work, resident, idea, submission, now)


async def _add_photo(work: Work, idea: Idea, submission: Submission, now: datetime) -> Receipt:
    if is_too_large(submission):
        return Receipt(None, Outcome.FILE_TOO_LARGE)
    await complete(work, idea.id, submission, now)
    await add_part(work, idea, part_of(idea.id, submission))
    return Receipt(idea.id, await how_it_waits(work, idea))


async def _add_words(work: Work, idea: Idea, submission: Submission, now: datetime) -> Receipt:
    too_large = await complete(work, idea.id, submission, now)
    await add_part(work, idea, part_of(idea.id, submission, clean_text(submission.text)))
    await work.ideas.correct(idea.id, words_of(await work.parts.of(idea.id)), now)
    return Receipt(idea.id, await how_it_waits(work, idea), too_large)


async def _begin_own(
    work: Work, resident: Resident, idea: Idea, submission: Submission, now: datetime
) -> Receipt:
    """The album is an idea of its own after all, and not photos of the one to which its first seemed to
    belong."""
    assert submission.album is not None
    if submission.is_forwarded and submission.is_private:
        receipt = await ask_whose(work, resident, submission, now)
    else:
        receipt = await keep_words(work, resident, None, submission, now)
    if receipt.idea is None or receipt.idea == idea.id:
        return receipt
    album = await work.parts.of_album(submission.chat, submission.album)
    await work.media.move_of([part.message for part in album], idea.id, receipt.idea)
    for part in album:
        await work.parts.keep(replace(part, idea=receipt.idea))
    if idea.state is IdeaState.DRAFT and idea.words_of is WordsOf.AUTHOR:
        await work.ideas.set_state(idea.id, IdeaState.WITHDRAWN, now)
    return receipt
