"""What people do in their chats: write, correct, press, send things, block the bot, upgrade a group."""

import secrets
from dataclasses import replace
from typing import Any

from sandbox import forwards
from sandbox.context import Context, hung_on
from sandbox.detection import with_detected
from sandbox.errors import SandboxError
from sandbox.forwards import new_album_id
from sandbox.markup import utf16_length
from sandbox.privacy import tell_if_heard
from sandbox.topics import open_topic
from sandbox.values import ADMINISTRATOR, KICKED, LEFT, MEMBER, Chat, Json, Person, Press
from sandbox.world import World, chat_member

MAX_TEXT = 4096
MAX_ALBUM = 10
ALBUM_KINDS = ("photo", "video", "document", "audio", "animation")
_WORDS = ("text", "entities")
_CAPTION = ("caption", "caption_entities")


def member(world: World, chat_id: int, person_id: int) -> tuple[Chat, Person]:
    """Find a chat and one of its people; raises SandboxError when there is no such chat or member."""
    chat = world.chats.get(chat_id)
    person = world.people.get(person_id)
    if chat is None or person is None or chat.members.get(person_id) not in {MEMBER, ADMINISTRATOR}:
        raise SandboxError(f"there is no person {person_id} in a chat {chat_id}")
    if chat.migrated_to is not None:
        raise SandboxError(f"this group became the supergroup {chat.migrated_to}")
    return chat, person


def text_content(text: str, *, field: str = "text", entities: str = "entities") -> Json:
    """Words with what Telegram recognizes in them; raises SandboxError when they do not fit."""
    words = text.strip()
    if not words:
        raise SandboxError("there are no words in this message")
    if utf16_length(words) > MAX_TEXT:
        raise SandboxError(f"a message has at most {MAX_TEXT} characters")
    found = with_detected(words, [])
    return {field: words, **({entities: found} if found else {})}


def write(world: World, chat_id: int, person_id: int, text: str, context: Context | None = None) -> Json:
    """Let a person write words; gives the message."""
    return send(world, chat_id, person_id, text_content(text), context)


def send(world: World, chat_id: int, person_id: int, content: Json, context: Context | None = None) -> Json:
    """Let a person send a message of any kind, and tell the bot if it may hear it; gives the message."""
    chat, person = member(world, chat_id, person_id)
    unblocked = chat.is_private and chat.bot_status == KICKED
    if unblocked:
        block(world, person_id, is_blocked=False)
    if chat.is_private:
        chat.bot_status = MEMBER
    message = world.post(chat, person.user(), {**hung_on(world, chat, context or Context()), **content})
    tell_if_heard(world, chat, message, "message")
    return message


def send_album(
    world: World, chat_id: int, person_id: int, contents: list[Json], context: Context | None = None
) -> list[Json]:
    """Let a person send several photos, films or documents at once; gives a message for each.

    As on the real one, only their common media_group_id says that they belong together.
    """
    if not 2 <= len(contents) <= MAX_ALBUM:
        raise SandboxError(f"an album has 2 to {MAX_ALBUM} files")
    kinds = {kind for content in contents for kind in ALBUM_KINDS if kind in content}
    is_mixed = len(kinds) > 1 and not kinds.isdisjoint({"document", "audio"})
    if not kinds or is_mixed:
        raise SandboxError("an album has photos and videos, or only documents, or only music")
    around = replace(context or Context(), media_group_id=new_album_id())
    return [send(world, chat_id, person_id, content, around) for content in contents]


def forward(
    world: World,
    chat_id: int,
    person_id: int,
    from_chat_id: int,
    message_ids: list[int],
    *,
    is_hidden: bool = False,
) -> list[Json]:
    """Let a person pass messages on into a chat; gives the new ones.

    With `is_hidden` the author is one who does not let forwards lead to their account.
    """
    source, _ = member(world, from_chat_id, person_id)
    contents = forwards.contents(source, message_ids, is_hidden=is_hidden)
    return [send(world, chat_id, person_id, content) for content in contents]


def edit(world: World, chat_id: int, person_id: int, message_id: int, text: str) -> Json:
    """Let a person correct the words or the caption of their own message; gives it as it is now."""
    message = own_message(world, chat_id, person_id, message_id)
    if "text" in message:
        content = text_content(text)
    elif text.strip():
        content = text_content(text, field="caption", entities="caption_entities")
    else:
        content = {}
    return _changed(world, message, (*_WORDS, *_CAPTION), content)


def edit_media(world: World, chat_id: int, person_id: int, message_id: int, content: Json) -> Json:
    """Let a person put another file, and the caption that comes with it, in the place of the one sent."""
    message = own_message(world, chat_id, person_id, message_id)
    if not any(kind in message for kind in ALBUM_KINDS):
        raise SandboxError("there is no photo, video, document or music in this message")
    return _changed(world, message, (*ALBUM_KINDS, *_CAPTION), content)


def move(world: World, chat_id: int, person_id: int, message_id: int, content: Json) -> Json:
    """Let a live location be where the person is now, or end it when it has no live_period."""
    message = own_message(world, chat_id, person_id, message_id)
    if "live_period" not in message.get("location", {}):
        raise SandboxError("this is no live location")
    return _changed(world, message, ("location",), content)


def own_message(world: World, chat_id: int, person_id: int, message_id: int) -> Json:
    """Find what a person wrote and may still correct; raises SandboxError for everything else."""
    chat, _ = member(world, chat_id, person_id)
    message = chat.messages.get(message_id)
    if message is None or message["from"]["id"] != person_id or "via_bot" in message:
        raise SandboxError("people correct their own messages only")
    if "forward_origin" in message:
        raise SandboxError("a forwarded message cannot be corrected")
    return message


def _changed(world: World, message: Json, gone: tuple[str, ...], content: Json) -> Json:
    chat = world.chats[message["chat"]["id"]]
    rest = {key: value for key, value in message.items() if key not in gone}
    changed = {**rest, **content, "edit_date": world.now()}
    world.replace(chat, changed)
    tell_if_heard(world, chat, changed, "edited_message")
    return changed


def press(world: World, chat_id: int, person_id: int, message_id: int, data: str) -> str:
    """Let a person press the inline button with this callback data; gives the callback query's id."""
    chat, person = member(world, chat_id, person_id)
    message = chat.messages.get(message_id)
    if message is None or data not in _callback_data(message):
        raise SandboxError("there is no such button on this message")
    query = Press(str(secrets.randbits(62)), chat_id, message_id, person_id, world.clock())
    world.add_press(query)
    inline_id = world.inline.id_of(chat_id, message_id)
    content = {
        "id": query.id,
        "from": person.user(),
        **({"message": message} if inline_id is None else {"inline_message_id": inline_id}),
        "chat_instance": str(abs(chat_id) * 1_000_003),
        "data": data,
    }
    world.tell_bot("callback_query", content, chat_id)
    return query.id


def _callback_data(message: Json) -> set[Any]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["callback_data"] for row in rows for button in row if "callback_data" in button}


def block(world: World, person_id: int, *, is_blocked: bool) -> None:
    """Let a person block the bot or take it back; the bot is told when that changes something."""
    chat, person = member(world, person_id, person_id)
    status = KICKED if is_blocked else MEMBER
    before = chat.bot_status
    if before == status:
        return
    chat.bot_status = status
    world.tell_bot_status(chat, person, before)


def upgrade(world: World, chat_id: int, *, is_forum: bool = False) -> Chat:
    """Turn a group into a supergroup, with the two service messages; gives the new chat."""
    group = world.chats.get(chat_id)
    if group is None or group.type != "group" or group.migrated_to is not None:
        raise SandboxError("only a group becomes a supergroup, once")
    boss = next((who for who, status in group.members.items() if status == ADMINISTRATOR), min(group.members))
    sender = world.people[boss].user()
    supergroup = world.new_supergroup(group, is_forum=is_forum)
    told = [
        world.post(group, sender, {"migrate_to_chat_id": supergroup.id}),
        world.post(supergroup, sender, {"migrate_from_chat_id": group.id}),
    ]
    group.migrated_to = supergroup.id
    if group.bot_status not in {LEFT, KICKED}:
        for message in told:
            world.tell_bot("message", message, message["chat"]["id"])
    return supergroup


def begin_topic(world: World, chat_id: int, person_id: int, name: str) -> Json:
    """Let a person begin a topic in a forum; gives the message that says so."""
    chat, person = member(world, chat_id, person_id)
    message = open_topic(world, chat, person.user(), name)
    tell_if_heard(world, chat, message, "message")
    return message


def set_bot_status(world: World, chat_id: int, person_id: int, status: str) -> None:
    """Let a person add the bot to a group, make it an administrator, or remove it."""
    chat, person = member(world, chat_id, person_id)
    if chat.is_private or status not in {MEMBER, ADMINISTRATOR, LEFT, KICKED}:
        raise SandboxError("in a group the bot is member, administrator, left or kicked")
    before, chat.bot_status = chat.bot_status, status
    if before != status:
        world.tell_bot_status(chat, person, before)


def leave(world: World, chat_id: int, person_id: int) -> None:
    """Let a person leave a group. The bot hears of it as an administrator, else by the message that says so.

    Source: https://core.telegram.org/bots/api#chatmemberupdated
    """
    chat, person = member(world, chat_id, person_id)
    if chat.is_private:
        raise SandboxError("nobody leaves a private chat")
    before = chat.members.pop(person_id)
    message = world.post(chat, person.user(), {"left_chat_member": person.user()})
    tell_if_heard(world, chat, message, "message")
    if chat.bot_status == ADMINISTRATOR:
        content = {
            "chat": chat.brief,
            "from": person.user(),
            "date": world.now(),
            "old_chat_member": chat_member(person.user(), before),
            "new_chat_member": chat_member(person.user(), LEFT),
        }
        world.tell_bot("chat_member", content, chat.id)
