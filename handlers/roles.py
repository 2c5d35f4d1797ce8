"""Who may do what: each command and each button of the desk asks here first."""

from telegram import Update

from cocreation.errors import NotAllowedError
from cocreation.ideas.ids import ChatId
from handlers.context import TownContext


async def only_facilitators(update: Update, context: TownContext) -> None:
    """Raises NotAllowedError for everybody else."""
    if not await is_facilitator(update, context):
        raise NotAllowedError


async def only_administrators(update: Update, context: TownContext) -> None:
    """Raises NotAllowedError for everybody else."""
    if not await is_administrator(update, context):
        raise NotAllowedError


async def is_facilitator(update: Update, context: TownContext) -> bool:
    """Whether who wrote or pressed may do what facilitators may, where they did."""
    user, chat = update.effective_user, update.effective_chat
    return user is not None and chat is not None and await may_facilitate(context, ChatId(chat.id), user.id)


async def is_administrator(update: Update, context: TownContext) -> bool:
    """Whether who wrote or pressed may also name facilitators and change the town's settings."""
    user = update.effective_user
    return user is not None and user.id in context.town.administrators


async def may_facilitate(context: TownContext, chat: ChatId, user: int) -> bool:
    """Whether this person, by their number in Telegram, may do in this chat what facilitators may."""
    return context.town.is_facilitator(chat, user)
