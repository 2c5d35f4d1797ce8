"""A facilitator writes a reason, a warning or a question of their own: what is asked for is kept."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from telegram import Update

from cocreation.errors import MorgenError, NotFoundError, TooManyWordsError, WordlessError
from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId, MessageId
from cocreation.ideas.messages import Message, Show
from cocreation.ideas.moderation import Act
from cocreation.ideas.report import Reason
from cocreation.services.moderate import Facilitator, ask_author, hide, warn
from cocreation.services.moderate_words import checked_words
from handlers.context import TownContext
from handlers.deciding import facilitator
from handlers.desks import words_of_desk
from handlers.faults import words_for
from handlers.moderation_cards import SLOT, Ask, case_card, gone_card, words_card
from handlers.moderation_look import Look, Subject, look_at
from handlers.moderation_outcome import tell_outcome
from handlers.updates import answers, in_group
from locales import Translator


@dataclass(frozen=True, slots=True)
class Asked:
    """What the message `at` asks about what: a reason, a warning, a question."""

    subject: Subject
    ask: Ask
    at: MessageId

    @classmethod
    def of(cls, waiting: Conversation | None) -> Self | None:
        if waiting is None or waiting.step is not Step.MODERATE:
            return None
        kept = json.loads(waiting.words or "{}")
        return cls(Subject.read(kept["about"]), Ask(kept["ask"]), MessageId(kept["at"]))

    def kept_in(self, chat: ChatId, now: datetime) -> Conversation:
        words = {"about": self.subject.token, "ask": self.ask, "at": self.at}
        return Conversation(chat, Step.MODERATE, now, words=json.dumps(words))


async def ask_words(update: Update, context: TownContext, look: Look, ask: Ask) -> None:
    """Ask in the message whose button was pressed."""
    query, chat = update.callback_query, update.effective_chat
    if query is None or query.message is None or chat is None:
        raise NotFoundError
    asked = Asked(look.subject, ask, MessageId(query.message.message_id))
    await context.work.conversations.begin(asked.kept_in(ChatId(chat.id), context.now))
    t = await words_of_desk(context, ChatId(chat.id))
    await context.toast(update)
    card = words_card(look, ask, t, in_group=in_group(update))
    await context.change(update, card, SLOT)


async def stop_waiting(update: Update, context: TownContext) -> None:
    """Another button of the message that asks was pressed."""
    query, chat = update.callback_query, update.effective_chat
    if query is None or query.message is None or chat is None:
        return
    asked = Asked.of(await context.work.conversations.get(ChatId(chat.id)))
    if asked is not None and asked.at == query.message.message_id:
        await context.work.conversations.end(ChatId(chat.id))


async def take_words(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The facilitator's words, where a chat was asked for them; in a group a reply to the question."""
    asked, message, chat = Asked.of(waiting), update.effective_message, update.effective_chat
    if asked is None or message is None or chat is None:
        return False
    if not answers(update, asked.at):
        return False
    t = await words_of_desk(context, waiting.chat)
    by = await facilitator(update, context)
    try:
        acts = await _do(context, asked, by, checked_words(message.text or ""))
    except (WordlessError, TooManyWordsError) as error:
        fault = words_for(error, t, context.town)
        look = await look_at(context.work, asked.subject, context.now)
        await _show(
            context,
            waiting.chat,
            asked,
            words_card(look, asked.ask, t, in_group=in_group(update), fault=fault),
        )
        return True
    except MorgenError:
        await put_back(context, waiting, t)
        await context.work.conversations.end(waiting.chat)
        raise
    await context.work.conversations.end(waiting.chat)
    await put_back(context, waiting, t)
    await tell_outcome(context, acts)
    return True


async def put_back(context: TownContext, waiting: Conversation, t: Translator) -> None:
    """Let the message that asks show its case again."""
    asked = Asked.of(waiting)
    if asked is None:
        return
    try:
        look = await look_at(context.work, asked.subject, context.now)
    except NotFoundError:
        await _show(context, waiting.chat, asked, gone_card(t))
        return
    await _show(context, waiting.chat, asked, case_card(look, context.town, context.now, t))


async def _do(context: TownContext, asked: Asked, by: Facilitator, words: str) -> Sequence[Act]:
    work, now = context.work, context.now
    matter = await asked.subject.matter(work)
    match asked.ask:
        case Ask.HIDE:
            return await hide(work, matter, by, Reason.OTHER, now, words=words)
        case Ask.WARN:
            return [await warn(work, matter, by, Reason.OTHER, now, words=words)]
    return [await ask_author(work, matter, by, words, now)]


async def _show(context: TownContext, chat: ChatId, asked: Asked, message: Message) -> None:
    await context.post(Show(chat, message, slot=SLOT, at=asked.at))
