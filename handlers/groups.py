"""The bot in a group: it hears commands, its name and replies to itself, and says as little as it can."""

from telegram import Message as Written
from telegram import Update
from telegram.ext import CommandHandler, MessageHandler, filters

from cocreation.ideas.deep_link import link
from cocreation.ideas.ids import ChatId, IdeaId, MessageId
from cocreation.ideas.submission import Outcome, Submission
from cocreation.services.correct_idea import correct_idea
from cocreation.services.submit_idea import submit_idea
from handlers import group_cards, offers, voices
from handlers.context import TownApplication, TownContext
from handlers.group_reading import (
    SpokenTo,
    answered_message,
    author_of,
    calls_for_idea,
    is_by_other_bot,
    is_command,
    is_shared_card,
    names_bot,
    replies_to_bot,
    submission_of,
)


def register(application: TownApplication) -> None:
    """Comes after all who wait for a reply of their own in a group."""
    new = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE
    changed = filters.ChatType.GROUPS & filters.UpdateType.EDITED_MESSAGE
    application.add_handler(CommandHandler(["start", "help"], tell, new))
    application.add_handler(CommandHandler("idea", hear, new))
    application.add_handler(MessageHandler(new & SpokenTo() & ~filters.COMMAND, hear))
    application.add_handler(MessageHandler(changed & (filters.TEXT | filters.CAPTION), change))


async def tell(update: Update, context: TownContext) -> None:
    """What the bot does here."""
    message = update.effective_message
    if message is None or is_by_other_bot(message):
        return
    language = await context.group_language(ChatId(message.chat_id))
    about = group_cards.about(language, context.town, context.bot.username)
    await context.answer(update, about, group_cards.ABOUT)


async def hear(update: Update, context: TownContext) -> None:
    """A command or the bot's name: the words behind it are an idea of who wrote them; without words, what the
    message answers may be one of who wrote that. What answers the bot's own question is an idea as well."""
    message = update.effective_message
    if message is None or is_by_other_bot(message) or is_shared_card(message):
        return
    submission, answered = submission_of(message), answered_message(message)
    is_reply_alone = replies_to_bot(message) and not is_command(message) and not names_bot(message)
    if is_reply_alone and not _is_asked_for(message):
        await _tell_how(update, context, message)
    elif submission.text or submission.is_voice:
        await _keep(update, context, message, submission)
    elif answered is not None and author_of(answered) == author_of(message) is not None:
        await _keep(update, context, message, submission_of(answered))
    elif answered is not None and not replies_to_bot(message):
        await offers.ask_author(update, context, message, answered)
    else:
        await _tell_how(update, context, message)


async def change(update: Update, context: TownContext) -> None:
    """A correction corrects the idea that the message has become, or may become; a call that had no words
    may have some now."""
    message = update.effective_message
    if message is None or is_by_other_bot(message) or is_shared_card(message):
        return
    submission = submission_of(message)
    if await context.work.ideas.by_message(submission.chat, submission.message) is None:
        await _change_what_is_no_idea(update, context, message, submission)
        return
    receipt = await correct_idea(context.work, submission, context.now)
    if receipt is not None and receipt.idea is not None:
        t = await context.words(update)
        card = await group_cards.kept(context.work, receipt, t, context.bot.username)
        await context.change(update, card, _slot_of(receipt.idea))


async def _change_what_is_no_idea(
    update: Update, context: TownContext, message: Written, submission: Submission
) -> None:
    if not submission.text:
        return
    await context.work.offers.correct(submission.chat, submission.message, submission.text)
    if calls_for_idea(message) and author_of(message) is not None:
        await _keep(update, context, message, submission)


def _is_asked_for(message: Written) -> bool:
    """Whether it answers a message in which the bot asks for ideas: those, of any age, have the way to it."""
    answered = answered_message(message)
    markup = None if answered is None else answered.reply_markup
    way = link(message.get_bot().username)
    return markup is not None and any(button.url == way for row in markup.inline_keyboard for button in row)


async def _keep(update: Update, context: TownContext, message: Written, submission: Submission) -> None:
    if author_of(message) is None:
        await offers.tell_nobody_is_known(update, context, message)
        return
    resident = await context.resident(update)
    receipt = await submit_idea(
        context.work, resident, submission, context.now, context.town.ideas_in_ten_minutes
    )
    if receipt.outcome is Outcome.VOICE_WAITS and receipt.idea is not None:
        await voices.call_for_words(context, receipt.idea, submission)
    t = await context.words(update)
    card = await group_cards.kept(context.work, receipt, t, context.bot.username)
    slot = None if receipt.idea is None else _slot_of(receipt.idea)
    await context.answer(update, card, slot, answers=MessageId(message.message_id))


async def _tell_how(update: Update, context: TownContext, message: Written) -> None:
    how = group_cards.how(await context.words(update), context.bot.username)
    await context.answer(update, how, answers=MessageId(message.message_id))


def _slot_of(idea: IdeaId) -> str:
    return f"idea:{idea}"
