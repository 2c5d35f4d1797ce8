"""A message becomes an idea, or joins the one before it."""

from datetime import datetime, timedelta

from cocreation.errors import TooManyIdeasError
from cocreation.ideas.conversation import Step
from cocreation.ideas.idea import Idea, IdeaState, WordsOf, clean_text
from cocreation.ideas.joining import SPLIT_WITHIN
from cocreation.ideas.resident import Resident
from cocreation.ideas.submission import Outcome, Receipt, Submission
from cocreation.ports import Work
from cocreation.services.add_to_album import add_to_album
from cocreation.services.idea_parts import add_part, complete, is_too_large, part_of
from cocreation.services.keep_words import add_draft, ask_whose, keep_words
from cocreation.services.may_write import may_write
from cocreation.services.name_resident import name_resident
from cocreation.services.outcomes import how_it_stands, how_it_waits

JOIN_WITHIN = timedelta(minutes=15)
"""A photo or a place this soon after an idea belongs to it."""

WORDS_WITHIN = timedelta(hours=1)
"""Words this soon after a photo or a place say what it is about: the town has asked for them."""

LIMIT_OVER = timedelta(minutes=10)
"""In any such time a person may write so many ideas as the town says."""


async def submit_idea(
    work: Work, resident: Resident, submission: Submission, now: datetime, limit: int | None = None
) -> Receipt:
    """Keep what the resident sent. The same message handled twice is kept once.

    Raises TooManyIdeasError for the one that is more than `limit` ideas in LIMIT_OVER, and BlockedError;
    nothing is kept then.
    """
    await name_resident(work, resident)
    if resident.is_new:
        return await keep_submission(work, resident, None, submission, now)
    again = await work.ideas.by_message(submission.chat, submission.message)
    if again is not None:
        is_joined = again.is_published and again.message != submission.message
        return Receipt(again.id, Outcome.JOINED if is_joined else how_it_stands(again))
    await may_write(work, resident.id, now)
    text = clean_text(submission.text)
    if (joined := await add_to_album(work, resident, submission, now)) is not None:
        return joined
    recent = await _recent(work, resident, submission)
    if limit is not None and _is_new(recent, submission, text):
        await _check_pace(work, resident, submission, limit)
    return await keep_submission(work, resident, recent, submission, now)


async def keep_submission(
    work: Work, resident: Resident, recent: Idea | None, submission: Submission, now: datetime
) -> Receipt:
    """Keep a message that is not kept yet; `recent` is the idea or draft to which it may belong."""
    if not clean_text(submission.text):
        return await _keep_without_words(work, resident, recent, submission, now)
    if submission.is_forwarded and submission.is_private:
        return await ask_whose(work, resident, submission, now)
    receipt = await keep_words(work, resident, _draft(recent), submission, now)
    if receipt.outcome is Outcome.KEPT and recent is not None and _is_rest_of(recent, submission):
        return Receipt(receipt.idea, receipt.outcome, receipt.is_file_too_large, recent.message)
    return receipt


def _is_new(recent: Idea | None, submission: Submission, text: str) -> bool:
    """Whether it becomes an idea of its own. A photo of an album may: its words come, or came and were not
    taken."""
    if text:
        return _draft(recent) is None or (submission.is_forwarded and submission.is_private)
    return recent is None or (submission.album is not None and _draft(recent) is None)


async def _check_pace(work: Work, resident: Resident, submission: Submission, limit: int) -> None:
    first = await work.ideas.written_at(resident.id, limit, submission.sent_at - LIMIT_OVER)
    if first is None:
        return
    known = await work.ideas.same_text(resident.id, clean_text(submission.text))
    if known is None:
        raise TooManyIdeasError(first + LIMIT_OVER)


def _is_rest_of(earlier: Idea, submission: Submission) -> bool:
    pause = submission.sent_at - (earlier.edited_at or earlier.created_at)
    is_own = earlier.is_published and earlier.words_of is WordsOf.AUTHOR
    return is_own and earlier.chat == submission.chat and submission.is_private and pause <= SPLIT_WITHIN


async def _keep_without_words(
    work: Work, resident: Resident, recent: Idea | None, submission: Submission, now: datetime
) -> Receipt:
    if is_too_large(submission):
        return Receipt(None, Outcome.FILE_TOO_LARGE)
    if recent is not None:
        await complete(work, recent.id, submission, now)
        await add_part(work, recent, part_of(recent.id, submission))
        return Receipt(recent.id, await how_it_waits(work, recent))
    draft = await add_draft(work, resident, submission, now)
    await complete(work, draft, submission, now)
    return Receipt(draft, Outcome.VOICE_WAITS if submission.is_voice else Outcome.WAITS_FOR_WORDS)


async def _recent(work: Work, resident: Resident, submission: Submission) -> Idea | None:
    """The resident's idea or draft to which what comes now may belong. Somebody who speaks says something of
    their own, which only a photo or a place can have waited for."""
    if (asked := await _asked_below(work, resident, submission)) is not None:
        return asked
    latest = await work.ideas.latest_of(resident.id, submission.chat, submission.sent_at - WORDS_WITHIN)
    if latest is None:
        return None
    if submission.is_voice and not clean_text(submission.text):
        is_free = latest.state is IdeaState.DRAFT and await work.media.voice_of(latest.id) is None
        return latest if is_free else None
    if latest.state is IdeaState.DRAFT:
        return latest
    if await _is_for_process(work, submission):
        return None
    return latest if latest.created_at >= submission.sent_at - JOIN_WITHIN else None


async def _asked_below(work: Work, resident: Resident, submission: Submission) -> Idea | None:
    """The draft below whose card this is written, however old that is."""
    if submission.answers is None or submission.is_voice:
        return None
    asked = await work.ideas.get(submission.answers)
    is_own = asked is not None and asked.author == resident.id
    is_waiting = asked is not None and asked.state is IdeaState.DRAFT and asked.words_of is not WordsOf.ASKED
    return asked if is_own and is_waiting else None


async def _is_for_process(work: Work, submission: Submission) -> bool:
    """Whether the link of a process asked for it: then it belongs to nothing that was written before."""
    waiting = await work.conversations.get(submission.chat)
    return waiting is not None and waiting.step is Step.PROCESS and not waiting.is_over(submission.sent_at)


def _draft(idea: Idea | None) -> Idea | None:
    return idea if idea is not None and idea.state is IdeaState.DRAFT else None
