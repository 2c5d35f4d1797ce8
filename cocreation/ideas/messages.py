"""What the town says in a chat: text and buttons as plain values."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from cocreation.ideas.export import NewExport
from cocreation.ideas.ids import ChatId, Language, MessageId
from cocreation.ideas.notice import Notice

WELCOME = "welcome"
"""The slot of the message that says who collects ideas, and why."""


@dataclass(frozen=True, slots=True)
class Button:
    """A button that acts (`action`, at most 64 bytes), one that opens a page (`url`), or one with which the
    person chooses a chat, where the bot's name and the words of `inline` are written for them."""

    label: str
    action: str | None = None
    url: str | None = None
    inline: str | None = None


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
    What `is_new` comes below what was written last, and takes the slot over; `answers` is the message to
    which it is a reply.
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
    answers: MessageId | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """Answer a button press; worthless after `expires_at`."""

    chat: ChatId
    query: str
    text: str
    expires_at: datetime
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """One thing to choose from what an inline query found; `id` takes at most 64 bytes."""

    id: str
    title: str
    line: str
    message: Message


@dataclass(frozen=True, slots=True)
class Results:
    """Answer an inline query of the person whose private chat is `chat`; worthless after `expires_at`, and
    once the same person has typed on. `start` is the payload behind the button above the results."""

    chat: ChatId
    query: str
    results: tuple[Result, ...]
    next_offset: str
    button: str
    start: str
    is_personal: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LanguageWish:
    """Somebody, by their number in Telegram, wants a group to be spoken to in another language. Whether they
    may is known to Telegram alone. `query` is the button press to answer until `expires_at`, `at` the
    message that has the button."""

    chat: ChatId
    by: int
    wanted: Language
    query: str
    expires_at: datetime
    at: MessageId | None = None
    thread: int | None = None


class FileKind(StrEnum):
    """How a chat shows a file."""

    PHOTO = "photo"
    VOICE = "voice"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class File:
    """One of three: what Telegram has (`file_id`), the `path` of a stored one, or that of one made to be sent
    `once`, which is gone as soon as it has arrived. `name` is what a document is called."""

    file_id: str | None = None
    path: str | None = None
    once: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class SendFiles:
    """Send a file with words (at most 1,024 characters) below it; several photos come as one album, which
    carries no buttons. `message` has buttons for the one file. `export` is what the file was made for, where
    it holds what the town collected: it is made anew when somebody is forgotten before it has arrived."""

    chat: ChatId
    kind: FileKind
    files: tuple[File, ...]
    message: Message
    thread: int | None = None
    priority: Priority = Priority.REPLY
    export: NewExport | None = None


@dataclass(frozen=True, slots=True)
class TakeAway:
    """Delete messages of the bot, as far as Telegram allows: those of the last two days."""

    chat: ChatId
    messages: tuple[MessageId, ...]


Post = Show | Toast | Results | LanguageWish | SendFiles | TakeAway
