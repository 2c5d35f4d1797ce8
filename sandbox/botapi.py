"""One call of the Bot API from its name and parameters to its answer: faults, limits, method, record."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from inspect import isawaitable
from typing import Any

import orjson

from sandbox.calls import Call
from sandbox.errors import BotApiError, ConnectionCut
from sandbox.faults import Fault
from sandbox.methods import METHODS
from sandbox.params import Params
from sandbox.world import World

NOT_FOUND = BotApiError(404, "Not Found")
UNAUTHORIZED = BotApiError(401, "Unauthorized")

_POLL = "getupdates"
_LIMITED = ("send", "editmessage", "forwardmessage", "copymessage")
_UNLIMITED = frozenset({"sendchataction"})


@dataclass(frozen=True, slots=True)
class Answer:
    """The HTTP status and the JSON body of an answer."""

    status: int
    body: bytes


def refusal(error: BotApiError) -> Answer:
    """Turn an error into an answer."""
    return Answer(error.status, orjson.dumps(error.body()))


async def answer(world: World, method: str, params: Params) -> Answer:
    """Do a call; raises ConnectionCut when a fault asks for it."""
    chat_id = params.integer("chat_id")
    fault = world.faults.take(method, chat_id)
    if fault is not None:
        await _begin_fault(world, fault, method, params)
    try:
        error = None if fault is None else fault.error()
        if error is not None:
            raise error
        result = await _do(world, method, chat_id, params)
    except BotApiError as error:
        _record(world, method, params, refused=error)
        given = refusal(error)
    else:
        _record(world, method, params, result=result)
        given = Answer(200, orjson.dumps({"ok": True, "result": result}))
    if fault is not None and fault.drop == "after":
        raise ConnectionCut
    return given


async def _begin_fault(world: World, fault: Fault, method: str, params: Params) -> None:
    if fault.delay:
        await asyncio.sleep(fault.delay)
    if fault.drop == "before":
        _record(world, method, params, refused=BotApiError(0, "connection cut"))
        raise ConnectionCut


async def _do(world: World, method: str, chat_id: int | None, params: Params) -> Any:  # noqa: ANN401
    name = method.lower()
    do = METHODS.get(name)
    if do is None:
        raise NOT_FOUND
    if world.limits is not None and chat_id is not None and _is_limited(name):
        world.limits.check(chat_id, _messages_in(name, params))
    result: Any | Awaitable[Any] = do(world, params)
    return await result if isawaitable(result) else result


def _is_limited(name: str) -> bool:
    return name.startswith(_LIMITED) and name not in _UNLIMITED


def _messages_in(name: str, params: Params) -> int:
    media = params.json("media") if name == "sendmediagroup" else None
    return max(len(media), 1) if isinstance(media, list) else 1


def _record(
    world: World,
    method: str,
    params: Params,
    *,
    result: object = None,
    refused: BotApiError | None = None,
) -> None:
    if not world.calls.is_recording or method.lower() == _POLL:
        return
    world.calls.record(
        Call(
            seq=world.calls.next_seq(),
            at=world.clock(),
            method=method,
            chat_id=params.integer("chat_id"),
            params=params.as_json(),
            status=200 if refused is None else refused.status,
            result_message_id=result.get("message_id") if isinstance(result, dict) else None,
            description=None if refused is None else refused.description,
        )
    )
