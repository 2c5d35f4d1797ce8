"""The chat page in a real browser, with a bot that speaks to it over HTTP."""

import re
from collections.abc import AsyncIterator
from io import BytesIO
from urllib.parse import urlsplit

import aiohttp
import pytest
from PIL import Image
from playwright.async_api import Browser, FilePayload, Locator, Page, expect

from sandbox.server import serve
from sandbox.world import World
from tests.sandbox.playing import DESK, GRIET, LAB, LIEN, NOOR, Play, buttons

pytestmark = pytest.mark.browser


@pytest.fixture
async def play(world: World) -> AsyncIterator[Play]:
    async with serve(world) as sandbox, aiohttp.ClientSession() as session:
        yield Play(sandbox, session)


@pytest.fixture
def page(play: Play, page: Page) -> Page:
    """The page, closed before the server that it listens to."""
    return page


async def watch(page: Page, play: Play, *panes: tuple[int, int], front: int = 0) -> list[Locator]:
    """Open the page with these people in these chats; gives their panes once they are live."""
    chosen = ",".join(f"{person}.{chat}" for person, chat in panes)
    async with page.expect_response("**/sandbox/events"):
        await page.goto(f"{play.sandbox.url}/#panes={chosen}&front={front}")
    shown = [page.locator(f'.pane[data-person="{person}"][data-chat="{chat}"]') for person, chat in panes]
    await expect(shown[front].get_by_role("heading", level=2)).not_to_be_empty()
    return shown


def picture() -> FilePayload:
    written = BytesIO()
    Image.new("RGB", (640, 400), "seagreen").save(written, "PNG")
    return {"name": "markt.png", "mimeType": "image/png", "buffer": written.getvalue()}


async def test_what_is_typed_reaches_the_bot_and_stays_plain_words(page: Page, play: Play) -> None:
    [griet] = await watch(page, play, (GRIET, GRIET))
    await griet.get_by_role("textbox").press_sequentially("<b>Meer</b> bomen")
    await griet.get_by_role("textbox").press("Shift+Enter")
    await griet.get_by_role("textbox").press_sequentially("op de markt")
    await griet.get_by_role("textbox").press("Enter")

    await expect(griet.locator(".words")).to_have_text("<b>Meer</b> bomen\nop de markt")
    await expect(griet.locator(".words b, .words strong")).to_have_count(0)
    await expect(griet.get_by_role("textbox")).to_have_value("")
    [update] = await play.updates()
    assert update["message"]["text"] == "<b>Meer</b> bomen\nop de markt"


async def test_a_message_of_the_bot_appears_and_changes_in_place(page: Page, play: Play) -> None:
    [griet] = await watch(page, play, (GRIET, GRIET))
    keyboard = buttons([("Steun", "support")])
    card = await play.say("👩‍👩‍👧 Je idee is <b>bewaard</b>.", parse_mode="HTML", reply_markup=keyboard)
    message = griet.locator(f'[data-message-id="{card["message_id"]}"]')
    await expect(message.locator("strong")).to_have_text("bewaard")
    await expect(message.get_by_role("button", name="Steun")).to_be_visible()

    where = {"chat_id": GRIET, "message_id": card["message_id"]}
    await play.do("editMessageText", **where, text="<i>Gewijzigd.</i>", parse_mode="HTML")
    await expect(message.locator(".words")).to_have_text("Gewijzigd.")
    await expect(message).to_contain_text("edited")
    await expect(message.get_by_role("button", name="Steun")).to_have_count(0)
    await expect(griet.get_by_role("article")).to_have_count(1)

    await play.do("deleteMessage", **where)
    await expect(griet.get_by_role("article")).to_have_count(0)


async def test_a_press_waits_for_the_bot_and_shows_its_answer(page: Page, play: Play) -> None:
    [griet] = await watch(page, play, (GRIET, GRIET))
    await play.say("Buren schreven:", reply_markup=buttons([("Steun 1", "s1"), ("Meer", "more")]))
    support = griet.get_by_role("button", name="Steun 1")
    await support.click()
    await expect(support).to_have_attribute("aria-busy", "true")

    [pressed] = await play.updates(timeout=5)
    query = pressed["callback_query"]
    assert (query["data"], query["from"]["id"]) == ("s1", GRIET)
    await play.do("answerCallbackQuery", callback_query_id=query["id"], text="Je steunt dit nu.")
    await expect(griet.get_by_role("status").filter(has_text="Je steunt dit nu.")).to_be_visible()
    await expect(support).not_to_have_attribute("aria-busy", "true")

    await griet.get_by_role("button", name="Meer").click()
    [pressed] = await play.updates(timeout=5, offset=pressed["update_id"] + 1)
    asked = {"callback_query_id": pressed["callback_query"]["id"], "show_alert": True}
    await play.do("answerCallbackQuery", **asked, text="Meer is er nog niet.")
    await expect(page.get_by_role("dialog")).to_contain_text("Meer is er nog niet.")


async def test_a_photo_is_sent_with_its_words_and_shown(page: Page, play: Play) -> None:
    [griet] = await watch(page, play, (GRIET, GRIET))
    await griet.get_by_role("button", name="Attach something").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("menuitem", name="Photo or video").click()
    await (await chooser.value).set_files(picture())
    await griet.get_by_role("textbox").fill("Hier, naast de kerk")
    await griet.get_by_role("button", name="Send", exact=True).click()

    shown = griet.locator(".message img")
    await expect(shown).to_have_js_property("naturalWidth", 640)
    await expect(griet.locator(".words")).to_have_text("Hier, naast de kerk")
    [update] = await play.updates()
    assert update["message"]["photo"][-1]["width"] == 640
    await expect(griet.locator(".staged")).to_be_hidden()


async def test_two_people_beside_each_other_see_the_same_group(page: Page, play: Play) -> None:
    griet, lien = await watch(page, play, (GRIET, LAB), (LIEN, LAB))
    await griet.get_by_role("textbox").fill("Een plek om binnen te zitten")
    await griet.get_by_role("textbox").press("Enter")
    await expect(griet.locator(".is-own .words")).to_have_text("Een plek om binnen te zitten")
    await expect(lien.locator(".is-other .words")).to_have_text("Een plek om binnen te zitten")
    await expect(lien.locator(".sender")).to_have_text("Griet Peeters")

    await page.get_by_role("navigation", name="People").get_by_role("button", name="Participatie").click()
    await expect(page.locator(f'.pane[data-chat="{DESK}"]')).to_be_visible()
    await page.reload()
    await expect(page.locator(f'.pane[data-chat="{DESK}"]')).to_be_visible()


async def test_a_first_chat_begins_with_start_and_can_be_blocked(page: Page, play: Play) -> None:
    await play.do("setMyDescription", description="Dites ce qui peut aller mieux.", language_code="fr")
    await play.do("setMyCommands", commands=[{"command": "ideas", "description": "Lire les idées"}])
    [noor] = await watch(page, play, (NOOR, NOOR))
    await expect(noor).to_contain_text("Dites ce qui peut aller mieux.")
    await noor.get_by_role("button", name="Start").click()
    await noor.get_by_role("textbox").press_sequentially("/id")
    await expect(page.get_by_role("option")).to_have_text("/ideasLire les idées")
    await noor.get_by_role("textbox").press("Enter")
    await expect(noor.locator(".words")).to_have_text(["/start", "/ideas"])

    await noor.get_by_role("button", name="What else can be done here").click()
    await page.get_by_role("menuitem", name="Block the bot").click()
    await noor.get_by_role("button", name="Unblock the bot").click()
    await expect(noor.get_by_role("textbox")).to_be_visible()
    told = [update for update in await play.updates() if "my_chat_member" in update]
    assert [update["my_chat_member"]["new_chat_member"]["status"] for update in told] == ["kicked", "member"]


async def test_the_last_words_are_corrected_from_the_keyboard(page: Page, play: Play) -> None:
    await play.write(GRIET, "Een bank in het prak")
    [griet] = await watch(page, play, (GRIET, GRIET))
    await expect(griet.get_by_role("article")).to_have_count(1)
    field = griet.get_by_role("textbox")
    await field.press("ArrowUp")
    await expect(field).to_have_value("Een bank in het prak")
    await field.fill("Een bank in het park")
    await field.press("Enter")
    await expect(griet.locator(".words")).to_have_text("Een bank in het park")
    await expect(field).to_have_value("")
    assert (await play.updates())[-1]["edited_message"]["text"] == "Een bank in het park"


async def test_nothing_typed_is_lost_when_it_cannot_be_sent(browser: Browser, world: World) -> None:
    page = await browser.new_page()
    async with serve(world) as sandbox, aiohttp.ClientSession() as session:
        port = urlsplit(sandbox.url).port or 0
        [griet] = await watch(page, Play(sandbox, session), (GRIET, GRIET))
        field = griet.get_by_role("textbox")
        await field.fill("a" * 4100)
        await field.press("Enter")
        await expect(griet.get_by_role("alert")).to_contain_text("4 characters too long")
        await field.fill("Een fontein")
    await field.press("Enter")
    await expect(griet.get_by_role("alert")).to_contain_text("does not answer")
    await expect(field).to_have_value("Een fontein")
    await expect(page.get_by_text("this page looks again")).to_be_visible()

    async with serve(world, port=port) as sandbox, aiohttp.ClientSession() as session:
        await Play(sandbox, session).say("Daar ben ik weer.")
        await expect(griet.locator(".words")).to_have_text("Daar ben ik weer.", timeout=15_000)
        await field.press("Enter")
        await expect(griet.locator(".is-own .words")).to_have_text("Een fontein")
        await page.close()


async def test_a_narrow_phone_shows_one_chat_and_scrolls_nowhere_sideways(page: Page, play: Play) -> None:
    play.sandbox.world.links["board"] = "http://127.0.0.1:8000/"
    await page.set_viewport_size({"width": 360, "height": 740})
    labels = [("Antwoord op het zebrapad aan de Kabbeekvest", "a"), ("Modereren", "b"), ("⋯", "c")]
    await play.say(f"{'Langewoorden' * 20} https://example.be/{'pad' * 60}", reply_markup=buttons(labels))
    await play.say("<pre>" + "0123456789 " * 30 + "</pre>", parse_mode="HTML")
    griet, lien = await watch(page, play, (GRIET, GRIET), (LIEN, DESK))
    await expect(griet.get_by_role("article")).to_have_count(2)
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    log = griet.get_by_role("log")
    assert await log.evaluate("node => node.scrollWidth === node.clientWidth")
    await expect(page.get_by_role("link", name="Idea board")).to_be_visible()
    await expect(lien).to_have_count(0)

    await play.say("De week in Tienen", chat_id=DESK)
    await page.get_by_role("button", name=re.compile("Lien.*1 new")).click()
    await expect(lien.locator(".words")).to_have_text("De week in Tienen")
    await expect(griet).to_have_count(0)
