"""The chat page: one document and its static files."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

_HERE = Path(__file__).parent
_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


async def index(request: Request) -> Response:
    """The page itself; everything it shows it asks of the control API."""
    headers = {
        "content-security-policy": _POLICY,
        "referrer-policy": "no-referrer",
        "cache-control": "no-cache",
    }
    return FileResponse(_HERE / "templates" / "index.html", media_type="text/html", headers=headers)


def routes() -> list[BaseRoute]:
    """The page at / and its static files."""
    static = StaticFiles(directory=_HERE / "static", check_dir=False)
    return [Route("/", index), Mount("/static", static, name="static")]
