"""Webhook mode: Telegram calls, each update is on the disk before the answer."""

import asyncio
import hmac
from http import HTTPStatus
from urllib.parse import urlsplit

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from bot.backoff import Backoff
from bot.faults import StartError
from bot.intake import ALLOWED_UPDATES, Intake
from bot.request import load_json
from storage.errors import StorageUnavailable

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
LONGEST_UPDATE = 1024 * 1024

log = structlog.get_logger(__name__)


class Webhook:
    """Takes updates at the path of `url` from whoever knows the secret."""

    def __init__(self, url: str, secret: str, intake: Intake) -> None:
        self._url = url
        self._secret = secret
        self._intake = intake

    def route(self) -> Route:
        return Route(urlsplit(self._url).path or "/", self._receive, methods=["POST"])

    async def run(self, bot: ExtBot[None]) -> None:
        """Tell Telegram where to call, then wait for ever. Raises StartError when it will not call there."""
        backoff = Backoff()
        while not await self._announced(bot):
            await backoff.wait()
        await asyncio.Event().wait()

    async def _announced(self, bot: ExtBot[None]) -> bool:
        try:
            return await bot.set_webhook(
                self._url,
                secret_token=self._secret,
                allowed_updates=ALLOWED_UPDATES,
                # One call at a time keeps the order in which people wrote.
                max_connections=1,
            )
        except InvalidToken:
            raise StartError("Telegram does not know this token; check telegram.token") from None
        except TelegramError as error:
            log.warning("Telegram did not take the webhook, trying again", error=type(error).__name__)
            return False

    async def _receive(self, request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return Response(status_code=HTTPStatus.UNAUTHORIZED)
        try:
            body = await _body(request)
            update = load_json(body)
            await self._intake.receive([update])
        except ClientDisconnect:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        except (KeyError, TypeError, ValueError, AttributeError):
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        except StorageUnavailable as error:
            log.error("an update could not be kept, Telegram brings it again", reason=str(error))
            return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
        return Response(status_code=HTTPStatus.OK)


async def _body(request: Request) -> bytes:
    """Raises ValueError for a body longer than any update."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_UPDATE:
            raise ValueError("longer than any update")
    return body
