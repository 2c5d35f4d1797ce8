"""Whether the board is up, for the machines that ask."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route


def routes() -> list[Route]:
    return [Route("/healthz", healthz)]


async def healthz(request: Request) -> PlainTextResponse:
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})
