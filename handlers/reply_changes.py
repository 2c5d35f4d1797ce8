"""Facilitators correct an answer, undo that, or take the answer back."""

from html import escape

from telegram import Update

from cocreation.errors import NotFoundError
from cocreation.ideas.ids import ReplyId, ResidentId, ThemeReplyId
from cocreation.ideas.messages import Message
from cocreation.services.correct_reply import take_back_reply, undo_correction
from cocreation.services.reply_to_theme import take_back_theme_reply, undo_theme_correction
from handlers.context import TownContext
from handlers.desks import words_here
from handlers.giving_way import give_way
from handlers.reply_cards import preview_card, taking_back_card, undone_card
from handlers.reply_draft import Draft
from handlers.reply_subject import Said, Target, last_change, standing, subject_of
from handlers.stale_cards import show_change
from handlers.updates import chat_of, pressed_message


async def undo(update: Update, context: TownContext, target: Target, number: int, correction: int) -> None:
    """Let an answer say again what it said."""
    if target.is_theme:
        await undo_theme_correction(context.work, ThemeReplyId(number), correction, context.now)
    else:
        await undo_correction(context.work, ReplyId(number), correction, context.now)
    subject = await subject_of(context.work, target, number)
    said = await standing(context.work, target, number)
    t = await words_here(update, context)
    await context.toast(update, t.gettext("Undone."))
    await context.change(update, undone_card(subject, said, t), target.slot)
    await show_change(context, target)


async def ask_to_take_back(update: Update, context: TownContext, target: Target, number: int) -> None:
    subject = await subject_of(context.work, target, number)
    said = await standing(context.work, target, number)
    ideas = (await context.work.theme_replies.reach(ThemeReplyId(number))).ideas if target.is_theme else 1
    card = taking_back_card(subject, said, ideas, await words_here(update, context))
    await context.toast(update)
    await context.change(update, card, target.slot)


async def take_back(update: Update, context: TownContext, target: Target, number: int) -> None:
    """Erase an answer. Its words are a draft then, which can be changed and sent anew."""
    said = await standing(context.work, target, number)
    people = await _take_back(context, target, number, (await context.resident(update)).id)
    t = await words_here(update, context)
    told = t.ngettext(
        "The answer is taken back. {n} person hears of that.",
        "The answer is taken back. {n} people hear of that.",
        people,
    )
    done = told if people else t.gettext("The answer is taken back.")
    await context.toast(update, t.gettext("Taken back."))
    await context.change(update, await _words_left(update, context, target, said, done), target.slot)
    await show_change(context, target)


async def _words_left(update: Update, context: TownContext, target: Target, said: Said, done: str) -> Message:
    """What was said, as a draft; where there is nothing to answer any more, that it is taken back."""
    try:
        subject = await subject_of(context.work, target)
    except NotFoundError:
        return Message(escape(done))
    await give_way(update, context)
    draft = Draft(
        target,
        said.answer.status,
        pressed_message(update),
        said.answer.text,
        said.answer.photo,
        after=await last_change(context.work, target, None),
    )
    await context.work.conversations.begin(draft.kept_in(chat_of(update), context.now))
    t = await words_here(update, context)
    again = t.gettext("These were its words: change them and send them anew, or cancel.")
    return preview_card(subject, said.answer, t, first=f"{done} {again}")


async def _take_back(context: TownContext, target: Target, number: int, by: ResidentId) -> int:
    if target.is_theme:
        reply = ThemeReplyId(number)
        return (await take_back_theme_reply(context.work, reply, by=by, now=context.now)).people
    return await take_back_reply(context.work, ReplyId(number), by=by, now=context.now)
