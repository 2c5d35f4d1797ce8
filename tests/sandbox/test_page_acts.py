"""Albums, voices, reactions, inline mode and links on the chat page, in a real browser."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest
from playwright.async_api import FilePayload, Page, expect

from sandbox.server import serve
from sandbox.values import Json
from sandbox.world import World
from tests.sandbox.pictures import picture, sound
from tests.sandbox.playing import DESK, GRIET, LAB, LIEN, NOOR, SQUARE, Play, buttons
from tests.sandbox.test_page import watch

pytestmark = pytest.mark.browser

A_MICROPHONE = """navigator.mediaDevices.getUserMedia = async () => {
  const context = new AudioContext();
  const tone = context.createOscillator();
  const heard = context.createMediaStreamDestination();
  tone.connect(heard);
  tone.start();
  return heard.stream;
};"""


@pytest.fixture
async def play(world: World) -> AsyncIterator[Play]:
    async with serve(world) as sandbox, aiohttp.ClientSession() as session:
        yield Play(sandbox, session)


@pytest.fixture
def page(play: Play, page: Page) -> Page:
    """The page, closed before the server that it listens to."""
    return page


def file(name: str, kind: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": content}


async def attach(page: Page, entry: str, *files: FilePayload) -> None:
    await page.get_by_role("button", name="Attach something").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("menuitem", name=entry).click()
    await (await chooser.value).set_files(files)


async def choose(page: Page, pane: str, entry: str) -> None:
    """Open the menu of the only message that holds these words, and choose an entry."""
    message = page.get_by_role("article").filter(has_text=pane)
    await message.hover()
    await message.get_by_role("button", name="What can be done with this message").click()
    await page.get_by_role("menuitem", name=entry, exact=True).click()


async def test_photos_chosen_together_are_one_album(page: Page, play: Play) -> None:
    [griet] = await watch(page, play, (GRIET, GRIET))
    colors = ("red", "green", "blue")
    photos = [file(f"{color}.jpg", "image/jpeg", picture(color)) for color in colors]
    await attach(page, "Photo or video", *photos)
    await griet.get_by_role("textbox").fill("Drie keer het plein")
    await griet.get_by_role("textbox").press("Enter")
    await expect(griet.locator(".message .photo")).to_have_count(3)
    await expect(griet.locator(".staged")).to_be_hidden()
    messages = [update["message"] for update in await play.updates()]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["Drie keer het plein", None, None]

    await choose(page, "Drie keer het plein", "Forward")
    dialog = page.get_by_role("dialog", name="Forward these 3")
    await dialog.get_by_label("To").select_option("Jongerenlab")
    await dialog.get_by_role("button", name="Forward").click()
    await expect(page.locator(f'.pane[data-chat="{LAB}"] .photo')).to_have_count(3)


async def test_a_voice_message_is_recorded_and_can_be_played(page: Page, play: Play) -> None:
    await page.add_init_script(A_MICROPHONE)
    [griet] = await watch(page, play, (GRIET, GRIET))
    for button in ("Cancel", "Send the recording"):
        await griet.get_by_role("button", name="Attach something").click()
        await page.get_by_role("menuitem", name="Record a voice message").click()
        await expect(griet.get_by_role("textbox")).to_be_hidden()
        await expect(griet.get_by_role("timer")).to_have_text("0:01")
        await griet.get_by_role("button", name=button).click()
        await expect(griet.get_by_role("textbox")).to_be_focused()
    await expect(griet.get_by_label("Voice message")).to_have_count(1)
    [update] = await play.updates()
    voice = update["message"]["voice"]
    assert voice["duration"] >= 1
    assert voice["file_size"] > 100
    assert await griet.locator("audio").evaluate("node => node.play().then(() => !node.error)")


async def test_a_voice_message_may_come_from_a_file(page: Page, play: Play) -> None:
    [griet] = await watch(page, play, (GRIET, GRIET))
    await attach(page, "Voice message from a file", file("stem.wav", "audio/wav", sound(2)))
    await griet.get_by_role("button", name="Send", exact=True).click()
    await expect(griet.get_by_label("Voice message")).to_have_count(1)
    assert (await play.updates())[0]["message"]["voice"]["duration"] == 2


async def test_a_reaction_is_given_seen_and_taken_back(page: Page, play: Play) -> None:
    await play.updates(allowed_updates=["message_reaction"])
    card = await play.say("Wat vindt u?", DESK)
    await play.do(
        "setMessageReaction",
        chat_id=DESK,
        message_id=card["message_id"],
        reaction=[{"type": "emoji", "emoji": "👀"}],
    )
    [lien] = await watch(page, play, (LIEN, DESK))
    await expect(lien.get_by_role("button", name="👀 from Morgen")).to_be_visible()
    await choose(page, "Wat vindt u?", "React")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("Enter")
    given = lien.get_by_role("button", name="👍 from Lien")
    await expect(given).to_have_attribute("aria-pressed", "true")
    await given.click()
    await expect(given).to_have_count(0)
    told = [update["message_reaction"]["new_reaction"] for update in await play.updates()]
    assert told == [[{"type": "emoji", "emoji": "👍"}], []]


async def answer_inline(play: Play, asked: Json, next_offset: str = "") -> None:
    """Answer a query as the bot would, with two ideas and a button."""
    query = asked["inline_query"]
    ideas = [(query["offset"] + "1", "Meer bomen op de markt"), (query["offset"] + "2", "Een fontein")]
    results = [
        {
            "type": "article",
            "id": number,
            "title": f"{words} {query['offset']}".strip(),
            "description": "23 keer gesteund",
            "input_message_content": {"message_text": f"<b>{words}</b>", "parse_mode": "HTML"},
            "reply_markup": buttons([("Steun", "s")]),
        }
        for number, words in ideas
    ]
    button = {"text": "Schrijf zelf een idee", "start_parameter": "idea"}
    more = {"next_offset": next_offset, "button": button}
    await play.do("answerInlineQuery", inline_query_id=query["id"], results=results, **more)


async def test_a_result_of_the_bot_is_sent_into_a_group_from_the_keyboard(page: Page, play: Play) -> None:
    [noor] = await watch(page, play, (NOOR, LAB))
    field = noor.get_by_role("textbox")
    await field.press_sequentially("@morgen_sandbox_bot bomen")
    [asked] = await play.updates(timeout=20)
    assert (asked["inline_query"]["query"], asked["inline_query"]["chat_type"]) == ("bomen", "group")
    await answer_inline(play, asked, next_offset="20-")
    results = noor.get_by_role("listbox", name="Results of the bot").get_by_role("option")
    await expect(results).to_have_text(
        [
            "Schrijf zelf een idee",
            "Meer bomen op de markt23 keer gesteund",
            "Een fontein23 keer gesteund",
            "More results",
        ]
    )
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        await field.press(key)
    [asked] = await play.updates(timeout=20, offset=asked["update_id"] + 1)
    await answer_inline(play, asked)
    await expect(results).to_have_count(5)
    await expect(results.nth(3)).to_have_attribute("aria-selected", "true")
    for key in ("ArrowUp", "ArrowUp", "Enter"):
        await field.press(key)
    await expect(field).to_have_value("")
    await expect(noor.locator(".words strong")).to_have_text("Meer bomen op de markt")
    await expect(noor.get_by_role("article")).to_contain_text("via @morgen_sandbox_bot")
    chosen = (await play.updates())[-1]["chosen_inline_result"]
    assert (chosen["result_id"], chosen["query"]) == ("1", "bomen")

    inline_id = chosen["inline_message_id"]
    await play.do("editMessageText", inline_message_id=inline_id, text="Meer bomen · 24 keer gesteund")
    await expect(noor.locator(".words")).to_have_text("Meer bomen · 24 keer gesteund")


async def test_the_button_above_the_results_leads_to_the_bot(page: Page, play: Play) -> None:
    [noor] = await watch(page, play, (NOOR, LAB))
    await noor.get_by_role("textbox").fill("@morgen_sandbox_bot ")
    [asked] = await play.updates(timeout=20)
    await answer_inline(play, asked)
    await page.get_by_role("option", name="Schrijf zelf een idee").click()
    await page.locator(f'.pane[data-chat="{NOOR}"]').get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator(".words")).to_have_text("/start idea")


async def test_a_share_button_asks_inline_in_another_chat(page: Page, play: Play) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Deel", "switch_inline_query": "idee 7"}]]}
    await play.say("Je idee", reply_markup=keyboard)
    [griet] = await watch(page, play, (GRIET, GRIET))
    await griet.get_by_role("button", name="Deel").click()
    dialog = page.get_by_role("dialog", name="Share in a chat")
    await dialog.get_by_label("Chat").select_option("Jongerenlab")
    await dialog.get_by_role("button", name="Go on").click()
    field = page.locator(f'.pane[data-chat="{LAB}"]').get_by_role("textbox")
    await expect(field).to_have_value("@morgen_sandbox_bot idee 7")
    [asked] = await play.updates(timeout=20)
    assert asked["inline_query"]["query"] == "idee 7"


async def test_a_link_offers_to_start_and_starts_with_its_payload(page: Page, play: Play) -> None:
    link = "https://t.me/morgen_sandbox_bot?start=idea_7"
    await play.say(f'Lees <a href="{link}">dit idee</a>', LAB, parse_mode="HTML")
    [griet] = await watch(page, play, (GRIET, LAB))
    await griet.get_by_role("button", name="dit idee").click()
    private = page.locator(f'.pane[data-chat="{GRIET}"]')
    await expect(private.get_by_role("textbox")).to_have_count(0)
    assert await play.updates() == []
    await private.get_by_role("button", name="Start", exact=True).press("Enter")
    await expect(private.locator(".words")).to_have_text("/start idea_7")
    await expect(private.get_by_role("textbox")).to_be_focused()


async def test_a_page_elsewhere_leads_into_the_chat_with_its_payload(page: Page, play: Play) -> None:
    await page.goto(f"{play.sandbox.url}/?start=idea_7#panes={GRIET}.{GRIET}")
    private = page.locator(f'.pane[data-chat="{GRIET}"]')
    await private.get_by_role("button", name="Start", exact=True).click()
    await expect(private.locator(".words")).to_have_text("/start idea_7")
    await expect(page).to_have_url(f"{play.sandbox.url}/#panes={GRIET}.{GRIET}&front=0")


async def test_a_link_for_groups_asks_which_one(page: Page, play: Play) -> None:
    await play.act(f"chats/{LAB}/bot", **{"from": LIEN}, status="left")
    await play.say("https://t.me/morgen_sandbox_bot?startgroup=wijk", LIEN)
    [lien] = await watch(page, play, (LIEN, LIEN))
    await lien.get_by_role("button", name="startgroup=wijk").click()
    dialog = page.get_by_role("dialog", name="Add the bot to a group")
    await dialog.get_by_label("Group").select_option("Jongerenlab")
    await dialog.get_by_role("button", name="Add").click()
    await expect(page.locator(f'.pane[data-chat="{LAB}"] .words')).to_have_text(
        "/start@morgen_sandbox_bot wijk"
    )


async def test_the_file_of_a_message_is_replaced(page: Page, play: Play) -> None:
    await play.send_files(GRIET, (picture("red"), "a.jpg"), act="upload", caption="Rood")
    [griet] = await watch(page, play, (GRIET, GRIET))
    async with page.expect_file_chooser() as chooser:
        await choose(page, "Rood", "Replace the file")
    await (await chooser.value).set_files(file("b.jpg", "image/jpeg", picture("blue", (90, 60))))
    await expect(griet.locator(".message img")).to_have_js_property("naturalWidth", 90)
    assert (await play.updates())[-1]["edited_message"]["caption"] == "Rood"


async def test_a_topic_is_begun_and_written_in(page: Page, play: Play) -> None:
    [griet] = await watch(page, play, (GRIET, SQUARE))
    await griet.get_by_role("button", name="What else can be done here").click()
    await page.get_by_role("menuitem", name="Begin a topic").click()
    await page.get_by_role("dialog").get_by_label("Name").fill("Bomen")
    await page.get_by_role("dialog").get_by_role("button", name="Begin").click()
    await griet.get_by_role("group", name="Topics").get_by_role("button", name="Bomen").click()
    await griet.get_by_role("textbox").fill("Meer schaduw")
    await griet.get_by_role("textbox").press("Enter")
    await expect(griet.locator(".words")).to_have_text("Meer schaduw")
    await expect(griet.locator(".replied")).to_have_count(0)
    assert (await play.updates())[-1]["message"]["is_topic_message"] is True


async def test_the_bot_is_shown_in_the_persons_language(page: Page, play: Play) -> None:
    await play.do("setMyName", name="Demain", language_code="fr")
    await play.do("setMyShortDescription", short_description="Vos idées pour la ville", language_code="fr")
    app = {"type": "web_app", "text": "Ideeënbord", "web_app": {"url": "https://example.be/board"}}
    await play.do("setChatMenuButton", chat_id=NOOR, menu_button=app)
    await play.write(NOOR, "Bonjour")
    [noor] = await watch(page, play, (NOOR, NOOR))
    await expect(noor.get_by_role("heading", level=2)).to_have_text("Demain")
    await expect(noor.get_by_role("link", name="Ideeënbord")).to_have_attribute(
        "href", "https://example.be/board"
    )
    await noor.get_by_role("button", name="What else can be done here").click()
    await page.get_by_role("menuitem", name="About the bot").click()
    await expect(page.get_by_role("dialog", name="Demain")).to_contain_text("Vos idées pour la ville")


async def test_other_kinds_are_sent_at_once(page: Page, play: Play) -> None:
    [griet] = await watch(page, play, (GRIET, GRIET))
    for entry in ("Dice", "Game"):
        await griet.get_by_role("button", name="Attach something").click()
        await page.get_by_role("menuitem", name=entry).click()
    await expect(griet.get_by_role("article")).to_have_count(2)
    kinds = [update["message"].keys() & {"dice", "game"} for update in await play.updates()]
    assert kinds == [{"dice"}, {"game"}]


async def test_a_live_location_moves_on_and_ends(page: Page, play: Play) -> None:
    [griet] = await watch(page, play, (GRIET, GRIET))
    await griet.get_by_role("button", name="Attach something").click()
    await page.get_by_role("menuitem", name="Place").click()
    await page.get_by_role("dialog").get_by_label("Live for ten minutes").check()
    await page.get_by_role("dialog").get_by_role("button", name="Send").click()
    await choose(page, "Live location", "Move on")
    await expect(griet.locator(".place small")).to_contain_text("50.8081, 4.9384")
    await choose(page, "Live location", "End the live location")
    await expect(griet.locator(".place strong")).to_have_text("A place")
    assert ["edited_message" in update for update in await play.updates()] == [False, True, True]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_all_of_it_fits_a_narrow_phone(page: Page, play: Play, scheme: str) -> None:
    await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    await page.set_viewport_size({"width": 360, "height": 740})
    for entry in ("game", "sticker", "dice"):
        await play.act(f"chats/{GRIET}/send", **{"from": GRIET}, kind=entry)
    await play.send_files(GRIET, (picture(), "a.jpg"), (picture("red"), "b.jpg"), caption="Plein" * 30)
    plan = await play.send_files(GRIET, (picture(), f"{'plan' * 20}.png"), act="upload", kind="document")
    for emoji, person in (("👍", GRIET),):
        path = f"chats/{GRIET}/messages/{plan['message_id']}/react"
        await play.act(path, **{"from": person}, reactions=[emoji])
    [griet] = await watch(page, play, (GRIET, GRIET))
    await expect(griet.get_by_role("article")).to_have_count(6)
    await griet.get_by_role("textbox").fill("@morgen_sandbox_bot bomen")
    asked = (await asyncio.wait_for(play.updates(timeout=20, offset=-1), 25))[-1]
    while "inline_query" not in asked:
        [asked] = await play.updates(timeout=20, offset=asked["update_id"] + 1)
    await answer_inline(play, asked, next_offset="20-")
    await expect(page.get_by_role("option")).to_have_count(4)
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    assert await griet.get_by_role("log").evaluate("node => node.scrollWidth === node.clientWidth")
    assert await page.get_by_role("listbox").evaluate("node => node.scrollWidth === node.clientWidth")
