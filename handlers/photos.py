"""The photos of an idea, below its card."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import NotFoundError
from cocreation.ideas.ids import ChatId
from cocreation.ideas.messages import File, FileKind, Message, SendFiles
from handlers.actions import Verb, pattern
from handlers.context import TownApplication, TownContext
from handlers.neighbour_cards import asked_idea
from handlers.quoting import on_one_line

AT_ONCE = 10
"""As many as an album holds: https://core.telegram.org/bots/api#sendmediagroup"""
IDEA = 160


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(show_photos, pattern(Verb.SHOW_PHOTOS)))


async def show_photos(update: Update, context: TownContext) -> None:
    """Send the photos that are stored: only those have lost what a camera writes into them."""
    chat = update.effective_chat
    view = await context.work.ideas.view(asked_idea(update))
    if chat is None or view is None or not view.idea.is_published:
        raise NotFoundError
    found = [await context.work.media.get(photo) for photo in view.photos[:AT_ONCE]]
    files = tuple(File(path=media.path) for media in found if media is not None and media.path is not None)
    t = await context.words(update)
    if not files:
        return await context.toast(update, t.gettext("The photos are still on their way. Try again soon."))
    await context.toast(update)
    words = Message(escape(t.gettext("“{words}”", words=on_one_line(view.idea.text, IDEA))))
    return await context.post(SendFiles(ChatId(chat.id), FileKind.PHOTO, files, words))
