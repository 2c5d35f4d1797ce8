"""Remakes docs/images/report-*.webp: `.venv/bin/python scripts/report_pictures.py [FOLDER OF SETS]`."""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from pictures import SAFE, keep, side_by_side
from playwright.async_api import Browser, async_playwright

from board.report import render_report
from cocreation.ideas.ids import Language
from cocreation.services.cluster_table import Page, cluster_table

SETS = Path(__file__).parents[2] / "shared" / "data"
DESK, PHONE = (1280, 1600), (390, 1600)
PIXELS = 1.15


async def main(sets: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        austria = report(sets / "civic_austria_de.csv", "de", Path(folder))
        sib = report(sets / "sib200_train.csv", "nl,fr,de,en", Path(folder))
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=SAFE)
            shots = [await shot(browser, austria, DESK), await shot(browser, austria, PHONE, is_dark=True)]
            keep("report-austria", side_by_side(shots))
            shots = [
                await shot(browser, f"{sib}#themes", DESK, is_dark=True),
                await shot(browser, sib, PHONE),
            ]
            keep("report-languages", side_by_side(shots))
            await browser.close()


def report(ideas: Path, languages: str, folder: Path) -> str:
    """The address of a report over a set."""
    page = folder / f"{ideas.stem}.html"
    cluster_table(
        ideas,
        folder / f"{ideas.stem}.csv",
        languages=[Language(code) for code in languages.split(",")],
        page=Page(page, render_report),
    )
    return page.as_uri()


async def shot(browser: Browser, address: str, size: tuple[int, int], is_dark: bool = False) -> bytes:
    page = await browser.new_page(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=PIXELS,
        color_scheme="dark" if is_dark else "light",
    )
    await page.goto(address)
    taken = await page.screenshot()
    await page.close()
    return taken


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else SETS))
