"""First contact: who collects what and why, in the person's language."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.town import Town
from handlers import links
from handlers.actions import Verb, action, arguments, pattern
from handlers.context import TownApplication, TownContext, language_of
from handlers.privacy import privacy_notice
from handlers.quoting import on_one_line
from locales import Translator, translator

SLOT = "welcome"
NAME = 60
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
        await context.answer(update, welcome(language, context.town), SLOT)
    elif isinstance(goal, links.Nowhere):
        said = links.said_of(goal, context.bot.username, translator(language))
        await context.answer(update, welcome(language, context.town, said), SLOT)
    else:
        if resident.is_new:
            await context.answer(update, _introduction(language, context.town), SLOT)
        await links.open_goal(update, context, goal)


async def help_(update: Update, context: TownContext) -> None:
    t = await context.words(update)
    lines = [
        t.gettext(
            "Write what you would like in {town}, in your own words: that is an idea.", town=context.town.name
        ),
        t.gettext("Send a photo or a location right after it, and it joins the idea."),
        t.gettext("Correct your message, and the idea changes. A button withdraws it."),
        t.gettext("/ideas shows what your neighbours wrote, /start changes your language."),
    ]
    await context.answer(update, Message("\n".join(escape(line) for line in lines)))


async def choose_language(update: Update, context: TownContext) -> None:
    resident = await context.resident(update)
    chosen = _arguments(update)
    language = Language(chosen[0]) if chosen else resident.language
    if language in context.town.languages:
        await context.work.residents.set_language(resident.id, language)
        await context.change(update, _either(language, context.town, chosen), SLOT)
    await context.toast(update, translator(language).language_name(language))


async def show_privacy(update: Update, context: TownContext) -> None:
    """The notice in place of the welcome, and a way back."""
    t = await context.words(update)
    back = Button(f"◂ {t.gettext('Back')}", action(Verb.WELCOME, *_arguments(update)))
    await context.toast(update)
    await context.change(update, Message(privacy_notice(t, context.town), ((back,),)), SLOT)


async def go_back(update: Update, context: TownContext) -> None:
    language = language_of(await context.resident(update), context.town)
    await context.toast(update)
    await context.change(update, _either(language, context.town, _arguments(update)), SLOT)


def welcome(language: Language, town: Town, before: str | None = None) -> Message:
    """At most 400 characters, of which `before`, what has to be said first, is none."""
    t = translator(language)
    name = on_one_line(town.name, NAME)
    paragraphs = [
        f"<b>{escape(t.gettext('What would you like to see in {town}?', town=name))}</b>",
        escape(t.gettext("Write it here in your own words, with a photo or a place if you like.")),
        _who_and_why(t, name),
    ]
    if before is not None:
        paragraphs.insert(0, escape(before))
    return Message("\n\n".join(paragraphs), _buttons(t, language, town))


def _introduction(language: Language, town: Town) -> Message:
    t = translator(language)
    html = _who_and_why(t, on_one_line(town.name, NAME))
    return Message(html, _buttons(t, language, town, SHORT))


def _either(language: Language, town: Town, said: list[str]) -> Message:
    return _introduction(language, town) if SHORT in said else welcome(language, town)


def _who_and_why(t: Translator, name: str) -> str:
    why = t.gettext("{town} collects ideas to decide together what to do.", town=name)
    who = t.gettext("Everybody can read your idea, nobody sees your name.")
    return escape(f"{why} {who}")


def _buttons(t: Translator, language: Language, town: Town, *told: str) -> tuple[tuple[Button, ...], ...]:
    notice = t.gettext("Privacy notice")
    if town.board_url is None:
        pages: tuple[Button, ...] = (Button(notice, action(Verb.PRIVACY, *told)),)
    else:
        board = f"{town.board_url}/{t.language}"
        pages = (Button(t.gettext("Idea board"), url=f"{board}/"), Button(notice, url=f"{board}/privacy"))
    others = [code for code in town.languages if code != language]
    languages = tuple(
        Button(translator(code).language_name(code), action(Verb.LANGUAGE, code, *told)) for code in others
    )
    return (pages, languages) if languages else (pages,)


def _arguments(update: Update) -> list[str]:
    return arguments(update.callback_query.data if update.callback_query else None)
