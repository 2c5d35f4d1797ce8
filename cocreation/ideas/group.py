"""A group chat in which the bot is, or was."""

from dataclasses import dataclass

from cocreation.ideas.ids import ChatId, Language


@dataclass(frozen=True, slots=True)
class Group:
    """`language` is None until an administrator of the group chose one."""

    chat: ChatId
    language: Language | None = None
    has_bot: bool = True
