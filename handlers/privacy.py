"""The privacy notice in the chat, for a town whose board cannot be opened from there."""

from dataclasses import replace
from html import escape

from cocreation.ideas.privacy import Line, Section, privacy_sections, summary, title
from cocreation.ideas.town import Town
from handlers.quoting import on_one_line
from locales import Translator

NAME = 100
CONTACT = 300


def privacy_notice(t: Translator, town: Town) -> str:
    """What the page on the board says, as HTML that fits in one message."""
    contact = None if town.contact is None else on_one_line(town.contact, CONTACT)
    named = replace(town, name=on_one_line(town.name, NAME), contact=contact)
    sections = [_section(section) for section in privacy_sections(t, named)]
    return "\n\n".join([f"<b>{escape(title(t))}</b>", escape(summary(t)), *sections])


def _section(section: Section) -> str:
    mark = "· " if section.is_list else ""
    lines = [f"{mark}{escape(_words(line))}" for line in section.lines]
    return "\n".join([f"<b>{escape(section.heading)}</b>", *lines])


def _words(line: Line) -> str:
    return line.text if line.link is None else f"{line.text} {line.link.label}"
