"""What is to be written into a file, and for whom."""

from dataclasses import dataclass
from datetime import datetime

from cocreation.ideas.export import Selection
from cocreation.ideas.ids import Language
from cocreation.ideas.town import Town
from locales import Translator, translator


@dataclass(frozen=True, slots=True)
class Order:
    """`theme` and `process` are the names of what is selected, for who reads."""

    town: Town
    language: Language
    selection: Selection
    made_at: datetime
    theme: str | None = None
    process: str | None = None

    @property
    def words(self) -> Translator:
        return translator(self.language)
