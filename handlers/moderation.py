"""The moderation queue: one case at a time, in one message that changes."""

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.errors import NotFoundError
from cocreation.ideas.ids import ActId, ChatId
from cocreation.ideas.messages import Message
from cocreation.ideas.moderation import Act, BlockLength
from cocreation.ideas.report import Reason
from cocreation.services.moderate import Matter, block, hide, keep, lift, restore, warn
from cocreation.services.undo_act import undo
from handlers.actions import NEW_MESSAGE, Verb, arguments, pattern
from handlers.context import TownApplication, TownContext
from handlers.deciding import facilitator
from handlers.desks import words_of_desk
from handlers.giving_way import give_way
from handlers.moderation_asked import ask_words, stop_waiting
from handlers.moderation_cards import (
    LOG_PAGE,
    SLOT,
    Ask,
    case_card,
    empty_card,
    gone_card,
    lengths_card,
    log_card,
    reasons_card,
)
from handlers.moderation_look import Look, Subject, beside, first, look_at
from handlers.moderation_outcome import tell_outcome
from handlers.moderation_text import QUEUE
from handlers.roles import only_facilitators
from handlers.updates import pressed_data
from locales import Translator

MOST_PAGES = 100_000


def register(application: TownApplication) -> None:
    new = filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("moderation", show_queue, new))
    application.add_handler(CallbackQueryHandler(press, pattern(Verb.MODERATE)))


async def show_queue(update: Update, context: TownContext) -> None:
    """What waits longest, in a new message."""
    await only_facilitators(update, context)
    await context.answer(update, await _first(update, context), SLOT)


async def press(update: Update, context: TownContext) -> None:
    """A button of the queue, or one that leads there."""
    await only_facilitators(update, context)
    token, *said = arguments(pressed_data(update)) or [""]
    if token == str(QUEUE):
        return await _press_queue(update, context, said)
    subject = Subject.read(token)
    if said == [NEW_MESSAGE]:
        message = await _card(update, context, subject)
        await context.toast(update)
        return await context.answer(update, message, SLOT)
    await stop_waiting(update, context)
    return await _press_case(update, context, subject, said)


async def _press_queue(update: Update, context: TownContext, said: Sequence[str]) -> None:
    match said:
        case []:
            await stop_waiting(update, context)
            await _turn(update, context, await _first(update, context))
        case [word] if word == NEW_MESSAGE:
            await context.toast(update)
            await context.answer(update, await _first(update, context), SLOT)
        case [word, start] if word == Ask.LOG and start.isascii() and start.isdecimal():
            await stop_waiting(update, context)
            await _turn(update, context, await _log(update, context, min(int(start[:9]), MOST_PAGES)))
        case _:
            raise NotFoundError


async def _press_case(update: Update, context: TownContext, subject: Subject, said: Sequence[str]) -> None:
    work, now = context.work, context.now
    match said:
        case [] | [Ask.BACK]:
            await _turn(update, context, await _card(update, context, subject))
        case [Ask.NEXT | Ask.EARLIER as word]:
            found = await beside(work, subject, 1 if word == Ask.NEXT else -1)
            t = await _words(update, context)
            message = empty_card(t) if found is None else await _card(update, context, found)
            await _turn(update, context, message)
        case [Ask.HIDE | Ask.WARN | Ask.BLOCK as word]:
            look = await look_at(work, subject, now)
            await _turn(update, context, reasons_card(look, Ask(word), await _words(update, context)))
        case [Ask.BLOCK, reason] if reason in set(Reason):
            look = await look_at(work, subject, now)
            await _turn(update, context, lengths_card(look, Reason(reason), await _words(update, context)))
        case [Ask.WORDS, asked] if asked in (Ask.HIDE, Ask.WARN, Ask.QUESTION):
            look = await look_at(work, subject, now)
            await give_way(update, context)
            await ask_words(update, context, look, Ask(asked))
        case _:
            acts = await _act(update, context, await subject.matter(work), said)
            await _turn(update, context, await _card(update, context, subject))
            await tell_outcome(context, acts)


async def _act(update: Update, context: TownContext, matter: Matter, said: Sequence[str]) -> Sequence[Act]:
    """Do what the button says; what was done. Nothing for one that is pressed twice."""
    work, now, by = context.work, context.now, await facilitator(update, context)
    done: Act | None = None
    match said:
        case [Ask.KEEP]:
            done = await keep(work, matter, by, now)
        case [Ask.HIDE, reason] if reason in set(Reason):
            return await hide(work, matter, by, Reason(reason), now)
        case [Ask.RESTORE]:
            done = await restore(work, matter, by, now)
        case [Ask.WARN, reason] if reason in set(Reason):
            done = await warn(work, matter, by, Reason(reason), now)
        case [Ask.BLOCK, reason, length] if reason in set(Reason) and length in set(BlockLength):
            done = await block(work, matter, by, Reason(reason), now, length=BlockLength(length))
        case [Ask.LIFT]:
            done = await lift(work, matter, by, now)
        case [Ask.UNDO, act] if act.isascii() and act.isdecimal() and len(act) <= 15:
            return await undo(work, ActId(int(act)), by, now)
        case _:
            raise NotFoundError
    return () if done is None else (done,)


async def _turn(update: Update, context: TownContext, message: Message) -> None:
    await context.toast(update)
    await context.change(update, message, SLOT)


async def _first(update: Update, context: TownContext) -> Message:
    subject = await first(context.work)
    if subject is None:
        return empty_card(await _words(update, context))
    return await _card(update, context, subject)


async def _card(update: Update, context: TownContext, subject: Subject) -> Message:
    t = await _words(update, context)
    try:
        look: Look = await look_at(context.work, subject, context.now)
    except NotFoundError:
        return gone_card(t)
    return case_card(look, context.town, context.now, t)


async def _log(update: Update, context: TownContext, start: int) -> Message:
    acts = await context.work.acts.latest(LOG_PAGE + 1, start)
    return log_card(acts, start, context.town, context.now, await _words(update, context))


async def _words(update: Update, context: TownContext) -> Translator:
    chat = update.effective_chat
    return await words_of_desk(context, ChatId(0 if chat is None else chat.id))
