"""A running town."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.town import Town, a_town


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose bot is awake."""
    async with a_town(tmp_path) as running:
        running.wake()
        yield running
