"""Which idea the message is about to which somebody replies in Telegram."""

from collections.abc import Iterator
from dataclasses import dataclass

from telegram import Message, Update

from cocreation.errors import NotFoundError
from cocreation.ideas.ids import ChatId, CommentId, IdeaId, MessageId
from handlers.actions import NEW_MESSAGE, Verb, action, arguments, number
from handlers.context import TownContext

CARD, OWN_CARD, THREAD, NEWS, COMMENT = "card", "idea", "comments", "news", "comment"
"""The slots of messages that show an idea, or a comment on one, before the colon."""

_OF_ONE_IDEA = (Verb.FOLLOW, Verb.COMMENT, Verb.WITHDRAW, Verb.HINT)
"""Buttons that stand below one idea only, whose number comes first in them."""


@dataclass(frozen=True, slots=True)
class Replied:
    """The idea that is spoken of, and the comment that is answered if the message shows one."""

    idea: IdeaId
    comment: CommentId | None = None


async def replied(update: Update, context: TownContext) -> Replied | None:
    """None where the message replies to nothing, or to something else.

    A message that shows what another one shows too, or arrived just now, is known by its buttons.
    """
    message = update.effective_message
    answered = None if message is None else message.reply_to_message
    if message is None or answered is None:
        return None
    slot = await context.work.outbox.slot_at(ChatId(message.chat_id), MessageId(answered.message_id))
    kind, _, digits = (slot or "").partition(":")
    if kind in (CARD, OWN_CARD, THREAD, NEWS) and digits.isdecimal():
        return Replied(IdeaId(int(digits)))
    if kind == COMMENT and digits.isdecimal():
        return await _of_comment(context, CommentId(int(digits)))
    if answered.from_user is None or answered.from_user.id != context.bot.id:
        return None
    return await _by_buttons(context, answered)


async def _by_buttons(context: TownContext, answered: Message) -> Replied | None:
    said = list(_buttons(answered))
    comments = {number(data) for verb, data in said if verb == Verb.COMMENT_ACT and _is_own(data)}
    if len(comments) == 1:
        return await _of_comment(context, CommentId(comments.pop()))
    is_news = action(Verb.NOTICES, NEW_MESSAGE) in _said(answered)
    ideas = {
        number(data) for verb, data in said if verb in _OF_ONE_IDEA or (is_news and _opens_below(verb, data))
    }
    return Replied(IdeaId(ideas.pop())) if len(ideas) == 1 else None


async def _of_comment(context: TownContext, comment: CommentId) -> Replied | None:
    found = await context.work.comments.get(comment)
    return None if found is None else Replied(found.idea, found.id)


def _said(message: Message) -> Iterator[str]:
    """What each button says to the bot."""
    rows = () if message.reply_markup is None else message.reply_markup.inline_keyboard
    said = (button.callback_data for row in rows for button in row)
    return (data for data in said if isinstance(data, str))


def _buttons(message: Message) -> Iterator[tuple[str, str]]:
    """The verb and the whole of what each button says that begins with a number."""
    for data in _said(message):
        if data.count(":") >= 2:
            try:
                number(data)
            except NotFoundError:
                continue
            yield data.split(":")[1], data


def _is_own(data: str) -> bool:
    """A button of a comment by itself, not of one among others."""
    return arguments(data)[1:2] in (["w"], ["u"])


def _opens_below(verb: str, data: str) -> bool:
    """A button below news of an idea."""
    return verb == Verb.OPEN and arguments(data)[1:2] == [NEW_MESSAGE]
