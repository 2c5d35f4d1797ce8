"""The whole journey on the sandbox's page, in a real browser, in each language."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest
from playwright.async_api import Browser

from sandbox.server import serve
from scripts.journey import CAST, Part, chat, phone, play
from tests.bot.test_themes import bring_in
from tests.bot.town import LIEN, Town, a_town, a_world, settings_for

pytestmark = pytest.mark.browser
STEPS = (
    "welcome",
    "idea",
    "photo",
    "theme",
    "list",
    "support",
    "comment",
    "withdrawn",
    "returned",
    "search",
    "me",
)


@pytest.fixture(scope="module")
def themed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The database of a town whose themes have been found."""
    return asyncio.run(_found(tmp_path_factory.mktemp("themed")))


async def _found(folder: Path) -> bytes:
    async with a_town(folder) as town:
        await bring_in(town)
        town.wake()
        town.write(LIEN, "Meer bomen langs de Leuvensestraat")
        await town.until(lambda: any("Thema:" in text for text in town.texts(LIEN)))
        await town.rest()
        return town.settings.storage.database.read_bytes()


@pytest.fixture
async def town(tmp_path: Path, themed: bytes) -> AsyncIterator[Town]:
    """The same town, with somebody who speaks each language."""
    world = a_world()
    for part in CAST:
        if part.person not in world.people:
            world.add_person(f"Somebody {part.language}", id=part.person, language_code=part.language)
    async with serve(world) as sandbox:
        town = Town(sandbox, settings_for(sandbox, tmp_path))
        town.settings.storage.database.write_bytes(themed)
        town.wake()
        yield town
        await town.rest()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", CAST, ids=[part.language for part in CAST])
async def test_the_whole_journey_can_be_played(town: Town, browser: Browser, part: Part) -> None:
    phones = await phone(browser)
    async with chat(phones, town.sandbox.url, part.person) as pane, aclosing(play(pane, part)) as steps:
        seen = [step async for step in steps]
    await phones.close()
    assert tuple(seen) == STEPS
    own = "SELECT text, state FROM ideas JOIN residents ON author_id = residents.id WHERE telegram_id = ?"
    assert await town.rows(own, part.person) == [(part.idea, "published")]
    assert await town.rows("SELECT count(*) FROM supports") == [(1,)]
    assert await town.rows("SELECT text FROM comments") == [(part.comment,)]
