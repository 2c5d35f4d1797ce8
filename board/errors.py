"""Error pages, in the language of the page that was asked for."""

from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from board.headers import security_headers
from board.negotiation import preferred
from board.site import Site, Visit
from cocreation.ideas.ids import Language

Handler = Callable[[Request, Exception], Awaitable[Response]]


def handlers(site: Site) -> dict[type[Exception], Handler]:
    async def refused(request: Request, fault: Exception) -> Response:
        status = fault.status_code if isinstance(fault, HTTPException) else 500
        response = _error_page(site, request, status)
        if isinstance(fault, HTTPException) and fault.headers:
            response.headers.update(fault.headers)
        return response

    async def failed(request: Request, fault: Exception) -> Response:
        response = _error_page(site, request, 500)
        # Starlette answers these outside of all middleware.
        response.headers.update(security_headers(site.town.board_url))
        return response

    return {HTTPException: refused, Exception: failed}


def _error_page(site: Site, request: Request, status: int) -> Response:
    visit = Visit.of(site, request, _language(site, request))
    response = visit.page("error.html", status, code=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _language(site: Site, request: Request) -> Language:
    first = request.url.path.split("/")[1]
    for language in site.town.languages:
        if language == first:
            return language
    return preferred(request.headers.get("accept-language", ""), site.town.languages)
