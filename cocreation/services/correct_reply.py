"""What the town said to an idea is corrected, or taken back; who heard of the answer hears of that."""

from datetime import datetime

from cocreation.errors import CorrectedSinceError, ReplyGoneError, SameAnswerError
from cocreation.ideas.ids import ReplyId, ResidentId
from cocreation.ideas.notice import ReplyAct
from cocreation.ideas.reply import Answer, Reply
from cocreation.ports import Work
from cocreation.services.reply_to_idea import answerable, sayable


async def standing_reply(work: Work, reply: ReplyId) -> Reply:
    """An answer that everybody can read. Raises ReplyGoneError and IdeaGoneError."""
    found = await work.replies.get(reply)
    if found is None:
        raise ReplyGoneError
    await answerable(work, found.idea)
    return found


async def correct_reply(
    work: Work, reply: ReplyId, answer: Answer, *, by: ResidentId | None, now: datetime
) -> int:
    """Say something else in the same place; how many people hear of it. What was said stays as its history.

    Raises ReplyGoneError, IdeaGoneError, SameAnswerError and what `sayable` raises.
    """
    found = await standing_reply(work, reply)
    said = await sayable(work, answer)
    if said == found.answer:
        raise SameAnswerError
    await work.replies.correct(found, said, by, now)
    return await work.notices.of_reply(reply, now, ReplyAct.CORRECTED)


async def undo_correction(work: Work, reply: ReplyId, correction: int, now: datetime) -> int:
    """Let an answer say what it said before; how many people hear of that, who have heard of the correction.

    Raises ReplyGoneError, IdeaGoneError, and CorrectedSinceError where it is not the latest one.
    """
    found = await standing_reply(work, reply)
    latest = await work.replies.last_correction(reply)
    if latest is None or latest.id != correction:
        raise CorrectedSinceError
    await work.replies.undo(found, latest)
    told = await work.notices.of_reply(reply, now, ReplyAct.CORRECTED)
    await work.notices.leave_correction(reply, now)
    return told


async def take_back_reply(work: Work, reply: ReplyId, *, by: ResidentId | None, now: datetime) -> int:
    """Erase an answer, and keep who did; how many people hear that it is gone, who have heard of it.

    Raises ReplyGoneError.
    """
    found = await work.replies.get(reply)
    if found is None:
        raise ReplyGoneError
    told = await work.notices.of_reply(reply, now, ReplyAct.TAKEN_BACK)
    await work.replies.take_back(found, by, now)
    return told
