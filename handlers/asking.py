"""What lists and cards of neighbours ask for ends when the person is at something else; the question goes."""

from telegram import Update

from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId, IdeaId
from cocreation.ideas.messages import Message, Show
from cocreation.services.look_around import ASKED_ON_CARD
from handlers import list_cards
from handlers.comment_text import PAGE, Reader, thread_message
from handlers.context import TownContext
from handlers.replied import THREAD
from handlers.ways import read_way

ASKED = (Step.SEARCH, Step.NEAR, Step.COMMENT)


async def stop_asking(update: Update, context: TownContext) -> None:
    """Wait no more for what a list or a card had asked."""
    chat = update.effective_chat
    if chat is None:
        return
    waiting = await context.work.conversations.get(ChatId(chat.id))
    if waiting is not None and waiting.step in ASKED:
        await context.work.conversations.end(waiting.chat)
        await put_question_away(update, context, waiting)


async def put_question_away(update: Update, context: TownContext, asked: Conversation) -> None:
    """Let a message that asks say what it is about, unless its own button was pressed: that turns it."""
    is_comment = asked.step is Step.COMMENT
    slot = f"{THREAD}:{asked.subject}" if is_comment else list_cards.SLOT
    at = await context.work.outbox.shown_at(asked.chat, slot)
    query = update.callback_query
    if at is None or (query is not None and query.message is not None and query.message.message_id == at):
        return
    message = await _thread(update, context, asked) if is_comment else await _lists(update, context)
    if message is not None:
        await context.post(Show(asked.chat, message, slot=slot, at=at))


async def _lists(update: Update, context: TownContext) -> Message:
    return list_cards.menu_message(await context.words(update))


async def _thread(update: Update, context: TownContext, asked: Conversation) -> Message | None:
    view = None if asked.subject is None else await context.work.ideas.view(IdeaId(asked.subject))
    if view is None or not view.idea.is_published:
        return None
    _, *said = (asked.words or "").split(":")
    resident, t = await context.resident(update), await context.words(update)
    thread = await context.work.comments.thread(view.idea.id, PAGE, None)
    return thread_message(view, thread, Reader(resident.id, read_way(said), t))


async def stop_asking_on_card(context: TownContext, chat: ChatId, idea: IdeaId) -> None:
    """Wait no more for what the card of an own idea asks."""
    waiting = await context.work.conversations.get(chat)
    if waiting is not None and waiting.step in ASKED_ON_CARD and waiting.subject == idea:
        await context.work.conversations.end(chat)
