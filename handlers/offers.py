"""Somebody answers another person's message with /idea: who wrote it is asked, and nobody else decides."""

from datetime import datetime
from html import escape

from telegram import MaybeInaccessibleMessage, Update
from telegram import Message as Written
from telegram.ext import CallbackQueryHandler

from cocreation.errors import NotFoundError, OfferOverError
from cocreation.ideas.ids import ChatId, MessageId, OfferId
from cocreation.ideas.messages import Message, Priority, Show
from cocreation.ideas.offer import NewOffer
from cocreation.ideas.town import Town
from cocreation.ports import Work
from cocreation.services.offer_idea import (
    accept_offer,
    decline_offer,
    end_old_offers,
    take_offer_back,
)
from handlers import group_cards
from handlers.actions import Verb, arguments, number, pattern
from handlers.context import TownApplication, TownContext, spoken_in
from handlers.group_reading import author_of, is_shared_card, submission_of
from locales import Translator, translator


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(decide, pattern(Verb.OFFER)))


async def ask_author(update: Update, context: TownContext, message: Written, answered: Written) -> None:
    """Ask below the message whether it may become an idea; say so where nobody can be asked."""
    t = await context.words(update)
    if is_shared_card(answered):
        await _say(update, context, t.gettext("I have this message already."), message)
        return
    asker, author = author_of(message), author_of(answered)
    submission = submission_of(answered)
    if asker is None or author is None or submission.is_forwarded:
        said = t.gettext(
            "I can only ask a person here who wrote the message. For this one nobody can say yes."
        )
        await _say(update, context, said, message)
        return
    if not submission.text:
        said = t.gettext("There are no words in that message. Write /idea and the idea behind it.")
        await _say(update, context, said, message)
        return
    known = await context.work.ideas.by_message(submission.chat, submission.message)
    if known is not None:
        await _say(update, context, t.gettext("I have this message already."), message)
        return
    thread = message.message_thread_id if message.is_topic_message else None
    offer = await context.work.offers.add(
        NewOffer(submission.chat, submission.message, thread, author.id, asker.id, submission.text),
        context.now,
    )
    if offer.is_declined:
        said = t.gettext("Who wrote this does not want it to be an idea.")
        await _say(update, context, said, message)
    elif offer.created_at < context.now:
        await _say(update, context, t.gettext("Who wrote this is asked already."), message)
    else:
        card = group_cards.question(offer, t)
        await context.answer(update, card, group_cards.slot_of_offer(offer.id), answers=offer.message)


async def decide(update: Update, context: TownContext) -> None:
    """A press below the question: yes and no are its author's, taking it back is for who asked."""
    query, person = update.callback_query, update.effective_user
    if query is None or person is None:
        raise NotFoundError
    offer, answer = OfferId(number(query.data)), arguments(query.data)[-1]
    t = await context.words(update)
    slot = group_cards.slot_of_offer(offer)
    try:
        card = await _decided(context, update, offer, answer, t)
    except OfferOverError:
        if not await _is_below(context, query.message, slot):
            raise
        card = Message(escape(t.gettext(OfferOverError.message)))
    await context.toast(update)
    await context.change(update, card, slot)


async def end_old(work: Work, *, town: Town, now: datetime) -> None:
    """Take away the questions that nobody has answered in days."""
    for offer in await end_old_offers(work, now):
        t = translator(spoken_in(await work.groups.get(offer.chat), town))
        over = Message(escape(t.gettext(OfferOverError.message)))
        slot = group_cards.slot_of_offer(offer.id)
        await work.outbox.put(Show(offer.chat, over, slot=slot, priority=Priority.PUSH), now)


async def tell_nobody_is_known(update: Update, context: TownContext, message: Written) -> None:
    """Somebody writes in the name of the group or of a channel: an idea needs a person."""
    t = await context.words(update)
    said = t.gettext(
        "Telegram does not tell me who writes in the name of a group or a channel. Write as yourself, or to "
        "me in private."
    )
    await _say(update, context, said, message)


async def _is_below(context: TownContext, pressed: MaybeInaccessibleMessage | None, slot: str) -> bool:
    """Whether the message whose button was pressed is the question: a made-up button changes no other."""
    if pressed is None:
        return False
    at = MessageId(pressed.message_id)
    return await context.work.outbox.slot_at(ChatId(pressed.chat.id), at) == slot


async def _decided(
    context: TownContext, update: Update, offer: OfferId, answer: str, t: Translator
) -> Message:
    person = update.effective_user
    if person is None:
        raise NotFoundError
    if answer == group_cards.NO:
        await decline_offer(context.work, ChatId(person.id), offer, context.now)
        return Message(escape(t.gettext("All right, it does not become an idea.")))
    if answer == group_cards.BACK:
        await take_offer_back(context.work, ChatId(person.id), offer, context.now)
        return Message(escape(t.gettext("The question is taken back.")))
    if answer != group_cards.YES:
        raise NotFoundError
    language = context.town.speaks(person.language_code)
    receipt = await accept_offer(context.work, ChatId(person.id), language, offer, context.now)
    return await group_cards.kept(context.work, receipt, t, context.bot.username)


async def _say(update: Update, context: TownContext, said: str, message: Written) -> None:
    await context.answer(update, Message(escape(said)), answers=MessageId(message.message_id))
