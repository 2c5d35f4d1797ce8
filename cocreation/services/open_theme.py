"""What a facilitator sees of a theme."""

from datetime import datetime

from cocreation.errors import ThemeGoneError
from cocreation.ideas.ids import ThemeId
from cocreation.ideas.theme import Theme
from cocreation.ideas.theme_page import ThemePage
from cocreation.ports import Work

IDEAS = 4
"""So many of its ideas stand on a page."""


async def present_theme(work: Work, theme: ThemeId) -> Theme:
    """A theme that is there, hidden or not. Raises ThemeGoneError."""
    found = await work.theme_pages.get(theme)
    if found is None:
        raise ThemeGoneError
    return found


async def open_theme(work: Work, theme: ThemeId, now: datetime, start: int = 0) -> ThemePage:
    """The theme, and its ideas from about `start` on. Raises ThemeGoneError."""
    found = await present_theme(work, theme)
    start = min(start, found.size - 1) // IDEAS * IDEAS
    log = await work.theme_pages.log(theme, 1)
    return ThemePage(
        theme=found,
        weeks=await work.theme_pages.weeks(theme, now),
        ideas=await work.theme_pages.ideas(theme, IDEAS, start),
        start=start,
        latest=next(iter(log), None),
    )
