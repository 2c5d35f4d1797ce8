"""The privacy notice: one text, on the board and in the chat."""

from dataclasses import replace

import httpx
import pytest
from bs4 import BeautifulSoup, Tag

from cocreation.ideas.ids import Language
from handlers.privacy import privacy_notice
from locales import translator
from sandbox.markup import parse_html
from tests.board.filled import TOWN

FOUR = TOWN.languages
OF_THE_BOARD = 2
"""What the board alone says: that it sets no cookies."""


def words(text: str) -> str:
    return " ".join(text.split())


async def on_the_board(visitor: httpx.AsyncClient, language: Language) -> Tag:
    page = await visitor.get(f"/{language}/privacy")
    notice = BeautifulSoup(page.text, "html.parser").select_one(".notice")
    assert notice is not None
    return notice


@pytest.mark.parametrize("language", FOUR)
async def test_the_board_and_the_chat_say_the_same(visitor: httpx.AsyncClient, language: Language) -> None:
    notice = await on_the_board(visitor, language)
    page = [words(part.get_text()) for part in notice.select("h1, h2, p, li")]
    message, _ = parse_html(privacy_notice(translator(language), TOWN))
    chat = [words(line.removeprefix("·")) for line in message.splitlines() if line]
    assert [line for line in chat if line not in page] == []
    assert len(page) == len(chat) + OF_THE_BOARD


@pytest.mark.parametrize(
    "kept",
    ["comments", "invented name", "follow", "report", "settings", "look for what is near", "voice messages"],
)
async def test_what_is_kept_is_named(visitor: httpx.AsyncClient, kept: str) -> None:
    listed = (await on_the_board(visitor, Language("en"))).select("ul")[0].get_text()
    assert kept in listed


async def test_people_are_told_how_to_have_all_of_it_and_to_erase_it(visitor: httpx.AsyncClient) -> None:
    notice = (await on_the_board(visitor, Language("en"))).get_text()
    assert "/mydata" in notice and "/forget" in notice


async def test_only_ideas_are_said_to_keep_what_they_were_before(visitor: httpx.AsyncClient) -> None:
    items = [item.get_text() for item in (await on_the_board(visitor, Language("en"))).select("li")]
    (earlier,) = [item for item in items if "before you changed" in item]
    assert "ideas" in earlier and "comments" not in earlier


@pytest.mark.parametrize("contact", [None, "https://tienen.example/<privacy>", "Jan & Mieke, town hall"])
def test_whom_to_write_to_is_said_in_the_chat_whatever_it_is(contact: str | None) -> None:
    message, _ = parse_html(privacy_notice(translator("en"), replace(TOWN, contact=contact)))
    assert message.count(contact or "the town hall of Tienen") == 2
