"""Forwarded messages and who wrote them first: https://core.telegram.org/bots/api#messageorigin"""

import secrets
from typing import Any

from sandbox.errors import SandboxError
from sandbox.privacy import SERVICE
from sandbox.values import Chat, Json
from sandbox.world import World

Source = int | str | Json
"""A person or the bot by id, somebody by a hidden name, or an object of `origin`."""

_CHANNEL = -1_009_000_000_001
_LEFT_BEHIND = frozenset(
    {
        "message_id",
        "from",
        "chat",
        "date",
        "edit_date",
        "reply_to_message",
        "reply_markup",
        "message_thread_id",
        "is_topic_message",
        "media_group_id",
        "has_protected_content",
    }
)


def origin(world: World, source: Source) -> Json:
    """The `MessageOrigin` of a source.

    An object has `type` `channel` or `chat` and a `title`, and may have `id`, `username`, `author_signature`
    and, for a channel, `message_id`.
    """
    if isinstance(source, dict):
        return _chat_origin(world, source)
    person = world.people.get(source) if isinstance(source, int) else None
    if person is not None:
        return {"type": "user", "date": world.now(), "sender_user": person.user()}
    if source == world.bot.id:
        return {"type": "user", "date": world.now(), "sender_user": world.bot.user()}
    return {"type": "hidden_user", "date": world.now(), "sender_user_name": str(source)}


def _chat_origin(world: World, source: Json) -> Json:
    kind = source.get("type", "channel")
    if kind not in {"channel", "chat"} or not source.get("title"):
        raise SandboxError("forward_from is a person's id, a name, or a channel or chat with its title")
    chat: Json = {
        "id": int(source.get("id") or _CHANNEL),
        "title": str(source["title"]),
        "type": "channel" if kind == "channel" else "supergroup",
    }
    if source.get("username"):
        chat["username"] = str(source["username"])
    signed: Json = {}
    if source.get("author_signature"):
        signed["author_signature"] = str(source["author_signature"])
    if kind == "channel":
        number = int(source.get("message_id") or 1)
        return {"type": kind, "date": world.now(), "chat": chat, "message_id": number, **signed}
    return {"type": kind, "date": world.now(), "sender_chat": chat, **signed}


def origin_of(message: Json, *, is_hidden: bool = False) -> Json:
    """The `MessageOrigin` of a message that is passed on: the first one stays."""
    if "forward_origin" in message:
        first: Json = message["forward_origin"]
        return first
    sender = message["from"]
    if not is_hidden:
        return {"type": "user", "date": message["date"], "sender_user": sender}
    name = " ".join(filter(None, (sender.get("first_name"), sender.get("last_name"))))
    return {"type": "hidden_user", "date": message["date"], "sender_user_name": name}


def contents(chat: Chat, message_ids: list[int], *, is_hidden: bool = False) -> list[Json]:
    """What forwards of these messages hold, in their order; an album stays one, under a new id.

    Raises SandboxError for messages that are not there or cannot be forwarded.
    """
    albums: dict[Any, str] = {}
    made = []
    for message_id in message_ids:
        message = chat.messages.get(message_id)
        if message is None or not can_be_passed_on(message):
            raise SandboxError("there is no such message, or it cannot be forwarded")
        content = {**bare(message), "forward_origin": origin_of(message, is_hidden=is_hidden)}
        if "media_group_id" in message:
            content["media_group_id"] = albums.setdefault(message["media_group_id"], new_album_id())
        made.append(content)
    return made


def can_be_passed_on(message: Json) -> bool:
    """False for what Telegram says itself and for protected content."""
    return SERVICE.isdisjoint(message) and not message.get("has_protected_content")


def bare(message: Json) -> Json:
    """What a message says and shows, without where it stands."""
    return {key: value for key, value in message.items() if key not in _LEFT_BEHIND}


def new_album_id() -> str:
    """Make a media_group_id."""
    return str(13_000_000_000_000_000 + secrets.randbelow(10**15))
