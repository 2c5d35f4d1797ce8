"""A resident's whole journey on the sandbox's page, step by step, in each language.

`.venv/bin/python scripts/journey.py` plays it in a demo of its own and remakes docs/images/journey; tests
play the same steps.
"""

import asyncio
import io
import shutil
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.async_api import Browser, BrowserContext, FilePayload, Locator, async_playwright, expect

from bot.demo import HOST, run_demo
from bot.logs import configure_logs
from locales import Translator, translator
from sandbox.demo import EMMA, GRIET, JONAS, YASMINE

IMAGES = Path(__file__).parents[1] / "docs" / "images" / "journey"
PORT = 9480
PHONE = (390, 800)
SAFE = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
SOON, PATIENCE = 60_000, 600_000
"""Milliseconds until an answer comes, and until a theme is known, on a busy machine too."""
MORE = "⋯"


@dataclass(frozen=True, slots=True)
class Part:
    """Who plays, in which language, and what they say."""

    language: str
    person: int
    idea: str
    comment: str
    searched: str

    @property
    def words(self) -> Translator:
        return translator(self.language)


CAST = (
    Part(
        "nl",
        GRIET,
        "Een veilig fietspad naar de school aan de Molensteenweg, los van de auto's.",
        "Goed idee, en graag met een bank erbij.",
        "fiets",
    ),
    Part(
        "fr",
        YASMINE,
        "Plus d'arbres et un banc à l'ombre sur la place du marché.",
        "Oui, et une fontaine pour boire.",
        "arbres",
    ),
    Part(
        "de",
        JONAS,
        "Ein Spielplatz mit Schatten neben der Bibliothek.",
        "Das wäre schön, auch für die Größeren.",
        "Park",
    ),
    Part(
        "en",
        EMMA,
        "A small stage in the park where young people can play music.",
        "Yes please, and lights until ten.",
        "park",
    ),
)


@asynccontextmanager
async def chat(phones: BrowserContext, url: str, person: int) -> AsyncIterator[Locator]:
    """A person's chat with the bot, on a page of its own."""
    page = await phones.new_page()
    async with page.expect_response("**/sandbox/events"):
        await page.goto(f"{url}/#panes={person}.{person}&front=0")
    pane = page.locator(f'.pane[data-person="{person}"]')
    await expect(pane.get_by_role("heading", level=2)).not_to_be_empty()
    yield pane
    await page.close()


async def play(pane: Locator, part: Part) -> AsyncGenerator[str]:
    """Go through it; gives the name of each step once it can be seen."""
    t = part.words
    await pane.get_by_role("button", name="Start", exact=True).click()
    await _says(pane, t.gettext("Write it here in your own words, with a photo or a place if you like."))
    yield "welcome"
    await _write(pane, part.idea)
    card = pane.get_by_role("article").filter(has=pane.page.locator("blockquote", has_text=part.idea))
    await expect(card).to_contain_text(t.gettext("Your idea is kept."), timeout=SOON)
    yield "idea"
    await _send_photo(pane)
    await expect(card).to_contain_text(t.ngettext("{n} photo", "{n} photos", 1), timeout=SOON)
    yield "photo"
    await expect(card).to_contain_text(t.gettext("Theme: {theme}", theme="").strip(), timeout=PATIENCE)
    yield "theme"
    await _write(pane, "/ideas")
    await _says(pane, t.gettext("Newest"))
    yield "list"
    # The newest one may be one's own.
    await _press(pane, "2")
    await expect(_button(pane, t.gettext("Follow"))).to_be_visible(timeout=SOON)
    await _press(pane, t.gettext("Support it"))
    await expect(_button(pane, t.gettext("You support it"))).to_be_visible(timeout=SOON)
    yield "support"
    await _press(pane, "💬")
    if await _button(pane, t.gettext("Write a comment")).is_visible():
        await _press(pane, t.gettext("Write a comment"))
    await expect(_button(pane, t.gettext("Cancel"))).to_be_visible(timeout=SOON)
    await _write(pane, part.comment)
    await _says(pane, part.comment)
    yield "comment"
    await _press(card, t.gettext("Withdraw"))
    await expect(card).to_contain_text(
        t.gettext("Withdrawn. You can undo this within 24 hours."), timeout=SOON
    )
    await card.scroll_into_view_if_needed()
    yield "withdrawn"
    await _press(card, t.gettext("Undo"))
    await expect(card).to_contain_text(t.gettext("Your idea is back."), timeout=SOON)
    await card.scroll_into_view_if_needed()
    yield "returned"
    await _write(pane, "/ideas")
    await _press(pane, t.gettext("Search"))
    await _says(pane, t.gettext("Search"))
    await expect(_button(pane, t.gettext("Cancel"))).to_be_visible(timeout=SOON)
    await _write(pane, part.searched)
    await _says(pane, t.gettext("Search: {words}", words=part.searched))
    yield "search"
    await _write(pane, "/me")
    await expect(_button(pane, t.gettext("My settings"))).to_be_visible(timeout=SOON)
    yield "me"


async def _write(pane: Locator, text: str) -> None:
    await pane.get_by_role("textbox").fill(text)
    await pane.get_by_role("textbox").press("Enter")


async def _says(pane: Locator, text: str) -> None:
    """Wait until the newest message says so."""
    await expect(pane.get_by_role("article").filter(has_text=text).last).to_be_visible(timeout=SOON)


def _button(where: Locator, label: str) -> Locator:
    """The newest button with this label, whatever picture stands before it."""
    keyboards = where.get_by_role("group", name="Buttons of this message")
    return keyboards.locator("button", has_text=label).last


async def _press(where: Locator, label: str) -> None:
    button = _button(where, label)
    if not await button.is_visible() and await _button(where, MORE).is_visible():
        await _button(where, MORE).click()
    await button.click()


async def _send_photo(pane: Locator) -> None:
    page = pane.page
    await pane.get_by_role("button", name="Attach something").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("menuitem", name="Photo or video").click()
    await (await chooser.value).set_files([photo()])
    await pane.get_by_role("button", name="Send", exact=True).click()


def photo() -> FilePayload:
    """A meadow with a tree, as well as one can draw it in six lines."""
    picture = Image.new("RGB", (960, 600), "#bfe3f2")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 380, 960, 600), fill="#7cb26b")
    draw.rectangle((455, 260, 505, 470), fill="#7a5a3a")
    draw.ellipse((330, 70, 630, 340), fill="#3f7d4b")
    draw.rectangle((640, 430, 820, 450), fill="#8a6a48")
    draw.rectangle((655, 450, 670, 500), fill="#6b5138")
    draw.rectangle((790, 450, 805, 500), fill="#6b5138")
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=88)
    return {"name": "plek.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


async def phone(browser: Browser) -> BrowserContext:
    return await browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]},
        device_scale_factor=2,
        color_scheme="light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/Brussels",
    )


async def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ready, stopped = asyncio.Event(), asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(run_demo(Path(folder), PORT, stopped, lambda _: ready.set()))
            await ready.wait()
            try:
                async with async_playwright() as playwright:
                    browser = await playwright.chromium.launch(
                        executable_path=shutil.which("chromium"), args=SAFE
                    )
                    phones = await phone(browser)
                    for part in CAST:
                        async with chat(phones, f"http://{HOST}:{PORT}", part.person) as pane:
                            async for step in play(pane, part):
                                await _keep(pane, f"{part.language}-{step}")
                    await browser.close()
            finally:
                stopped.set()


async def _keep(pane: Locator, name: str) -> None:
    await pane.page.evaluate("document.activeElement?.blur()")
    await pane.page.wait_for_timeout(600)  # a toast comes after the edit
    await expect(pane.locator(".toast")).to_be_hidden(timeout=10_000)
    await pane.page.wait_for_timeout(300)
    shot = Image.open(io.BytesIO(await pane.screenshot())).convert("RGB")
    shot.save(IMAGES / f"{name}.webp", quality=80, method=6)


if __name__ == "__main__":
    configure_logs("text", "warning")
    asyncio.run(main())
