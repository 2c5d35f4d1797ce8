"""What a message means depends on what the bot asked before: that step is kept in the database."""

import json
from collections.abc import Awaitable, Callable, Mapping
from html import escape

from telegram import Update
from telegram.ext import ApplicationHandlerStop, CallbackQueryHandler, MessageHandler, filters

from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import ChatId, IdeaId
from cocreation.ideas.messages import Message
from handlers import (
    browse,
    comments,
    desk,
    ideas,
    links,
    moderation_asked,
    objections,
    own_ideas,
    process_asking,
    put_aside,
    reply_writing,
    templates,
    theme_naming,
    town_settings,
    voices,
)
from handlers.actions import Verb, arguments, number, pattern
from handlers.context import TownApplication, TownContext
from handlers.desks import words_of_desk
from handlers.giving_way import give_way
from handlers.group_reading import is_shared_card
from handlers.roles import is_facilitator
from handlers.updates import pressed_data
from handlers.voice_cards import VOICE

Answer = Callable[[Update, TownContext, Conversation], Awaitable[bool]]
"""Takes the message that was asked for. False where it is something else: then it is heard as any other."""

May = Callable[[Update, TownContext, Conversation], Awaitable[bool]]


async def facilitates(update: Update, context: TownContext, _: Conversation) -> bool:
    return await is_facilitator(update, context)


STEPS: Mapping[Step, Answer] = {
    Step.PROCESS: links.keep_for_process,
    Step.REPLY: reply_writing.take_answer,
    Step.TEMPLATE: templates.take_words,
    Step.SETTING: town_settings.take_value,
    Step.SEARCH: browse.search,
    Step.NEAR: browse.keep_place,
    Step.COMMENT: comments.hear_asked,
    Step.EDIT: own_ideas.take_words,
    Step.PHOTO: own_ideas.take_photo,
    Step.PLACE: own_ideas.take_place,
    Step.TRANSCRIPT: voices.take_transcript,
    Step.MODERATE: moderation_asked.take_words,
    Step.TO_FACILITATORS: objections.take_words,
    Step.THEME_NAME: theme_naming.take_name,
    Step.PROCESS_DESK: process_asking.take_words,
    Step.DIGEST_DATES: desk.take_dates,
}
"""Who takes the next message, by what was asked."""

LESS_THAN_A_REPLY = (Step.PROCESS, Step.SEARCH, Step.NEAR)
"""What a reply in Telegram to the card of an idea goes before: it says itself what it is about."""

MAY: Mapping[Step, May] = {
    Step.REPLY: reply_writing.may_answer,
    Step.TEMPLATE: facilitates,
    Step.SETTING: town_settings.may_set,
    Step.TRANSCRIPT: facilitates,
    Step.MODERATE: facilitates,
    Step.THEME_NAME: facilitates,
    Step.PROCESS_DESK: process_asking.may_say,
    Step.DIGEST_DATES: facilitates,
}
"""Who may still answer what the desk asked: a role can end while a question waits."""

ASKED_IN_GROUPS = (
    Step.REPLY,
    Step.TRANSCRIPT,
    Step.TEMPLATE,
    Step.SETTING,
    Step.MODERATE,
    Step.THEME_NAME,
    Step.PROCESS_DESK,
    Step.DIGEST_DATES,
)
"""What many read together: each takes nothing but a reply to its own question."""

_QUESTIONS_FIRST = -1


def register(application: TownApplication) -> None:
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    heard = private & ~filters.COMMAND & ~filters.StatusUpdate.ALL
    application.add_handler(MessageHandler(private & filters.COMMAND, forget), group=_QUESTIONS_FIRST)
    answered = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE & filters.REPLY & ~filters.COMMAND
    application.add_handler(MessageHandler(answered, hear_in_group), group=_QUESTIONS_FIRST)
    application.add_handler(MessageHandler(heard, hear))
    application.add_handler(CallbackQueryHandler(cancel, pattern(Verb.CANCEL)))


async def hear(update: Update, context: TownContext) -> None:
    """What was asked for goes to who asked, everything else is an idea."""
    if is_shared_idea(update):
        await links.open_shared(update, context)
        return
    waiting = await _waiting(update, context)
    may_be_reply = waiting is None or waiting.step in LESS_THAN_A_REPLY
    if may_be_reply and await comments.hear_reply(update, context):
        return
    if waiting is not None:
        if not await _may(update, context, waiting):
            await _turn_down(update, context, waiting)
            return
        answer = STEPS.get(waiting.step)
        if answer is not None and await answer(update, context, waiting):
            return
    await ideas.hear(update, context)


async def hear_in_group(update: Update, context: TownContext) -> None:
    """A reply to a question goes to who asked, however long ago; everything else to the others."""
    chat = update.effective_chat
    waiting = None if chat is None else await context.work.conversations.get(ChatId(chat.id))
    if waiting is not None and waiting.step in ASKED_IN_GROUPS:
        if not await _may(update, context, waiting):
            if _answers(update, waiting):
                await context.answer(update, await _refusal(context, waiting))
                raise ApplicationHandlerStop
            return
        if await STEPS[waiting.step](update, context, waiting):
            raise ApplicationHandlerStop
    if await put_aside.give_back(update, context):
        raise ApplicationHandlerStop


def is_shared_idea(update: Update) -> bool:
    """Whether somebody chose a card of the bot's own, as one does to share it, in the chat with the bot."""
    message = update.effective_message
    return message is not None and is_shared_card(message)


async def forget(update: Update, context: TownContext) -> None:
    """A command says that the person is at something else now. What a process asks waits on, though."""
    waiting = await _waiting(update, context)
    if waiting is None or waiting.step is not Step.PROCESS:
        await give_way(update, context)


async def cancel(update: Update, context: TownContext) -> None:
    """The button under a question: what that asks for is waited for no more."""
    data = pressed_data(update)
    if arguments(data)[1:] == [VOICE]:
        await voices.cancel(update, context, IdeaId(number(data)))
    else:
        await own_ideas.cancel(update, context)


async def _may(update: Update, context: TownContext, waiting: Conversation) -> bool:
    may = MAY.get(waiting.step)
    return may is None or await may(update, context, waiting)


async def _turn_down(update: Update, context: TownContext, waiting: Conversation) -> None:
    """What was asked of a facilitator is no idea of somebody who is none any more."""
    await context.work.conversations.end(waiting.chat)
    await context.answer(update, await _refusal(context, waiting))


async def _refusal(context: TownContext, waiting: Conversation) -> Message:
    t = await words_of_desk(context, waiting.chat)
    return Message(
        escape(
            t.gettext(
                "You may not do this any more: it was a question for those who look after it for the town. "
                "Nothing was kept or sent. If this was an idea of yours, please send it once more."
            )
        )
    )


def _answers(update: Update, waiting: Conversation) -> bool:
    """Whether the message is a reply to the one that asks."""
    message, words = update.effective_message, waiting.words or ""
    asks = json.loads(words)["at"] if words.startswith("{") else words.partition(":")[0]
    answered = None if message is None else message.reply_to_message
    return answered is not None and str(answered.message_id) == str(asks)


async def _waiting(update: Update, context: TownContext) -> Conversation | None:
    chat = update.effective_chat
    if chat is None:
        return None
    waiting = await context.work.conversations.get(ChatId(chat.id))
    return None if waiting is None or waiting.is_over(context.now) else waiting
