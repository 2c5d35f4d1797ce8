"""What the town owes its readers: the privacy notice, and what this board is."""

from starlette.responses import Response
from starlette.routing import Route

from board.site import Site, Visit, page_route


def routes(site: Site) -> list[Route]:
    return [page_route(site, "/privacy", privacy), page_route(site, "/about", about)]


async def privacy(visit: Visit) -> Response:
    return visit.page("privacy.html", contact_url=_contact_url(visit.site.town.contact))


async def about(visit: Visit) -> Response:
    return visit.page("about.html", contact_url=_contact_url(visit.site.town.contact))


def _contact_url(contact: str | None) -> str | None:
    """What a press on the contact opens, if it is an address on the web or of mail."""
    if contact is None:
        return None
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{contact}" if "@" in contact and " " not in contact else None
