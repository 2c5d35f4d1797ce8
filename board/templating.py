"""The templates: everything escaped, words through gettext, dates on the town's clock."""

import re
from datetime import datetime

from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from cocreation.ideas.idea import Place, shorten
from cocreation.ideas.ids import ThemeId
from cocreation.ideas.reply import Status, status_name
from cocreation.ideas.town import Town
from locales import Translator

_PAGE = re.compile(r"\bhttps?://[^\s<>\"'\u2018-\u201f]+", re.IGNORECASE)
_AFTER_ADDRESS = ".,;:!?)]}»…"
_LINK = Markup('<a href="{0}" rel="nofollow noreferrer">{0}</a>')
HUES = 8
"""Colours in the family; see static/board.css."""


def template_environment() -> Environment:
    """Jinja2 with the i18n extension; `gettext` and `ngettext` come with each page."""
    environment = Environment(
        loader=PackageLoader("board"),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        day=day, hue=hue, shorten=shorten, one_line=one_line, map_page=map_page, status=status, linked=linked
    )
    return environment


@pass_context
def day(context: Context, moment: datetime) -> str:
    """The day of a moment in the town, as people say it: '3 December 2026'."""
    town: Town = context["town"]
    t: Translator = context["t"]
    return t.day_and_year(town.local(moment).date())


@pass_context
def status(context: Context, how_far: Status) -> str:
    """How far the town is with an idea, in words."""
    t: Translator = context["t"]
    return status_name(how_far, t)


def linked(text: str) -> Markup:
    """The text, escaped, with what looks like a page on the web as a link to it; nothing else becomes one."""
    parts, at = [], 0
    for found in _PAGE.finditer(text):
        address = found[0].rstrip(_AFTER_ADDRESS)
        parts += [escape(text[at : found.start()]), _LINK.format(address)]
        at = found.start() + len(address)
    return Markup("").join([*parts, escape(text[at:])])


def hue(theme: ThemeId) -> str:
    """The class of a theme's colour; it follows the theme's identity, not its rank."""
    return f"hue-{theme % HUES}"


def one_line(text: str, limit: int) -> str:
    """The text for places that hold a line, such as a page's title."""
    return shorten(" ".join(text.split()), limit)


def map_page(place: Place) -> str:
    """The map of a place that has degrees. Four decimals are ten metres, enough to find it."""
    latitude, longitude = f"{place.latitude:.4f}", f"{place.longitude:.4f}"
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
