"""The chat page: one document and its static files."""

from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

_HERE = Path(__file__).parent
_NO_CACHE = "no-cache"
_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class _Static(StaticFiles):
    """Files that a browser asks for again each time, so that a newer version is never mixed with an older."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401 - handed on as they are
        response = super().file_response(*args, **kwargs)
        response.headers["cache-control"] = _NO_CACHE
        response.headers["x-content-type-options"] = "nosniff"
        return response


async def index(request: Request) -> Response:
    """The page itself; everything it shows it asks of the control API."""
    headers = {
        "content-security-policy": _POLICY,
        "referrer-policy": "no-referrer",
        "cache-control": _NO_CACHE,
    }
    return FileResponse(_HERE / "templates" / "index.html", media_type="text/html", headers=headers)


def routes() -> list[BaseRoute]:
    """The page at / and its static files."""
    static = _Static(directory=_HERE / "static", check_dir=False)
    return [Route("/", index), Mount("/static", static, name="static")]
