"""The themes of a table as one page that needs nothing else: no server, no script, no other file."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from jinja2 import Environment
from markupsafe import Markup

from board.assets import FOLDER
from board.templating import one_line, template_environment
from board.theme_map import Canvas, Dot, Drawn, draw
from board.theme_news import comings_and_goings, news
from cocreation.ideas.ids import ThemeId
from cocreation.ideas.theme import COLOURS, FEWEST_IDEAS
from cocreation.services.theme_overview import Quote, ThemeOverview, ThemesOverview
from locales import translator

STYLES = ("board.css", "colours.css", "report.css")

MOST_ON_A_MAP = 300
"""Circles; more would be dust. The list has all themes."""

LONGEST_LABEL = 60

PARTS_AT_ONCE = 6
"""Sub-themes to see without asking for more."""


@dataclass(frozen=True, slots=True)
class Map:
    """One drawing of all themes, for wide or narrow screens."""

    width: str
    canvas: Canvas
    circles: Sequence[tuple[int, ThemeOverview, Drawn]]


def render_report(overview: ThemesOverview) -> str:
    """The page, in the language of the overview where there are words in it; always the same for the same."""
    t = translator(overview.language)
    style = _style()
    environment = _environment()
    return environment.get_template("report.html").render(
        overview=overview,
        maps=_maps(overview.themes),
        lead=_lead(overview),
        parts_at_once=PARTS_AT_ONCE,
        largest=max((theme.size for theme in overview.themes), default=0),
        news=[] if overview.changes is None else news(overview.changes, t),
        movements=[] if overview.changes is None else comings_and_goings(overview.changes, t),
        fewest=FEWEST_IDEAS,
        style=Markup(style),  # noqa: S704 - the board's own files
        security=security(style),
        t=t,
        gettext=t.gettext,
        ngettext=t.ngettext,
    )


def colour(theme: ThemeId) -> str:
    """The class of a theme's colour; it follows the theme's identity, not its rank."""
    return f"colour-{theme % COLOURS}"


def tied(label: str) -> str:
    """The name of a theme, no line of which begins with the dot between its parts."""
    return label.replace(" · ", "\u00a0· ")


def _lead(overview: ThemesOverview) -> Quote | None:
    """What opens the page: of the largest theme, in the page's language if somebody wrote in it."""
    quotes = overview.themes[0].quotes if overview.themes else ()
    own = (quote for quote in quotes if quote.language == overview.language)
    return next(own, quotes[0] if quotes else None)


def _maps(themes: Sequence[ThemeOverview]) -> list[Map]:
    shown = themes[:MOST_ON_A_MAP]
    crowd = min(len(shown), 150)
    return [
        _map("wide", Canvas(1120, 520 + 1.6 * crowd, 15, 0.34), shown),
        _map("narrow", Canvas(340, 430 + 2.4 * crowd, 12.5, 0.4), shown),
    ]


def _map(width: str, canvas: Canvas, themes: Sequence[ThemeOverview]) -> Map:
    dots = [Dot(one_line(theme.label, LONGEST_LABEL), theme.size, theme.spot) for theme in themes]
    circles = zip(range(1, len(themes) + 1), themes, draw(dots, canvas), strict=True)
    return Map(width, canvas, list(circles))


@cache
def _environment() -> Environment:
    environment = template_environment()
    environment.filters.update(colour=colour, tied=tied)
    return environment


@cache
def _style() -> str:
    return "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in STYLES)


def security(style: str) -> str:
    """A policy under which the page can load nothing and run nothing, and has this one style."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
