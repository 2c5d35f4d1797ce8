"""Voice messages wait for words: facilitators listen, and one of them types what was said."""

from dataclasses import replace
from datetime import datetime
from html import escape

from telegram import Message as Written
from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import MorgenError, NotFoundError, WordsThereError
from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId, IdeaId, MessageId
from cocreation.ideas.messages import File, FileKind, Message, Priority, SendFiles, Show
from cocreation.ideas.notice import when_due
from cocreation.ideas.submission import Outcome, Submission
from cocreation.ideas.town import Town
from cocreation.ports import Work
from cocreation.services.type_words import type_words, waiting_for_words
from handlers import cards, voice_cards
from handlers.actions import Verb, number, pattern
from handlers.context import TownApplication, TownContext, language_of
from handlers.desks import desks, words_of_desk
from handlers.faults import words_for
from handlers.giving_way import give_way
from handlers.roles import only_facilitators


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(ask, pattern(Verb.TRANSCRIBE)))


async def call_for_words(context: TownContext, idea: IdeaId, submission: Submission) -> None:
    """Let facilitators hear a voice message, with the button to type what it says."""
    voice = submission.attachment
    if voice is None or not submission.is_voice:
        return
    for chat, t in await desks(context):
        message = voice_cards.calling(idea, voice.seconds or 0, t)
        await context.post(
            SendFiles(chat, FileKind.VOICE, (File(voice.file_id),), message, priority=Priority.PUSH)
        )


async def ask(update: Update, context: TownContext) -> None:
    """Ask the facilitators' chat for the words. In a group they come as a reply."""
    await only_facilitators(update, context)
    query, chat = update.callback_query, update.effective_chat
    if query is None or query.message is None or chat is None:
        raise NotFoundError
    idea, at = IdeaId(number(query.data)), MessageId(query.message.message_id)
    await waiting_for_words(context.work, idea)
    await give_way(update, context)
    await context.work.conversations.begin(
        Conversation(ChatId(chat.id), Step.TRANSCRIPT, context.now, subject=idea, words=str(at))
    )
    t = await words_of_desk(context, ChatId(chat.id))
    await context.toast(update)
    question = voice_cards.question(idea, t, is_group=chat.type != chat.PRIVATE)
    if isinstance(query.message, Written) and not query.message.voice:
        await context.change(update, question, voice_cards.slot_of(idea))
    else:
        await context.answer(update, question, voice_cards.slot_of(idea), answers=at)


async def cancel(update: Update, context: TownContext, idea: IdeaId) -> None:
    """The button below the question for words."""
    await only_facilitators(update, context)
    chat = update.effective_chat
    if chat is None:
        raise NotFoundError
    waiting = await context.work.conversations.get(ChatId(chat.id))
    if waiting is not None and waiting.step is Step.TRANSCRIPT and waiting.subject == idea:
        await context.work.conversations.end(waiting.chat)
    await waiting_for_words(context.work, idea)
    t = await words_of_desk(context, ChatId(chat.id))
    await context.toast(update, t.gettext("All right, nothing is changed."))
    await context.change(update, voice_cards.still_waiting(idea, t), voice_cards.slot_of(idea))


async def take_transcript(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """What the voice message says, where a chat was asked for it."""
    message, chat, user = update.effective_message, update.effective_chat, update.effective_user
    if message is None or chat is None or user is None or waiting.subject is None or not message.text:
        return False
    idea, is_group = IdeaId(waiting.subject), chat.type != chat.PRIVATE
    if is_group and not await _is_answered(update, context, waiting):
        return False
    t = await words_of_desk(context, ChatId(chat.id))
    try:
        await type_words(context.work, idea, message.text, context.now)
    except WordsThereError as error:
        said = words_for(error, t, context.town)
    except MorgenError as error:
        fault = words_for(error, t, context.town)
        question = voice_cards.question(idea, t, is_group=is_group, fault=fault)
        await context.change(update, question, voice_cards.slot_of(idea))
        return True
    else:
        await tell_author(context.work, idea, context.town, context.now)
        said = t.gettext("Kept. Who spoke it sees the words, and can change them.")
    await context.work.conversations.end(waiting.chat)
    await context.change(update, Message(escape(said)), voice_cards.slot_of(idea))
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
    asked = await context.work.outbox.shown_at(waiting.chat, voice_cards.slot_of(IdeaId(waiting.subject)))
    return answered.message_id == asked or str(answered.message_id) == waiting.words
