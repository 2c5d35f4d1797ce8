"""What the bot says of itself and of its commands, and `/id` for who sets the town up."""

from collections.abc import Mapping
from html import escape

from telegram import Update
from telegram.ext import CommandHandler, filters

from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Message
from cocreation.ideas.town import Town
from handlers.context import TownApplication, TownContext
from locales import translator


def description(language: Language, town: Town) -> str:
    """What stands in a chat before the first message; Telegram takes 512 characters."""
    t = translator(language)
    question = t.gettext("What would you like to see in {town}?", town=town.name)
    answer = t.gettext("Write it here in your own words: your neighbours read it, and so does the town.")
    return f"{question}\n\n{answer}"


def resident_commands(language: Language) -> Mapping[str, str]:
    """Command and description, in the order of the menu."""
    t = translator(language)
    return {
        "ideas": t.gettext("What neighbours wrote"),
        "start": t.gettext("Welcome and language"),
        "help": t.gettext("How it works"),
    }


def facilitator_commands(language: Language) -> Mapping[str, str]:
    t = translator(language)
    return {
        "digest": t.gettext("The digest as of now"),
        "themes": t.gettext("All themes"),
    }


def register(application: TownApplication) -> None:
    application.add_handler(CommandHandler("id", tell_id, filters.UpdateType.MESSAGE))


async def tell_id(update: Update, context: TownContext) -> None:
    """The numbers that the settings ask for."""
    chat, user = update.effective_chat, update.effective_user
    if chat is None or user is None:
        return
    t = await context.words(update)
    lines = [f"{escape(t.gettext('This chat:'))} <code>{chat.id}</code>"]
    message = update.effective_message
    # Who writes in a group's name has the number of a bot that all such people share.
    if message is not None and message.sender_chat is None:
        lines.append(f"{escape(t.gettext('You:'))} <code>{user.id}</code>")
    await context.answer(update, Message("\n".join(lines)))
