"""Remakes the pictures in docs/images from a demo of its own: `.venv/bin/python scripts/pictures.py`."""

import asyncio
import io
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from bot.demo import HOST, TOWN, run_demo
from bot.logs import configure_logs
from bot.poster import PaperSize, Poster, PosterFormat, draw_poster
from bot.settings import BoardSettings, Settings, TownSettings
from sandbox.demo import EMMA, FACILITATORS, GRIET, LIEN, YASMINE

IMAGES = Path(__file__).parents[1] / "docs" / "images"
PORT = 9480
CHAT, BOARD = f"http://{HOST}:{PORT}", f"http://{HOST}:{PORT + 1}"
IDEA = "Een veilig fietspad naar de school aan de Molensteenweg, los van de auto's."
PATIENCE = 600_000
"""Milliseconds until themes have been found twice, on a busy machine too."""
SAFE = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
PHONE = (390, 800)
POSTER_WIDTH = 800
GAP, ROUND, PAPER, LINE = 32, 24, "#efe9dd", "#cfc6b4"


async def main() -> None:
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
                    await take(browser)
                    await browser.close()
            finally:
                stopped.set()


async def take(browser: Browser) -> None:
    """Play a morning in Wilgenbeke, and keep what it looks like."""
    phones = await context(browser, PHONE)
    async with chat(phones, YASMINE, YASMINE) as yasmine:
        await say(yasmine, "")
        keep("welcome", await shot(yasmine))
    async with chat(phones, GRIET, GRIET) as griet:
        await say(griet, IDEA)
        await expect(griet.get_by_text("Thema:")).to_be_visible(timeout=PATIENCE)
        idea = await shot(griet)
    async with chat(phones, EMMA, EMMA) as emma:
        await say(emma, "/ideas")
        await emma.get_by_role("button", name="1", exact=True).click()
        await emma.get_by_role("button", name="👍 Support it").click()
        await expect(emma.get_by_role("button", name="✅ You support it")).to_be_visible()
        await expect(emma.locator(".toast")).to_have_text("Supported.")
        keep("browse", await shot(emma))
    async with chat(phones, LIEN, FACILITATORS) as lien:
        await say(lien, "/digest")
        await lien.get_by_role("article").last.evaluate("it => it.scrollIntoView({block: 'start'})")
        digest = await shot(lien)
    keep("idea", idea)
    keep("digest", digest)

    keep("poster", poster())

    wide = await context(browser, (600, PHONE[1]))
    keep("morgen", side_by_side([idea, digest, await front(await wide.new_page(), "nl/")]))
    keep("board", await front(await phones.new_page(), "en/#themes"))
    dark = await context(browser, PHONE, is_dark=True)
    page = await dark.new_page()
    await front(page, "fr/")
    await page.locator(".themes h3 a").first.click()
    keep("theme", await page.screenshot())


async def context(browser: Browser, size: tuple[int, int], is_dark: bool = False) -> BrowserContext:
    return await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=2,
        color_scheme="dark" if is_dark else "light",
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/Brussels",
    )


@asynccontextmanager
async def chat(phones: BrowserContext, person: int, at: int) -> AsyncIterator[Locator]:
    """A person's chat, on a page of its own: a browser holds few streams of events at once."""
    page = await phones.new_page()
    async with page.expect_response("**/sandbox/events"):
        await page.goto(f"{CHAT}/#panes={person}.{at}&front=0")
    pane = page.locator(f'.pane[data-person="{person}"][data-chat="{at}"]')
    await expect(pane.get_by_role("heading", level=2)).not_to_be_empty()
    yield pane
    await page.close()


async def say(pane: Locator, text: str) -> None:
    """Begin where nobody has yet, write, and wait for the answer."""
    start = pane.get_by_role("button", name="Start", exact=True)
    articles = pane.get_by_role("article")
    if await start.is_visible():
        await start.click()
        await expect(articles).to_have_count(2)
    if text:
        before = await articles.count()
        await pane.get_by_role("textbox").fill(text)
        await pane.get_by_role("textbox").press("Enter")
        await expect(articles).to_have_count(before + 2)


async def shot(pane: Locator) -> bytes:
    """The chat as it stands, once what flashes up is gone."""
    await pane.page.evaluate("document.activeElement?.blur()")
    await expect(pane.locator(".toast")).to_be_hidden(timeout=10_000)
    await pane.page.wait_for_timeout(300)
    return await pane.screenshot()


async def front(page: Page, path: str) -> bytes:
    await page.goto(f"{BOARD}/{path}")
    return await page.screenshot()


def poster() -> bytes:
    """Wilgenbeke's, small enough for a page."""
    settings = Settings(
        town=TownSettings(name=TOWN, contact="privacy@wilgenbeke.example"),
        board=BoardSettings(public_url="https://ideas.wilgenbeke.example"),
    )
    town = settings.town_profile()
    drawn = draw_poster(Poster(town, "wilgenbeke_bot", town.languages), PosterFormat.PNG, PaperSize.A5)
    whole = Image.open(io.BytesIO(drawn)).convert("RGB")
    small = whole.resize((POSTER_WIDTH, whole.height * POSTER_WIDTH // whole.width), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.save(written, "PNG")
    return written.getvalue()


def side_by_side(shots: list[bytes]) -> bytes:
    """Pictures of about the same height as one, on paper."""
    pictures = [Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots]
    height = min(picture.height for picture in pictures)
    width = sum(picture.width + GAP for picture in pictures) + GAP
    whole = Image.new("RGB", (width, height + 2 * GAP), PAPER)
    left = GAP
    for picture in pictures:
        box = (0, 0, picture.width - 1, height - 1)
        mask = Image.new("L", (picture.width, height))
        ImageDraw.Draw(mask).rounded_rectangle(box, ROUND, fill=255)
        ImageDraw.Draw(picture).rounded_rectangle(box, ROUND, outline=LINE, width=3)
        whole.paste(picture.crop((0, 0, picture.width, height)), (left, GAP), mask)
        left += picture.width + GAP
    written = io.BytesIO()
    whole.save(written, "PNG")
    return written.getvalue()


def keep(name: str, shot: bytes) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    Image.open(io.BytesIO(shot)).convert("RGB").save(IMAGES / f"{name}.webp", quality=82, method=6)


if __name__ == "__main__":
    configure_logs("text", "warning")
    asyncio.run(main())
