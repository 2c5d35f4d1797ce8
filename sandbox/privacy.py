"""What a bot hears in groups: https://core.telegram.org/bots/features#privacy-mode"""

from sandbox.markup import utf16_slice
from sandbox.values import ADMINISTRATOR, KICKED, LEFT, Chat, Json
from sandbox.world import World

SERVICE = frozenset(
    {
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "forum_topic_created",
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "pinned_message",
    }
)
"""The fields by which Telegram itself says something."""


def tell_if_heard(world: World, chat: Chat, message: Json, kind: str) -> None:
    """Tell the bot of a message, new or edited, if it is there and may hear it."""
    if chat.bot_status not in {LEFT, KICKED} and is_heard(world, chat, message):
        world.tell_bot(kind, message, chat.id)


def is_heard(world: World, chat: Chat, message: Json) -> bool:
    """Tell whether a message is meant for a bot with privacy mode, or privacy mode does not matter here."""
    if chat.is_private or not world.privacy_mode or chat.bot_status == ADMINISTRATOR:
        return True
    if not SERVICE.isdisjoint(message) or _is_by_bot(world, message):
        return True
    replied = message.get("reply_to_message")
    if replied is not None and "forum_topic_created" not in replied and _is_by_bot(world, replied):
        return True
    return _names_the_bot(world, message)


def _is_by_bot(world: World, message: Json) -> bool:
    return world.bot.id in (message["from"]["id"], message.get("via_bot", {}).get("id"))


def _names_the_bot(world: World, message: Json) -> bool:
    name = f"@{world.bot.username}".lower()
    text = message.get("text") or message.get("caption") or ""
    for entity in message.get("entities") or message.get("caption_entities") or []:
        words = utf16_slice(text, entity["offset"], entity["length"]).lower()
        if entity["type"] == "mention" and words == name:
            return True
        if entity["type"] == "bot_command" and words.endswith(name):
            return True
        if entity["type"] == "bot_command" and entity["offset"] == 0 and "@" not in words:
            return True
    return False
