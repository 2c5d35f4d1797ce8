"""What people do in their chats: write, correct, press, send things, block the bot, upgrade a group."""

import secrets
from dataclasses import dataclass
from typing import Any

from sandbox.detection import with_detected
from sandbox.errors import SandboxError
from sandbox.markup import utf16_length
from sandbox.values import ADMINISTRATOR, KICKED, LEFT, MEMBER, Chat, Json, Person, Press
from sandbox.world import World

MAX_TEXT = 4096


@dataclass(frozen=True, slots=True)
class Context:
    """What a message hangs on: the one it answers, who wrote it first, its topic, its album."""

    reply_to_message_id: int | None = None
    forward_from: int | str | None = None
    message_thread_id: int | None = None
    media_group_id: str | None = None


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
    message = world.post(chat, person.user(), {**_hung_on(world, chat, context or Context()), **content})
    _tell_if_heard(world, chat, message, "message")
    return message


def _hung_on(world: World, chat: Chat, context: Context) -> Json:
    fields: Json = {}
    if context.reply_to_message_id is not None:
        replied = chat.messages.get(context.reply_to_message_id)
        if replied is None:
            raise SandboxError("the message to answer is not there")
        fields["reply_to_message"] = without_reply(replied)
        if "message_thread_id" in replied:
            fields.update(message_thread_id=replied["message_thread_id"], is_topic_message=True)
    if context.forward_from is not None:
        fields["forward_origin"] = _origin(world, context.forward_from)
    if context.message_thread_id is not None:
        if context.message_thread_id not in chat.topics:
            raise SandboxError("there is no such topic in this chat")
        fields.update(message_thread_id=context.message_thread_id, is_topic_message=True)
    if context.media_group_id is not None:
        fields["media_group_id"] = context.media_group_id
    return fields


def _origin(world: World, source: int | str) -> Json:
    person = world.people.get(source) if isinstance(source, int) else None
    if person is not None:
        return {"type": "user", "date": world.now(), "sender_user": person.user()}
    if source == world.bot.id:
        return {"type": "user", "date": world.now(), "sender_user": world.bot.user()}
    return {"type": "hidden_user", "date": world.now(), "sender_user_name": str(source)}


def without_reply(message: Json) -> Json:
    """A message as it stands inside another one: without the one that it answers itself."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def _tell_if_heard(world: World, chat: Chat, message: Json, kind: str) -> None:
    if chat.bot_status in {LEFT, KICKED} or not _is_heard(world, chat, message):
        return
    world.tell_bot(kind, message, chat.id)


def _is_heard(world: World, chat: Chat, message: Json) -> bool:
    """Privacy mode, https://core.telegram.org/bots/features#privacy-mode, and mentions."""
    if chat.is_private or not world.privacy_mode or chat.bot_status == ADMINISTRATOR:
        return True
    replied = message.get("reply_to_message")
    if replied is not None and replied["from"]["id"] == world.bot.id:
        return True
    name = f"@{world.bot.username}".lower()
    text = message.get("text") or message.get("caption") or ""
    if name in text.lower():
        return True
    entities = message.get("entities") or []
    commands = [entity for entity in entities if entity["type"] == "bot_command" and entity["offset"] == 0]
    return any("@" not in text[: entity["length"]] for entity in commands)


def edit(world: World, chat_id: int, person_id: int, message_id: int, text: str) -> Json:
    """Let a person correct the words or the caption of their own message; gives it as it is now."""
    chat, _ = member(world, chat_id, person_id)
    message = chat.messages.get(message_id)
    if message is None or message["from"]["id"] != person_id:
        raise SandboxError("people correct their own messages only")
    is_text = "text" in message
    content = (
        text_content(text) if is_text else text_content(text, field="caption", entities="caption_entities")
    )
    rest = {key: value for key, value in message.items() if key not in {"entities", "caption_entities"}}
    changed = {**rest, **content, "edit_date": world.now()}
    world.replace(chat, changed)
    _tell_if_heard(world, chat, changed, "edited_message")
    return changed


def press(world: World, chat_id: int, person_id: int, message_id: int, data: str) -> str:
    """Let a person press the inline button with this callback data; gives the callback query's id."""
    chat, person = member(world, chat_id, person_id)
    message = chat.messages.get(message_id)
    if message is None or data not in _callback_data(message):
        raise SandboxError("there is no such button on this message")
    query = Press(str(secrets.randbits(62)), chat_id, message_id, person_id, world.clock())
    world.add_press(query)
    content = {
        "id": query.id,
        "from": person.user(),
        "message": message,
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


def upgrade(world: World, chat_id: int) -> Chat:
    """Turn a group into a supergroup, with the two service messages; gives the new chat."""
    group = world.chats.get(chat_id)
    if group is None or group.type != "group" or group.migrated_to is not None:
        raise SandboxError("only a group becomes a supergroup, once")
    boss = next((who for who, status in group.members.items() if status == ADMINISTRATOR), min(group.members))
    sender = world.people[boss].user()
    supergroup = world.new_supergroup(group)
    told = [
        world.post(group, sender, {"migrate_to_chat_id": supergroup.id}),
        world.post(supergroup, sender, {"migrate_from_chat_id": group.id}),
    ]
    group.migrated_to = supergroup.id
    if group.bot_status not in {LEFT, KICKED}:
        for message in told:
            world.tell_bot("message", message, message["chat"]["id"])
    return supergroup


def set_bot_status(world: World, chat_id: int, person_id: int, status: str) -> None:
    """Let a person add the bot to a group, make it an administrator, or remove it."""
    chat, person = member(world, chat_id, person_id)
    if chat.is_private or status not in {MEMBER, ADMINISTRATOR, LEFT, KICKED}:
        raise SandboxError("in a group the bot is member, administrator, left or kicked")
    before, chat.bot_status = chat.bot_status, status
    if before != status:
        world.tell_bot_status(chat, person, before)
