"""The Bot API's side of HTTP, as bare ASGI: it sits in the benchmark."""

import hmac
import re
from typing import Any
from urllib.parse import parse_qsl

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from sandbox.botapi import NOT_FOUND, UNAUTHORIZED, Answer, answer, refusal
from sandbox.errors import BotApiError, ConnectionCut, bad_request
from sandbox.files import MAX_DOWNLOAD, MAX_UPLOAD
from sandbox.params import Params, Upload
from sandbox.world import World

CUT = "sandbox.cut"
"""The ASGI extension by which the server lets a connection be cut: `scope["extensions"][CUT]["cut"]()`."""

_MAX_BODY = MAX_UPLOAD + 1024 * 1024
_PATH = re.compile(r"/(file/)?bot([^/]+)/(.+)", re.DOTALL)
_JSON_TYPE = (b"content-type", b"application/json")


def is_bot_path(path: str) -> bool:
    """Tell whether a path is the Bot API's."""
    return path.startswith(("/bot", "/file/bot"))


async def serve_bot(world: World, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request to /bot<token>/<method> or /file/bot<token>/<path>."""
    match = _PATH.fullmatch(scope["path"])
    if match is None:
        await _reply(refusal(NOT_FOUND), send)
        return
    is_file, token, rest = match.groups()
    if not hmac.compare_digest(token.encode(), world.bot.token.encode()):
        await _reply(refusal(UNAUTHORIZED), send)
        return
    if is_file:
        await _download(world, rest, scope, receive, send)
        return
    try:
        given = await answer(world, rest, await _params(scope, receive))
    except BotApiError as error:
        given = refusal(error)
    except ConnectionCut:
        await _cut(scope, receive)
        return
    await _reply(given, send)


async def _reply(given: Answer, send: Send) -> None:
    headers = [_JSON_TYPE, (b"content-length", b"%d" % len(given.body))]
    await send({"type": "http.response.start", "status": given.status, "headers": headers})
    await send({"type": "http.response.body", "body": given.body})


async def _download(world: World, path: str, scope: Scope, receive: Receive, send: Send) -> None:
    stored = world.files.find_path(path)
    if stored is None or stored.size > MAX_DOWNLOAD:
        await _reply(refusal(NOT_FOUND), send)
        return
    content = world.files.read(stored)
    await Response(content, media_type="application/octet-stream")(scope, receive, send)


async def _cut(scope: Scope, receive: Receive) -> None:
    """End the connection without an answer, and wait until it is gone, so that nothing is sent after all."""
    scope["extensions"][CUT]["cut"]()
    while (await receive())["type"] != "http.disconnect":
        continue


async def _params(scope: Scope, receive: Receive) -> Params:
    query = scope["query_string"]
    values: dict[str, Any] = dict(_pairs(query)) if query else {}
    kind = _header(scope, b"content-type")
    if kind.startswith(b"multipart/"):
        return await _multipart(values, scope, receive)
    body = await _body(receive)
    if not body:
        return Params(values)
    if kind.startswith(b"application/json"):
        return Params({**values, **_json_object(body)})
    return Params({**values, **dict(_pairs(body))})


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    return parse_qsl(encoded.decode("utf-8", "replace"), keep_blank_values=True, errors="replace")


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        parsed = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(parsed, dict):
        raise bad_request("expected a JSON object")
    return parsed


def _header(scope: Scope, name: bytes) -> bytes:
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value)
    return b""


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > _MAX_BODY:
            raise BotApiError(413, "Request Entity Too Large")
    return b"".join(parts)


async def _multipart(values: dict[str, Any], scope: Scope, receive: Receive) -> Params:
    if int(_header(scope, b"content-length") or 0) > _MAX_BODY:
        raise BotApiError(413, "Request Entity Too Large")
    uploads: dict[str, Upload] = {}
    try:
        async with Request(scope, receive).form() as form:
            for name, value in form.multi_items():
                if isinstance(value, str):
                    values[name] = value
                else:
                    content = await value.read()
                    uploads[name] = Upload(value.filename or name, value.content_type, content)
    except HTTPException as error:
        raise bad_request(f"can't parse the form: {error.detail}") from None
    return Params(values, uploads)
