"""The control API: what the page, tests and benchmarks do in the world. JSON in, JSON out.

What cannot be done is a 400 with `{"error": reason}`. Everything lies below /sandbox; `C` stands for
/sandbox/chats/{chat_id}, and `from` is the id of the person who acts.

A person acts in a chat of which they are a member; the bot is told as the real one would be:

- POST C/send `{from, text}`, or `{from, kind, …}` with a kind that needs no file: `location` {latitude,
  longitude, live_period?}, `venue` {latitude, longitude, title?, address?}, `sticker` {emoji?}, `poll`
  {question, options}, `contact` {phone_number?, first_name?}, `dice` {emoji?}, `game` {title?, description?}.
  Any of them with `reply_to_message_id`, `message_thread_id`, or `forward_from`: a person's id, the bot's id,
  a name (somebody who hides their account), or `{"type": "channel"|"chat", "title", "id"?, "username"?,
  "message_id"?, "author_signature"?}`. Gives the message.
- POST C/upload, a form with `from`, `file`, `as` (photo, document, voice, video, audio, animation,
  video_note), `caption?`, `duration?` in seconds and what a message hangs on. Gives the message.
- POST C/album, the same form with 2 to 10 parts `file`; `as` photo takes films too. One update each, with
  the same media_group_id, the caption on the first. Gives `{messages}`.
- POST C/forward `{from, from_chat_id, message_ids, hidden?}`. Gives `{messages}`.
- POST C/messages/{message_id}/edit `{from, text}` for words or a caption, `{from, latitude, longitude,
  live_period?}` for a live location (without live_period it ends), or a form with `from`, `file`, `as` and
  `caption?` for another file. Gives the message; the update is an edited_message.
- POST C/messages/{message_id}/press `{from, data}`. Gives `{callback_query_id}`. On a message that was sent
  through the bot inline, the update has inline_message_id instead of the message.
- POST C/messages/{message_id}/react `{from, reactions: ["👍"]}`, an empty list to take them back. Gives
  `{reactions}` by person. The update comes only if allowed_updates names message_reaction.
- POST C/inline `{from, query, offset?, wait?}`. Waits up to `wait` seconds (10) for answerInlineQuery. Gives
  `{inline_query_id, results, next_offset, button, is_cached}`; results is null while the bot is silent.
- GET /sandbox/inline/{inline_query_id}`?wait=` gives the same, later.
- POST C/inline/choose `{from, inline_query_id, result_id}` and what a message hangs on. Gives the message
  with via_bot; the update is a chosen_inline_result, with inline_message_id if the message has buttons.
- POST C/topics `{from, name}`. Gives the service message; its message_thread_id is the topic's.
- POST C/bot `{from, status}`: the bot is made `member`, `administrator`, `left` or `kicked` in a group.
- POST C/upgrade `{is_forum?}`: a group becomes a supergroup. Gives the new chat.
- POST /sandbox/people/{id}/block `{blocked}`: block the bot, or take it back.
- POST /sandbox/people/{id}/open `{link, chat_id?}`: follow a t.me link with `start`, or with `startgroup`
  into the group chat_id, and press START. Gives the message.

The world is looked at and changed:

- GET /sandbox/state, GET /sandbox/events (server-sent), GET C/messages (with `reactions` by message and
  person), GET C/commands?person= (with `menu_button`), GET /sandbox/files/{file_id}.
- POST /sandbox/people `{first_name, …}`, POST /sandbox/chats `{title, members, admins, type, is_forum}`.
- POST /sandbox/updates: queue an update as it is. POST /sandbox/updates/redeliver `{last}`: the bot gets its
  last confirmed updates once more, by the next poll whatever its offset, or by the webhook.
- POST /sandbox/faults, DELETE /sandbox/faults: see `sandbox.faults`; `method` may be any method's name.
- GET /sandbox/calls?method=&chat_id=&since=&at_least=&wait=, POST /sandbox/calls/recording `{on}`.
"""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from sandbox import acts, faults, people, reactions
from sandbox.asked import Endpoint, as_json, body_of, chat_of, explained, optional_int, world_of
from sandbox.values import ADMINISTRATOR, Chat, Json, Person

_SHOWN_INLINE = ("image/jpeg", "image/png", "image/gif", "image/webp", "audio/", "video/")


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
    world = world_of(request)
    bot = world.bot.user()
    bot["description"] = world.menus.text("description", "")
    for kind in ("name", "description", "short_description"):
        bot[f"{kind}s"] = world.menus.texts_by_language(kind)
    return as_json(
        {
            "bot": bot,
            "links": world.links,
            "people": [_shown_person(person) for person in world.people.values()],
            "chats": [_shown_chat(chat) for chat in world.chats.values()],
        }
    )


async def messages(request: Request) -> Response:
    """All messages of a chat, oldest first, as they are now, and the reactions to them."""
    chat = chat_of(request)
    given = {message_id: reactions.shown(chat, message_id) for message_id in chat.reactions}
    return as_json({"messages": list(chat.messages.values()), "reactions": given})


async def events(request: Request) -> Response:
    """Server-sent events, one JSON object each."""

    async def stream() -> AsyncIterator[bytes]:
        async for body in world_of(request).events.watch():
            yield b": here\n\n" if body is None else b"data: " + body + b"\n\n"

    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(stream(), media_type="text/event-stream", headers=headers)


async def add_person(request: Request) -> Response:
    """A new person with a private chat."""
    asked = await body_of(request)
    names = ("id", "last_name", "username", "language_code", "role", "started")
    given = {name: asked[name] for name in names if asked.get(name) is not None}
    return as_json(_shown_person(world_of(request).add_person(str(asked["first_name"]), **given)))


async def add_chat(request: Request) -> Response:
    """A new group or supergroup."""
    asked = await body_of(request)
    names = ("type", "id", "is_forum", "bot_status", "admins")
    given = {name: asked[name] for name in names if asked.get(name) is not None}
    return as_json(
        _shown_chat(world_of(request).add_group(str(asked["title"]), asked.get("members", []), **given))
    )


async def set_bot_status(request: Request) -> Response:
    """A person makes the bot member or administrator of a group, or removes it."""
    asked = await body_of(request)
    people.set_bot_status(
        world_of(request), request.path_params["chat_id"], int(asked["from"]), str(asked["status"])
    )
    return as_json(_shown_chat(chat_of(request)))


async def upgrade(request: Request) -> Response:
    """A group becomes a supergroup."""
    is_forum = bool((await body_of(request)).get("is_forum"))
    chat = people.upgrade(world_of(request), request.path_params["chat_id"], is_forum=is_forum)
    return as_json(_shown_chat(chat))


async def add_update(request: Request) -> Response:
    """Queue an update as it is, whatever it holds."""
    world = world_of(request)
    update_id = world.updates.add_raw(await body_of(request))
    world.changed()
    return as_json({"update_id": update_id})


async def redeliver(request: Request) -> Response:
    """The bot gets its last confirmed updates once more."""
    return as_json({"redelivered": world_of(request).redeliver(int((await body_of(request))["last"]))})


async def add_fault(request: Request) -> Response:
    """Ask for a fault."""
    world_of(request).faults.add(faults.Fault(**await body_of(request)))
    return as_json({"ok": True})


async def clear_faults(request: Request) -> Response:
    """Forget the faults."""
    world_of(request).faults.clear()
    return as_json({"ok": True})


async def calls(request: Request) -> Response:
    """The bot's calls; with `at_least` and `wait` (seconds), once so many match."""
    query = request.query_params
    found = await world_of(request).calls.wait_for(
        int(query.get("at_least", 0)),
        min(float(query.get("wait", 0)), 60.0),
        method=query.get("method"),
        chat_id=optional_int(query.get("chat_id")),
        since=int(query.get("since") or 0),
    )
    return as_json({"calls": [call.as_json() for call in found]})


async def set_recording(request: Request) -> Response:
    """Switch the recording of calls on or off, `{"on": bool}`."""
    asked = await body_of(request)
    world_of(request).calls.is_recording = bool(asked["on"])
    return as_json({"on": bool(asked["on"])})


async def file(request: Request) -> Response:
    """The bytes of an uploaded file; only pictures, sound and film open in the page."""
    world = world_of(request)
    stored = world.files.find(request.path_params["file_id"])
    if stored is None:
        return as_json({"error": "there is no such file"}, 404)
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
        ("GET", f"{chat}/commands", acts.look_at_commands),
        ("POST", f"{chat}/send", acts.send),
        ("POST", f"{chat}/upload", acts.upload),
        ("POST", f"{chat}/album", acts.album),
        ("POST", f"{chat}/forward", acts.forward),
        ("POST", f"{chat}/messages/{{message_id:int}}/edit", acts.edit),
        ("POST", f"{chat}/messages/{{message_id:int}}/press", acts.press),
        ("POST", f"{chat}/messages/{{message_id:int}}/react", acts.react),
        ("POST", f"{chat}/inline", acts.ask_inline),
        ("POST", f"{chat}/inline/choose", acts.choose),
        ("GET", "/sandbox/inline/{query_id}", acts.look_inline),
        ("POST", f"{chat}/topics", acts.begin_topic),
        ("POST", f"{chat}/bot", set_bot_status),
        ("POST", f"{chat}/upgrade", upgrade),
        ("POST", "/sandbox/chats", add_chat),
        ("POST", "/sandbox/people", add_person),
        ("POST", "/sandbox/people/{person_id:int}/block", acts.block),
        ("POST", "/sandbox/people/{person_id:int}/open", acts.open_link),
        ("POST", "/sandbox/updates", add_update),
        ("POST", "/sandbox/updates/redeliver", redeliver),
        ("POST", "/sandbox/faults", add_fault),
        ("DELETE", "/sandbox/faults", clear_faults),
        ("GET", "/sandbox/calls", calls),
        ("POST", "/sandbox/calls/recording", set_recording),
        ("GET", "/sandbox/files/{file_id}", file),
    ]
    return [Route(path, explained(endpoint), methods=[method]) for method, path, endpoint in table]
