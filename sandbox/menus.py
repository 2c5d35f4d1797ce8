"""What the bot says about itself: commands by scope and language, descriptions, names, menu buttons.

Source: https://core.telegram.org/bots/api#botcommandscope
"""

import re
from collections.abc import Iterator
from typing import Any

from sandbox.errors import bad_request
from sandbox.values import Json

_COMMAND = re.compile(r"/?([a-z0-9_]{1,32})")
_LANGUAGE = re.compile(r"[a-z]{2}")
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
TEXT_LIMITS = {"name": 64, "description": 512, "short_description": 120}
_TOO_LONG = {
    "name": "BOT_TITLE_INVALID",
    "description": "DESCRIPTION_TOO_LONG",
    "short_description": "ABOUT_TOO_LONG",
}
DEFAULT_BUTTON: Json = {"type": "commands"}


def scope_key(scope: Any) -> str:  # noqa: ANN401 - as it came
    """Name a `BotCommandScope` in one string; raises 400 for one that does not exist."""
    if scope is None:
        return "default"
    if not isinstance(scope, dict) or str(scope.get("type")) not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    kind = scope["type"]
    parts = [kind]
    for name in _SCOPES[kind]:
        value = scope.get(name)
        if value is None:
            raise bad_request(f"can't parse BotCommandScope: {name} is empty")
        parts.append(str(value))
    return ":".join(parts)


def checked_language(language: str | None) -> str:
    """Give a two-letter language code or the empty string."""
    if language and not _LANGUAGE.fullmatch(language):
        raise bad_request("invalid language code specified")
    return language or ""


def checked_commands(commands: Any) -> list[Json]:  # noqa: ANN401 - as it came
    """Check a list of `BotCommand`s."""
    if not isinstance(commands, list):
        raise bad_request("expected an Array of BotCommand")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_checked_command(command) for command in commands]


def _checked_command(command: Any) -> Json:  # noqa: ANN401 - as it came
    if not isinstance(command, dict):
        raise bad_request("expected an Object as BotCommand")
    match = _COMMAND.fullmatch(str(command.get("command", "")))
    description = str(command.get("description", "")).strip()
    if match is None:
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": match[1], "description": description}


class BotMenus:
    """Commands, texts and menu buttons, each by scope or chat and by language."""

    def __init__(self) -> None:
        self.commands: dict[str, list[Json]] = {}
        self.texts: dict[str, str] = {}
        self.buttons: dict[str, Json] = {}

    def set_commands(self, scope: str, language: str, commands: list[Json]) -> None:
        """Keep the commands of a scope in a language; an empty list takes them away."""
        self.commands[f"{scope}|{language}"] = commands
        if not commands:
            del self.commands[f"{scope}|{language}"]

    def own_commands(self, scope: str, language: str) -> list[Json]:
        """Give the commands that were set for exactly this scope and language."""
        return self.commands.get(f"{scope}|{language}", [])

    def shown_commands(self, chat_id: int, person_id: int, *, is_admin: bool, language: str) -> list[Json]:
        """Give the commands that a person sees in a chat: the narrowest scope that has some."""
        for scope in _narrowest_first(chat_id, person_id, is_admin=is_admin):
            for code in (language, ""):
                if found := self.own_commands(scope, code):
                    return found
        return []

    def button(self, chat_id: int | None) -> Json:
        """Give the menu button of a private chat, or the usual one."""
        return self.buttons.get(str(chat_id)) or self.buttons.get("") or DEFAULT_BUTTON

    def set_text(self, kind: str, language: str, text: str) -> None:
        """Keep the bot's name, description or short description; an empty one takes it away."""
        if len(text) > TEXT_LIMITS[kind]:
            raise bad_request(_TOO_LONG[kind])
        if text:
            self.texts[f"{kind}|{language}"] = text
        else:
            self.texts.pop(f"{kind}|{language}", None)

    def text(self, kind: str, language: str) -> str:
        """Give a text in a language, or the one for every language, or nothing."""
        return self.texts.get(f"{kind}|{language}") or self.texts.get(f"{kind}|", "")

    def texts_by_language(self, kind: str) -> dict[str, str]:
        """Give a text by language; the one for every other language is under the empty string."""
        keys = ((key, text) for key, text in self.texts.items() if key.startswith(f"{kind}|"))
        return {key.removeprefix(f"{kind}|"): text for key, text in keys}


def _narrowest_first(chat_id: int, person_id: int, *, is_admin: bool) -> Iterator[str]:
    if chat_id > 0:
        yield from (f"chat:{chat_id}", "all_private_chats", "default")
        return
    yield f"chat_member:{chat_id}:{person_id}"
    if is_admin:
        yield f"chat_administrators:{chat_id}"
    yield f"chat:{chat_id}"
    if is_admin:
        yield "all_chat_administrators"
    yield from ("all_group_chats", "default")
