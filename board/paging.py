"""Long lists in pages that are linked by number."""

import re
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request

SIZE = 20
NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of `pages`, counted from 1."""

    number: int
    pages: int

    @property
    def offset(self) -> int:
        return (self.number - 1) * SIZE

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


def asked_number(request: Request) -> int:
    """The page that ?page= asks for. Raises HTTPException 404 for what is no page number."""
    asked = request.query_params.get("page", "1")
    if not NUMBER.fullmatch(asked):
        raise HTTPException(404)
    return int(asked)


def paging(number: int, total: int) -> Paging:
    """Where the page stands among those that `total` items fill. Raises HTTPException 404 past the end."""
    pages = max(1, -(-total // SIZE))
    if number > pages:
        raise HTTPException(404)
    return Paging(number, pages)
