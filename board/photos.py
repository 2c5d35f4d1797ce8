"""Photos of published ideas."""

from pathlib import PurePosixPath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.site import Site
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import MediaId
from cocreation.ideas.media import MediaKind

TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
"""Pictures that cannot carry a script; nothing else leaves the store through the board."""


def routes(site: Site) -> list[Route]:
    async def photo(request: Request) -> Response:
        path = await _public_path(site, request.path_params["media"])
        media_type = TYPES.get(PurePosixPath(path).suffix.lower())
        if media_type is None:
            raise HTTPException(404)
        tag = f'"{request.path_params["media"]}"'
        headers = {"Cache-Control": "no-cache", "ETag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        try:
            content = await site.media.open(path)
        except FileNotFoundError:
            raise HTTPException(404) from None
        return Response(content, media_type=media_type, headers=headers)

    return [Route("/media/{media:int}", photo)]


async def _public_path(site: Site, media: int) -> str:
    """Where the photo lies. Raises HTTPException 404, or 410 when its idea is no longer shown."""
    if media >= 2**63:
        raise HTTPException(404)
    async with site.storage.reading() as work:
        found = await work.media.get(MediaId(media))
        idea = await work.ideas.get(found.idea) if found is not None else None
    if found is None or idea is None or found.path is None or found.kind is not MediaKind.PHOTO:
        raise HTTPException(404)
    if idea.state is IdeaState.DRAFT:
        raise HTTPException(404)
    if not idea.is_published:
        raise HTTPException(410)
    return found.path
