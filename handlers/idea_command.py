"""`/idea` in a private chat, for who knows it from a group: the words behind it are what is meant."""

from html import escape

from telegram import Update
from telegram.ext import CommandHandler, filters

from cocreation.ideas.conversation import Step
from cocreation.ideas.messages import Message
from handlers import ideas, links
from handlers.context import TownApplication, TownContext
from handlers.group_reading import submission_of


def register(application: TownApplication) -> None:
    private = filters.ChatType.PRIVATE
    application.add_handler(CommandHandler("idea", keep_words, private & filters.UpdateType.MESSAGE))
    application.add_handler(CommandHandler("idea", change_words, private & filters.UpdateType.EDITED_MESSAGE))


async def keep_words(update: Update, context: TownContext) -> None:
    message = update.effective_message
    if message is None:
        return
    submission = submission_of(message)
    if submission.text:
        await ideas.keep(update, context, submission)
        waiting = await context.work.conversations.get(submission.chat)
        if waiting is not None and waiting.step is Step.PROCESS and not waiting.is_over(context.now):
            await links.take_in(update, context, waiting)
        return
    t = await context.words(update)
    text = t.gettext("Just write your idea here, in your own words. No command is needed.")
    await context.answer(update, Message(escape(text)))


async def change_words(update: Update, context: TownContext) -> None:
    message = update.effective_message
    if message is not None:
        await ideas.change(update, context, submission_of(message))
