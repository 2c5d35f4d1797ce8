"""Anyone who writes to the bot."""

from dataclasses import dataclass

from cocreation.ideas.ids import ChatId, Language, ResidentId


@dataclass(frozen=True, slots=True)
class Resident:
    """A person as Morgen knows them: an address to answer to, and the language to do it in."""

    id: ResidentId
    chat: ChatId | None
    language: Language
    is_new: bool = False
    pseudonym: str | None = None
