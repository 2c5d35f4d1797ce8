"""Whom people can call who need somebody at once."""

from dataclasses import dataclass

SEPARATOR = "|"
LONGEST_LINE = 200


@dataclass(frozen=True, slots=True)
class Helpline:
    """A name, a number to call, and for whom it is, where that needs saying."""

    name: str
    number: str
    whom: str = ""

    @classmethod
    def parse(cls, text: str) -> "Helpline":
        """Read 'Tele-Onthaal | 106 | who wants to talk'. Raises ValueError with the form that works."""
        name, number, whom, *more = [*(part.strip() for part in text.split(SEPARATOR)), "", ""][:4]
        is_number = any(character.isdigit() for character in number)
        if not name or not is_number or any(more) or len(text) > LONGEST_LINE:
            raise ValueError("write a name, a number and for whom, such as 'Tele-Onthaal | 106 | anybody'")
        return cls(name, number, whom)

    def __str__(self) -> str:
        return f" {SEPARATOR} ".join(filter(None, (self.name, self.number, self.whom)))
