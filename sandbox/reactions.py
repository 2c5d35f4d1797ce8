"""Reactions to messages: https://core.telegram.org/bots/api#messagereactionupdated"""

from sandbox.errors import SandboxError
from sandbox.privacy import SERVICE
from sandbox.values import ADMINISTRATOR, KICKED, LEFT, Chat, Json
from sandbox.world import World

_EMOJI = """
👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤️‍🔥
🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨
🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂️ 🤷 🤷‍♀️ 😡
"""
EMOJI = frozenset(_EMOJI.split())
"""What people without a subscription react with: https://core.telegram.org/bots/api#reactiontypeemoji"""


def react(world: World, chat: Chat, person_id: int, message_id: int, emoji: list[str]) -> Json:
    """Let a person give a message these emoji instead of those before; gives all reactions to it.

    The bot is told where it may hear it: in private chats, and in groups of which it is an administrator.
    """
    if not set(emoji) <= EMOJI or len(set(emoji)) != len(emoji):
        raise SandboxError(f"reactions are different ones of {' '.join(sorted(EMOJI))}")
    message = chat.messages.get(message_id)
    if message is None or not SERVICE.isdisjoint(message):
        raise SandboxError("there is no such message to react to")
    new = [{"type": "emoji", "emoji": one} for one in emoji]
    old = chat.reactions.get(message_id, {}).get(person_id, [])
    if new == old:
        return shown(chat, message_id)
    keep(world, chat, message_id, person_id, new)
    is_there = chat.bot_status not in {LEFT, KICKED}
    if is_there and (chat.is_private or chat.bot_status == ADMINISTRATOR):
        update = {
            "chat": chat.brief,
            "message_id": message_id,
            "user": world.people[person_id].user(),
            "date": world.now(),
            "old_reaction": old,
            "new_reaction": new,
        }
        world.tell_bot("message_reaction", update, chat.id)
    return shown(chat, message_id)


def keep(world: World, chat: Chat, message_id: int, who: int, reaction: list[Json]) -> None:
    """Put somebody's reaction in the place of the one before; an empty one takes it away."""
    given = chat.reactions.setdefault(message_id, {})
    given.pop(who, None)
    if reaction:
        given[who] = reaction
    if not given:
        del chat.reactions[message_id]
    world.changed()
    world.events.publish("reactions", chat.id, message_id=message_id, reactions=shown(chat, message_id))


def shown(chat: Chat, message_id: int) -> Json:
    """Who gave which emoji, by id, as the control API shows it."""
    given = chat.reactions.get(message_id, {})
    return {str(who): [one.get("emoji", "⭐") for one in reaction] for who, reaction in given.items()}
