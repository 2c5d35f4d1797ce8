"""Puts the board together: routes, headers, compression, error pages."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from board import assets, errors, front, health, ideas, moderation, notices, photos, themes
from board.headers import SecurityHeaders, security_headers
from board.site import Site
from cocreation.ports import Clock, MediaStore, Storage, TownNow


def create_board(
    storage: Storage,
    town: TownNow,
    clock: Clock,
    media: MediaStore,
    bot_url: Callable[[], str | None],
) -> Starlette:
    """The board as an ASGI application. `bot_url` is asked at each page: the bot may start later."""
    site = Site(storage, town, clock, media, bot_url)
    app = Starlette(
        routes=[
            *health.routes(),
            *assets.routes(site.assets),
            *photos.routes(site),
            *front.routes(site),
            *themes.routes(site),
            *ideas.routes(site),
            *notices.routes(site),
            *moderation.routes(site),
        ],
        middleware=[
            Middleware(SecurityHeaders, headers=security_headers(town().board_url)),
            Middleware(GZipMiddleware, minimum_size=1000),
        ],
        exception_handlers=errors.handlers(site),
    )
    # A redirect to the slashed path would name the host that the request claims.
    app.router.redirect_slashes = False
    return app
