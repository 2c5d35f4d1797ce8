"""A resident writes: every free message in a private chat is an idea."""

from dataclasses import replace
from html import escape

from telegram import Message as Written
from telegram import Update
from telegram.ext import MessageHandler, filters

from cocreation.errors import BlockedError, TooManyIdeasError
from cocreation.ideas.messages import Message
from cocreation.ideas.resident import Resident
from cocreation.ideas.submission import Outcome, Receipt, Submission
from cocreation.ideas.surroundings import Surroundings
from cocreation.services.correct_idea import correct_idea
from cocreation.services.submit_idea import submit_idea
from handlers import cards, voices
from handlers.context import TownApplication, TownContext, language_of
from handlers.faults import words_for
from handlers.own_cards import own_card
from handlers.reading import read_submission
from handlers.replied import replied
from locales import translator

_EDITED_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE
_READABLE = (
    (filters.TEXT & ~filters.COMMAND)
    | filters.PHOTO
    | filters.VOICE
    | filters.Document.IMAGE
    | filters.LOCATION
    | filters.VENUE
    | (filters.CAPTION & ~filters.Document.IMAGE)
)


def register(application: TownApplication) -> None:
    application.add_handler(
        MessageHandler(_EDITED_PRIVATE & (filters.TEXT | filters.CAPTION) & ~filters.COMMAND, change_idea)
    )


async def hear(update: Update, context: TownContext) -> None:
    """A message that nobody asked for: an idea, or something that cannot be one."""
    if _READABLE.check_update(update):
        await keep_idea(update, context)
    else:
        await explain(update, context)


async def keep_idea(update: Update, context: TownContext) -> None:
    message = update.effective_message
    if message is not None:
        below = await replied(update, context)
        answers = None if below is None else below.idea
        await keep(update, context, replace(read_submission(message), answers=answers))


async def keep(update: Update, context: TownContext, submission: Submission) -> None:
    """Keep what the resident sent, and answer with its card."""
    resident = await context.resident(update)
    limit = context.town.ideas_in_ten_minutes
    try:
        receipt = await submit_idea(context.work, resident, submission, context.now, limit)
    except (BlockedError, TooManyIdeasError) as error:
        await _tell_when(update, context, submission, error)
        return
    if receipt.outcome is Outcome.VOICE_WAITS and receipt.idea is not None:
        await voices.call_for_words(context, receipt.idea, submission)
    await show(update, context, resident, receipt)


async def change_idea(update: Update, context: TownContext) -> None:
    message = update.effective_message
    if message is not None:
        await change(update, context, read_submission(message))


async def change(update: Update, context: TownContext, submission: Submission) -> None:
    """The resident corrected what they sent: the idea changes with it, and its card."""
    resident = await context.resident(update)
    if await context.work.ideas.by_message(submission.chat, submission.message) is None:
        return await _tell_to_send_it(update, context)
    receipt = await correct_idea(context.work, submission, context.now)
    if receipt is not None:
        await show(update, context, resident, receipt)
    return None


async def explain(update: Update, context: TownContext) -> None:
    """A sticker, a poll, a contact and the like. What was sent together is answered once."""
    t = await context.words(update)
    text = t.gettext(
        "I take words, photos, places and voice messages. Tell me in a few words what you would like."
    )
    message = update.effective_message
    if message is not None and message.media_group_id is not None:
        await context.change(update, Message(escape(text)), f"album:{message.media_group_id}")
    else:
        await context.answer(update, Message(escape(text)))


async def show(
    update: Update, context: TownContext, resident: Resident, receipt: Receipt, *, is_known: bool = False
) -> None:
    """Answer with the card of the idea; where that `is_known` to be in the chat already, it changes there."""
    language = language_of(resident, context.town)
    t = translator(language)
    view = await context.work.ideas.view(receipt.idea) if receipt.idea is not None else None
    if view is None:
        return await context.answer(update, Message(escape(cards.headline(receipt.outcome, t))))
    if receipt.outcome is Outcome.KEPT and update.edited_message is None:
        # Nothing is known yet of what was written just now, and somebody waits.
        around = Surroundings(joins=receipt.joins)
        card = cards.idea_card(view, receipt.outcome, language, context.town, around)
    else:
        card = await own_card(context, view, resident, receipt.outcome)
    if receipt.is_file_too_large:
        card = cards.with_lines(card, escape(cards.too_large_notice(t)))
    if _is_left_out(update.effective_message):
        card = cards.with_lines(card, escape(cards.left_out_notice(t)))
    is_pressed_or_edited = update.callback_query is not None or update.edited_message is not None
    if is_known or is_pressed_or_edited or receipt.outcome is Outcome.JOINED or _is_of_album(update, receipt):
        return await context.change(update, card, cards.slot_of(view))
    return await context.answer(update, card, cards.slot_of(view))


def _is_of_album(update: Update, receipt: Receipt) -> bool:
    """What was sent together has one card, whose first photo may still have waited for words."""
    message = update.effective_message
    return message is not None and message.media_group_id is not None and receipt.outcome is not Outcome.KNOWN


def _is_left_out(message: Written | None) -> bool:
    """Whether only the words of a message are kept: a film, music, a file."""
    if message is None or message.caption is None:
        return False
    document = message.document
    is_picture = document is not None and (document.mime_type or "").startswith("image/")
    return not (message.photo or message.voice or is_picture)


async def _tell_to_send_it(update: Update, context: TownContext) -> None:
    """What was sent before was no idea, or one that was known: its correction must not be lost unseen."""
    t = await context.words(update)
    text = t.gettext(
        "I follow corrections of ideas and of comments, and this is neither. "
        "If it is an idea, send it as a new message."
    )
    await context.answer(update, Message(escape(text)))


async def _tell_when(
    update: Update, context: TownContext, submission: Submission, error: BlockedError | TooManyIdeasError
) -> None:
    text = escape(words_for(error, await context.words(update), context.town))
    if submission.album is None:
        await context.answer(update, Message(text))
    else:
        await context.change(update, Message(text), f"album:{submission.album}")
