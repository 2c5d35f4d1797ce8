"""The bot's connection to the Bot API: the client, signing in, choosing how updates come."""

from datetime import timedelta
from typing import cast

import structlog
from telegram.error import EndPointNotFound, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.backoff import Backoff
from bot.delivery import CHATS_AT_ONCE
from bot.faults import StartError
from bot.request import AiohttpRequest
from bot.settings import TelegramSettings
from handlers.context import TownApplication

BESIDES = 4
"""Connections for what is no delivery: files, commands."""

log = structlog.get_logger(__name__)


def make_bot(settings: TelegramSettings) -> ExtBot[None]:
    """The client, not signed in yet. Raises StartError without a token."""
    if settings.token is None:
        raise StartError("telegram.token is missing")
    return ExtBot(
        settings.token.get_secret_value(),
        base_url=settings.base_url,
        base_file_url=settings.base_file_url,
        request=AiohttpRequest(CHATS_AT_ONCE + BESIDES),
        get_updates_request=AiohttpRequest(1),
    )


async def sign_in(application: TownApplication) -> None:
    """Wait until the Bot API knows the token. Raises StartError when it refuses it."""
    backoff = Backoff()
    while True:
        try:
            await application.initialize()
            return
        except (InvalidToken, EndPointNotFound):
            # The library's own error quotes the token.
            raise StartError("Telegram does not know this token; check telegram.token") from None
        except RetryAfter as error:
            await backoff.wait(cast(timedelta, error.retry_after).total_seconds())
        except TelegramError as error:
            log.warning("Telegram cannot be reached, trying again", error=type(error).__name__)
            await backoff.wait()
