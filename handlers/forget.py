"""`/forget`: what goes, what stays, one question, and then nothing is known of the person."""

from datetime import UTC, datetime
from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.errors import NotFoundError, OfferOverError
from cocreation.ideas.erasure import Erased
from cocreation.ideas.ids import ChatId, MessageId, ResidentId
from cocreation.ideas.messages import Message, Priority, Show, TakeAway
from cocreation.ideas.offer import Offer
from cocreation.ideas.resident import Resident
from cocreation.services.forget_resident import forget_resident
from cocreation.services.name_facilitators import is_last_administrator
from handlers.actions import NEW_MESSAGE, Verb, arguments, number, pattern
from handlers.context import TownApplication, TownContext, language_of, spoken_in
from handlers.forget_text import ALL, ALL_BUT_IDEAS, NO, farewell, nothing, question
from handlers.forgotten import take_from_desks
from handlers.gone import take_from_readers
from handlers.group_cards import slot_of_offer
from handlers.open_comments import show_to_readers
from handlers.updates import pressed_data
from locales import Translator, translator

SLOT = "me"
MESSAGES = 100
"""So many of the bot's latest messages go from the person's chat."""


def register(application: TownApplication) -> None:
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("forget", ask, private))
    application.add_handler(CallbackQueryHandler(press, pattern(Verb.FORGET)))


async def ask(update: Update, context: TownContext) -> None:
    """The command: whoever is not known stays unknown."""
    chat = _person(update)
    resident = await context.work.residents.find(chat)
    if resident is None:
        await context.work.erasures.leave_no_trace(chat, context.now)
        await context.answer(update, Message(escape(nothing(_stranger(update, context)))))
        return
    await context.answer(update, await _asked(resident, context), SLOT)


async def press(update: Update, context: TownContext) -> None:
    """The button that asks, and those below the question."""
    said = arguments(pressed_data(update))
    match said:
        case []:
            resident = await context.resident(update)
            await context.toast(update)
            await context.change(update, await _asked(resident, context), SLOT)
        case [choice] if choice == NEW_MESSAGE:
            resident = await context.resident(update)
            await context.toast(update)
            await context.answer(update, await _asked(resident, context), SLOT)
        case [choice] if choice == NO:
            t = await context.words(update)
            await context.toast(update)
            await context.change(update, Message(escape(t.gettext("All right, everything stays."))), SLOT)
        case [choice, _, _] if choice in {ALL, ALL_BUT_IDEAS}:
            await _erase(update, context, leaves_ideas=choice == ALL_BUT_IDEAS)
        case _:
            raise NotFoundError


async def _erase(update: Update, context: TownContext, leaves_ideas: bool) -> None:
    query, chat = update.callback_query, _person(update)
    if query is None or query.message is None:
        raise NotFoundError
    resident = await context.work.residents.find(chat)
    t = _stranger(update, context) if resident is None else _language(resident, context)
    asked, asked_at = ResidentId(number(query.data, 1)), _moment(number(query.data, 2))
    erased = await forget_resident(
        context.work, chat, asked=asked, asked_at=asked_at, now=context.now, leaves_ideas=leaves_ideas
    )
    asking = MessageId(query.message.message_id)
    if erased is None:
        await context.toast(update, nothing(t))
        return
    await context.toast(update, t.gettext("Erased."))
    earlier = tuple(message for message in erased.messages if message != asking)[:MESSAGES]
    if earlier:
        await context.post(TakeAway(chat, earlier))
    # Without a slot nothing remembers in which chat it is.
    await context.post(Show(chat, farewell(leaves_ideas, t), at=asking))
    await _tell_others(context, erased)


def _moment(seconds: int) -> datetime:
    """Raises NotFoundError for a button nobody made: no calendar has its day."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise NotFoundError from error


async def _tell_others(context: TownContext, erased: Erased) -> None:
    for idea in erased.ideas:
        await take_from_readers(context, idea, None)
    for comment, idea in erased.comments.items():
        await show_to_readers(context, comment, idea, None)
    await take_from_desks(context, erased)
    for offer in erased.offers:
        await _end_question(context, offer)


async def _end_question(context: TownContext, offer: Offer) -> None:
    t = translator(spoken_in(await context.work.groups.get(offer.chat), context.town))
    over = Message(escape(t.gettext(OfferOverError.message)))
    await context.post(Show(offer.chat, over, slot=slot_of_offer(offer.id), priority=Priority.PUSH))


async def _asked(resident: Resident, context: TownContext) -> Message:
    traces = await context.work.erasures.traces(resident.id)
    is_last = await is_last_administrator(
        context.work, resident.id, others_administer=bool(context.town.administrators)
    )
    return question(resident.id, traces, _language(resident, context), context.now, is_last=is_last)


def _person(update: Update) -> ChatId:
    if update.effective_user is None:
        raise NotFoundError
    return ChatId(update.effective_user.id)


def _language(resident: Resident, context: TownContext) -> Translator:
    return translator(language_of(resident, context.town))


def _stranger(update: Update, context: TownContext) -> Translator:
    user = update.effective_user
    return translator(context.town.speaks(user.language_code if user else None))
