"""A facilitator answers, in their group, a message of the desk that waits for no answer any more."""

import re
from html import escape

from telegram import Message as Written
from telegram import Update

from cocreation.ideas.ids import MessageId
from cocreation.ideas.messages import Message
from handlers.actions import Verb, pattern
from handlers.context import TownContext
from handlers.desks import words_here
from handlers.group_reading import names_bot, replies_to_bot
from handlers.quoting import within_units
from handlers.roles import is_facilitator

LONGEST = 3000
"""UTF-16 units of the words that are given back."""

_ASKING = (
    Verb.REPLY,
    Verb.THEME_REPLY,
    Verb.STATUS,
    Verb.TEMPLATES,
    Verb.TOWN,
    Verb.MODERATE,
    Verb.THEME,
    Verb.TRANSCRIBE,
    Verb.PROCESSES,
)
_ASKS = re.compile("|".join(pattern(verb) for verb in _ASKING))
"""A button by which the desk asks for words."""


async def give_back(update: Update, context: TownContext) -> bool:
    """Whether the message answers such a one: then its words are no idea, and are not lost."""
    message = update.effective_message
    if message is None or not _answers_desk(message) or not await is_facilitator(update, context):
        return False
    t = await words_here(update, context)
    parts = [
        t.gettext(
            "I do not wait for an answer to this message now: something else may have been begun here. Press "
            "its button again, then answer it."
        )
    ]
    said = message.text or message.caption
    if said:
        parts.append(t.gettext("You wrote: “{words}”", words=within_units(said, LONGEST)))
    answer = Message("\n\n".join(map(escape, parts)))
    await context.answer(update, answer, answers=MessageId(message.message_id))
    return True


def _answers_desk(message: Written) -> bool:
    """A question that gave way has the buttons again by which it was asked."""
    answered = message.reply_to_message
    if answered is None or answered.reply_markup is None or not replies_to_bot(message) or names_bot(message):
        return False
    buttons = [button for row in answered.reply_markup.inline_keyboard for button in row]
    return any(isinstance(data := button.callback_data, str) and _ASKS.match(data) for button in buttons)
