"""`python -m benchmarks.year`: the digests of a town's year, as text."""

import argparse
import asyncio
import time
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from re import sub
from tempfile import TemporaryDirectory

from rich.console import Console

from benchmarks.year.living import Living
from benchmarks.year.plan import WEEKS, ZONE, Text, a_year, example_texts, monday, texts_of
from cocreation.ideas.digest import Digest
from cocreation.ideas.ids import ChatId, Language
from cocreation.ideas.period import Period
from cocreation.ideas.town import Town
from cocreation.services.send_digests import digest_of
from handlers.digest import digest_message
from locales import known_languages
from storage.engine import SqlStorage

LANGUAGES = tuple(Language(code) for code in known_languages())


def main() -> None:
    options = _options()
    texts = texts_from(options.data, options.language) if options.data else example_texts()
    town = town_of(Language(options.language))
    asyncio.run(_print(texts, town, options))


def texts_from(file: Path, language: str) -> list[Text]:
    return list(texts_of(file, language))


def town_of(language: Language) -> Town:
    """Wilgenbeke, whose facilitators read this language."""
    languages = (language, *(each for each in LANGUAGES if each != language))
    return Town(
        "Wilgenbeke", languages, ZONE, ChatId(-2001), frozenset(), language, "https://wilgenbeke.example"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.year", description=__doc__)
    parser.add_argument(
        "--data", type=Path, metavar="FILE", help="a CSV file with a column text (the examples)"
    )
    parser.add_argument("--language", default="nl", choices=LANGUAGES, help="of the digests (nl)")
    parser.add_argument("--seed", type=int, default=1, help="another one is another year (1)")
    parser.add_argument("--themes-every", type=int, default=1, metavar="WEEKS", help="find them anew (1)")
    parser.add_argument("--only", type=int, nargs="+", metavar="WEEK", help="these of the 52 (all)")
    return parser.parse_args()


async def _print(texts: list[Text], town: Town, options: argparse.Namespace) -> None:
    console = Console(width=100, highlight=False)
    with TemporaryDirectory() as folder:
        storage = SqlStorage(f"sqlite:///{folder}/morgen.db")
        await storage.open()
        began = time.perf_counter()
        living = Living(storage, town, a_year(texts, options.seed))
        async for week, digest in digests(living, options.themes_every):
            if options.only is None or week in options.only:
                html = digest_message(digest, town.digest_language, town).html
                console.rule(f"{week} · {len(html)} characters")
                console.print(unescape(sub(r"<[^>]+>", "", html)), markup=False)
        console.print(f"{WEEKS} digests in {time.perf_counter() - began:.0f} s")
        await storage.close()


async def digests(living: Living, themes_every: int = 1) -> AsyncIterator[tuple[int, Digest]]:
    """The digest of each Monday, as it stands at 08:00, with the number of its week from 1."""
    for week in range(1, WEEKS + 1):
        await living.until(monday(week))
        if week % themes_every == 0:
            await living.find_themes()
        async with living.storage.reading() as work:
            period = Period(monday(week - 1), monday(week))
            yield week, await digest_of(work, period, ZONE, now=monday(week))


if __name__ == "__main__":
    main()
