"""The photo that goes with an answer of the town, below the message that names it.

It is not in the message itself: words below a photo hold 1,024 characters, which an answer and its idea
exceed, and a message with words alone cannot be changed into one with a photo where it stands.
"""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import NotFoundError
from cocreation.ideas.ids import ChatId, ReplyPhotoId
from cocreation.ideas.messages import File, FileKind, Message, SendFiles
from handlers.actions import Verb, number, pattern
from handlers.context import TownApplication, TownContext
from handlers.updates import chat_of, pressed_data


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(show_photo, pattern(Verb.REPLY_PHOTO)))


async def show_photo(update: Update, context: TownContext) -> None:
    """Send it as it is stored, without what a camera writes into it."""
    photo = ReplyPhotoId(number(pressed_data(update)))
    found = await context.work.reply_photos.get(photo)
    if found is None or not await context.work.reply_photos.is_public(photo):
        raise NotFoundError
    t = await context.words(update)
    if found.path is None:
        return await context.toast(update, t.gettext("The photo is still on its way. Try again soon."))
    await context.toast(update)
    words = Message(escape(t.gettext("The photo of the town's answer")))
    chat = ChatId(chat_of(update))
    return await context.post(SendFiles(chat, FileKind.PHOTO, (File(path=found.path),), words))
