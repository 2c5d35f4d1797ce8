"""The town answers all ideas of a theme at once. Each person hears of it once, whatever they wrote in it."""

from datetime import datetime

from cocreation.errors import CorrectedSinceError, ReplyGoneError, SameAnswerError, ThemeGoneError
from cocreation.ideas.ids import ResidentId, ThemeId, ThemeReplyId
from cocreation.ideas.notice import ReplyAct
from cocreation.ideas.reply import Answer, Reach, ThemeReply
from cocreation.ideas.theme import Theme
from cocreation.ports import Work
from cocreation.services.reply_to_idea import sayable


async def answerable_theme(work: Work, theme: ThemeId) -> Theme:
    """A theme that everybody can see, with ideas. Raises ThemeGoneError."""
    found = await work.themes.get(theme)
    if found is None or not found.size:
        raise ThemeGoneError
    return found


async def reply_to_theme(
    work: Work, theme: ThemeId, answer: Answer, *, by: ResidentId | None, now: datetime
) -> tuple[ThemeReplyId, Reach]:
    """Give the theme's present ideas this answer, and let people hear of it; whom that reached.

    The cards of these ideas change later, a few at a time. Raises ThemeGoneError and what `sayable` raises.
    """
    said = await sayable(work, answer)
    await answerable_theme(work, theme)
    reply = await work.theme_replies.add(theme, said, by, now)
    told = await work.notices.of_theme_reply(reply, now)
    return reply, Reach((await work.theme_replies.reach(reply)).ideas, told)


async def standing_theme_reply(work: Work, reply: ThemeReplyId) -> ThemeReply:
    """An answer that was not taken back. Raises ReplyGoneError."""
    found = await work.theme_replies.get(reply)
    if found is None or found.taken_back_at is not None:
        raise ReplyGoneError
    return found


async def correct_theme_reply(
    work: Work, reply: ThemeReplyId, answer: Answer, *, by: ResidentId | None, now: datetime
) -> Reach:
    """Say something else to all ideas that have this answer; whom that reaches.

    Ideas whose answer was corrected by itself since then keep that one. Raises ReplyGoneError,
    SameAnswerError and what `sayable` raises.
    """
    found = await standing_theme_reply(work, reply)
    said = await sayable(work, answer)
    if said == found.answer:
        raise SameAnswerError
    await work.theme_replies.correct(reply, said, by, now)
    told = await work.notices.of_theme_reply(reply, now, ReplyAct.CORRECTED)
    return Reach((await work.theme_replies.reach(reply)).ideas, told)


async def undo_theme_correction(work: Work, reply: ThemeReplyId, correction: int, now: datetime) -> Reach:
    """See `undo_correction`. Raises ReplyGoneError and CorrectedSinceError."""
    await standing_theme_reply(work, reply)
    latest = await work.theme_replies.last_correction(reply)
    if latest is None or latest.id != correction:
        raise CorrectedSinceError
    await work.theme_replies.undo(reply, latest)
    told = await work.notices.of_theme_reply(reply, now, ReplyAct.CORRECTED)
    await work.notices.leave_theme_correction(reply, now)
    return Reach((await work.theme_replies.reach(reply)).ideas, told)


async def take_back_theme_reply(
    work: Work, reply: ThemeReplyId, *, by: ResidentId | None, now: datetime
) -> Reach:
    """Take an answer from all ideas that have it; whom that reaches. Raises ReplyGoneError."""
    await standing_theme_reply(work, reply)
    ideas = (await work.theme_replies.reach(reply)).ideas
    told = await work.notices.of_theme_reply(reply, now, ReplyAct.TAKEN_BACK)
    await work.theme_replies.take_back(reply, by, now)
    return Reach(ideas, told)
