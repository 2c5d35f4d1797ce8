"""The people, chats and files of a sandbox world."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Json = dict[str, Any]
"""An object of the Bot API, as its documentation names the fields."""

MEMBER = "member"
ADMINISTRATOR = "administrator"
LEFT = "left"
KICKED = "kicked"


@dataclass(frozen=True, slots=True)
class Bot:
    """The one bot that a world has; `token` is a sandbox token, `id` its digits."""

    token: str
    id: int
    username: str
    first_name: str

    def user(self) -> Json:
        """The `User` that messages name as their sender."""
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be played; `role` is what the page shows beside the name."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    role: str = "resident"

    def user(self) -> Json:
        """The `User` of the Bot API; what is unknown is left out."""
        known = {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {key: value for key, value in known.items() if value is not None}


@dataclass
class Chat:
    """A private chat, group or supergroup with its messages, oldest first, by message_id.

    `members` maps people to their status; `bot_status` is the bot's own. In a private chat the bot is
    `left` until the person writes first and `kicked` while the person blocks it. `reactions` are
    `ReactionType`s by message_id and by who gave them.
    """

    id: int
    type: str
    title: str | None = None
    person: Person | None = None
    members: dict[int, str] = field(default_factory=dict)
    bot_status: str = MEMBER
    is_forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    reactions: dict[int, dict[int, list[Json]]] = field(default_factory=dict)
    last_message_id: int = 0
    migrated_to: int | None = None
    reply_keyboard: Json | None = None

    @property
    def is_private(self) -> bool:
        """True for a chat between one person and the bot."""
        return self.type == "private"

    @cached_property
    def brief(self) -> Json:
        """The `Chat` that messages name; never changes, so it is made once."""
        if self.person is not None:
            names = {
                "first_name": self.person.first_name,
                "last_name": self.person.last_name,
                "username": self.person.username,
            }
            known = {key: value for key, value in names.items() if value is not None}
            return {"id": self.id, "type": "private", **known}
        brief: Json = {"id": self.id, "title": self.title, "type": self.type}
        if self.is_forum:
            brief["is_forum"] = True
        return brief

    def next_message_id(self) -> int:
        """Number the next message of this chat."""
        self.last_message_id += 1
        return self.last_message_id


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What is known of an uploaded file; its bytes lie in the `FileStore`."""

    id: str
    unique_id: str
    path: str
    size: int
    mime_type: str
    name: str | None = None
    width: int | None = None
    height: int | None = None
    seconds: int | None = None

    def brief(self) -> Json:
        """The fields that every file of the Bot API has."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}


@dataclass(frozen=True, slots=True)
class Press:
    """Somebody pressed an inline button; `at` in seconds since 1970."""

    id: str
    chat_id: int
    message_id: int
    person_id: int
    at: float
