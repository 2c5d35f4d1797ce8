"""One post, one call of the Bot API; what the API answers becomes one of four things to do."""

from contextlib import suppress
from datetime import timedelta
from typing import Any, cast

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.request import call
from cocreation.ideas.ids import ChatId, MessageId
from cocreation.ideas.messages import Button, Message, Priority, Result, Results, Show, TakeAway, Toast

# The Bot API tells these apart by their text alone.
NOT_MODIFIED = "message is not modified"
CANNOT_EDIT = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
)
QUERY_IS_OLD = ("query is too old", "query id is invalid", "query_id_invalid")
INLINE_SECONDS = 10
"""For which Telegram may give the same answer to others who type the same: what is hidden has to go soon."""
NOBODY_THERE = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was kicked")
NO_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")


class TryLaterError(Exception):
    """It did not arrive; try again after `seconds`, or when the sender thinks fit."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class MovedError(Exception):
    """The group lives at `new_chat` now."""

    def __init__(self, new_chat: ChatId) -> None:
        super().__init__("moved")
        self.new_chat = new_chat


class GoneError(Exception):
    """Nobody is there: the bot was blocked or removed, or the account is no more."""


class RefusedError(Exception):
    """The Bot API will never take this."""


class Sender:
    """Sends posts through python-telegram-bot; raises the errors above."""

    def __init__(self, bot: ExtBot[None]) -> None:
        self._bot = bot

    async def answer(self, toast: Toast) -> None:
        """Answer a button press; one that came too late is no fault."""
        try:
            await self._bot.answer_callback_query(
                toast.query, text=toast.text or None, show_alert=toast.alert
            )
        except BadRequest as error:
            if not _says(error, *QUERY_IS_OLD):
                raise RefusedError(_reason(error)) from error
        except TelegramError as error:
            raise translated(error) from error

    async def offer(self, results: Results) -> None:
        """Answer an inline query; one that came too late is no fault."""
        parameters = {
            "inline_query_id": results.query,
            "results": [_article(result) for result in results.results],
            "cache_time": INLINE_SECONDS,
            "is_personal": results.is_personal,
            "next_offset": results.next_offset,
            "button": {"text": results.button, "start_parameter": results.start},
        }
        try:
            await call(self._bot, "answerInlineQuery", parameters)
        except BadRequest as error:
            if not _says(error, *QUERY_IS_OLD):
                raise RefusedError(_reason(error)) from error
        except TelegramError as error:
            raise translated(error) from error

    async def is_administrator(self, group: ChatId, person: int) -> bool:
        """Whether somebody may change what the bot does in a group. Asking who all of them are always works;
        asking after one is promised only to bots that are administrators themselves."""
        try:
            administrators = await self._bot.get_chat_administrators(group)
        except BadRequest:
            return False
        except TelegramError as error:
            raise translated(error) from error
        return any(administrator.user.id == person for administrator in administrators)

    async def take_away(self, going: TakeAway) -> None:
        """Delete messages. Where Telegram does not delete all at once, each that can be; the others stay."""
        whole = {"chat_id": going.chat, "message_ids": going.messages}
        try:
            try:
                await call(self._bot, "deleteMessages", whole)
            except BadRequest:
                for message in going.messages:
                    with suppress(BadRequest):
                        await call(self._bot, "deleteMessage", {"chat_id": going.chat, "message_id": message})
        except TelegramError as error:
            raise translated(error) from error

    async def show(self, show: Show, at: MessageId | None) -> MessageId | None:
        """Edit the message `at`, or send a new one where there is none (any more).

        Gives the message that shows it, None where the Bot API did not say which.
        """
        try:
            if at is not None:
                return await self._edit_or_send(show, at)
            return await self._send(show)
        except TelegramError as error:
            raise translated(error) from error

    async def _edit_or_send(self, show: Show, at: MessageId) -> MessageId | None:
        try:
            await call(self._bot, "editMessageText", {**_content(show), "message_id": at})
        except BadRequest as error:
            if _says(error, *CANNOT_EDIT):
                # What nobody waits for changes a message or nothing.
                return at if show.priority is Priority.PUSH else await self._send(show)
            if not _says(error, NOT_MODIFIED):
                raise
        return at

    async def _send(self, show: Show, thread: bool = True) -> MessageId | None:
        parameters = {
            **_content(show),
            "disable_notification": show.message.silent or None,
            "message_thread_id": show.thread if thread else None,
            # What answers a message is in that one's topic, whatever else is asked for.
            "reply_parameters": _answered(show) if thread else None,
        }
        try:
            sent = await call(self._bot, "sendMessage", parameters)
        except BadRequest as error:
            if thread and show.thread is not None and _says(error, *NO_TOPIC):
                return await self._send(show, thread=False)
            raise
        number = sent.get("message_id") if isinstance(sent, dict) else None
        return MessageId(number) if isinstance(number, int) else None


def _content(show: Show) -> dict[str, Any]:
    return {
        "chat_id": show.chat,
        "text": show.message.html,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": keyboard(show.message),
    }


def _answered(show: Show) -> dict[str, Any] | None:
    if show.answers is None:
        return None
    return {"message_id": show.answers, "allow_sending_without_reply": True}


def _article(result: Result) -> dict[str, Any]:
    return {
        "type": "article",
        "id": result.id,
        "title": result.title,
        "description": result.line,
        "input_message_content": {
            "message_text": result.message.html,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
        "reply_markup": keyboard(result.message),
    }


def keyboard(message: Message) -> dict[str, Any] | None:
    """The message's buttons as the Bot API takes them."""
    if not message.buttons:
        return None
    return {"inline_keyboard": [[_button(button) for button in row] for row in message.buttons]}


def _button(button: Button) -> dict[str, str]:
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    if button.inline is not None:
        return {"text": button.label, "switch_inline_query": button.inline}
    return {"text": button.label, "callback_data": button.action or ""}


def translated(error: TelegramError) -> Exception:
    """What is to be done about it: one of the errors above."""
    match error:
        case RetryAfter():
            wait = cast(timedelta, error.retry_after).total_seconds()
            return TryLaterError("Telegram asked to wait", wait)
        case ChatMigrated():
            return MovedError(ChatId(error.new_chat_id))
        case Forbidden():
            return GoneError(_reason(error))
        case BadRequest():
            return (GoneError if _says(error, *NOBODY_THERE) else RefusedError)(_reason(error))
        case NetworkError():
            return TryLaterError(type(error).__name__)
        case _:
            return TryLaterError(_reason(error))


def _says(error: TelegramError, *texts: str) -> bool:
    message = error.message.lower()
    return any(text in message for text in texts)


def _reason(error: TelegramError) -> str:
    """The API's own words up to where it may quote people's."""
    return error.message.split(":")[0][:120]
