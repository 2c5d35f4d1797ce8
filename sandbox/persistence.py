"""A world in a folder: one JSON file, written whole and atomically, with the uploaded files beside it."""

import asyncio
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from sandbox.errors import SandboxError
from sandbox.updates import Pending
from sandbox.values import Chat, Json, Person, Press, StoredFile
from sandbox.webhook import Webhook

if TYPE_CHECKING:
    from sandbox.world import World

VERSION = 1
SECONDS_BETWEEN = 1.0
_FILE = "world.json"


def exists(folder: Path) -> bool:
    """Tell whether a world was saved in a folder."""
    return (folder / _FILE).is_file()


def save(world: "World") -> None:
    """Write a world into its folder, if it has one; a crash leaves the file from before."""
    if world.folder is not None:
        _write(world.folder, orjson.dumps(_as_json(world), option=orjson.OPT_NON_STR_KEYS))


def _write(folder: Path, content: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"{_FILE}.new"
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / _FILE)


async def keep_saving(world: "World") -> None:
    """Save a world about a second after each change, until cancelled."""
    folder = world.folder
    if folder is None:
        return
    saved = -1
    while True:
        if world.changes != saved:
            saved = world.changes
            content = orjson.dumps(_as_json(world), option=orjson.OPT_NON_STR_KEYS)
            await _write_in_thread(folder, content)
        await asyncio.sleep(SECONDS_BETWEEN)


async def _write_in_thread(folder: Path, content: bytes) -> None:
    """Write, to the end even when cancelled, lest an older world replace the one that is saved next."""
    writing = asyncio.create_task(asyncio.to_thread(_write, folder, content))
    try:
        await asyncio.shield(writing)
    except asyncio.CancelledError:
        await writing
        raise


def read(folder: Path) -> Json:
    """Read what was saved in a folder; raises SandboxError when it cannot be read."""
    try:
        saved: Json = orjson.loads((folder / _FILE).read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise SandboxError(
            f"{folder / _FILE} cannot be read ({error}); remove the folder to begin anew"
        ) from error
    if saved.get("version") != VERSION:
        raise SandboxError(f"{folder / _FILE} is of another version; remove the folder to begin anew")
    return saved


def _as_json(world: "World") -> Json:
    return {
        "version": VERSION,
        "bot": asdict(world.bot),
        "privacy_mode": world.privacy_mode,
        "people": [asdict(person) for person in world.people.values()],
        "chats": [_chat_as_json(chat) for chat in world.chats.values()],
        "files": [asdict(file) for file in world.files.known.values()],
        "next_update_id": world.updates.next_id,
        "allowed_updates": sorted(world.updates.allowed or ()),
        "updates": [{**asdict(update), "body": update.body.decode()} for update in world.updates.pending()],
        "webhook": None if world.webhook is None else asdict(world.webhook),
        "menus": {
            "commands": world.menus.commands,
            "texts": world.menus.texts,
            "buttons": world.menus.buttons,
        },
        "presses": [asdict(press) for press in world.presses.values()],
        "inline_messages": list(world.inline.places.items()),
        "first_message_id": world.first_message_id,
    }


def _chat_as_json(chat: Chat) -> Json:
    return {
        "id": chat.id,
        "type": chat.type,
        "title": chat.title,
        "person": None if chat.person is None else chat.person.id,
        "members": list(chat.members.items()),
        "bot_status": chat.bot_status,
        "is_forum": chat.is_forum,
        "topics": list(chat.topics.items()),
        "messages": list(chat.messages.values()),
        "reactions": [(message_id, list(given.items())) for message_id, given in chat.reactions.items()],
        "last_message_id": chat.last_message_id,
        "migrated_to": chat.migrated_to,
        "reply_keyboard": chat.reply_keyboard,
    }


def restore(world: "World", saved: Json) -> None:
    """Fill a new world with what `read` gave."""
    world.people = {person["id"]: Person(**person) for person in saved["people"]}
    world.chats = {chat["id"]: _chat_from_json(chat, world.people) for chat in saved["chats"]}
    for file in saved["files"]:
        world.files.restore(StoredFile(**file))
    world.updates.next_id = saved["next_update_id"]
    world.updates.allowed = frozenset(saved["allowed_updates"]) or None
    for update in saved["updates"]:
        world.updates.restore(Pending(**{**update, "body": update["body"].encode()}))
    world.webhook = None if saved["webhook"] is None else Webhook(**saved["webhook"])
    world.menus.commands = saved["menus"]["commands"]
    world.menus.texts = saved["menus"]["texts"]
    world.menus.buttons = saved["menus"]["buttons"]
    world.presses = {press["id"]: Press(**press) for press in saved["presses"]}
    for inline_message_id, (chat_id, message_id) in saved.get("inline_messages", []):
        world.inline.restore(inline_message_id, chat_id, message_id)
    world.first_message_id = saved["first_message_id"]


def _chat_from_json(saved: Json, people: dict[int, Person]) -> Chat:
    person = saved.pop("person")
    messages = saved.pop("messages")
    members, topics = dict(saved.pop("members")), dict(saved.pop("topics"))
    reactions = {message_id: dict(given) for message_id, given in saved.pop("reactions", [])}
    return Chat(
        **saved,
        person=None if person is None else people[person],
        members=members,
        topics=topics,
        messages={message["message_id"]: message for message in messages},
        reactions=reactions,
    )
