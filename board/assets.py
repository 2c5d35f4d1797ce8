"""Style and icon, each under a name that changes with its content, so that browsers keep it for good."""

import mimetypes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).parent / "static"
FOR_GOOD = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served."""

    name: str
    content: bytes
    media_type: str


class Assets:
    """The files of `static/`, read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        found = {path.name: _asset(path) for path in sorted(folder.iterdir())}
        self._names = {name: asset.name for name, asset in found.items()}
        self._served = {asset.name: asset for asset in found.values()}

    def name(self, name: str) -> str:
        """The name under which a file such as 'board.css' is served now."""
        return self._names[name]

    def get(self, served_name: str) -> Asset | None:
        return self._served.get(served_name)


def routes(assets: Assets) -> list[Route]:
    async def serve(request: Request) -> Response:
        asset = assets.get(request.path_params["name"])
        if asset is None:
            raise HTTPException(404)
        return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": FOR_GOOD})

    return [Route("/static/{name}", serve)]


def _asset(path: Path) -> Asset:
    content = path.read_bytes()
    name = f"{path.stem}.{sha256(content).hexdigest()[:12]}{path.suffix}"
    return Asset(name, content, mimetypes.guess_type(path.name)[0] or "application/octet-stream")
