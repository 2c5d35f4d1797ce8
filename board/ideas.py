"""All ideas, and one idea."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from board.paging import SIZE, asked_number, paging
from board.photos import is_showable, is_stored
from board.site import Site, Visit, page_route
from cocreation.ideas.deep_link import ToIdea, payload
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import Token

ALIKE = 4
COMMENTS = 100
"""The newest of them; who wants to read more does so in the chat."""
GONE = frozenset({IdeaState.HIDDEN, IdeaState.WITHDRAWN})


def routes(site: Site) -> list[Route]:
    return [
        page_route(site, "/ideas", newest_page),
        page_route(site, "/ideas/{token}", idea_page),
    ]


async def newest_page(visit: Visit) -> Response:
    number = asked_number(visit.request)
    async with visit.site.storage.reading() as work:
        total = await work.ideas.count()
        pages = paging(number, total)
        ideas = await work.ideas.newest(SIZE, offset=pages.offset)
    return visit.page("ideas.html", ideas=ideas, total=total, paging=pages)


async def idea_page(visit: Visit) -> Response:
    """One idea with what is known around it; 410 for one that was shown and is no longer."""
    async with visit.site.storage.reading() as work:
        view = await work.ideas.by_token(Token(visit.request.path_params["token"]))
        if view is None or view.idea.state is IdeaState.DRAFT:
            raise HTTPException(404)
        if view.idea.state in GONE:
            raise HTTPException(410)
        photos = [photo for photo in view.photos if is_showable(await work.media.get(photo))]
        thread = await work.comments.thread(view.idea.id, COMMENTS)
        replies = await work.replies.of_idea(view.idea.id)
        named = {reply.answer.photo for reply in replies if reply.answer.photo is not None}
        answer_photos = {photo for photo in named if is_stored(await work.reply_photos.get(photo))}
        alike = await work.themes.ideas_of(view.theme, ALIKE) if view.theme is not None else ()
    others = [other for other in alike if other.idea.id != view.idea.id][: ALIKE - 1]
    start = payload(ToIdea(view.idea.token))
    return visit.page(
        "idea.html",
        view=view,
        photos=photos,
        replies=replies,
        answer_photos=answer_photos,
        thread=thread,
        others=others,
        start=start,
    )
