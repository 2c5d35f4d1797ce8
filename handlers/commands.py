"""What the bot says of itself and of its commands, and `/id` for who sets the town up."""

from collections.abc import Mapping
from html import escape

from telegram import Update
from telegram.ext import CommandHandler, filters

from cocreation.ideas.idea import shorten
from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Message
from cocreation.ideas.town import Town
from handlers.context import TownApplication, TownContext
from locales import translator

LONGEST_SHORT_DESCRIPTION = 120
_OF_A_PROCESS = ("process", "export")


def description(language: Language, town: Town) -> str:
    """What stands in a chat before the first message; Telegram takes 512 characters."""
    t = translator(language)
    question = t.gettext("What would you like to see in {town}?", town=town.name)
    answer = t.gettext("Write it here in your own words: your neighbours read it, and so does the town.")
    return f"{question}\n\n{answer}"


def short_description(language: Language, town: Town) -> str:
    """What stands in the bot's profile and beside links to it; Telegram takes 120 characters."""
    t = translator(language)
    question = t.gettext("What would you like to see in {town}?", town=town.name)
    whole = f"{question} {t.gettext('Write it here in your own words.')}"
    return whole if len(whole) <= LONGEST_SHORT_DESCRIPTION else shorten(question, LONGEST_SHORT_DESCRIPTION)


def resident_commands(language: Language) -> Mapping[str, str]:
    """Command and description, in the order of the menu."""
    t = translator(language)
    return {
        "ideas": t.gettext("What neighbours wrote"),
        "me": t.gettext("My ideas, my supports, my settings"),
        "mydata": t.gettext("All that is kept of me, as a file"),
        "forget": t.gettext("Erase what is kept of me"),
        "help": t.gettext("How it works"),
        "start": t.gettext("Welcome and language"),
    }


def group_commands(language: Language) -> Mapping[str, str]:
    t = translator(language)
    return {
        "idea": t.gettext("Write an idea, or answer a message that is one"),
        "help": t.gettext("How it works"),
    }


def facilitator_commands(language: Language) -> Mapping[str, str]:
    t = translator(language)
    return {
        "digest": t.gettext("The digest as of now"),
        "preview": t.gettext("The next digest as it stands"),
        "waiting": t.gettext("Ideas that wait for an answer"),
        "answers": t.gettext("How the town answers"),
        "templates": t.gettext("Words for answers"),
        "themes": t.gettext("All themes"),
        "frames": t.gettext("What ideas contribute to: the SDGs and other lists of goals"),
        "moderation": t.gettext("What waits for moderation"),
        "process": t.gettext("Processes and their phases"),
        "settings": t.gettext("Settings of the town"),
        "facilitators": t.gettext("Who runs this, and inviting others"),
        "export": t.gettext("Ideas, themes and answers as a file"),
    }


def process_commands(language: Language) -> Mapping[str, str]:
    """What somebody may do who has one process in hand."""
    return {name: said for name, said in facilitator_commands(language).items() if name in _OF_A_PROCESS}


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
