"""`/digest`: the digest of any period, turned by its buttons, and its picture."""

import json
from datetime import datetime

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.errors import NotFoundError, PeriodAheadError, PeriodUnclearError
from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.digest import MAIN, Digest
from cocreation.ideas.digest_file import DigestFormat, NewDigestFile
from cocreation.ideas.ids import Language, MessageId
from cocreation.ideas.messages import Message, Show
from cocreation.ideas.named_period import Named, named_period
from cocreation.ideas.period import Period
from cocreation.services.send_digests import digest_of, period_until
from handlers.actions import NEW_MESSAGE, Verb, arguments, pattern
from handlers.context import TownApplication, TownContext
from handlers.desks import words_of_desk
from handlers.digest_buttons import (
    DATES,
    MAKE,
    NAMED,
    PERIODS,
    VIEW,
    asked_digest,
    dates_question,
    periods_to_choose,
)
from handlers.digest_dates import read_period
from handlers.digest_token import period_from, token_of
from handlers.giving_way import give_way
from handlers.roles import is_facilitator, only_facilitators
from handlers.updates import answers, chat_of, pressed_data, pressed_message
from locales import Translator


def register(application: TownApplication) -> None:
    application.add_handler(CommandHandler("digest", digest, filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(press, pattern(Verb.DIGEST)))


async def digest(update: Update, context: TownContext) -> None:
    """Of the period that somebody typed behind the command, else of the one that ends now."""
    await only_facilitators(update, context)
    typed = " ".join(context.args or ())
    period = await _read(context, typed) if typed else _until_now(context)
    t = await words_of_desk(context, chat_of(update))
    await context.answer(update, asked_digest(await _digest(context, period), context.town, t))


async def press(update: Update, context: TownContext) -> None:
    """A button below a digest."""
    await only_facilitators(update, context)
    t = await words_of_desk(context, chat_of(update))
    match arguments(pressed_data(update)):
        case [act, told] if act == PERIODS and told == NEW_MESSAGE:
            found = await _digest(context, _until_now(context))
            await context.toast(update)
            await context.answer(update, periods_to_choose(found, context.town, t))
        case [act, token] if act == PERIODS:
            await _turn(update, context, periods_to_choose(await _named_by(context, token), context.town, t))
        case [act, token] if act == VIEW:
            await _ask_no_more(update, context)
            await _turn(update, context, asked_digest(await _named_by(context, token), context.town, t))
        case [act, letter] if act == NAMED and letter in set(Named):
            found = await _digest(context, await _named(context, Named(letter)))
            await _turn(update, context, asked_digest(found, context.town, t))
        case [act, token] if act == DATES:
            await _ask_dates(update, context, period_from(token), t)
        case [act, token, format] if act == MAKE and format in set(DigestFormat):
            await _make(update, context, period_from(token), DigestFormat(format), t)
        case _:
            raise NotFoundError


async def take_dates(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The days that were asked for. In a group they are a reply to the question."""
    message = update.effective_message
    if message is None or message.text is None or not await is_facilitator(update, context):
        return False
    kept = json.loads(waiting.words or "{}")
    at = MessageId(kept["at"])
    if not answers(update, at):
        return False
    t = await words_of_desk(context, waiting.chat)
    try:
        period = await _read(context, message.text)
    except (PeriodUnclearError, PeriodAheadError) as error:
        before, fault = period_from(kept["period"]), t.gettext(error.message)
        page = dates_question(before, t, in_group=waiting.chat < 0, fault=fault)
    else:
        await context.work.conversations.end(waiting.chat)
        page = asked_digest(await _digest(context, period), context.town, t)
    await context.post(Show(waiting.chat, page, at=at))
    return True


async def _ask_dates(update: Update, context: TownContext, period: Period, t: Translator) -> None:
    await give_way(update, context)
    chat = chat_of(update)
    words = json.dumps({"at": pressed_message(update), "period": token_of(period)})
    await context.work.conversations.begin(Conversation(chat, Step.DIGEST_DATES, context.now, words=words))
    await _turn(update, context, dates_question(period, t, in_group=chat < 0))


async def _ask_no_more(update: Update, context: TownContext) -> None:
    """Where the message whose button was pressed asks for days."""
    waiting = await context.work.conversations.get(chat_of(update))
    if waiting is None or waiting.step is not Step.DIGEST_DATES:
        return
    if json.loads(waiting.words or "{}").get("at") == pressed_message(update):
        await context.work.conversations.end(waiting.chat)


async def _make(
    update: Update, context: TownContext, period: Period, format: DigestFormat, t: Translator
) -> None:
    message = update.effective_message
    thread = message.message_thread_id if message is not None and message.is_topic_message else None
    wanted = NewDigestFile(chat_of(update), thread, Language(t.language), format, period)
    if await context.work.digest_files.want(wanted, context.now):
        await context.toast(update, t.gettext("I am drawing it. It comes here in a moment."))
    else:
        await context.toast(update, t.gettext("I am still drawing it. It comes here in a moment."))


async def _turn(update: Update, context: TownContext, message: Message) -> None:
    await context.toast(update)
    await context.change(update, message)


async def _named_by(context: TownContext, token: str) -> Digest:
    return await _digest(context, period_from(token))


async def _digest(context: TownContext, period: Period) -> Digest:
    return await digest_of(context.work, period, context.town.time_zone, now=context.now)


async def _named(context: TownContext, named: Named) -> Period:
    last = await _last_digest(context)
    return named_period(named, context.now, context.town.time_zone, last)


async def _read(context: TownContext, text: str) -> Period:
    return read_period(text, context.now, context.town.time_zone, await _last_digest(context))


def _until_now(context: TownContext) -> Period:
    return period_until(context.now, context.town.schedule, context.town)


async def _last_digest(context: TownContext) -> datetime:
    """When the last one was due, whether it was sent or not."""
    last = await context.work.digests.last_end(MAIN)
    return last or context.town.schedule.last_due(context.now, context.town.time_zone)
