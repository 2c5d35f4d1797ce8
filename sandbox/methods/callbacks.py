"""Answers to presses: https://core.telegram.org/bots/api#answercallbackquery"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.errors import bad_request
from sandbox.params import Params
from sandbox.world import World

_MAX_TOAST = 200


def answer_callback_query(world: World, params: Params) -> bool:
    """answerCallbackQuery."""
    press = world.find_press(params.text("callback_query_id") or "")
    if press is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = params.text("text") or ""
    if len(text) > _MAX_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    world.events.publish(
        "toast",
        press.chat_id,
        message_id=press.message_id,
        text=text,
        alert=params.flag("show_alert"),
        callback_query_id=press.id,
        person=press.person_id,
    )
    return True


METHODS: Mapping[str, Callable[[World, Params], Any]] = {"answerCallbackQuery": answer_callback_query}
