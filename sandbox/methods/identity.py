"""The bot itself: who it is and what its menus say. https://core.telegram.org/bots/api#getme"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.errors import bad_request
from sandbox.menus import checked_commands, checked_language, scope_key
from sandbox.params import Params
from sandbox.values import Json
from sandbox.world import World

_BUTTONS = frozenset({"default", "commands", "web_app"})


def get_me(world: World, params: Params) -> Json:
    """getMe."""
    return {
        **world.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.privacy_mode,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
    }


def nothing_to_do(world: World, params: Params) -> bool:
    """logOut and close: the sandbox has no other server to move to."""
    return True


def set_my_commands(world: World, params: Params) -> bool:
    """setMyCommands."""
    scope, language = _scope(params)
    world.menus.set_commands(scope, language, checked_commands(params.json("commands")))
    return _changed(world)


def delete_my_commands(world: World, params: Params) -> bool:
    """deleteMyCommands."""
    scope, language = _scope(params)
    world.menus.set_commands(scope, language, [])
    return _changed(world)


def get_my_commands(world: World, params: Params) -> list[Json]:
    """getMyCommands."""
    return world.menus.own_commands(*_scope(params))


def _scope(params: Params) -> tuple[str, str]:
    return scope_key(params.json("scope")), checked_language(params.text("language_code"))


def _changed(world: World) -> bool:
    world.changed()
    world.events.publish("commands")
    return True


def _setter(kind: str) -> Callable[[World, Params], bool]:
    def set_text(world: World, params: Params) -> bool:
        world.menus.set_text(kind, checked_language(params.text("language_code")), params.text(kind) or "")
        return _changed(world)

    return set_text


def _getter(kind: str) -> Callable[[World, Params], Json]:
    def get_text(world: World, params: Params) -> Json:
        text = world.menus.text(kind, checked_language(params.text("language_code")))
        return {kind: text or (world.bot.first_name if kind == "name" else "")}

    return get_text


def set_chat_menu_button(world: World, params: Params) -> bool:
    """setChatMenuButton."""
    button = params.json("menu_button") or {"type": "default"}
    if not isinstance(button, dict) or str(button.get("type")) not in _BUTTONS:
        raise bad_request("can't parse menu button: unsupported type specified")
    world.menus.buttons[params.text("chat_id") or ""] = button
    return _changed(world)


def get_chat_menu_button(world: World, params: Params) -> Json:
    """getChatMenuButton."""
    return world.menus.button(params.integer("chat_id"))


METHODS: Mapping[str, Callable[[World, Params], Any]] = {
    "getMe": get_me,
    "logOut": nothing_to_do,
    "close": nothing_to_do,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
