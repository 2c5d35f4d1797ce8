"""Where a person presses and writes."""

from telegram import Update

from cocreation.errors import NotFoundError
from cocreation.ideas.ids import ChatId, MessageId


def in_group(update: Update) -> bool:
    chat = update.effective_chat
    return chat is not None and chat.type != chat.PRIVATE


def chat_of(update: Update) -> ChatId:
    """Raises NotFoundError for a button outside of chats."""
    if update.effective_chat is None:
        raise NotFoundError
    return ChatId(update.effective_chat.id)


def answers(update: Update, asked: MessageId) -> bool:
    """Whether a message may be what another one asked for: in a group a reply to it, in private any."""
    message = update.effective_message
    answered = None if message is None else message.reply_to_message
    return not in_group(update) or (answered is not None and answered.message_id == asked)


def pressed_message(update: Update) -> MessageId:
    """The message whose button was pressed. Raises NotFoundError where there is none."""
    query = update.callback_query
    if query is None or query.message is None:
        raise NotFoundError
    return MessageId(query.message.message_id)


def pressed_data(update: Update) -> str | None:
    return update.callback_query.data if update.callback_query else None
