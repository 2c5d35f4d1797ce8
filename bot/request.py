"""The HTTP client behind python-telegram-bot: aiohttp, at about half the CPU of the stock one."""

import json
from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlencode

import aiohttp
import orjson
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 20.0
UPLOAD_TIMEOUT = 60.0
FORM_HEADERS = {"Content-Type": "application/x-www-form-urlencoded"}


class FormCall:
    """The parameters of one call, sent as the library sends them. Stands where it puts its RequestData."""

    contains_files = False

    def __init__(self, parameters: Mapping[str, Any]) -> None:
        given = {name: _field(value) for name, value in parameters.items() if value is not None}
        # A lone surrogate, half of an emoji that was cut, cannot travel.
        self.content = urlencode(given, errors="replace").encode()


def _field(value: object) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


class AiohttpRequest(BaseRequest):
    """A `telegram.request.BaseRequest` over one aiohttp session; same form encoding as the stock client.

    Errors never carry a URL, since a URL of the Bot API carries the token.
    """

    __slots__ = ("_connections", "_is_open", "_session")

    def __init__(self, connections: int) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._is_open = False

    @property
    def read_timeout(self) -> float:
        return READ_TIMEOUT

    async def initialize(self) -> None:
        """The session comes with the first call: the library closes none that it was stopped at opening."""
        self._is_open = True

    async def shutdown(self) -> None:
        self._is_open = False
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917 - as the base class has it
        self,
        url: str,
        method: str,
        request_data: RequestData | FormCall | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
    ) -> tuple[int, bytes]:
        session = self._opened()
        uploads = request_data is not None and request_data.contains_files
        default = UPLOAD_TIMEOUT if uploads else READ_TIMEOUT
        seconds = default if read_timeout is BaseRequest.DEFAULT_NONE else cast(float | None, read_timeout)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_TIMEOUT, sock_read=seconds)
        try:
            async with session.request(
                method,
                url,
                data=_body(request_data),
                headers=FORM_HEADERS if isinstance(request_data, FormCall) else None,
                timeout=timeout,
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(f"{type(error).__name__} on the way to the Bot API") from None

    def _opened(self) -> aiohttp.ClientSession:
        if not self._is_open:
            raise RuntimeError("the request is not initialized")
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=True,
            )
        return self._session

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """See `BaseRequest.parse_json_payload`, which would log people's words when it fails."""
        try:
            parsed = load_json(payload)
        except ValueError:
            parsed = None
        # What stands between us and the Bot API, a proxy or a login page, may answer anything.
        if not isinstance(parsed, dict) or "ok" not in parsed or (parsed["ok"] and "result" not in parsed):
            raise NetworkError("the answer is not the Bot API's")
        return parsed


def load_json(content: bytes | str) -> Any:  # noqa: ANN401 - whatever it holds
    """Read JSON; raises ValueError. A lone surrogate, half of an emoji that was cut, is no reason."""
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return json.loads(content)


def _body(data: RequestData | FormCall | None) -> aiohttp.FormData | dict[str, str] | bytes | None:
    if data is None:
        return None
    if isinstance(data, FormCall):
        return data.content
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, mime_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return form


async def call(bot: Bot, method: str, parameters: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the API's result
    """Call a method of the Bot API and give its result as it came. Raises the library's errors.

    The library's own methods build their objects from every answer, a message's hundred fields, and that is
    a good part of what sending costs; who needs a number alone calls here.
    """
    data = cast(RequestData, FormCall(parameters))
    return await bot.request.post(f"{bot.base_url}/{method}", data)
