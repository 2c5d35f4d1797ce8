"""What a person reads when something did not work. The one place that translates errors."""

from datetime import datetime
from html import escape

from telegram import Update

from cocreation.errors import BlockedError, MorgenError, TooManyIdeasError
from cocreation.ideas.ids import ChatId, IdeaId
from cocreation.ideas.messages import Message, Show
from cocreation.ideas.report import Reason
from cocreation.ideas.town import Town
from cocreation.ports import Work
from handlers.context import TURN, TownApplication, TownContext, language_of
from handlers.reasons import reason_words
from locales import Translator, translator


def register(application: TownApplication) -> None:
    application.add_error_handler(on_error)


async def on_error(update: object, context: TownContext) -> None:
    """Tell the person about an error that has words; leave every other one to who handed out the update."""
    error = context.error
    if not isinstance(error, MorgenError) or not isinstance(update, Update):
        TURN.get().failure = error
        return
    try:
        text = words_for(error, await context.words(update), context.town)
        if isinstance(error, BlockedError) and await _tell_alone(update, context, error):
            return
        if update.callback_query is not None:
            await context.toast(update, text, alert=True)
        else:
            await context.answer(update, Message(escape(text)))
    except Exception as second:  # the error handler's own failure would be swallowed otherwise
        TURN.get().failure = second


async def _tell_alone(update: Update, context: TownContext, error: BlockedError) -> bool:
    """What is between a person and the town is nothing for a group: whether it was told to them there."""
    chat = update.effective_chat
    if chat is None or chat.type == chat.PRIVATE or update.callback_query is not None:
        return False
    resident = await context.resident(update)
    t = translator(language_of(resident, context.town))
    if resident.chat is not None and not resident.is_away:
        said = Message(escape(words_for(error, t, context.town)))
        await context.post(Show(resident.chat, said, is_new=True))
    return True


def words_for(error: MorgenError, t: Translator, town: Town) -> str:
    """What the person reads."""
    if isinstance(error, BlockedError):
        until = t.moment(town.local(error.until))
        return t.gettext(error.message, time=until, reason=reason_words(Reason(error.reason), t))
    if isinstance(error, TooManyIdeasError):
        return t.gettext(error.message, time=f"{town.local(error.again_at):%H:%M}")
    return t.gettext(error.message, **error.values)


async def apologise(work: Work, chat: ChatId, town: Town, now: datetime) -> None:
    """Say in a private chat that a message could not be handled."""
    resident = await work.residents.find(chat)
    language = language_of(resident, town) if resident is not None else town.languages[0]
    text = translator(language).gettext(MorgenError.message)
    await work.outbox.put(Show(chat, Message(escape(text)), is_new=True), now)


async def tell_unreadable_photo(work: Work, idea: IdeaId, town: Town, now: datetime) -> None:
    """Say to the author of an idea that its photo cannot be used."""
    found = await work.ideas.get(idea)
    author = await work.residents.get(found.author) if found is not None and found.author else None
    if author is None or author.chat is None:
        return
    t = translator(language_of(author, town))
    text = t.gettext(
        "I cannot open this photo. Your idea is kept; send the photo as JPEG or PNG if you like."
    )
    await work.outbox.put(Show(author.chat, Message(escape(text)), is_new=True), now)
