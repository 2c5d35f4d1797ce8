"""`/export`: facilitators choose what they want as a file; it is made beside the chat and comes there."""

import re

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.errors import NotAllowedError, NotFoundError
from cocreation.ideas.digest import MAIN
from cocreation.ideas.export import NewExport
from cocreation.ideas.ids import ChatId, Language, ProcessId
from handlers.actions import Verb, arguments, number, pattern
from handlers.context import TownApplication, TownContext
from handlers.desks import words_of_desk
from handlers.export_cards import (
    CHOOSE,
    MAKE,
    PROCESSES,
    THEMES,
    Shown,
    choice_card,
    making_card,
    processes_card,
    themes_card,
)
from handlers.export_choice import Choice, period
from handlers.roles import is_facilitator, only_facilitators
from handlers.updates import chat_of, pressed_data
from locales import Translator

_ACT = re.compile(r"([a-z])(\d{0,9})")


def register(application: TownApplication) -> None:
    application.add_handler(CommandHandler("export", export, filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(press, pattern(Verb.EXPORT)))


async def export(update: Update, context: TownContext) -> None:
    """Show the choice: of everything, or of the process that somebody has in hand."""
    process = await _in_hand(update, context)
    await only_facilitators(update, context, process)
    t = await words_of_desk(context, chat_of(update))
    shown = await _shown(update, context, Choice(process=process))
    await context.answer(update, choice_card(shown, context.town, t))


async def press(update: Update, context: TownContext) -> None:
    """A button of the choice, or below a digest, whose period it names."""
    said = arguments(pressed_data(update))
    if len(said) == 2 and all(re.fullmatch(r"\d{1,11}", argument) for argument in said):
        await _begin(update, context)
        return
    act = _ACT.fullmatch(said[0]) if len(said) == 2 else None
    if act is None:
        await only_facilitators(update, context)
        raise NotFoundError
    choice = Choice.parse(said[1])
    await only_facilitators(update, context, choice.process)
    t = await words_of_desk(context, chat_of(update))
    match act[1]:
        case letter if letter == CHOOSE:
            await _choose(update, context, choice, t)
        case letter if letter == MAKE:
            await _make(update, context, choice, t)
        case letter if letter == THEMES:
            themes = await context.work.themes.all()
            await context.toast(update)
            await context.change(update, themes_card(choice, themes, int(act[2] or 0), t))
        case letter if letter == PROCESSES:
            await _list_processes(update, context, choice, int(act[2] or 0))
        case _:
            raise NotFoundError


async def _begin(update: Update, context: TownContext) -> None:
    process = await _in_hand(update, context)
    await only_facilitators(update, context, process)
    t = await words_of_desk(context, chat_of(update))
    span = period(number(pressed_data(update), 0), number(pressed_data(update), 1))
    shown = await _shown(update, context, Choice(span=span, process=process))
    await context.toast(update)
    await context.answer(update, choice_card(shown, context.town, t))


async def _choose(update: Update, context: TownContext, choice: Choice, t: Translator) -> None:
    shown = await _shown(update, context, choice)
    await context.toast(update)
    await context.change(update, choice_card(shown, context.town, t))


async def _make(update: Update, context: TownContext, choice: Choice, t: Translator) -> None:
    shown = await _shown(update, context, choice)
    if shown.count == 0:
        nothing = t.gettext("There are no ideas in this choice, so there is nothing to export.")
        await context.toast(update, nothing, alert=True)
        await context.change(update, choice_card(shown, context.town, t))
        return
    message = update.effective_message
    thread = message.message_thread_id if message is not None and message.is_topic_message else None
    asked = NewExport(chat_of(update), thread, Language(t.language), choice.format, shown.selection)
    if await context.work.town_exports.ask(asked, context.now):
        await context.toast(update, t.gettext("I am making the file. It comes here in a moment."))
    else:
        await context.toast(
            update, t.gettext("I am still making this file. It comes here as soon as it is done.")
        )
    await context.change(update, making_card(shown, context.town, t))


async def _list_processes(update: Update, context: TownContext, choice: Choice, start: int) -> None:
    t = await words_of_desk(context, chat_of(update))
    every = await context.work.processes.by_number()
    may_all = await is_facilitator(update, context)
    mine = [
        (process, name)
        for process, name in every.items()
        if may_all or await is_facilitator(update, context, process)
    ]
    await context.toast(update)
    await context.change(update, processes_card(choice, mine, start, t, may_all=may_all))


async def _shown(update: Update, context: TownContext, choice: Choice) -> Shown:
    """Raises NotFoundError where the theme or the process is no longer there."""
    work = context.work
    last = await work.digests.last_end(MAIN)
    selection = choice.selection(context.town, context.now, last)
    theme = None if choice.theme is None else await work.listings.theme_label(choice.theme)
    process = None if choice.process is None else await work.processes.name(choice.process)
    if (theme is None) != (choice.theme is None) or (process is None) != (choice.process is None):
        raise NotFoundError
    return Shown(
        choice=choice,
        selection=selection,
        count=await work.contents.count(selection),
        theme=theme,
        process=process,
        has_digest=last is not None,
        has_themes=bool(await work.themes.all()),
        has_processes=bool(await work.processes.by_number()),
    )


async def _in_hand(update: Update, context: TownContext) -> ProcessId | None:
    """The process of somebody who has no more than that in hand."""
    user = update.effective_user
    if user is None:
        raise NotAllowedError
    if await is_facilitator(update, context):
        return None
    charges = (await context.work.facilitators.rights(ChatId(user.id))).charges
    return next((charge.process for charge in charges if charge.process is not None), None)
