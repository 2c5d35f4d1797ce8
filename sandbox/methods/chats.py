"""Chats and who is in them: https://core.telegram.org/bots/api#getchat"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.errors import bad_request, forbidden
from sandbox.methods.outgoing import known_chat
from sandbox.params import Params
from sandbox.values import ADMINISTRATOR, KICKED, LEFT, MEMBER, Chat, Json
from sandbox.world import World, chat_member

_PRESENT = frozenset({MEMBER, ADMINISTRATOR})
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(world: World, params: Params) -> Json:
    """getChat."""
    chat = _seen(world, params)
    full = {
        **chat.brief,
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }
    if not chat.is_private:
        full["permissions"] = {"can_send_messages": True}
    return full


def _seen(world: World, params: Params) -> Chat:
    chat = known_chat(world, params)
    if chat.is_private and chat.bot_status == LEFT:
        raise bad_request("chat not found")
    if not chat.is_private and chat.bot_status == KICKED:
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if not chat.is_private and chat.bot_status == LEFT:
        raise forbidden(f"bot is not a member of the {chat.type} chat")
    return chat


def _members(world: World, chat: Chat) -> list[tuple[Json, str]]:
    people = [(world.people[who].user(), status) for who, status in chat.members.items()]
    return [*people, (world.bot.user(), chat.bot_status)]


def get_chat_member(world: World, params: Params) -> Json:
    """getChatMember."""
    chat = _seen(world, params)
    user_id = params.integer("user_id")
    if user_id is None:
        raise bad_request("invalid user_id specified")
    for user, status in _members(world, chat):
        if user["id"] == user_id:
            return chat_member(user, status)
    person = world.people.get(user_id)
    if person is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return chat_member(person.user(), LEFT)


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """getChatAdministrators; as on the real one, other bots are left out but not this one."""
    chat = _seen(world, params)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    return [chat_member(user, status) for user, status in _members(world, chat) if status == ADMINISTRATOR]


def get_chat_member_count(world: World, params: Params) -> int:
    """getChatMemberCount."""
    return sum(status in _PRESENT for _, status in _members(world, _seen(world, params)))


def leave_chat(world: World, params: Params) -> bool:
    """leaveChat."""
    chat = _seen(world, params)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    before, chat.bot_status = chat.bot_status, LEFT
    world.tell_bot_status(chat, world.bot, before)
    return True


METHODS: Mapping[str, Callable[[World, Params], Any]] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
}
