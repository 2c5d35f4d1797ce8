"""Anyone who writes to the bot."""

from dataclasses import dataclass

from cocreation.ideas.ids import ChatId, Language, ResidentId
from cocreation.ideas.notice import AT_FIRST, Wishes


@dataclass(frozen=True, slots=True)
class Resident:
    """A person as Morgen knows them: an address to answer to, and the language to do it in."""

    id: ResidentId
    chat: ChatId | None
    language: Language
    is_new: bool = False
    pseudonym: str | None = None
    wishes: Wishes = AT_FIRST
    is_away: bool = False
    """The bot is blocked, as far as it has heard."""
