"""Which idea the message is about to which somebody replies in Telegram."""

from dataclasses import dataclass

from telegram import Update

from cocreation.ideas.ids import ChatId, CommentId, IdeaId, MessageId
from handlers.context import TownContext

CARD, OWN_CARD, THREAD, NEWS, COMMENT = "card", "idea", "comments", "news", "comment"
"""The slots of messages that show an idea, before the colon: docs of the same name in `cards`."""


@dataclass(frozen=True, slots=True)
class Replied:
    """The idea that is spoken of, and the comment that is answered if the message shows one."""

    idea: IdeaId
    comment: CommentId | None = None


async def replied(update: Update, context: TownContext) -> Replied | None:
    """None where the message replies to nothing, or to something else."""
    message = update.effective_message
    answered = None if message is None else message.reply_to_message
    if message is None or answered is None:
        return None
    slot = await context.work.outbox.slot_at(ChatId(message.chat_id), MessageId(answered.message_id))
    kind, _, number = (slot or "").partition(":")
    if not number.isdecimal():
        return None
    if kind in (CARD, OWN_CARD, THREAD, NEWS):
        return Replied(IdeaId(int(number)))
    if kind == COMMENT:
        comment = await context.work.comments.get(CommentId(int(number)))
        return None if comment is None else Replied(comment.idea, comment.id)
    return None
