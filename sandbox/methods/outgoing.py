"""What every message of the bot has in common: its chat, its words, what it answers, its buttons."""

from typing import Any

from sandbox.context import in_thread_of, in_topic
from sandbox.detection import with_detected
from sandbox.errors import BotApiError, bad_request, forbidden
from sandbox.keyboards import inline_keyboard, reply_keyboard
from sandbox.markup import parse_html, strip, utf16_length
from sandbox.params import Params
from sandbox.values import KICKED, LEFT, Chat, Json
from sandbox.world import World

MAX_TEXT = 4096
MAX_CAPTION = 1024


def known_chat(world: World, params: Params) -> Chat:
    """Find the chat that a call names; raises 400 when there is none or it was upgraded."""
    named = params.text("chat_id")
    if not named:
        raise bad_request("chat_id is empty")
    chat_id = params.integer("chat_id")
    chat = world.chats.get(chat_id) if chat_id is not None else None
    if chat is None:
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        raise BotApiError(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.migrated_to},
        )
    return chat


def open_chat(world: World, params: Params) -> Chat:
    """Find the chat that a call names; raises 403 when the bot may not write in it."""
    chat = known_chat(world, params)
    if chat.bot_status == KICKED:
        raise forbidden(
            "bot was blocked by the user" if chat.is_private else f"bot was kicked from the {chat.type} chat"
        )
    if chat.bot_status == LEFT:
        raise forbidden(
            "bot can't initiate conversation with a user"
            if chat.is_private
            else f"bot is not a member of the {chat.type} chat"
        )
    return chat


def formatted(params: Params, name: str, entities_name: str) -> tuple[str, list[Json]]:
    """Read words with their formatting, trimmed, with what Telegram recognizes in them."""
    source = params.text(name) or ""
    mode = (params.text("parse_mode") or "").lower()
    if mode == "html":
        text, entities = parse_html(source)
    elif mode in {"", "none"}:
        text, entities = source, _given(params.json(entities_name), source)
    else:
        raise bad_request("unsupported parse_mode")
    text, entities = strip(text, entities)
    return text, with_detected(text, entities)


def _given(entities: Any, text: str) -> list[Json]:  # noqa: ANN401 - as it came
    if not entities:
        return []
    length = utf16_length(text)
    if not isinstance(entities, list) or not all(_fits(entity, length) for entity in entities):
        raise bad_request("can't parse entities: entity begins or ends outside of the text")
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _fits(entity: Any, length: int) -> bool:  # noqa: ANN401 - as it came
    if not isinstance(entity, dict):
        return False
    offset, size = entity.get("offset"), entity.get("length")
    if not (isinstance(entity.get("type"), str) and isinstance(offset, int) and isinstance(size, int)):
        return False
    return offset >= 0 < size and offset + size <= length


def text_content(params: Params, too_long: str) -> Json:
    """Read and check the words of a text message; `too_long` is the reason to give for more than 4096."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    text, entities = formatted(params, "text", "entities")
    if not text:
        raise bad_request("text must be non-empty")
    if utf16_length(text) > MAX_TEXT:
        raise bad_request(too_long)
    content: Json = {"text": text}
    if entities:
        content["entities"] = entities
    if preview := params.json("link_preview_options"):
        content["link_preview_options"] = preview
    return content


def caption_content(params: Params) -> Json:
    """Read and check a caption; an empty one is none."""
    text, entities = formatted(params, "caption", "caption_entities")
    if utf16_length(text) > MAX_CAPTION:
        raise bad_request("message caption is too long")
    content: Json = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    return content


def deliver(world: World, chat: Chat, params: Params, content: Json) -> Json:
    """Post a message of the bot with its topic, its reply and its buttons; gives it."""
    message = {**_topic(chat, params), **_reply(chat, params), **content}
    raw_markup = params.json("reply_markup")
    if markup := inline_keyboard(raw_markup, only=False):
        message["reply_markup"] = markup
    if params.flag("protect_content"):
        message["has_protected_content"] = True
    if keyboard := reply_keyboard(raw_markup):
        chat.reply_keyboard = None if keyboard.get("remove_keyboard") else keyboard
        world.events.publish("chat", chat.id)
    return world.post(chat, world.bot.user(), message)


def _topic(chat: Chat, params: Params) -> Json:
    thread = params.integer("message_thread_id")
    if not thread:
        return {}
    if thread not in chat.topics:
        raise bad_request("message thread not found")
    return in_topic(chat, thread)


def _reply(chat: Chat, params: Params) -> Json:
    asked = params.json("reply_parameters")
    if isinstance(asked, dict):
        given, message_id = Params(asked), Params(asked).integer("message_id")
    else:
        given, message_id = params, params.integer("reply_to_message_id")
    if not message_id:
        return {}
    replied = chat.messages.get(message_id)
    if replied is not None:
        return in_thread_of(chat, replied)
    if given.flag("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")
