"""The parts of a digest, and what of them finds room in one message."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from cocreation.ideas.movement import LINES
from handlers.quoting import units


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines (HTML); it can do without them where it `is_line` itself.

    What is `needed` more gives way later. Lines behind the first `shown` open at a touch.
    """

    needed: int
    heading: str
    lines: Sequence[str]
    shown: int = LINES
    is_line: bool = False

    def with_lines(self, count: int) -> str:
        """The section with its first lines alone."""
        if not self.shown:
            return _folded([self.heading, *self.lines[:count]])
        text = "\n".join([self.heading, *self.lines[: min(count, self.shown)]])
        more = self.lines[self.shown : count]
        return f"{text}\n{_folded(more)}" if more else text


def fitting(sections: Sequence[Section], room: int) -> list[str]:
    """The sections in their order, each with the lines for which those that are needed more leave room.

    What is shown at once comes before what is folded away, of all of them. `room` is in UTF-16 units, markup
    included.
    """
    kept: dict[int, str] = {}
    by_need = sorted(range(len(sections)), key=lambda at: -sections[at].needed)
    for at, most in (*((at, sections[at].shown) for at in by_need), *((at, None) for at in by_need)):
        free = room - size([text for other, text in kept.items() if other != at])
        text = _longest(sections[at], most, free)
        if text is not None:
            kept[at] = text
    return [kept[at] for at in sorted(kept)]


def _longest(section: Section, most: int | None, room: int) -> str | None:
    """The section with as many of its first lines as find room, at most `most`."""
    lines = section.lines[:most]
    for count in range(len(lines), -1, -1):
        text = section.with_lines(count)
        if size([text]) <= room and (count or section.is_line):
            return text
    return None


def size(parts: Sequence[str]) -> int:
    """What paragraphs take, in UTF-16 units."""
    return sum(units(part) + 2 for part in parts)


def title(mark: str, heading: str) -> str:
    return f"<b>{mark} {escape(heading)}</b>"


def _folded(lines: Sequence[str]) -> str:
    text = "\n".join(lines)
    return f"<blockquote expandable>{text}</blockquote>"
