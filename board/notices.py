"""What the town owes its readers: the privacy notice, and what this board is."""

from starlette.responses import Response
from starlette.routing import Route

from board.site import Site, Visit, page_route
from cocreation.ideas.privacy import privacy_sections, summary, title


def routes(site: Site) -> list[Route]:
    return [page_route(site, "/privacy", privacy), page_route(site, "/about", about)]


async def privacy(visit: Visit) -> Response:
    sections = privacy_sections(visit.t, visit.site.town)
    return visit.page("privacy.html", title=title(visit.t), summary=summary(visit.t), sections=sections)


async def about(visit: Visit) -> Response:
    return visit.page("about.html")
