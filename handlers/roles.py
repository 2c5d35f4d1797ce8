"""Who may do what: each command and each button of the desk asks here first.

Those whom the settings name are administrators, everybody in the facilitators' chat is a facilitator there,
and others have a charge of their own: the whole town, or one process. Where residents read along, in any
other group, the desk shows nothing to anybody.
"""

from telegram import Update

from cocreation.errors import NotAllowedError, NotHereError, OnlyAdministratorsError
from cocreation.ideas.ids import ChatId, IdeaId, ProcessId
from handlers.context import TownContext


async def only_facilitators(update: Update, context: TownContext, process: ProcessId | None = None) -> None:
    """Raises NotAllowedError for everybody else, and NotHereError where residents read along.

    What is about one `process` its facilitators may do too.
    """
    if not await _has_in_hand(update, context, process):
        raise NotAllowedError
    await _refuse_elsewhere(update, context)


async def only_facilitators_of(update: Update, context: TownContext, idea: IdeaId) -> None:
    """Raises as above for all but facilitators of the town, and of the process of this idea."""
    if not await _may_answer_it(update, context, idea):
        raise NotAllowedError
    await _refuse_elsewhere(update, context)


async def only_administrators(update: Update, context: TownContext) -> None:
    """Raises OnlyAdministratorsError for everybody else, and NotHereError where residents read along."""
    if not await is_administrator(update, context):
        raise OnlyAdministratorsError
    await _refuse_elsewhere(update, context)


async def is_facilitator(update: Update, context: TownContext, process: ProcessId | None = None) -> bool:
    """Whether who wrote or pressed may do what facilitators may, where they did."""
    return await _has_in_hand(update, context, process) and not await is_elsewhere(update, context)


async def is_facilitator_of(update: Update, context: TownContext, idea: IdeaId) -> bool:
    """Whether who wrote or pressed may do what facilitators may with this idea, where they did."""
    return await _may_answer_it(update, context, idea) and not await is_elsewhere(update, context)


async def is_elsewhere(update: Update, context: TownContext) -> bool:
    """Whether many read here who are no facilitators."""
    chat, own = update.effective_chat, context.town.facilitator_chat
    if chat is None or chat.type == chat.PRIVATE or chat.id == own:
        return False
    # The settings may still have the number from before it became a supergroup.
    return own is None or chat.id != await context.work.groups.present(own)


async def _refuse_elsewhere(update: Update, context: TownContext) -> None:
    if await is_elsewhere(update, context):
        raise NotHereError


async def _has_in_hand(update: Update, context: TownContext, process: ProcessId | None) -> bool:
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None:
        return False
    return await may_facilitate(context, ChatId(chat.id), user.id, process)


async def _may_answer_it(update: Update, context: TownContext, idea: IdeaId) -> bool:
    user, chat = update.effective_user, update.effective_chat
    return user is not None and chat is not None and await may_answer(context, ChatId(chat.id), user.id, idea)


async def is_administrator(update: Update, context: TownContext) -> bool:
    """Whether who wrote or pressed may also name facilitators and change the town's settings."""
    user = update.effective_user
    if user is None:
        return False
    if user.id in context.town.administrators:
        return True
    return (await context.work.facilitators.rights(ChatId(user.id))).is_administrator


async def may_facilitate(
    context: TownContext, chat: ChatId, user: int, process: ProcessId | None = None
) -> bool:
    """Whether this person, by their number in Telegram, may do in this chat what facilitators may."""
    if context.town.is_facilitator(chat, user):
        return True
    return (await context.work.facilitators.rights(ChatId(user))).may_facilitate(process)


async def may_answer(context: TownContext, chat: ChatId, user: int, idea: IdeaId) -> bool:
    """Whether this person may do in this chat what facilitators may with an idea."""
    if context.town.is_facilitator(chat, user):
        return True
    rights = await context.work.facilitators.rights(ChatId(user))
    if not rights.charges or rights.may_facilitate():
        return rights.may_facilitate()
    process = await context.work.processes.of_idea(idea)
    return process is not None and rights.may_facilitate(process)
