"""What comes to the control API and goes from it: JSON in, JSON out, and reasons for what cannot be done."""

from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response

from sandbox.context import Context
from sandbox.errors import BotApiError, SandboxError
from sandbox.forwards import Source
from sandbox.kinds import SentFile
from sandbox.values import Chat, Json
from sandbox.world import World

MAX_FILE = 64 * 1024 * 1024

Endpoint = Callable[[Request], Awaitable[Response]]


class _Signed(Convertor[int]):
    """Chat ids in a path; those of groups are negative."""

    regex = "-?[0-9]{1,18}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("signed", _Signed())


def as_json(content: object, status: int = 200) -> Response:
    """Answer with JSON."""
    return Response(
        orjson.dumps(content, option=orjson.OPT_NON_STR_KEYS), status, media_type="application/json"
    )


def explained(endpoint: Endpoint) -> Endpoint:
    """Turn what cannot be done into a 400 with its reason."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except SandboxError as error:
            return as_json({"error": str(error)}, 400)
        except BotApiError as error:
            return as_json({"error": error.description}, 400)
        except (KeyError, TypeError, ValueError) as error:
            return as_json({"error": f"missing or wrong: {error}"}, 400)

    return answer


def world_of(request: Request) -> World:
    """Find the world that a request is about."""
    world: World = request.app.state.world
    return world


async def body_of(request: Request) -> Json:
    """Read a JSON object."""
    content = await request.body()
    parsed = orjson.loads(content) if content else {}
    if not isinstance(parsed, dict):
        raise SandboxError("the body is a JSON object")
    return parsed


async def form_of(request: Request) -> tuple[Json, list[SentFile]]:
    """Read a form: its fields, and the files of all parts named `file` in their order."""
    async with request.form(max_part_size=MAX_FILE) as form:
        asked: Json = {key: value for key, value in form.items() if isinstance(value, str)}
        seconds = optional_int(asked.get("duration"))
        sent = [
            SentFile(await part.read(MAX_FILE), part.filename, part.content_type, seconds)
            for part in form.getlist("file")
            if isinstance(part, UploadFile)
        ]
    if not sent:
        raise SandboxError("file is a file")
    asked["forward_from"] = _source_in_form(asked.get("forward_from"))
    return asked, sent


def _source_in_form(value: str | None) -> Source | None:
    if value is None or not value.startswith(("{", *"0123456789")):
        return value
    parsed: Source = orjson.loads(value)
    return parsed


def chat_of(request: Request) -> Chat:
    """Find the chat that a path names; raises SandboxError when there is none."""
    chat = world_of(request).chats.get(request.path_params["chat_id"])
    if chat is None:
        raise SandboxError("there is no such chat")
    return chat


def context_of(asked: Json) -> Context:
    """Read what a message hangs on."""
    forwarded = asked.get("forward_from")
    return Context(
        reply_to_message_id=optional_int(asked.get("reply_to_message_id")),
        forward_from=forwarded if isinstance(forwarded, str | dict) else optional_int(forwarded),
        message_thread_id=optional_int(asked.get("message_thread_id")),
        media_group_id=asked.get("media_group_id"),
    )


def optional_int(value: Any) -> int | None:  # noqa: ANN401 - as it came
    """Read a number; None where there is none."""
    return None if value in (None, "") else int(value)
