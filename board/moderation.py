"""What facilitators did about what people wrote, as numbers by month: no words and no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response
from starlette.routing import Route

from board.site import Site, Visit, page_route
from cocreation.ideas.moderation import Happened, Tally, tally
from cocreation.ideas.town import Town

MONTHS = 24


@dataclass(frozen=True, slots=True)
class Month:
    """`start` is its first day, on the town's clock."""

    start: date
    tally: Tally


def routes(site: Site) -> list[Route]:
    return [page_route(site, "/moderation", moderation)]


async def moderation(visit: Visit) -> Response:
    async with visit.site.storage.reading() as work:
        happened = await work.acts.happened()
    months = by_month(happened, visit.site.town)
    return visit.page("moderation.html", months=months[:MONTHS], ever=tally(happened))


def by_month(happened: Sequence[Happened], town: Town) -> Sequence[Month]:
    """Newest first; months in which nothing happened are left out."""
    found: dict[date, list[Happened]] = {}
    for each in happened:
        found.setdefault(town.local(each.at).date().replace(day=1), []).append(each)
    return [Month(start, tally(found[start])) for start in sorted(found, reverse=True)]
