"""Words that a town uses again in its answers."""

from dataclasses import dataclass

from cocreation.ideas.idea import shorten
from cocreation.ideas.ids import Language, TemplateId
from cocreation.ideas.reply import Status

MOST_TEMPLATES = 50
"""More than that nobody finds again."""
LONGEST_QUOTE = 80

TOWN, IDEA = "{town}", "{idea}"


@dataclass(frozen=True, slots=True)
class Template:
    """Words for answers of one status in one language."""

    id: TemplateId
    status: Status
    language: Language
    text: str
    is_removed: bool = False


def filled(text: str, *, town: str, idea: str) -> str:
    """The words with the town's name, and the beginning of the idea (or the name of the theme), where they
    ask for them. Other braces stay as they are, and so do those in what is filled in."""
    parts = text.split(TOWN)
    quote = shorten(" ".join(idea.split()), LONGEST_QUOTE)
    return town.join(part.replace(IDEA, quote) for part in parts)
