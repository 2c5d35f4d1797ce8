"""What the town says in a chat: text and buttons as plain values."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from cocreation.ideas.ids import ChatId, MessageId
from cocreation.ideas.notice import Notice


@dataclass(frozen=True, slots=True)
class Button:
    """A button that acts (`action`, at most 64 bytes) or one that opens a page (`url`)."""

    label: str
    action: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A text in the small HTML that chats know (b, i, u, s, a, code, blockquote), already escaped."""

    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    silent: bool = False


class Priority(IntEnum):
    """Who waits: a person in a chat, or nobody."""

    REPLY = 0
    PUSH = 1


@dataclass(frozen=True, slots=True)
class Show:
    """Show `message` in a chat. With a `slot` (a name such as 'idea:17') the message that was last shown
    there is edited in place, and an undelivered older one is replaced; `at` names the message to edit.
    What `is_new` comes below what was written last, and takes the slot over.
    """

    chat: ChatId
    message: Message
    slot: str | None = None
    at: MessageId | None = None
    is_new: bool = False
    thread: int | None = None
    priority: Priority = Priority.REPLY
    tells: tuple[Notice, ...] = ()
    """The notices that it is made of. They wait again when it does not arrive before `until`, or when nobody
    is there."""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """Answer a button press; worthless after `expires_at`."""

    chat: ChatId
    query: str
    text: str
    expires_at: datetime
    alert: bool = False


Post = Show | Toast
