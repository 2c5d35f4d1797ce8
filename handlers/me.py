"""`/me`: what a person wrote, supports and follows, and their settings, in one message."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.errors import NotFoundError, NotYoursError
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import IdeaId, Language
from cocreation.ideas.messages import Message
from cocreation.ideas.mine import Mine
from cocreation.ideas.submission import Outcome
from handlers import cards
from handlers.actions import Verb, arguments, number, pattern
from handlers.context import TownApplication, TownContext, language_of
from handlers.me_text import LANGUAGE, OPEN, PAGE, PLACE, Settings, my_list, overview, settings
from handlers.own_cards import own_card
from handlers.updates import pressed_data
from locales import translator

SLOT = "me"


def register(application: TownApplication) -> None:
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("me", show, private))
    application.add_handler(CallbackQueryHandler(turn, pattern(Verb.MINE)))
    application.add_handler(CallbackQueryHandler(change_settings, pattern(Verb.SETTINGS)))


async def show(update: Update, context: TownContext) -> None:
    await context.answer(update, await _overview(update, context), SLOT)


async def turn(update: Update, context: TownContext) -> None:
    """Another page, in place; an own idea opens below."""
    match _said(update):
        case []:
            page = await _overview(update, context)
        case [kind, _] if kind == OPEN:
            return await _open(update, context, IdeaId(number(pressed_data(update), 1)))
        case [kind, _] if kind in set(Mine):
            page = await _list(update, context, Mine(kind), number(pressed_data(update), 1))
        case _:
            raise NotFoundError
    await context.toast(update)
    return await context.change(update, page, SLOT)


async def change_settings(update: Update, context: TownContext) -> None:
    """The page, what was chosen on it kept first."""
    resident = await context.resident(update)
    language, said = language_of(resident, context.town), ""
    match _said(update):
        case []:
            pass
        case [kind] if kind == PLACE:
            await context.work.residents.set_near(resident.id, None)
            said = translator(language).gettext("Your place is forgotten.")
        case [kind, code] if kind == LANGUAGE and code in context.town.languages:
            language = Language(code)
            await context.work.residents.set_language(resident.id, language)
            said = translator(language).language_name(language)
        case _:
            raise NotFoundError
    await context.toast(update, said)
    await context.change(update, await settings_page(update, context, language), SLOT)


async def settings_page(update: Update, context: TownContext, language: Language) -> Message:
    resident = await context.resident(update)
    has_place = await context.work.residents.near(resident.id) is not None
    return settings(Settings(resident, has_place, context.town), translator(language))


async def _overview(update: Update, context: TownContext) -> Message:
    resident = await context.resident(update)
    counted = await context.work.mine.counts(resident.id)
    return overview(resident, counted, context.town, await context.words(update))


async def _list(update: Update, context: TownContext, mine: Mine, at: int) -> Message:
    """The page of that number; where it has emptied meanwhile, the first."""
    resident = await context.resident(update)
    page = await context.work.mine.page(mine, resident.id, PAGE, at * PAGE)
    if at and not page.lines:
        return await _list(update, context, mine, 0)
    return my_list(mine, page, at, await context.words(update))


async def _open(update: Update, context: TownContext, idea: IdeaId) -> None:
    """The card of an own idea, whatever became of it, as the newest message."""
    resident = await context.resident(update)
    view = await context.work.ideas.view(idea)
    if view is None:
        raise NotFoundError
    if view.idea.author != resident.id:
        raise NotYoursError
    outcome = Outcome.WITHDRAWN if view.idea.state is IdeaState.WITHDRAWN else None
    card = await own_card(context, view, resident, outcome)
    await context.toast(update)
    await context.answer(update, card, cards.slot_of(view))


def _said(update: Update) -> list[str]:
    return arguments(pressed_data(update))
