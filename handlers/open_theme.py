"""Puts a theme into the chat: its card as it is now, or what became of it."""

from collections.abc import Sequence
from functools import partial

from telegram import Update

from cocreation.errors import ThemeGoneError
from cocreation.ideas.ids import DecisionId, ResidentId, ThemeId
from cocreation.ideas.messages import Button, Message
from cocreation.services.open_theme import open_theme
from cocreation.services.refresh_themes import show_decision
from handlers.context import TownContext
from handlers.desks import words_here
from handlers.own_cards import card_with_theme
from handlers.quoting import on_one_line
from handlers.theme_cards import SLOT, gone_card, theme_card
from handlers.theme_log import latest_words
from handlers.updates import in_group

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
    t = await words_here(update, context)
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


async def reader(update: Update, context: TownContext) -> ResidentId | None:
    """Who reads the answer; None where many do."""
    return None if in_group(update) else (await context.resident(update)).id
