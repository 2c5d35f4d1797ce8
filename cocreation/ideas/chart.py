"""What a picture of the themes says, in one language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ranked:
    """A theme in the picture: its name, one of the colours of themes, and a count for each step."""

    name: str
    colour: int
    counts: tuple[int, ...]
    said: tuple[str, ...]
    """The counts as the language writes them."""


@dataclass(frozen=True, slots=True)
class Chart:
    """`ticks` name the steps, the last one that which the picture is about. `unnamed` stands for a name of
    which no letter can be drawn."""

    title: str
    subtitle: str
    ticks: tuple[str, ...]
    rows: tuple[Ranked, ...]
    unnamed: str
