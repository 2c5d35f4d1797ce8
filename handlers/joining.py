"""The button that lets an idea be the rest of the one before it, and the one that undoes this."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import NotFoundError
from cocreation.ideas.ids import IdeaId, MessageId
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.submission import Outcome
from cocreation.services.join_ideas import join_ideas, part_ideas
from handlers.actions import Verb, action, arguments, number, pattern
from handlers.context import TownApplication, TownContext
from handlers.fresh_cards import show_whole
from handlers.own_cards import redraw, redraw_elsewhere

_UNDO = "u"


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(press, pattern(Verb.JOIN)))


async def press(update: Update, context: TownContext) -> None:
    """Join the idea with one message to the idea with another, or part them again."""
    query, chat = update.callback_query, update.effective_chat
    if query is None or chat is None or chat.type != chat.PRIVATE:
        raise NotFoundError
    later, earlier = MessageId(number(query.data)), MessageId(number(query.data, 1))
    if arguments(query.data)[2:] == [_UNDO]:
        await _part(update, context, later)
    else:
        await _join(update, context, later, earlier)


async def _join(update: Update, context: TownContext, later: MessageId, earlier: MessageId) -> None:
    author = await context.resident(update)
    rest, whole = await join_ideas(context.work, author, later, earlier, context.now)
    t = await context.words(update)
    said = t.gettext("Joined to your previous idea. Its card above has both.")
    undo = Button(f"↩️ {t.gettext('Undo')}", action(Verb.JOIN, later, earlier, _UNDO))
    await context.toast(update)
    await context.change(update, Message(escape(said), ((undo,),)), None if rest is None else _slot(rest))
    await redraw_elsewhere(update, context, whole, Outcome.CHANGED)
    view = await context.work.ideas.view(whole)
    if rest is not None and view is not None:
        await show_whole(context, rest, view)


async def _part(update: Update, context: TownContext, later: MessageId) -> None:
    author = await context.resident(update)
    rest, whole = await part_ideas(context.work, author, later, context.now)
    await context.toast(update)
    await redraw(update, context, rest, Outcome.PARTED)
    await redraw_elsewhere(update, context, whole, Outcome.PARTED)


def _slot(idea: IdeaId) -> str:
    return f"idea:{idea}"
