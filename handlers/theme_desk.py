"""The buttons of a theme's card: each is read here, and done elsewhere."""

import re
from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import NotFoundError, ThemeGoneError
from cocreation.ideas.ids import DecisionId, IdeaId, ThemeId
from cocreation.services.open_theme import present_theme
from handlers import theme_decisions as decisions
from handlers import theme_naming as naming
from handlers.actions import NEW_MESSAGE, ON, Verb, arguments, number, pattern
from handlers.context import TownApplication, TownContext
from handlers.desks import words_here
from handlers.open_theme import card_of, reader, show_theme
from handlers.roles import only_facilitators
from handlers.theme_actions import (
    CHOOSE,
    HIDE,
    IDEA,
    LOG,
    MERGE,
    MOVE,
    NAME,
    PAGE,
    PIN,
    PREVIEW,
    UNDO,
    WHERE,
)
from handlers.theme_cards import SLOT, idea_in_theme
from handlers.theme_log import DECISIONS, log_message
from handlers.theme_question import NameQuestion
from handlers.updates import chat_of, pressed_data, pressed_message

_NUMBER = re.compile(r"\d{1,15}")


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(press, pattern(Verb.THEME)))


async def press(update: Update, context: TownContext) -> None:
    """Do what the button says. Where its theme is gone, the message says what became of it."""
    await only_facilitators(update, context)
    data = pressed_data(update)
    theme, said = ThemeId(number(data)), arguments(data)[1:]
    await _stop_asking(update, context)
    try:
        await _act(update, context, theme, said)
    except ThemeGoneError:
        if await context.work.theme_pages.get(theme) is not None:
            raise
        # Raises for a theme that never was.
        card = await card_of(update, context, theme)
        await context.toast(update)
        await context.change(update, card, SLOT)


async def _act(update: Update, context: TownContext, theme: ThemeId, said: Sequence[str]) -> None:
    match said[:1]:
        case []:
            await show_theme(update, context, theme)
        case [word] if word == NEW_MESSAGE:
            card = await card_of(update, context, theme)
            await context.toast(update)
            await context.answer(update, card, SLOT)
        case [word] if word == PAGE:
            await show_theme(update, context, theme, start=_number(said, 1))
        case [word] if word == IDEA:
            start = _number(said, 2) if len(said) > 2 else 0
            await _open_idea(update, context, theme, IdeaId(_number(said, 1)), start)
        case [word] if word == LOG:
            await _open_log(update, context, theme)
        case [word] if word == NAME and len(said) == 1:
            await naming.ask_name(update, context, theme)
        case [word] if word == NAME:
            await naming.take_suggestion(update, context, theme, said[1])
        case _:
            await _decide(update, context, theme, said)


async def _decide(update: Update, context: TownContext, theme: ThemeId, said: Sequence[str]) -> None:
    match said[0]:
        case word if word == CHOOSE:
            await decisions.choose_merge(update, context, theme, _number(said, 1))
        case word if word == PREVIEW:
            await decisions.preview_merge(update, context, theme, ThemeId(_number(said, 1)))
        case word if word == MERGE:
            await decisions.merge(update, context, theme, ThemeId(_number(said, 1)))
        case word if word == PIN:
            await decisions.pin(update, context, theme, wanted=said[1:] == [ON])
        case word if word == HIDE:
            await decisions.hide(update, context, theme, wanted=said[1:] == [ON])
        case word if word == WHERE:
            await decisions.choose_move(update, context, theme, IdeaId(_number(said, 1)), _number(said, 2))
        case word if word == MOVE:
            into = ThemeId(_number(said, 2)) or None
            await decisions.move(update, context, theme, IdeaId(_number(said, 1)), into)
        case word if word == UNDO:
            await decisions.undo(update, context, DecisionId(_number(said, 1)), theme)
        case _:
            raise NotFoundError


async def _open_idea(update: Update, context: TownContext, theme: ThemeId, idea: IdeaId, start: int) -> None:
    present, t = await present_theme(context.work, theme), await words_here(update, context)
    view = await context.work.ideas.view(idea)
    if view is None or not view.idea.is_published:
        return await show_theme(update, context, theme, t.gettext("This idea is no longer here."))
    await context.toast(update)
    card = idea_in_theme(view, present, context.town.local(view.idea.created_at), t, start=start)
    return await context.change(update, card, SLOT)


async def _open_log(update: Update, context: TownContext, theme: ThemeId) -> None:
    present, t = await present_theme(context.work, theme), await words_here(update, context)
    log = await context.work.theme_pages.log(theme, DECISIONS)
    message = log_message(present, log, await reader(update, context), context.town, t)
    await context.toast(update)
    await context.change(update, message, SLOT)


async def _stop_asking(update: Update, context: TownContext) -> None:
    """Wait no more for a name where the message that asked for it turns into something else."""
    question = NameQuestion.of(await context.work.conversations.get(chat_of(update)))
    if question is not None and question.at == pressed_message(update):
        await context.work.conversations.end(chat_of(update))


def _number(said: Sequence[str], at: int) -> int:
    """Raises NotFoundError for a button nobody made."""
    if at >= len(said) or not _NUMBER.fullmatch(said[at]):
        raise NotFoundError
    return int(said[at])
