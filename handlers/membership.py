"""Somebody blocks the bot. Writing again is what brings them back."""

from telegram import ChatMember, Update
from telegram.ext import ChatMemberHandler

from cocreation.ideas.ids import ChatId
from handlers.context import TownApplication, TownContext


def register(application: TownApplication) -> None:
    application.add_handler(ChatMemberHandler(membership_changed, ChatMemberHandler.MY_CHAT_MEMBER))


async def membership_changed(update: Update, context: TownContext) -> None:
    change = update.my_chat_member
    if change is None or change.chat.type != change.chat.PRIVATE:
        return
    if change.new_chat_member.status == ChatMember.BANNED:
        await context.work.residents.mark_unreachable(ChatId(change.chat.id), context.now)
