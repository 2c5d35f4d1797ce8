"""An administrator of a group chooses the language in which the bot speaks there."""

from datetime import datetime

from telegram import Message as Written
from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import NotFoundError
from cocreation.ideas.ids import ChatId, Language, MessageId
from cocreation.ideas.messages import LanguageWish, Show, Toast
from cocreation.ideas.town import Town
from cocreation.ports import Work
from handlers import group_cards
from handlers.actions import Verb, arguments, pattern
from handlers.context import TOAST_LIVES, TownApplication, TownContext, spoken_in
from locales import translator


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(choose_language, pattern(Verb.GROUP_LANGUAGE)))


async def choose_language(update: Update, context: TownContext) -> None:
    """Only Telegram knows whether somebody may: the wish is kept until it has said so."""
    query = update.callback_query
    if query is None or query.message is None:
        raise NotFoundError
    at, chosen = query.message, [*arguments(query.data), ""][0]
    if chosen not in context.town.languages or at.chat.type not in {at.chat.GROUP, at.chat.SUPERGROUP}:
        raise NotFoundError
    wish = LanguageWish(
        ChatId(at.chat.id),
        query.from_user.id,
        Language(chosen),
        query.id,
        expires_at=context.now + TOAST_LIVES,
        at=MessageId(at.message_id),
        thread=at.message_thread_id if isinstance(at, Written) and at.is_topic_message else None,
    )
    await context.post(wish)


async def grant(
    work: Work, wish: LanguageWish, may: bool, *, town: Town, username: str, now: datetime
) -> None:
    """Speak the language that an administrator of the group wants, or say who may choose."""
    if not may:
        t = translator(spoken_in(await work.groups.get(wish.chat), town))
        said = t.gettext("Only an administrator of this group can choose its language.")
        await work.outbox.put(Toast(wish.chat, wish.query, said, wish.expires_at, alert=True), now)
        return
    await work.groups.speak(wish.chat, wish.wanted, now)
    name = translator(wish.wanted).language_name(wish.wanted)
    await work.outbox.put(Toast(wish.chat, wish.query, name, wish.expires_at), now)
    message = group_cards.about(wish.wanted, town, username)
    show = Show(wish.chat, message, slot=group_cards.ABOUT, at=wish.at, thread=wish.thread)
    await work.outbox.put(show, now)
