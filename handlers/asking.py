"""What neighbours' lists and cards ask for ends when the person presses something else there."""

from telegram import Update

from cocreation.ideas.conversation import Step
from cocreation.ideas.ids import ChatId, IdeaId
from cocreation.services.look_around import ASKED_ON_CARD
from handlers.context import TownContext

ASKED = (Step.SEARCH, Step.NEAR, Step.COMMENT)


async def stop_asking(update: Update, context: TownContext) -> None:
    """Wait no more for what a list or a card had asked."""
    chat = update.effective_chat
    if chat is None:
        return
    waiting = await context.work.conversations.get(ChatId(chat.id))
    if waiting is not None and waiting.step in ASKED:
        await context.work.conversations.end(waiting.chat)


async def stop_asking_on_card(context: TownContext, chat: ChatId, idea: IdeaId) -> None:
    """Wait no more for what the card of an own idea asks."""
    waiting = await context.work.conversations.get(chat)
    if waiting is not None and waiting.step in ASKED_ON_CARD and waiting.subject == idea:
        await context.work.conversations.end(chat)
