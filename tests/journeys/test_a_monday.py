"""A facilitator's Monday on the sandbox's page, in a real browser, in less than two minutes."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, expect

from bot.runtime import now
from cocreation.analysis.encoding import load_encoder
from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, ResidentId
from cocreation.ideas.notice import Wishes
from cocreation.ideas.report import Reason
from cocreation.ports import Work
from cocreation.services.change_wishes import change_wishes
from cocreation.services.find_themes import KeptMeaning
from cocreation.services.refresh_themes import refresh_themes
from cocreation.services.report import report_idea
from cocreation.services.support_idea import support_idea
from sandbox.demo import JONAS
from sandbox.server import serve
from scripts.journey import phone
from storage.engine import SqlStorage
from tests.bot.test_themes import texts
from tests.bot.town import FACILITATORS, GRIET, LIEN, YASMINE, Town, a_world, settings_for

pytestmark = pytest.mark.browser
BOTS = "article:not(.is-own)"
SOON = 60_000
"""Milliseconds until an answer comes, on a busy machine too."""
A_MONDAY = 120.0
"""Seconds in which all of it is done."""
ZEBRA = "Een zebrapad aan de Molensteenweg, waar de kinderen oversteken."
SHADE = "Mehr Schatten auf dem Marktplatz, im Sommer ist es dort zu heiß."
RUDE = "Les voisins du numéro 12 sont des imbéciles, qu'ils partent."
PLANNED, NOT_NOW = "In maart schilderen we het zebrapad.", "Eerst worden de leidingen vernieuwd."
NAME = "Veilig naar school"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town in which a hundred ideas came last week, and whose themes have been found."""
    world = a_world()
    world.add_person("Jonas", id=JONAS, language_code="de")
    for person in (GRIET, YASMINE, JONAS):
        world.chats[person].bot_status = "member"
    async with serve(world) as sandbox:
        town = Town(sandbox, settings_for(sandbox, tmp_path))
        await _lived(town)
        town.wake()
        yield town
        await town.rest()


async def _lived(town: Town) -> None:
    storage = SqlStorage(town.settings.storage.url)
    await storage.open()
    async with storage.writing() as work:
        for at, text in enumerate(texts()):
            written = now() - timedelta(hours=1 + at)
            await work.ideas.add(NewIdea(text, written, language=Language("nl")))
        await _three_authors(work)
    languages = town.settings.town_profile().languages
    await refresh_themes(storage, KeptMeaning(storage, load_encoder(), languages), now)
    await storage.close()


async def _three_authors(work: Work) -> None:
    """One whose idea many support, one whose idea some support, and one who forgot their manners."""
    numbers = count(5001)

    async def person(chat: int, code: str) -> ResidentId:
        found = (await work.residents.meet(ChatId(chat), Language(code), now())).id
        await change_wishes(work, found, Wishes(quiet=None), now())
        return found

    async def wrote(chat: int, code: str, text: str, supports: int = 0) -> IdeaId:
        idea = await work.ideas.add(
            NewIdea(text, now() - timedelta(days=2), await person(chat, code), Language(code))
        )
        for _ in range(supports):
            await support_idea(work, await person(next(numbers), code), idea, now() - timedelta(hours=1))
        return idea

    await wrote(GRIET, "nl", ZEBRA, 9)
    await wrote(JONAS, "de", SHADE, 6)
    rude = await wrote(YASMINE, "fr", RUDE)
    await report_idea(work, await person(next(numbers), "nl"), rude, Reason.RUDE, now() - timedelta(hours=3))


class Desk:
    """The facilitators' group, as Lien sees it."""

    def __init__(self, pane: Locator) -> None:
        self._pane = pane
        self.taps = 0

    async def writes(self, text: str) -> None:
        await self._pane.get_by_role("textbox").fill(text)
        await self._pane.get_by_role("textbox").press("Enter")

    async def answers(self, message: Locator, text: str) -> None:
        """Reply to a message, as the bot asks for in a group."""
        await message.get_by_role("button", name="What can be done with this message").click()
        await self._pane.page.get_by_role("menuitem", name="Reply").click()
        await self.writes(text)

    async def reads(self, *words: str) -> Locator:
        """The newest message, once it has these words."""
        newest = self._pane.locator(BOTS).last
        for each in words:
            await expect(newest).to_contain_text(each, timeout=SOON)
        return newest

    async def presses(self, message: Locator, label: str, *words: str) -> Locator:
        """Press a button; the newest message, once it has the words that come of it."""
        self.taps += 1
        await _buttons(message, label).first.click()
        return await self.reads(*words)


def _buttons(message: Locator, label: str = "") -> Locator:
    return message.get_by_role("group", name="Buttons of this message").locator("button", has_text=label)


@pytest.mark.timeout(300)
async def test_a_monday_is_done_in_two_minutes_and_everybody_hears_of_it(
    town: Town, browser: Browser
) -> None:
    phones = await phone(browser)
    page = await phones.new_page()
    await page.goto(f"{town.sandbox.url}/#panes={LIEN}.{FACILITATORS}&front=0")
    pane = page.locator(f'.pane[data-person="{LIEN}"]')
    desk = Desk(pane)
    async with asyncio.timeout(A_MONDAY):
        await desk.writes("/digest")
        await desk.reads("nieuwe ideeën", "Nieuwe thema’s", "1 bericht wacht op moderatie")
        digest = pane.locator(BOTS).first
        merged = await _name_and_merge(desk, digest)
        await _answer(desk, digest, 1, "Gepland", PLANNED)
        await _answer(desk, digest, 2, "Niet nu", NOT_NOW)
        await _hide(desk, digest)
        await _change_the_schedule(desk, digest)
        await _export(desk, digest)
        await desk.writes("/digest")
        await desk.reads(NAME, "2 antwoorden van de gemeente")
        for author, words in ((GRIET, PLANNED), (JONAS, NOT_NOW), (YASMINE, RUDE)):
            await town.reads(author, words)
    assert "grossiers" in town.texts(YASMINE)[-1]
    told = town.texts(FACILITATORS)[-1]
    assert merged not in told
    assert "moderatie" not in told
    assert "102 nieuwe ideeën" in told
    assert desk.taps <= 20
    await phones.close()


async def _name_and_merge(desk: Desk, digest: Locator) -> str:
    """The name of the theme that is no more."""
    card = await desk.presses(digest, "✦", "Nieuwe ideeën, week na week")
    question = await desk.presses(card, "Hernoemen", "als antwoord op dit bericht")
    await desk.answers(question, NAME)
    card = await desk.reads("De naam is veranderd", NAME)
    choices = await desk.presses(card, "Samenvoegen", "Met welk thema?")
    other = (await _buttons(choices).first.inner_text()).rsplit(" · ", 1)[0]
    preview = await desk.presses(choices, other, "Samen")
    await desk.presses(preview, NAME, "hoort nu bij dit thema", NAME)
    return other


async def _answer(desk: Desk, digest: Locator, number: int, status: str, text: str) -> None:
    choosing = await desk.presses(digest, f"Antwoord {number}", "Hoever staat de gemeente")
    question = await desk.presses(choosing, status, "Schrijf nu het antwoord")
    await desk.answers(question, text)
    preview = await desk.reads("nog niet verstuurd", "1")
    await desk.presses(preview, "Versturen", "is verstuurd")


async def _hide(desk: Desk, digest: Locator) -> None:
    case = await desk.presses(digest, "De wachtrij openen", RUDE)
    reasons = await desk.presses(case, "Verbergen", "Waarom moet het verborgen worden")
    await desk.presses(reasons, "Grof", "Verborgen: Grof")


async def _change_the_schedule(desk: Desk, digest: Locator) -> None:
    overview = await desk.presses(digest, "Instellingen", "Instellingen van Wilgenbeke")
    schedule = await desk.presses(overview, "Wanneer", "Nu:")
    await desk.presses(schedule, "di", "Bewaard", "Dinsdag")


async def _export(desk: Desk, digest: Locator) -> None:
    choice = await desk.presses(digest, "Export", "Een werkmap")
    await desk.presses(choice, "Maak", "Wilgenbeke · ")
