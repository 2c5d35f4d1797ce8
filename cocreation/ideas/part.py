"""The messages that an idea is made of."""

from collections.abc import Iterable
from dataclasses import dataclass

from cocreation.ideas.ids import ChatId, IdeaId, MessageId

PLACE_NAME = "place"
"""Stands for the album of a message whose words name the place of the idea."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of an idea and the words in it. An idea without any is the one message that began it.

    There are no words in a photo without a caption, nor in what its author has replaced by a button.
    `album` is what Telegram calls those that were sent together.
    """

    chat: ChatId
    message: MessageId
    idea: IdeaId
    text: str = ""
    album: str | None = None


def words_of(parts: Iterable[Part]) -> str:
    """What an idea says that is made of these, in the order of its messages."""
    return "\n".join(part.text for part in sorted(parts, key=_place_in_chat) if part.text)


def _place_in_chat(part: Part) -> tuple[ChatId, MessageId]:
    return part.chat, part.message
