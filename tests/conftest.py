"""What tests of several packages start from."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, Playwright, async_playwright

from storage.engine import SqlStorage
from tests.pressed import ButtonsPressed

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_ALONE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(ButtonsPressed(config), ButtonsPressed.__name__)


@pytest.fixture(scope="session", autouse=True)
def _buttons_are_watched(pytestconfig: pytest.Config) -> Iterator[None]:
    watching = pytestconfig.pluginmanager.get_plugin(ButtonsPressed.__name__)
    assert isinstance(watching, ButtonsPressed)
    yield from watching.watch()


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[SqlStorage]:
    """A town's database, new and open."""
    opened = SqlStorage(f"sqlite:///{tmp_path}/morgen.db")
    await opened.open()
    yield opened
    await opened.close()


def _chromium(playwright: Playwright) -> str:
    """Find a Chromium; without one the test is skipped, but fails where CI is set."""
    installed = Path(playwright.chromium.executable_path)
    found = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if found is not None or installed.is_file():
        return found or str(installed)
    reason = "no Chromium here: `apt install chromium` or `.venv/bin/playwright install chromium`"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A real browser without a window."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=_chromium(playwright), args=list(_ALONE))
        yield launched
        await launched.close()


@pytest.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A page on a desk; it may report no error, and nothing that its security policy stops."""
    opened = await browser.new_page(viewport={"width": 1280, "height": 800})
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda told: faults.append(told.text) if told.type in {"error", "warning"} else None)
    yield opened
    await opened.close()
    assert faults == []
