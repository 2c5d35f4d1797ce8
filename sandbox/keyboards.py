"""The checks of reply markup: https://core.telegram.org/bots/api#inlinekeyboardmarkup"""

from typing import Any

from sandbox.errors import bad_request
from sandbox.markup import clean_url
from sandbox.values import Json

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_MAX_BUTTONS = 100
_OTHER_KINDS = ("keyboard", "remove_keyboard", "force_reply")


def inline_keyboard(markup: Any, *, only: bool) -> Json | None:  # noqa: ANN401 - as it came
    """Check reply markup and give its inline keyboard; None when there is none.

    With `only`, other kinds of markup are refused, as edits refuse them.
    """
    if markup is None or markup in ({}, ""):
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"])
        return {"inline_keyboard": rows} if rows else None
    if only:
        raise bad_request("inline keyboard expected")
    if not any(kind in markup for kind in _OTHER_KINDS):
        raise bad_request("can't parse reply keyboard markup JSON object")
    return None


def reply_keyboard(markup: Any) -> Json | None:  # noqa: ANN401 - as it came
    """Give the reply keyboard, its removal or the forced reply that the markup asks for."""
    if isinstance(markup, dict) and any(kind in markup for kind in _OTHER_KINDS):
        return markup
    return None


def _rows(rows: Any) -> list[list[Json]]:  # noqa: ANN401 - as it came
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be of type Array')
    checked = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request("inline keyboard row must be of type Array")
        if row:
            checked.append([_button(button) for button in row])
    if sum(len(row) for row in checked) > _MAX_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return checked


def _button(button: Any) -> Json:  # noqa: ANN401 - as it came
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    actions = [name for name in _ACTIONS if name in button]
    if len(actions) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if actions[0] == "callback_data":
        _check_data(button["callback_data"])
    elif actions[0] == "url":
        return {**button, "url": _checked_url(button["url"])}
    return button


def _check_data(data: Any) -> None:  # noqa: ANN401 - as it came
    if not isinstance(data, str) or not 1 <= len(data.encode(errors="replace")) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")


def _checked_url(url: Any) -> str:  # noqa: ANN401 - as it came
    cleaned = clean_url(url) if isinstance(url, str) else None
    if cleaned is None:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return cleaned
