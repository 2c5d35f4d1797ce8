"""First contact: who collects what and why, in the person's language."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.town import Town
from handlers.actions import Verb, action, arguments, pattern
from handlers.context import TownApplication, TownContext, language_of
from locales import Translator, translator

SLOT = "welcome"


def register(application: TownApplication) -> None:
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    application.add_handler(CommandHandler("start", start, private))
    application.add_handler(CommandHandler("help", help_, private))
    application.add_handler(CommandHandler(["start", "help"], greet_group, filters.ChatType.GROUPS))
    application.add_handler(CallbackQueryHandler(choose_language, pattern(Verb.LANGUAGE)))


async def start(update: Update, context: TownContext) -> None:
    resident = await context.resident(update)
    message = _welcome(language_of(resident, context.town), context.town)
    await context.answer(update, message, SLOT)


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


async def greet_group(update: Update, context: TownContext) -> None:
    t = await context.words(update)
    text = t.gettext(
        "I collect ideas for {town} in a private chat. Write to me there.", town=context.town.name
    )
    link = Button(t.gettext("Write to me"), url=f"https://t.me/{context.bot.username}")
    await context.answer(update, Message(escape(text), ((link,),)))


async def choose_language(update: Update, context: TownContext) -> None:
    resident = await context.resident(update)
    chosen = arguments(update.callback_query.data if update.callback_query else None)
    language = Language(chosen[0]) if chosen else resident.language
    if language in context.town.languages:
        await context.work.residents.set_language(resident.id, language)
        await context.change(update, _welcome(language, context.town), SLOT)
    await context.toast(update, translator(language).language_name(language))


def _welcome(language: Language, town: Town) -> Message:
    t = translator(language)
    paragraphs = [
        f"<b>{escape(t.gettext('What would you like to see in {town}?', town=town.name))}</b>",
        escape(
            t.gettext(
                "Write it here in your own words, with a photo or a place if you like. {town} collects ideas "
                "to decide together what to do.",
                town=town.name,
            )
        ),
        escape(t.gettext("Everybody can read your idea on the board, nobody sees your name.")),
    ]
    return Message("\n\n".join(paragraphs), (*_pages(t, town), *_languages(language, town)))


def _pages(t: Translator, town: Town) -> tuple[tuple[Button, ...], ...]:
    if town.board_url is None:
        return ()
    board = f"{town.board_url}/{t.language}"
    return (
        (
            Button(t.gettext("Idea board"), url=f"{board}/"),
            Button(t.gettext("Privacy notice"), url=f"{board}/privacy"),
        ),
    )


def _languages(current: Language, town: Town) -> tuple[tuple[Button, ...], ...]:
    others = [code for code in town.languages if code != current]
    if not others:
        return ()
    return (tuple(Button(translator(c).language_name(c), action(Verb.LANGUAGE, c)) for c in others),)
