"""The bot's reactions: https://core.telegram.org/bots/api#setmessagereaction"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox import reactions
from sandbox.errors import bad_request
from sandbox.methods.outgoing import open_chat
from sandbox.params import Params
from sandbox.privacy import SERVICE
from sandbox.world import World


def set_message_reaction(world: World, params: Params) -> bool:
    """setMessageReaction: a bot gives at most one; of its own it is told nothing."""
    chat = open_chat(world, params)
    message_id = params.integer("message_id")
    message = chat.messages.get(message_id) if message_id is not None else None
    if message is None or not SERVICE.isdisjoint(message):
        raise bad_request("message to react not found")
    given = params.json("reaction") or []
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise bad_request("can't parse reaction types")
    if len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(one.get("type") != "emoji" or one.get("emoji") not in reactions.EMOJI for one in given):
        raise bad_request("REACTION_INVALID")
    reactions.keep(world, chat, message["message_id"], world.bot.id, given)
    return True


METHODS: Mapping[str, Callable[[World, Params], Any]] = {"setMessageReaction": set_message_reaction}
