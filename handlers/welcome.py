"""First contact: who collects what and why, in the person's language."""

from dataclasses import replace
from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.errors import NotFoundError, NotYoursError
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import IdeaId, Language
from cocreation.ideas.messages import WELCOME, Button, Message
from cocreation.ideas.town import Town
from handlers import cards, links, me, me_text
from handlers.actions import Verb, action, arguments, pattern
from handlers.context import TownApplication, TownContext, language_of
from handlers.first_time import NAME, language_rows, notice_button, who_and_why
from handlers.own_cards import own_card
from handlers.privacy import privacy_notice
from handlers.quoting import on_one_line
from handlers.updates import pressed_data
from locales import Translator, translator

SHORT = "short"
"""The argument of buttons below the few lines that stand beside what a link has opened."""


def register(application: TownApplication) -> None:
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("start", start, private))
    application.add_handler(CommandHandler("help", help_, private))
    application.add_handler(CallbackQueryHandler(choose_language, pattern(Verb.LANGUAGE)))
    application.add_handler(CallbackQueryHandler(show_privacy, pattern(Verb.PRIVACY)))
    application.add_handler(CallbackQueryHandler(go_back, pattern(Verb.WELCOME)))


async def start(update: Update, context: TownContext) -> None:
    """The welcome; or what a link leads to, with who asks and why beside it for somebody who is new."""
    resident = await context.resident(update)
    language = language_of(resident, context.town)
    goal = await links.goal_of(context, context.args[0]) if context.args else None
    if goal is None:
        await context.answer(update, welcome(language, context.town), WELCOME)
    elif isinstance(goal, links.Nowhere):
        said = links.said_of(goal, context.bot.username, translator(language))
        await context.answer(update, welcome(language, context.town, said), WELCOME)
    else:
        if resident.is_new:
            await context.answer(update, introduction(language, context.town), WELCOME)
        await links.open_goal(update, context, goal)


async def help_(update: Update, context: TownContext) -> None:
    t = await context.words(update)
    lines = [
        t.gettext(
            "Write what you would like in {town}, in your own words: that is an idea.", town=context.town.name
        ),
        t.gettext("Send a photo or a location right after it, and it joins the idea."),
        t.gettext("Correct your message, and the idea changes. A button withdraws it."),
        t.gettext("/ideas shows what your neighbours wrote, /me your own ideas and your settings."),
    ]
    lines += helpline_lines(context.town, t)
    await context.answer(update, Message("\n".join(escape(line) for line in lines)))


def helpline_lines(town: Town, t: Translator) -> list[str]:
    """Whom to call, one a line."""
    if not town.helplines:
        return []
    told = [f"☎️ {line.name}: {line.number}{line.whom and f' ({line.whom})'}" for line in town.helplines]
    return ["", t.gettext("If you need somebody to talk to now:"), *told]


async def choose_language(update: Update, context: TownContext) -> None:
    resident = await context.resident(update)
    code, *told = [*_arguments(update), ""][:2]
    language = Language(code)
    if language not in context.town.languages:
        raise NotFoundError
    message, slot = await _shown(update, context, told, language)
    await context.work.residents.set_language(resident.id, language)
    await context.toast(update, translator(language).language_name(language))
    await context.change(update, message, slot)


async def show_privacy(update: Update, context: TownContext) -> None:
    """The notice in place of what has the button, and the way back to that."""
    t = await context.words(update)
    told = _arguments(update)
    back = Button(f"◂ {t.gettext('Back')}", action(Verb.WELCOME, *told))
    await context.toast(update)
    await context.change(update, Message(privacy_notice(t, context.town), ((back,),)), _still_shown(told))


async def go_back(update: Update, context: TownContext) -> None:
    language = language_of(await context.resident(update), context.town)
    message, slot = await _shown(update, context, _arguments(update), language)
    await context.toast(update)
    await context.change(update, message, slot)


def welcome(language: Language, town: Town, before: str | None = None) -> Message:
    """At most 400 characters, of which `before`, what has to be said first, is none."""
    t = translator(language)
    question = t.gettext("What would you like to see in {town}?", town=on_one_line(town.name, NAME))
    paragraphs = [
        f"<b>{escape(question)}</b>",
        escape(t.gettext("Write it here in your own words, with a photo or a place if you like.")),
        who_and_why(t, town),
    ]
    if before is not None:
        paragraphs.insert(0, escape(before))
    pages = [notice_button(language, town)]
    if town.board_url is not None:
        pages.insert(0, Button(t.gettext("Idea board"), url=f"{town.board_url}/{language}/"))
    return Message("\n\n".join(paragraphs), (tuple(pages), *language_rows(language, town)))


def introduction(language: Language, town: Town) -> Message:
    """The few lines that stand beside what a link has opened."""
    t = translator(language)
    notice = notice_button(language, town, SHORT)
    return Message(who_and_why(t, town), ((notice,), *language_rows(language, town, SHORT)))


async def _shown(
    update: Update, context: TownContext, told: list[str], language: Language
) -> tuple[Message, str]:
    """What the pressed button is a part of, and its slot: a welcome, or somebody's first card."""
    about = told[0] if told else ""
    if about.isascii() and about.isdigit():
        return await _own_idea(update, context, IdeaId(int(about)), language)
    if about == SHORT:
        return introduction(language, context.town), WELCOME
    if about == me_text.SETTINGS:
        return await me.settings_page(update, context, language), me.SLOT
    return welcome(language, context.town), WELCOME


def _still_shown(told: list[str]) -> str | None:
    """What a message still counts as while the notice stands there. It is no card: a theme that is found
    meanwhile does not take its place."""
    if told == [me_text.SETTINGS]:
        return me.SLOT
    return WELCOME if told in ([], [SHORT]) else None


async def _own_idea(
    update: Update, context: TownContext, idea: IdeaId, language: Language
) -> tuple[Message, str]:
    resident, view = await context.resident(update), await context.work.ideas.view(idea)
    if view is None or view.idea.state is IdeaState.HIDDEN:
        raise NotFoundError
    if view.idea.author != resident.id:
        raise NotYoursError
    card = await own_card(context, view, replace(resident, language=language))
    return card, cards.slot_of(view)


def _arguments(update: Update) -> list[str]:
    return arguments(pressed_data(update))
