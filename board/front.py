"""The town's front page: what people want, in their words and in numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from board.negotiation import preferred
from board.site import Site, Visit, page_route
from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import Language, ThemeId
from cocreation.ideas.movement import ThemeActivity
from cocreation.ideas.period import Period

NEWEST = 6
WITH_QUOTE = 8
"""Themes that show a quote; the smaller ones below are a name and a bar."""
LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ThemeBar:
    """A theme as a bar: `share` and `fresh` are parts of the largest theme's length, in percent."""

    theme: ThemeActivity
    share: float
    fresh: float
    quote: IdeaView | None


def routes(site: Site) -> list[Route]:
    async def choose_language(request: Request) -> Response:
        language = preferred(request.headers.get("accept-language", ""), site.town.languages)
        visit = Visit.of(site, request, language)
        return RedirectResponse(
            visit.link(), 302, headers={"Vary": "Accept-Language", "Cache-Control": "no-cache"}
        )

    async def add_slash(visit: Visit) -> Response:
        return RedirectResponse(visit.link(), 308)

    return [
        Route("/", choose_language),
        page_route(site, "", add_slash),
        page_route(site, "/", front),
    ]


async def front(visit: Visit) -> Response:
    now = visit.site.clock()
    lately = Period(now - LATELY, now)
    async with visit.site.storage.reading() as work:
        activity = await work.digests.theme_activity(lately)
        quotes = {view.theme: view for view in await work.themes.quotes() if view.theme is not None}
        people, supports = await work.digests.people_and_supports()
        week = await work.digests.counts(lately)
        newest = await work.ideas.newest(NEWEST)
        total = await work.ideas.count()
        lead = _lead(theme_bars(activity, quotes), newest, visit.language)
        if lead is not None and lead.theme in quotes:
            # Those words open the page; in the list another voice stands for the theme.
            del quotes[lead.theme]
            others = [view for view in await work.themes.ideas_of(lead.theme, 2) if view != lead]
            quotes.update((lead.theme, view) for view in others[:1])
    bars = theme_bars(activity, quotes)
    return visit.page(
        "front.html",
        bars=bars[:WITH_QUOTE],
        small_bars=bars[WITH_QUOTE:],
        lead=lead,
        newest=newest,
        total=total,
        people=people,
        supports=supports,
        week=week,
    )


def theme_bars(activity: Sequence[ThemeActivity], quotes: Mapping[ThemeId, IdeaView]) -> Sequence[ThemeBar]:
    """The themes, largest first, measured against the largest."""
    themes = sorted(activity, key=lambda theme: (-theme.size, theme.id))
    longest = max((theme.size for theme in themes), default=1)
    return [
        ThemeBar(
            theme,
            round(100 * theme.size / longest, 1),
            round(100 * min(theme.arrived, theme.size) / longest, 1),
            quotes.get(theme.id),
        )
        for theme in themes
        if theme.size > 0
    ]


def _lead(bars: Sequence[ThemeBar], newest: Sequence[IdeaView], language: Language) -> IdeaView | None:
    """The words that open the page: in its language where there are any, and those of the theme that most
    people wrote about lately."""
    quoted = [(bar.theme, bar.quote) for bar in bars if bar.quote is not None]
    if not quoted:
        return newest[0] if newest else None
    readable = [(theme, quote) for theme, quote in quoted if quote.idea.language == language]
    _, lead = max(readable or quoted, key=lambda pair: (pair[0].arrived, pair[0].size))
    return lead
