"""Somebody blocks the bot, or lets it in again; a group takes it in, sends it away, or moves."""

import structlog
from telegram import ChatMember, ChatMemberRestricted, ChatMemberUpdated, Update
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from cocreation.ideas.ids import ChatId
from cocreation.services.come_back import come_back
from cocreation.services.name_facilitators import end_charges_of
from handlers import group_cards, invited
from handlers.context import TownApplication, TownContext

log = structlog.get_logger(__name__)
_GONE = (ChatMember.LEFT, ChatMember.BANNED)


def register(application: TownApplication) -> None:
    application.add_handler(ChatMemberHandler(membership_changed, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(ChatMemberHandler(somebody_changed, ChatMemberHandler.CHAT_MEMBER))
    application.add_handler(MessageHandler(filters.StatusUpdate.LEFT_CHAT_MEMBER, somebody_left))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, group_moved))


async def membership_changed(update: Update, context: TownContext) -> None:
    change = update.my_chat_member
    if change is None:
        return
    if change.chat.type in {change.chat.GROUP, change.chat.SUPERGROUP}:
        await _in_group(update, context, change)
    elif change.chat.type == change.chat.PRIVATE:
        await _in_private(context, change)


async def somebody_changed(update: Update, context: TownContext) -> None:
    """A group in which the bot is an administrator tells it who goes."""
    change = update.chat_member
    if change is not None and _is_gone(change.new_chat_member):
        await _end_access(update, context, change.new_chat_member.user.id)


async def somebody_left(update: Update, context: TownContext) -> None:
    """Other groups say so in a message."""
    message = update.effective_message
    if message is not None and message.left_chat_member is not None:
        await _end_access(update, context, message.left_chat_member.id)


def _is_gone(member: ChatMember) -> bool:
    """Who is restricted stays so outside: https://core.telegram.org/bots/api#chatmemberrestricted"""
    return member.status in _GONE or (isinstance(member, ChatMemberRestricted) and not member.is_member)


async def _end_access(update: Update, context: TownContext, user: int) -> None:
    """Who leaves the facilitators' group is no facilitator any more; administrators stay what they are."""
    chat = update.effective_chat
    resident = await context.work.residents.find(ChatId(user))
    if chat is None or chat.id != context.town.facilitator_chat or resident is None:
        return
    for ended in await end_charges_of(context.work, resident.id, context.now):
        await invited.tell_ended(context, ended)
        await invited.tell_left(context, ended)


async def group_moved(update: Update, context: TownContext) -> None:
    """A group became a supergroup; it is told twice, in the old one and in the new one, in either order."""
    message = update.effective_message
    if message is None:
        return
    old = ChatId(message.migrate_from_chat_id or message.chat_id)
    new = ChatId(message.migrate_to_chat_id or message.chat_id)
    if old == new:
        return
    if old == context.town.facilitator_chat:
        log.warning("the facilitators' group has a new chat id; set town.facilitator_chat", chat=new)
    await context.work.groups.move(old, new, context.now)
    await context.work.outbox.move(old, new)


async def _in_private(context: TownContext, change: ChatMemberUpdated) -> None:
    if change.new_chat_member.status == ChatMember.BANNED:
        await context.work.residents.mark_unreachable(ChatId(change.chat.id), context.now)
        return
    resident = await context.work.residents.find(ChatId(change.chat.id))
    if resident is not None:
        await come_back(context.work, resident, context.now)


async def _in_group(update: Update, context: TownContext, change: ChatMemberUpdated) -> None:
    chat, town = ChatId(change.chat.id), context.town
    if change.new_chat_member.status in _GONE:
        await context.work.groups.leave(chat, context.now)
        return
    # A group that became a supergroup has the bot already, and so has one in which it got other rights.
    is_new = await context.work.groups.join(chat, context.now)
    if not is_new or change.old_chat_member.status not in _GONE:
        return
    if chat == town.facilitator_chat:
        card = group_cards.for_facilitators(town.digest_language, town)
    else:
        language = await context.group_language(chat)
        card = group_cards.about(language, town, context.bot.username)
    await context.answer(update, card, group_cards.ABOUT)
