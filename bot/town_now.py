"""The town as it is set now: by the environment, the file and, where these leave it open, the chat."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog
from pydantic import BaseModel, ValidationError

from bot.settings import Settings
from cocreation.errors import SettingRefusedError
from cocreation.ideas.helpline import Helpline
from cocreation.ideas.setting import Key, Origin, Setting
from cocreation.ideas.town import Town

Chosen = Mapping[Key, str]

log = structlog.get_logger(__name__)


class TownNow:
    """Gives the town, made anew when something is set from the chat; nobody waits for it.

    See `cocreation.ports.TownSettings`. What the file or the environment gives goes before what was chosen in
    the chat, and a choice that the rules do not take any more counts for nothing.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._town = settings.town_profile()
        self._listeners: list[Callable[[], None]] = []

    def __call__(self) -> Town:
        return self._town

    def on_changed(self, listener: Callable[[], None]) -> None:
        """Call `listener` when the town has changed."""
        self._listeners.append(listener)

    def accept(self, chosen: Chosen) -> None:
        """What was committed just now."""
        before, self._town = self._town, self.town_with(chosen)
        if self._town != before:
            for listener in self._listeners:
                listener()

    def town_with(self, chosen: Chosen) -> Town:
        """The town as these choices make it."""
        return self._with(chosen).town_profile()

    def standing(self, chosen: Chosen) -> Sequence[Setting]:
        settings = self._with(chosen)
        return [Setting(key, _text(_value(settings, key)), self._origin(key, chosen)) for key in Key]

    def checked(self, key: Key, text: str) -> str:
        try:
            return _text(_value(self._having(self._settings, key, text), key))
        except ValidationError:
            raise SettingRefusedError from None

    def _origin(self, key: Key, chosen: Chosen) -> Origin:
        given = self._settings.comes_from(key)
        return Origin.CHAT if key in chosen and not given.is_fixed else given

    def _with(self, chosen: Chosen) -> Settings:
        settings = self._settings
        for key, text in chosen.items():
            if self._settings.comes_from(key).is_fixed:
                continue
            try:
                settings = self._having(settings, key, text)
            except ValidationError:
                log.warning("what was set from the chat is no value any more; the default holds", key=key)
        return settings

    @staticmethod
    def _having(settings: Settings, key: Key, text: str) -> Settings:
        """The settings with one value as a variable would give it. Raises ValidationError."""
        section, _, name = key.partition(".")
        part: BaseModel = getattr(settings, section)
        given = {each: getattr(part, each) for each in part.model_fields_set}
        return settings.model_copy(update={section: type(part).model_validate({**given, name: text})})


def _value(settings: Settings, key: Key) -> Any:  # noqa: ANN401 - whatever a setting holds
    section, _, name = key.partition(".")
    value = getattr(getattr(settings, section), name)
    return settings.town.languages[0] if key is Key.DIGEST_LANGUAGE and value is None else value


def _text(value: object) -> str:
    """A value as a variable gives it."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        parts = [str(part) for part in value]
        if any(isinstance(part, Helpline) for part in value):
            return "\n".join(parts)
        return json.dumps(parts, ensure_ascii=False) if "," in "".join(parts) else ", ".join(parts)
    return str(value)
