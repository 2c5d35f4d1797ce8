"""A resident writes: every free message in a private chat is an idea."""

from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from cocreation.errors import NotFoundError, NotYoursError
from cocreation.ideas.idea import IdeaView, has_words
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.messages import Message, Priority, Show
from cocreation.ideas.resident import Resident
from cocreation.ideas.submission import Outcome, Receipt, Submission
from cocreation.ideas.town import Town
from cocreation.services.own_idea import return_idea, withdraw_idea
from cocreation.services.submit_idea import correct_idea, submit_idea
from handlers import cards
from handlers.actions import Verb, arguments, number, pattern
from handlers.context import TownApplication, TownContext, language_of
from handlers.reading import read_submission
from locales import translator

_EDITED_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE
_READABLE = (
    (filters.TEXT & ~filters.COMMAND)
    | filters.PHOTO
    | filters.Document.IMAGE
    | filters.LOCATION
    | filters.VENUE
    | (filters.CAPTION & ~filters.Document.IMAGE)
)


def register(application: TownApplication) -> None:
    application.add_handler(
        MessageHandler(_EDITED_PRIVATE & (filters.TEXT | filters.CAPTION) & ~filters.COMMAND, change_idea)
    )
    application.add_handler(CallbackQueryHandler(withdraw, pattern(Verb.WITHDRAW)))
    application.add_handler(CallbackQueryHandler(undo_withdrawal, pattern(Verb.RETURN)))
    application.add_handler(CallbackQueryHandler(hint, pattern(Verb.HINT)))


async def hear(update: Update, context: TownContext) -> None:
    """A message that nobody asked for: an idea, or something that cannot be one."""
    if _READABLE.check_update(update):
        await keep_idea(update, context)
    else:
        await explain(update, context)


async def keep_idea(update: Update, context: TownContext) -> None:
    message = update.effective_message
    if message is not None:
        await keep(update, context, read_submission(message))


async def keep(update: Update, context: TownContext, submission: Submission) -> None:
    """Keep what the resident sent, and answer with its card."""
    resident = await context.resident(update)
    receipt = await submit_idea(context.work, resident, submission, context.now)
    await _show(update, context, resident, receipt)


async def change_idea(update: Update, context: TownContext) -> None:
    message = update.effective_message
    if message is not None:
        await change(update, context, read_submission(message))


async def change(update: Update, context: TownContext, submission: Submission) -> None:
    """The resident corrected what they sent: the idea changes with it, and its card."""
    resident = await context.resident(update)
    receipt = await correct_idea(context.work, submission, context.now)
    if receipt is not None:
        await _show(update, context, resident, receipt)


async def withdraw(update: Update, context: TownContext) -> None:
    resident = await context.resident(update)
    receipt = await withdraw_idea(context.work, resident.id, _idea(update), context.now)
    await context.toast(update)
    await _show(update, context, resident, receipt)


async def undo_withdrawal(update: Update, context: TownContext) -> None:
    resident = await context.resident(update)
    receipt = await return_idea(context.work, resident.id, _idea(update), context.now)
    await context.toast(update)
    await _show(update, context, resident, receipt)


async def hint(update: Update, context: TownContext) -> None:
    """Say on the card how a photo, a place or other words reach the idea."""
    resident = await context.resident(update)
    view = await context.work.ideas.view(_idea(update))
    if view is None or not view.idea.is_published:
        raise NotFoundError
    if view.idea.author != resident.id:
        raise NotYoursError
    t = await context.words(update)
    hints = {
        "photo": t.gettext("Send a photo within a quarter of an hour: it joins your newest idea."),
        "place": t.gettext("Send a location (📎) within a quarter of an hour: it joins your newest idea."),
        "edit": t.gettext("Correct your own message in this chat, the idea changes with it."),
    }
    asked = arguments(update.callback_query.data if update.callback_query else None)
    text = hints.get(asked[-1], "")
    await context.toast(update)
    card = cards.hint_card(view, text, language_of(resident, context.town), context.town)
    await context.change(update, card, cards.slot_of(view))


async def explain(update: Update, context: TownContext) -> None:
    """A sticker, a poll, a contact and the like."""
    t = await context.words(update)
    text = t.gettext("I read words, photos and places. Tell me in a few words what you would like.")
    await context.answer(update, Message(escape(text)))


def card_with_theme(town: Town, view: IdeaView, author: Resident) -> Show | None:
    """The card of an idea whose theme became known; it changes where it stands, without a sound."""
    if author.chat is None:
        return None
    outcome = Outcome.KEPT if has_words(view.idea.text) else Outcome.KEPT_WITHOUT_WORDS
    card = cards.idea_card(view, outcome, language_of(author, town), town)
    return Show(author.chat, card, slot=cards.slot_of(view), priority=Priority.PUSH)


async def _show(update: Update, context: TownContext, resident: Resident, receipt: Receipt) -> None:
    language = language_of(resident, context.town)
    t = translator(language)
    view = await context.work.ideas.view(receipt.idea) if receipt.idea is not None else None
    if view is None:
        return await context.answer(update, Message(escape(cards.headline(receipt.outcome, t))))
    card = cards.idea_card(view, receipt.outcome, language, context.town)
    if receipt.is_file_too_large:
        card = cards.with_lines(card, escape(cards.too_large_notice(t)))
    is_known = update.callback_query is not None or update.edited_message is not None
    if is_known or receipt.outcome is Outcome.JOINED:
        return await context.change(update, card, cards.slot_of(view))
    return await context.answer(update, card, cards.slot_of(view))


def _idea(update: Update) -> IdeaId:
    return IdeaId(number(update.callback_query.data if update.callback_query else None))
