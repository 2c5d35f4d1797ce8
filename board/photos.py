"""Photos of published ideas."""

from pathlib import PurePosixPath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from board.site import Site
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import MediaId, ReplyPhotoId
from cocreation.ideas.media import Media, MediaKind
from cocreation.ideas.reply_photo import ReplyPhoto

TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
"""Pictures that cannot carry a script; nothing else leaves the store through the board."""


def routes(site: Site) -> list[Route]:
    async def photo(request: Request) -> Response:
        number = request.path_params["media"]
        return await picture(request, await _public_path(site, number), f'"{number}"')

    async def answer(request: Request) -> Response:
        number = request.path_params["photo"]
        return await picture(request, await _path_of_answer(site, number), f'"a{number}"')

    async def picture(request: Request, path: str, tag: str) -> Response:
        headers = {"Cache-Control": "no-cache", "ETag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        try:
            content = await site.media.open(path)
        except FileNotFoundError:
            raise HTTPException(404) from None
        return Response(content, media_type=TYPES[_suffix(path)], headers=headers)

    return [Route("/media/{media:int}", photo), Route("/media/answers/{photo:int}", answer)]


def is_showable(media: Media | None) -> bool:
    """Whether it is a picture that has come from Telegram and that a browser shows."""
    if media is None or media.path is None or media.kind is not MediaKind.PHOTO:
        return False
    return _suffix(media.path) in TYPES


async def _public_path(site: Site, media: int) -> str:
    """Where the photo lies. Raises HTTPException 404, or 410 when its idea is no longer shown."""
    if media >= 2**63:
        raise HTTPException(404)
    async with site.storage.reading() as work:
        found = await work.media.get(MediaId(media))
        idea = await work.ideas.get(found.idea) if found is not None else None
    if found is None or found.path is None or not is_showable(found):
        raise HTTPException(404)
    if idea is None or idea.state is IdeaState.DRAFT:
        raise HTTPException(404)
    if not idea.is_published:
        raise HTTPException(410)
    return found.path


def is_stored(photo: ReplyPhoto | None) -> bool:
    """Whether the photo of an answer has come from Telegram."""
    return photo is not None and photo.path is not None


async def _path_of_answer(site: Site, photo: int) -> str:
    """Where the photo of an answer lies. Raises HTTPException 404, or 410 when no published idea has it."""
    if photo >= 2**63:
        raise HTTPException(404)
    async with site.storage.reading() as work:
        found = await work.reply_photos.get(ReplyPhotoId(photo))
        is_public = await work.reply_photos.is_public(ReplyPhotoId(photo))
    if found is None or found.path is None:
        raise HTTPException(404)
    if not is_public:
        raise HTTPException(410)
    return found.path


def _suffix(path: str) -> str:
    return PurePosixPath(path).suffix.lower()
