"""The control API: what the page, tests and benchmarks do in the world. JSON in, JSON out."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson
from starlette.convertors import Convertor, register_url_convertor
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from sandbox import faults, kinds, people
from sandbox.errors import BotApiError, SandboxError
from sandbox.values import ADMINISTRATOR, Chat, Json, Person
from sandbox.world import World

_MAX_UPLOAD = 64 * 1024 * 1024
_SHOWN_INLINE = ("image/jpeg", "image/png", "image/gif", "image/webp", "audio/", "video/")


class _Signed(Convertor[int]):
    """Chat ids in a path; those of groups are negative."""

    regex = "-?[0-9]{1,18}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("signed", _Signed())

Endpoint = Callable[[Request], Awaitable[Response]]


def _json(content: object, status: int = 200) -> Response:
    return Response(orjson.dumps(content), status, media_type="application/json")


def _explained(endpoint: Endpoint) -> Endpoint:
    """Turn what cannot be done into a 400 with its reason."""

    async def explained(request: Request) -> Response:
        try:
            return await endpoint(request)
        except SandboxError as error:
            return _json({"error": str(error)}, 400)
        except BotApiError as error:
            return _json({"error": error.description}, 400)
        except (KeyError, TypeError, ValueError) as error:
            return _json({"error": f"missing or wrong: {error}"}, 400)

    return explained


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


async def _body(request: Request) -> Json:
    content = await request.body()
    parsed = orjson.loads(content) if content else {}
    if not isinstance(parsed, dict):
        raise SandboxError("the body is a JSON object")
    return parsed


def _chat(request: Request) -> Chat:
    chat = _world(request).chats.get(request.path_params["chat_id"])
    if chat is None:
        raise SandboxError("there is no such chat")
    return chat


def _shown_person(person: Person) -> Json:
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "language_code": person.language_code,
        "role": person.role,
    }


def _shown_chat(chat: Chat) -> Json:
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat.title or (chat.person.first_name if chat.person else None),
        "members": list(chat.members),
        "admins": [person for person, status in chat.members.items() if status == ADMINISTRATOR],
        "person": chat.person.id if chat.person else None,
        "is_forum": chat.is_forum,
        "topics": [{"message_thread_id": thread, "name": name} for thread, name in chat.topics.items()],
        "bot_status": chat.bot_status,
        "migrated_to": chat.migrated_to,
        "reply_keyboard": chat.reply_keyboard,
    }


async def state(request: Request) -> Response:
    """Who and what there is."""
    world = _world(request)
    bot = world.bot.user()
    bot["description"] = world.menus.text("description", "")
    bot["descriptions"] = world.menus.texts_by_language("description")
    return _json(
        {
            "bot": bot,
            "links": world.links,
            "people": [_shown_person(person) for person in world.people.values()],
            "chats": [_shown_chat(chat) for chat in world.chats.values()],
        }
    )


async def messages(request: Request) -> Response:
    """All messages of a chat, oldest first, as they are now."""
    return _json({"messages": list(_chat(request).messages.values())})


async def commands(request: Request) -> Response:
    """The commands that a person is offered in a chat, by `?person=`."""
    world, chat = _world(request), _chat(request)
    person = world.people[int(request.query_params["person"])]
    shown = world.menus.shown_commands(
        chat.id,
        person.id,
        is_admin=chat.members.get(person.id) == ADMINISTRATOR,
        language=(person.language_code or "")[:2],
    )
    return _json({"commands": shown})


async def events(request: Request) -> Response:
    """Server-sent events, one JSON object each."""

    async def stream() -> AsyncIterator[bytes]:
        async for body in _world(request).events.watch():
            yield b": here\n\n" if body is None else b"data: " + body + b"\n\n"

    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(stream(), media_type="text/event-stream", headers=headers)


def _context(asked: Json) -> people.Context:
    forwarded = asked.get("forward_from")
    return people.Context(
        reply_to_message_id=_optional_int(asked.get("reply_to_message_id")),
        forward_from=forwarded if isinstance(forwarded, str) else _optional_int(forwarded),
        message_thread_id=_optional_int(asked.get("message_thread_id")),
        media_group_id=asked.get("media_group_id"),
    )


def _optional_int(value: Any) -> int | None:  # noqa: ANN401 - as it came
    return None if value in (None, "") else int(value)


async def send(request: Request) -> Response:
    """A person writes, or sends one of the kinds that need no file."""
    asked = await _body(request)
    world = _world(request)
    content = kinds.content_of(world, asked)
    return _json(
        people.send(world, request.path_params["chat_id"], int(asked["from"]), content, _context(asked))
    )


async def upload(request: Request) -> Response:
    """A person sends a file, as a photo, document, voice message or video."""
    world = _world(request)
    async with request.form(max_part_size=_MAX_UPLOAD) as form:
        file = form["file"]
        if not isinstance(file, UploadFile):
            raise SandboxError("file is a file")
        asked: Json = {key: value for key, value in form.items() if key != "file"}
        sent = kinds.SentFile(await file.read(_MAX_UPLOAD), file.filename, file.content_type)
    people.member(world, request.path_params["chat_id"], int(asked["from"]))
    content = await kinds.file_content(world, str(asked.get("as") or "document"), sent, asked.get("caption"))
    return _json(
        people.send(world, request.path_params["chat_id"], int(asked["from"]), content, _context(asked))
    )


async def edit(request: Request) -> Response:
    """A person corrects their own message."""
    asked = await _body(request)
    where = request.path_params
    edited = people.edit(
        _world(request), where["chat_id"], int(asked["from"]), where["message_id"], str(asked["text"])
    )
    return _json(edited)


async def press(request: Request) -> Response:
    """A person presses an inline button."""
    asked = await _body(request)
    where = request.path_params
    query_id = people.press(
        _world(request), where["chat_id"], int(asked["from"]), where["message_id"], asked["data"]
    )
    return _json({"callback_query_id": query_id})


async def add_person(request: Request) -> Response:
    """A new person with a private chat."""
    asked = await _body(request)
    names = ("id", "last_name", "username", "language_code", "role", "started")
    given = {name: asked[name] for name in names if asked.get(name) is not None}
    return _json(_shown_person(_world(request).add_person(str(asked["first_name"]), **given)))


async def add_chat(request: Request) -> Response:
    """A new group or supergroup."""
    asked = await _body(request)
    names = ("type", "id", "is_forum", "bot_status", "admins")
    given = {name: asked[name] for name in names if asked.get(name) is not None}
    return _json(
        _shown_chat(_world(request).add_group(str(asked["title"]), asked.get("members", []), **given))
    )


async def block(request: Request) -> Response:
    """A person blocks the bot, or takes that back."""
    asked = await _body(request)
    people.block(_world(request), request.path_params["person_id"], is_blocked=bool(asked["blocked"]))
    return _json({"blocked": bool(asked["blocked"])})


async def set_bot_status(request: Request) -> Response:
    """A person makes the bot member or administrator of a group, or removes it."""
    asked = await _body(request)
    people.set_bot_status(
        _world(request), request.path_params["chat_id"], int(asked["from"]), str(asked["status"])
    )
    return _json(_shown_chat(_chat(request)))


async def upgrade(request: Request) -> Response:
    """A group becomes a supergroup."""
    return _json(_shown_chat(people.upgrade(_world(request), request.path_params["chat_id"])))


async def add_update(request: Request) -> Response:
    """Queue an update as it is, whatever it holds."""
    world = _world(request)
    update_id = world.updates.add_raw(await _body(request))
    world.changed()
    return _json({"update_id": update_id})


async def add_fault(request: Request) -> Response:
    """Ask for a fault."""
    _world(request).faults.add(faults.Fault(**await _body(request)))
    return _json({"ok": True})


async def clear_faults(request: Request) -> Response:
    """Forget the faults."""
    _world(request).faults.clear()
    return _json({"ok": True})


async def calls(request: Request) -> Response:
    """The bot's calls; with `at_least` and `wait` (seconds), once so many match."""
    query = request.query_params
    found = await _world(request).calls.wait_for(
        int(query.get("at_least", 0)),
        min(float(query.get("wait", 0)), 60.0),
        method=query.get("method"),
        chat_id=_optional_int(query.get("chat_id")),
        since=int(query.get("since") or 0),
    )
    return _json({"calls": [call.as_json() for call in found]})


async def set_recording(request: Request) -> Response:
    """Switch the recording of calls on or off, `{"on": bool}`."""
    asked = await _body(request)
    _world(request).calls.is_recording = bool(asked["on"])
    return _json({"on": bool(asked["on"])})


async def file(request: Request) -> Response:
    """The bytes of an uploaded file; only pictures, sound and film open in the page."""
    world = _world(request)
    stored = world.files.find(request.path_params["file_id"])
    if stored is None:
        return _json({"error": "there is no such file"}, 404)
    content = await asyncio.to_thread(world.files.read, stored)
    opens = stored.mime_type.startswith(_SHOWN_INLINE)
    headers = {
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox",
        "content-disposition": "inline" if opens else "attachment",
    }
    return Response(content, media_type=stored.mime_type, headers=headers)


def routes() -> list[BaseRoute]:
    """The routes of the control API, under /sandbox."""
    chat = "/sandbox/chats/{chat_id:signed}"
    table: list[tuple[str, str, Endpoint]] = [
        ("GET", "/sandbox/state", state),
        ("GET", "/sandbox/events", events),
        ("GET", f"{chat}/messages", messages),
        ("GET", f"{chat}/commands", commands),
        ("POST", f"{chat}/send", send),
        ("POST", f"{chat}/upload", upload),
        ("POST", f"{chat}/messages/{{message_id:int}}/edit", edit),
        ("POST", f"{chat}/messages/{{message_id:int}}/press", press),
        ("POST", f"{chat}/bot", set_bot_status),
        ("POST", f"{chat}/upgrade", upgrade),
        ("POST", "/sandbox/chats", add_chat),
        ("POST", "/sandbox/people", add_person),
        ("POST", "/sandbox/people/{person_id:int}/block", block),
        ("POST", "/sandbox/updates", add_update),
        ("POST", "/sandbox/faults", add_fault),
        ("DELETE", "/sandbox/faults", clear_faults),
        ("GET", "/sandbox/calls", calls),
        ("POST", "/sandbox/calls/recording", set_recording),
        ("GET", "/sandbox/files/{file_id}", file),
    ]
    return [Route(path, _explained(endpoint), methods=[method]) for method, path, endpoint in table]
