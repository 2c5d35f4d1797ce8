"""What happens around a chat: unknown commands, somebody who blocks the bot or comes back, old buttons."""

from html import escape

from telegram import ChatMember, Update
from telegram.ext import CallbackQueryHandler, ChatMemberHandler, MessageHandler, filters

from cocreation.errors import NotFoundError
from cocreation.ideas.ids import ChatId
from cocreation.ideas.messages import Message
from handlers.context import TownApplication, TownContext


def register(application: TownApplication) -> None:
    application.add_handler(ChatMemberHandler(membership_changed, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(
        MessageHandler(
            filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE & filters.COMMAND, unknown_command
        )
    )
    # After all journeys: a button that none of them knows.
    application.add_handler(CallbackQueryHandler(unknown_button), group=1)


async def membership_changed(update: Update, context: TownContext) -> None:
    change = update.my_chat_member
    if change is None or change.chat.type != change.chat.PRIVATE:
        return
    if change.new_chat_member.status == ChatMember.BANNED:
        await context.work.residents.mark_unreachable(ChatId(change.chat.id), context.now)
    else:
        await context.resident(update)


async def unknown_command(update: Update, context: TownContext) -> None:
    t = await context.words(update)
    text = t.gettext("I don't know this command. Write your idea in your own words, or see /help.")
    await context.answer(update, Message(escape(text)))


async def unknown_button(update: Update, context: TownContext) -> None:
    raise NotFoundError
