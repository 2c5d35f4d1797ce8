"""Messages that the bot passes on: https://core.telegram.org/bots/api#forwardmessage"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox import forwards
from sandbox.errors import bad_request
from sandbox.methods.outgoing import caption_content, deliver, known_chat, open_chat
from sandbox.params import Params
from sandbox.values import Json
from sandbox.world import World


def forward_message(world: World, params: Params) -> Json:
    """forwardMessage."""
    message = _source(world, params, "forward")
    content = {**forwards.bare(message), "forward_origin": forwards.origin_of(message)}
    return deliver(world, open_chat(world, params), params, content)


def copy_message(world: World, params: Params) -> Json:
    """copyMessage: without the link to the original, with a caption of its own if there is one."""
    content = forwards.bare(_source(world, params, "copy"))
    content.pop("forward_origin", None)
    content.pop("via_bot", None)
    if params.text("caption") is not None and "text" not in content:
        content.pop("caption_entities", None)
        content.pop("caption", None)
        content.update(caption_content(params))
    copied = deliver(world, open_chat(world, params), params, content)
    return {"message_id": copied["message_id"]}


def _source(world: World, params: Params, verb: str) -> Json:
    chat = known_chat(world, Params({"chat_id": params.values.get("from_chat_id")}))
    message = chat.messages.get(params.integer("message_id") or 0)
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if not forwards.can_be_passed_on(message):
        raise bad_request(f"the message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return message


METHODS: Mapping[str, Callable[[World, Params], Any]] = {
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
}
