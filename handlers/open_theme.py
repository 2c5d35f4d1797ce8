"""Puts a theme into the chat: its card as it is now, or what became of it."""

from collections.abc import Sequence
from functools import partial

from telegram import Update

from cocreation.errors import NotFoundError, ThemeGoneError
from cocreation.ideas.ids import ChatId, DecisionId, MessageId, ResidentId, ThemeId
from cocreation.ideas.messages import Button, Message
from cocreation.services.open_theme import open_theme
from cocreation.services.refresh_themes import show_decision
from handlers.context import TownContext, language_of
from handlers.own_cards import card_with_theme
from handlers.quoting import on_one_line
from handlers.theme_cards import SLOT, gone_card, theme_card
from handlers.theme_log import latest_words
from locales import Translator, translator

TOAST = 190
"""UTF-16 units: Telegram takes 200 characters."""


async def show_theme(
    update: Update,
    context: TownContext,
    theme: ThemeId,
    said: str = "",
    undo: Sequence[Button] = (),
    *,
    start: int = 0,
) -> None:
    """Turn the message whose button was pressed into the theme's card; `said` is what has just happened."""
    card = await card_of(update, context, theme, said, undo, start=start)
    await context.toast(update, on_one_line(said, TOAST))
    await context.change(update, card, SLOT)


async def card_of(
    update: Update,
    context: TownContext,
    theme: ThemeId,
    said: str = "",
    undo: Sequence[Button] = (),
    *,
    start: int = 0,
) -> Message:
    """The theme's card. Raises ThemeGoneError for one that never was."""
    t = await desk_words(update, context)
    try:
        page = await open_theme(context.work, theme, context.now, start)
    except ThemeGoneError:
        fate = await context.work.theme_pages.fate(theme)
        if fate is None:
            raise
        return gone_card(theme, fate, t, said, undo)
    latest = None
    if page.latest is not None:
        latest = latest_words(page.latest, theme, await reader(update, context), context.town, t)
    return theme_card(page, latest, t, said, undo)


async def show_on_cards(context: TownContext, decision: DecisionId) -> None:
    """Let the cards in their authors' chats show what a decision, made or undone, did to their themes."""
    await show_decision(context.work, decision, partial(card_with_theme, context.town), context.now)


async def desk_words(update: Update, context: TownContext) -> Translator:
    """The facilitators' language where many read, in private the person's own."""
    if is_group(update):
        return translator(context.town.digest_language)
    return translator(language_of(await context.resident(update), context.town))


async def reader(update: Update, context: TownContext) -> ResidentId | None:
    """Who reads the answer; None where many do."""
    return None if is_group(update) else (await context.resident(update)).id


def chat_of(update: Update) -> ChatId:
    if update.effective_chat is None:
        raise NotFoundError
    return ChatId(update.effective_chat.id)


def is_group(update: Update) -> bool:
    chat = update.effective_chat
    return chat is not None and chat.type != chat.PRIVATE


def pressed(update: Update) -> MessageId:
    """The message whose button was pressed."""
    query = update.callback_query
    if query is None or query.message is None:
        raise NotFoundError
    return MessageId(query.message.message_id)
