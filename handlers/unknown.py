"""Commands and buttons that no journey knows (any more). Registered last."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from cocreation.errors import NotFoundError
from cocreation.ideas.messages import Message
from handlers.context import TownApplication, TownContext


def register(application: TownApplication) -> None:
    commands = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.COMMAND
    application.add_handler(MessageHandler(commands, unknown_command))
    application.add_handler(CallbackQueryHandler(unknown_button))


async def unknown_command(update: Update, context: TownContext) -> None:
    t = await context.words(update)
    text = t.gettext("I don't know this command. Write your idea in your own words, or see /help.")
    await context.answer(update, Message(escape(text)))


async def unknown_button(update: Update, context: TownContext) -> None:
    raise NotFoundError
