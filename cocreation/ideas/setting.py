"""What facilitators may set from the chat, where the file and the environment leave it open."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cocreation.ideas.ids import SettingChangeId


class Key(StrEnum):
    """A setting, by the name that it has in the file."""

    LANGUAGES = "town.languages"
    FACILITATOR_CHAT = "town.facilitator_chat"
    CONTACT = "town.contact"
    IDEAS_IN_TEN_MINUTES = "town.ideas_in_ten_minutes"
    QUIET_HOURS = "town.quiet_hours"
    WATCHED_WORDS = "town.watched_words"
    HELPLINES = "town.helplines"
    SCHEDULE = "digest.schedule"
    DIGEST_LANGUAGE = "digest.language"

    @property
    def is_facilitators(self) -> bool:
        """Whether facilitators may change it as well, not administrators alone."""
        return self in (Key.SCHEDULE, Key.DIGEST_LANGUAGE)


class Origin(StrEnum):
    """Where a value comes from. The environment wins over the file, and both over the chat."""

    ENVIRONMENT = "environment"
    FILE = "file"
    CHAT = "chat"
    DEFAULT = "default"

    @property
    def is_fixed(self) -> bool:
        """Whether the chat cannot change it."""
        return self in (Origin.ENVIRONMENT, Origin.FILE)


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it stands. `value` is written as in an environment variable, '' where there is none."""

    key: Key
    value: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A value was set from the chat, `by` the name of whoever did, as far as that is known.

    None stands for what holds without the chat.
    """

    id: SettingChangeId
    key: Key
    old: str | None
    new: str | None
    by: str | None
    at: datetime
