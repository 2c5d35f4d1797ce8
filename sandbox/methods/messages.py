"""Text messages, edits, deletions: https://core.telegram.org/bots/api#updating-messages"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.errors import bad_request
from sandbox.keyboards import inline_keyboard
from sandbox.methods.outgoing import caption_content, deliver, known_chat, open_chat, text_content
from sandbox.params import Params
from sandbox.topics import open_topic
from sandbox.values import ADMINISTRATOR, Json
from sandbox.world import World

_DELETABLE_SECONDS = 48 * 3600
_MAX_DELETED = 100
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_MEDIA = ("photo", "document", "video", "voice", "audio", "animation")
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(world: World, params: Params) -> Json:
    """sendMessage."""
    content = text_content(params, "message is too long")
    return deliver(world, open_chat(world, params), params, content)


def edit_message_text(world: World, params: Params) -> Json | bool:
    """editMessageText."""
    content = text_content(params, "MESSAGE_TOO_LONG")
    message = editable(world, params)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    return change(world, message, params, {"entities": None, "link_preview_options": None, **content})


def edit_message_caption(world: World, params: Params) -> Json | bool:
    """editMessageCaption."""
    content = caption_content(params)
    message = editable(world, params)
    if not any(kind in message for kind in _MEDIA):
        raise bad_request("there is no caption in the message to edit")
    return change(world, message, params, {"caption": None, "caption_entities": None, **content})


def edit_message_reply_markup(world: World, params: Params) -> Json | bool:
    """editMessageReplyMarkup."""
    return change(world, editable(world, params), params, {})


def editable(world: World, params: Params) -> Json:
    """Find the message of the bot's own, or one sent through it, that a call wants to edit."""
    if inline_id := params.text("inline_message_id"):
        return _inline_message(world, inline_id)
    chat = open_chat(world, params)
    message_id = params.integer("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.bot.id:
        raise bad_request("message can't be edited")
    return message


def _inline_message(world: World, inline_id: str) -> Json:
    chat_id, message_id = world.inline.places.get(inline_id, (0, 0))
    chat = world.chats.get(chat_id)
    message = None if chat is None else chat.messages.get(message_id)
    if message is None:
        raise bad_request("MESSAGE_ID_INVALID")
    return message


def change(world: World, message: Json, params: Params, content: Json) -> Json | bool:
    """Give a message new content and the buttons of this call; fields whose content is None go.

    Gives the message as it is now, and for an inline message, of which a bot knows no more, True.
    """
    content = {**content, "reply_markup": inline_keyboard(params.json("reply_markup"), only=True)}
    kept = {key: value for key, value in message.items() if key not in content and key != "edit_date"}
    changed = {**kept, **{key: value for key, value in content.items() if value is not None}}
    if changed == {key: value for key, value in message.items() if key != "edit_date"}:
        raise bad_request(_NOT_MODIFIED)
    changed["edit_date"] = world.now()
    world.replace(world.chats[message["chat"]["id"]], changed)
    return True if params.text("inline_message_id") else changed


def delete_message(world: World, params: Params) -> bool:
    """deleteMessage."""
    chat = open_chat(world, params)
    message_id = params.integer("message_id")
    if message_id is None:
        raise bad_request("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to delete not found")
    is_own = message["from"]["id"] == world.bot.id
    if not is_own and not chat.is_private and chat.bot_status != ADMINISTRATOR:
        raise bad_request("message can't be deleted")
    if world.now() - message["date"] > _DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    world.remove(chat, message_id)
    return True


def delete_messages(world: World, params: Params) -> bool:
    """deleteMessages; those that are not there are skipped."""
    chat = open_chat(world, params)
    ids = params.json("message_ids")
    if not isinstance(ids, list) or not all(isinstance(message_id, int) for message_id in ids):
        raise bad_request("can't parse message identifiers JSON object")
    if not 1 <= len(ids) <= _MAX_DELETED:
        raise bad_request(
            "too many message identifiers specified" if ids else "message identifiers are not specified"
        )
    for message_id in ids:
        if message_id in chat.messages:
            delete_message(world, Params({"chat_id": chat.id, "message_id": message_id}))
    return True


def send_chat_action(world: World, params: Params) -> bool:
    """sendChatAction."""
    action = params.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = open_chat(world, params)
    world.events.publish("action", chat.id, text=action)
    return True


def create_forum_topic(world: World, params: Params) -> Json:
    """createForumTopic."""
    chat = known_chat(world, params)
    if chat.is_forum and chat.bot_status != ADMINISTRATOR:
        raise bad_request("not enough rights to create a topic")
    color = params.integer("icon_color")
    message = open_topic(world, chat, world.bot.user(), params.text("name") or "", color)
    return {"message_thread_id": message["message_thread_id"], **message["forum_topic_created"]}


METHODS: Mapping[str, Callable[[World, Params], Any]] = {
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "sendChatAction": send_chat_action,
    "createForumTopic": create_forum_topic,
}
