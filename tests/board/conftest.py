"""A town and somebody who reads its board."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from storage.engine import SqlStorage
from tests.board.filled import Filled, board_of


@pytest.fixture
def town(storage: SqlStorage, tmp_path: Path) -> Filled:
    folder = tmp_path / "media"
    folder.mkdir()
    return board_of(storage, folder)


@pytest.fixture
async def visitor(town: Filled) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who reads the board; redirects are theirs to follow."""
    transport = httpx.ASGITransport(app=town.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://board.example") as client:
        yield client
