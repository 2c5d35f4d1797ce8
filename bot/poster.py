"""The poster with the code that leads into the chat, drawn once for paper, for screens and for the web."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from cocreation.ideas.deep_link import DeepLink, link
from cocreation.ideas.ids import Language
from cocreation.ideas.town import Town
from locales import translator

COLOUR = "#1f3fbf"
"""The board's strong colour."""
FONTS = ("Libertinus Serif",)
"""It comes with Typst. For scripts that it lacks, Typst takes a font of the machine."""
QUIET_ZONE = 4
"""Modules of white around the code, as ISO/IEC 18004 asks for."""
ERROR_CORRECTION = "q"
"""A quarter of the code may be torn, dirty or in a shadow."""
DOTS_PER_INCH = 300.0
LONGEST_WHOLE_WORD, PART_OF_WORD = 20, 8
_SOFT_HYPHEN = "\u00ad"
_LONG_WORD = re.compile(rf"[^\W\d_]{{{LONGEST_WHOLE_WORD + 1},}}")


class PosterFormat(StrEnum):
    """The kinds of file; all look the same."""

    PDF = "pdf"
    SVG = "svg"
    PNG = "png"


class PaperSize(StrEnum):
    """Sheets of ISO 216, upright."""

    A3 = "a3"
    A4 = "a4"
    A5 = "a5"


_ON_A4 = {PaperSize.A3: 2**0.5, PaperSize.A4: 1.0, PaperSize.A5: 0.5**0.5}


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster says. Its first language is the large one; `name` is that of a process."""

    town: Town
    username: str
    languages: tuple[Language, ...]
    to: DeepLink | None = None
    name: str | None = None

    @property
    def address(self) -> str:
        return link(self.username, self.to)


def draw_poster(poster: Poster, format_: PosterFormat, size: PaperSize = PaperSize.A4) -> bytes:
    """The file's content: one page of the size, as PDF/UA-1, as SVG without fonts, or as PNG for print."""
    import typst  # noqa: PLC0415 - a large library that a running town does not need

    drawn = typst.compile(
        Path(__file__).with_suffix(".typ").read_bytes(),
        format=format_.value,
        ppi=DOTS_PER_INCH,
        pdf_standards="ua-1" if format_ is PosterFormat.PDF else [],
        sys_inputs={"poster": json.dumps(_content(poster, size))},
    )
    if not isinstance(drawn, bytes):
        raise TypeError("a poster is one page")
    return drawn


def _content(poster: Poster, size: PaperSize) -> dict[str, Any]:
    """What `poster.typ` lays out."""
    first, *others = poster.languages
    t = translator(first)
    address = poster.address.removeprefix("https://")
    return {
        "factor": _ON_A4[size],
        "colour": COLOUR,
        "fonts": FONTS,
        "quiet_zone": QUIET_ZONE,
        "code": _modules(poster.address),
        "town": _breakable(poster.town.name),
        "name": _breakable(poster.name or ""),
        "title": t.gettext("What would you like to see in {town}?", town=poster.town.name),
        "alt": t.gettext("Code that leads to {address}", address=address),
        "address": address,
        "first": _words(first, poster.town),
        "others": [_words(language, poster.town) for language in others],
        "small": _small_print(first, poster.town),
    }


def _modules(address: str) -> list[str]:
    """The code row by row, a dark module as 1."""
    import segno  # noqa: PLC0415

    code = segno.make_qr(address, error=ERROR_CORRECTION)
    return ["".join(map(str, row)) for row in code.matrix]


def _words(language: Language, town: Town) -> dict[str, Any]:
    t = translator(language)
    question = t.gettext("What would you like to see in {town}?", town=town.name)
    return {
        "language": re.split(r"[-_]", language)[0],
        "question": _breakable(question),
        "steps": [
            t.gettext("Scan the code with your phone: a chat opens in Telegram."),
            t.gettext("Write what you would like, in your own words. That is all."),
        ],
        "promise": t.gettext("Everybody can read your idea, nobody sees your name."),
    }


def _small_print(language: Language, town: Town) -> str:
    """Where one asks and reads on, as far as the settings say."""
    t = translator(language)
    parts = []
    if town.contact is not None:
        parts.append(t.gettext("Questions? {contact}", contact=town.contact))
    if town.board_url is not None:
        notice = f"{town.board_url}/{language}/privacy".removeprefix("https://")
        parts.append(t.gettext("Privacy notice: {address}", address=notice))
    return " · ".join(parts)


def _breakable(text: str) -> str:
    """The text with places at which a word may end its line that no line holds in large letters."""

    def parted(word: re.Match[str]) -> str:
        starts = range(0, len(word[0]), PART_OF_WORD)
        return _SOFT_HYPHEN.join(word[0][start : start + PART_OF_WORD] for start in starts)

    return _LONG_WORD.sub(parted, text)
