"""What tests of several packages start from."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.engine import SqlStorage


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[SqlStorage]:
    """A town's database, new and open."""
    opened = SqlStorage(f"sqlite:///{tmp_path}/morgen.db")
    await opened.open()
    yield opened
    await opened.close()
