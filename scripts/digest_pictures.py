"""Remakes docs/images/digest-*.webp: `.venv/bin/python scripts/digest_pictures.py [FOLDER WEEK …]`.

With a folder and weeks, those digests of the year go there instead, as PNG files.
"""

import asyncio
import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import Browser, FloatRect, async_playwright, expect

from benchmarks.year.__main__ import digests, town_of
from benchmarks.year.living import Living
from benchmarks.year.plan import ZONE, a_year, example_texts
from bot.chart.drawing import draw_chart
from bot.connection import make_bot
from bot.sending import Sender
from bot.settings import Settings
from cocreation.ideas.digest import Digest
from cocreation.ideas.ids import ChatId, Language
from cocreation.ideas.messages import Message, Show
from cocreation.services.send_digests import digest_trend
from handlers.digest import digest_message
from handlers.digest_trend import chart_of, picture_caption
from locales import translator
from sandbox.demo import FACILITATORS, LIEN
from sandbox.server import Sandbox, serve
from sandbox.world import demo_world
from storage.engine import SqlStorage

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SHOWN = {33: "nl", 40: "nl"}
"""The weeks in the documentation, and the language of each."""
LANGUAGES = ("nl", "nl", "nl", "fr", "de", "en")
WIDTH, HEIGHT = 390, 3400
"""Of a phone, and of a window in which a whole digest has room."""
GAP = 10
SAFE = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")


async def main(folder: Path | None, weeks: dict[int, str]) -> None:
    with tempfile.TemporaryDirectory() as home:
        storage = SqlStorage(f"sqlite:///{home}/morgen.db")
        await storage.open()
        living = Living(storage, town_of(Language("nl")), a_year(example_texts()))
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SAFE)
            async for week, digest in digests(living, themes_every=4):
                if week in weeks:
                    shot = await _shot(browser, storage, digest, weeks[week])
                    _keep(shot, week, folder)
                if week == max(weeks):
                    break
            await browser.close()
        await storage.close()


async def _shot(browser: Browser, storage: SqlStorage, digest: Digest, language: str) -> Image.Image:
    """The digest and its picture in a chat of their own."""
    async with serve(demo_world("Wilgenbeke")) as sandbox:
        await _send(sandbox, storage, digest, language)
        page = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=1.25)
        await page.goto(f"{sandbox.url}/#panes={LIEN}.{FACILITATORS}&front=0")
        pane = page.locator(f'.pane[data-person="{LIEN}"]')
        await expect(pane.get_by_role("article").first).to_be_visible()
        await page.wait_for_timeout(600)
        top = await pane.get_by_role("article").first.bounding_box()
        bottom = await pane.get_by_role("article").last.bounding_box()
        assert top is not None and bottom is not None
        tall = bottom["y"] + bottom["height"] - top["y"]
        clip: FloatRect = {"x": 0.0, "y": top["y"] - GAP, "width": float(WIDTH), "height": tall + 2 * GAP}
        taken = await page.screenshot(clip=clip)
        await page.close()
    return Image.open(io.BytesIO(taken)).convert("RGB")


async def _send(sandbox: Sandbox, storage: SqlStorage, digest: Digest, language: str) -> None:
    town, t = town_of(Language(language)), translator(language)
    settings = Settings.model_validate(
        {
            "telegram": {
                "token": sandbox.token,
                "base_url": sandbox.base_url,
                "base_file_url": sandbox.base_file_url,
            }
        }
    )
    async with storage.reading() as work:
        trend = await digest_trend(work, digest.period, ZONE)
    async with make_bot(settings.telegram) as bot:
        message: Message = digest_message(digest, town.digest_language, town)
        await Sender(bot).show(Show(ChatId(FACILITATORS), message), None)
        if trend.rows:
            caption = picture_caption(trend, town, t).html
            drawn = draw_chart(chart_of(trend, town, t))
            await bot.send_photo(FACILITATORS, drawn, caption=caption, parse_mode="HTML")


def _keep(shot: Image.Image, week: int, folder: Path | None) -> None:
    if folder is not None:
        shot.save(folder / f"week-{week}.png")
    else:
        shot.save(IMAGES / f"digest-{week}.webp", quality=80, method=6)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        asked = [int(week) for week in sys.argv[2:]]
        plan = {week: LANGUAGES[at % len(LANGUAGES)] for at, week in enumerate(asked)}
        asyncio.run(main(Path(sys.argv[1]), plan))
    else:
        asyncio.run(main(None, SHOWN))
