"""Fetches updates and writes them into the inbox before they are acknowledged."""

import asyncio
import json
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, cast

import orjson
import structlog
from telegram.error import (
    Conflict,
    EndPointNotFound,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot
from telegram.warnings import PTBUserWarning

from bot.backoff import Backoff
from bot.faults import StartError
from cocreation.ideas.ids import ChatId
from cocreation.ports import Clock
from storage.engine import SqlStorage
from storage.errors import StorageUnavailable
from storage.inbox import RawUpdate

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "inline_query",
)
POLL_SECONDS = 10
BATCH = 100
CONFLICTS, CONFLICTS_WITHIN = 3, timedelta(minutes=2)
"""A poll that was cut off by a kill may hold its place on the server for one more conflict, not for three."""
NEWCOMER = timedelta(minutes=2)
HAS_WEBHOOK = "webhook is active"
"""The Bot API tells this conflict from the other by its text alone."""
FORGET_OFFSET_AFTER = timedelta(days=6)
"""After a week without updates the next number is chosen anew: https://core.telegram.org/bots/api#update"""

log = structlog.get_logger(__name__)

# The typed get_updates stops for good at one update that the library cannot parse: the raw call is meant.
warnings.filterwarnings("ignore", message="Please use 'Bot.getUpdates'", category=PTBUserWarning)


class Intake:
    """Puts raw updates into the inbox; `on_arrival` is called after each commit."""

    def __init__(
        self, storage: SqlStorage, bot_id: int, clock: Clock, on_arrival: Callable[[], None]
    ) -> None:
        self._storage = storage
        self._bot_id = bot_id
        self._clock = clock
        self._on_arrival = on_arrival

    async def receive(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Keep the updates durably. Raises StorageUnavailable when that is impossible now."""
        rows = [read_raw(update) for update in updates]
        async with self._storage.writing() as work:
            await work.inbox.receive(self._bot_id, rows, self._clock())
        self._on_arrival()


class Polling:
    """Long polling by raw JSON, with the offset moving on only after the commit."""

    def __init__(self, bot: ExtBot[None], intake: Intake, clock: Clock) -> None:
        self._bot = bot
        self._intake = intake
        self._clock = clock
        self._offset: int | None = None
        self._started_at = clock()
        self._last_update_at = clock()
        self._conflicts: list[datetime] = []

    async def run(self) -> None:
        """Fetch for ever. Raises StartError when another program fetches with the same token."""
        backoff = Backoff()
        while True:
            try:
                await self._fetch()
                backoff.reset()
            except Conflict as error:
                if HAS_WEBHOOK in error.message:
                    await self._remove_webhook()
                await self._yield_or_wait(backoff)
            except (InvalidToken, EndPointNotFound):
                raise StartError(
                    "Telegram refused the token while fetching messages; check telegram.token"
                ) from None
            except RetryAfter as error:
                await asyncio.sleep(cast(timedelta, error.retry_after).total_seconds())
            except (TelegramError, StorageUnavailable) as error:
                log.warning("fetching failed, trying again", error=type(error).__name__)
                await backoff.wait()

    async def _fetch(self) -> None:
        now = self._clock()
        if now - self._last_update_at > FORGET_OFFSET_AFTER:
            self._offset = None
        arguments: dict[str, Any] = {
            "timeout": POLL_SECONDS,
            "limit": BATCH,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        if self._offset is not None:
            arguments["offset"] = self._offset
        result = await self._bot.do_api_request(
            "getUpdates", api_kwargs=arguments, read_timeout=POLL_SECONDS + 10
        )
        if not isinstance(result, list):
            raise NetworkError("the answer is not the Bot API's")
        updates = [
            each for each in result if isinstance(each, dict) and isinstance(each.get("update_id"), int)
        ]
        if updates:
            await self._intake.receive(updates)
            self._offset = max(update["update_id"] for update in updates) + 1
            self._last_update_at = now

    async def _remove_webhook(self) -> None:
        log.warning("a webhook is set for this bot; it is removed, since telegram.mode is polling")
        with suppress(TelegramError):
            await self._bot.delete_webhook()

    async def _yield_or_wait(self, backoff: Backoff) -> None:
        """Two that fetch take turns in ending each other's request: what counts is that it goes on."""
        now = self._clock()
        self._conflicts = [moment for moment in self._conflicts if now - moment < CONFLICTS_WITHIN] + [now]
        if len(self._conflicts) == 1:
            log.warning("another program fetches messages with the same token, or sets a webhook for it")
        is_newcomer = self._conflicts[0] - self._started_at < NEWCOMER
        if is_newcomer and len(self._conflicts) >= CONFLICTS:
            raise StartError(
                "another program fetches messages with this bot's token; stop it, "
                "or give this one a token of its own (telegram.token)"
            )
        await backoff.wait()


def read_raw(update: Mapping[str, Any]) -> RawUpdate:
    """What the inbox needs to know of an update before anything parses it."""
    return RawUpdate(int(update["update_id"]), _chat_of(update), _dump(update))


def _chat_of(update: Mapping[str, Any]) -> ChatId:
    """The chat whose order counts: the chat itself, else the person, else none (0)."""
    for part in update.values():
        if isinstance(part, dict):
            message = part.get("message")
            inner = message if isinstance(message, dict) else part
            for home in (inner.get("chat"), part.get("from"), part.get("user")):
                if isinstance(home, dict) and isinstance(home.get("id"), int):
                    return ChatId(home["id"])
    return ChatId(0)


def _dump(update: Mapping[str, Any]) -> str:
    try:
        return orjson.dumps(update).decode()
    except orjson.JSONEncodeError:
        return json.dumps(update)  # a lone surrogate: half of an emoji that somebody cut
