"""One theme and the ideas in it."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from board.paging import SIZE, asked_number, paging
from board.photos import is_stored
from board.site import Site, Visit, page_route
from cocreation.ideas.ids import ThemeId


def routes(site: Site) -> list[Route]:
    return [page_route(site, "/themes/{theme:int}", theme_page)]


async def theme_page(visit: Visit) -> Response:
    """What the town said to all of it, and its ideas, the most central first."""
    asked = visit.request.path_params["theme"]
    if asked >= 2**63:
        raise HTTPException(404)
    number = asked_number(visit.request)
    async with visit.site.storage.reading() as work:
        theme = await work.themes.get(ThemeId(asked))
        if theme is None:
            raise HTTPException(404)
        pages = paging(number, theme.size)
        ideas = await work.themes.ideas_of(theme.id, SIZE, pages.offset)
        answer = await work.theme_replies.latest(theme.id)
        photo = None if answer is None else answer.answer.photo
        has_photo = photo is not None and is_stored(await work.reply_photos.get(photo))
    return visit.page(
        "theme.html", theme=theme, ideas=ideas, paging=pages, answer=answer, has_photo=has_photo
    )
