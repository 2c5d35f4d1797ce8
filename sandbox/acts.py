"""The part of the control API by which somebody acts as a person."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from sandbox import deeplinks, kinds, people, querying, reactions
from sandbox.asked import as_json, body_of, chat_of, context_of, form_of, optional_int, world_of
from sandbox.errors import SandboxError
from sandbox.values import ADMINISTRATOR, Json
from sandbox.world import World

LONGEST_WAIT = 60.0
_WAIT = 10.0


async def send(request: Request) -> Response:
    """A person writes, or sends one of the kinds that need no file."""
    asked = await body_of(request)
    world, chat_id = world_of(request), request.path_params["chat_id"]
    people.member(world, chat_id, int(asked["from"]))
    content = kinds.content_of(world, asked)
    return as_json(people.send(world, chat_id, int(asked["from"]), content, context_of(asked)))


async def upload(request: Request) -> Response:
    """A person sends a file."""
    asked, sent = await form_of(request)
    world, chat_id = world_of(request), request.path_params["chat_id"]
    people.member(world, chat_id, int(asked["from"]))
    content = await kinds.file_content(world, _kind(asked), sent[0], asked.get("caption"))
    return as_json(people.send(world, chat_id, int(asked["from"]), content, context_of(asked)))


def _kind(asked: Json) -> str:
    return str(asked.get("as") or "document")


async def album(request: Request) -> Response:
    """A person sends several files at once; films among photos are told by their type."""
    asked, sent = await form_of(request)
    world, chat_id = world_of(request), request.path_params["chat_id"]
    people.member(world, chat_id, int(asked["from"]))
    contents = []
    for number, file in enumerate(sent):
        is_film = _kind(asked) == "photo" and (file.mime_type or "").startswith("video/")
        kind = "video" if is_film else _kind(asked)
        contents.append(await kinds.file_content(world, kind, file, None if number else asked.get("caption")))
    messages = people.send_album(world, chat_id, int(asked["from"]), contents, context_of(asked))
    return as_json({"messages": messages})


async def forward(request: Request) -> Response:
    """A person passes messages on from one of their chats to another."""
    asked = await body_of(request)
    messages = people.forward(
        world_of(request),
        request.path_params["chat_id"],
        int(asked["from"]),
        int(asked["from_chat_id"]),
        [int(message_id) for message_id in asked["message_ids"]],
        is_hidden=bool(asked.get("hidden")),
    )
    return as_json({"messages": messages})


async def edit(request: Request) -> Response:
    """A person corrects their own message: its words, its file, or where a live location is."""
    if request.headers.get("content-type", "").startswith("multipart/"):
        return await _edit_media(request)
    asked = await body_of(request)
    world, where, person = world_of(request), request.path_params, int(asked["from"])
    if "latitude" in asked:
        content = kinds.location_content(asked)
        return as_json(people.move(world, where["chat_id"], person, where["message_id"], content))
    return as_json(people.edit(world, where["chat_id"], person, where["message_id"], str(asked["text"])))


async def _edit_media(request: Request) -> Response:
    asked, sent = await form_of(request)
    world, where, person = world_of(request), request.path_params, int(asked["from"])
    people.own_message(world, where["chat_id"], person, where["message_id"])
    content = await kinds.file_content(world, _kind(asked), sent[0], asked.get("caption"))
    return as_json(people.edit_media(world, where["chat_id"], person, where["message_id"], content))


async def press(request: Request) -> Response:
    """A person presses an inline button."""
    asked = await body_of(request)
    where = request.path_params
    query_id = people.press(
        world_of(request), where["chat_id"], int(asked["from"]), where["message_id"], asked["data"]
    )
    return as_json({"callback_query_id": query_id})


async def react(request: Request) -> Response:
    """A person reacts to a message."""
    asked = await body_of(request)
    world, where, person = world_of(request), request.path_params, int(asked["from"])
    chat, _ = people.member(world, where["chat_id"], person)
    emoji = [str(one) for one in asked["reactions"]]
    return as_json({"reactions": reactions.react(world, chat, person, where["message_id"], emoji)})


async def ask_inline(request: Request) -> Response:
    """A person types words after the bot's name, and waits for what it answers."""
    asked = await body_of(request)
    query = querying.ask(
        world_of(request),
        request.path_params["chat_id"],
        int(asked["from"]),
        str(asked.get("query") or ""),
        str(asked.get("offset") or ""),
    )
    given = asked.get("wait")
    await _answered(query.answered, _WAIT if given is None else float(given))
    return as_json(querying.shown(query))


async def _answered(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(min(seconds, LONGEST_WAIT)):
            await event.wait()
    except TimeoutError:
        return


async def look_inline(request: Request) -> Response:
    """What the bot answered to an inline query."""
    query = world_of(request).inline.find(request.path_params["query_id"])
    if query is None:
        raise SandboxError("there is no such inline query")
    await _answered(query.answered, float(request.query_params.get("wait", 0)))
    return as_json(querying.shown(query))


async def choose(request: Request) -> Response:
    """A person sends one of the results of an inline query."""
    asked = await body_of(request)
    message = querying.choose(
        world_of(request),
        request.path_params["chat_id"],
        int(asked["from"]),
        querying.Choice(str(asked["inline_query_id"]), str(asked["result_id"])),
        context_of(asked),
    )
    return as_json(message)


async def begin_topic(request: Request) -> Response:
    """A person begins a topic in a forum."""
    asked = await body_of(request)
    person = int(asked["from"])
    return as_json(
        people.begin_topic(world_of(request), request.path_params["chat_id"], person, str(asked["name"]))
    )


async def block(request: Request) -> Response:
    """A person blocks the bot, or takes that back."""
    asked = await body_of(request)
    people.block(world_of(request), request.path_params["person_id"], is_blocked=bool(asked["blocked"]))
    return as_json({"blocked": bool(asked["blocked"])})


async def open_link(request: Request) -> Response:
    """A person opens a link to the bot and presses START."""
    asked = await body_of(request)
    group = optional_int(asked.get("chat_id"))
    return as_json(
        deeplinks.follow(world_of(request), request.path_params["person_id"], str(asked["link"]), group)
    )


async def look_at_commands(request: Request) -> Response:
    """The commands and the menu button that a person is offered in a chat, by `?person=`."""
    world, chat = world_of(request), chat_of(request)
    return as_json(_menu(world, chat.id, int(request.query_params["person"])))


def _menu(world: World, chat_id: int, person_id: int) -> Json:
    chat, person = world.chats[chat_id], world.people[person_id]
    shown = world.menus.shown_commands(
        chat.id,
        person.id,
        is_admin=chat.members.get(person.id) == ADMINISTRATOR,
        language=(person.language_code or "")[:2],
    )
    button = world.menus.button(chat.id) if chat.is_private else None
    return {"commands": shown, "menu_button": button}
