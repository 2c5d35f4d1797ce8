"""Voice messages wait for words: facilitators listen, and one of them types what was said."""

from dataclasses import replace
from datetime import datetime
from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import MorgenError, NotFoundError, WordsThereError
from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId, IdeaId, MessageId
from cocreation.ideas.messages import Button, File, FileKind, Message, Priority, SendFiles, Show
from cocreation.ideas.notice import when_due
from cocreation.ideas.submission import Outcome, Submission
from cocreation.ideas.town import Town
from cocreation.ports import Work
from cocreation.services.type_words import type_words, waiting_for_words
from handlers import cards
from handlers.actions import Verb, action, number, pattern
from handlers.context import TownApplication, TownContext, language_of
from handlers.desk import only_facilitators
from handlers.desks import desks
from handlers.faults import words_for
from locales import Translator, translator


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(ask, pattern(Verb.TRANSCRIBE)))


async def call_for_words(context: TownContext, idea: IdeaId, submission: Submission) -> None:
    """Let facilitators hear a voice message, with the button to type what it says."""
    voice = submission.attachment
    if voice is None or not submission.is_voice:
        return
    for chat, t in await desks(context):
        seconds = voice.seconds or 0
        text = t.ngettext(
            "Somebody spoke an idea: {n} second. It counts once it has words.",
            "Somebody spoke an idea: {n} seconds. It counts once it has words.",
            seconds,
        )
        button = Button(f"⌨️ {t.gettext('Type what it says')}", action(Verb.TRANSCRIBE, idea))
        message = Message(escape(text), ((button,),))
        await context.post(
            SendFiles(chat, FileKind.VOICE, (File(voice.file_id),), message, priority=Priority.PUSH)
        )


async def ask(update: Update, context: TownContext) -> None:
    """Ask the facilitators' chat for the words. In a group they come as a reply."""
    only_facilitators(update, context)
    query, chat = update.callback_query, update.effective_chat
    if query is None or query.message is None or chat is None:
        raise NotFoundError
    idea, at = IdeaId(number(query.data)), MessageId(query.message.message_id)
    await waiting_for_words(context.work, idea)
    await context.work.conversations.begin(
        Conversation(ChatId(chat.id), Step.TRANSCRIPT, context.now, subject=idea, words=str(at))
    )
    t = await _words(context, ChatId(chat.id))
    await context.toast(update)
    await context.answer(update, _question(t, is_group=chat.type != chat.PRIVATE), _slot(idea), answers=at)


async def take_transcript(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """What the voice message says, where a chat was asked for it."""
    message, chat, user = update.effective_message, update.effective_chat, update.effective_user
    if message is None or chat is None or user is None or waiting.subject is None or not message.text:
        return False
    if not context.town.is_facilitator(ChatId(chat.id), user.id):
        return False
    idea, is_group = IdeaId(waiting.subject), chat.type != chat.PRIVATE
    if is_group and not await _is_answered(update, context, waiting):
        return False
    t = await _words(context, ChatId(chat.id))
    try:
        await type_words(context.work, idea, message.text, context.now)
    except WordsThereError as error:
        said = words_for(error, t, context.town)
    except MorgenError as error:
        fault = words_for(error, t, context.town)
        await context.change(update, _question(t, is_group=is_group, fault=fault), _slot(idea))
        return True
    else:
        await tell_author(context.work, idea, context.town, context.now)
        said = t.gettext("Kept. Who spoke it sees the words, and can change them.")
    await context.work.conversations.end(waiting.chat)
    await context.change(update, Message(escape(said)), _slot(idea))
    return True


async def tell_author(work: Work, idea: IdeaId, town: Town, now: datetime) -> None:
    """Show the author what their voice message says now, on its card: silently where they want quiet."""
    view = await work.ideas.view(idea)
    author = None if view is None or view.idea.author is None else await work.residents.get(view.idea.author)
    if view is None or author is None or author.chat is None:
        return
    may_sound = when_due(author.wishes, now, None, now, town.time_zone) == now
    card = cards.idea_card(view, Outcome.TYPED, language_of(author, town), town)
    card = replace(card, silent=not may_sound)
    await work.outbox.put(
        Show(author.chat, card, slot=cards.slot_of(view), is_new=True, priority=Priority.PUSH), now
    )


async def _is_answered(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """Whether the message is a reply to the voice message or to the question below it."""
    message = update.effective_message
    answered = None if message is None else message.reply_to_message
    if answered is None or waiting.subject is None:
        return False
    asked = await context.work.outbox.shown_at(waiting.chat, _slot(IdeaId(waiting.subject)))
    return answered.message_id == asked or str(answered.message_id) == waiting.words


def _question(t: Translator, *, is_group: bool, fault: str | None = None) -> Message:
    if is_group:
        text = t.gettext("Answer this message with what you hear, in the words that were said.")
    else:
        text = t.gettext("Write what you hear, in the words that were said.")
    lines = [text] if fault is None else [fault, text]
    cancel = Button(f"✖️ {t.gettext('Cancel')}", action(Verb.CANCEL))
    return Message("\n\n".join(escape(line) for line in lines), ((cancel,),))


async def _words(context: TownContext, chat: ChatId) -> Translator:
    """The language of facilitators: the digest's where many read, their own in private."""
    resident = None if chat < 0 else await context.work.residents.find(chat)
    if resident is None:
        return translator(context.town.digest_language)
    return translator(language_of(resident, context.town))


def _slot(idea: IdeaId) -> str:
    return f"voice:{idea}"
