"""Somebody blocks the bot, or lets it in again."""

from telegram import ChatMember, Update
from telegram.ext import ChatMemberHandler

from cocreation.ideas.ids import ChatId
from cocreation.services.come_back import come_back
from handlers.context import TownApplication, TownContext


def register(application: TownApplication) -> None:
    application.add_handler(ChatMemberHandler(membership_changed, ChatMemberHandler.MY_CHAT_MEMBER))


async def membership_changed(update: Update, context: TownContext) -> None:
    change = update.my_chat_member
    if change is None or change.chat.type != change.chat.PRIVATE:
        return
    if change.new_chat_member.status == ChatMember.BANNED:
        await context.work.residents.mark_unreachable(ChatId(change.chat.id), context.now)
        return
    resident = await context.work.residents.find(ChatId(change.chat.id))
    if resident is not None:
        await come_back(context.work, resident, context.now)
