"""What the bot says of itself is set once, in each language and place, and only where it differs."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.ext import CommandHandler

from bot.connection import make_bot
from bot.menu import introduce
from bot.town_now import TownNow
from cocreation.ideas.ids import ChatId, Language
from cocreation.ideas.town import Town
from handlers.application import build_application
from handlers.commands import description, short_description
from sandbox.faults import Fault
from tests.bot.town import FACILITATORS, GRIET, LIEN, Json, a_town
from tests.bot.town import Town as Running

NL, FR, DE, EN = map(Language, ("nl", "fr", "de", "en"))
FOUR = (NL, FR, DE, EN)


@pytest.fixture
async def asleep(tmp_path: Path) -> AsyncIterator[Running]:
    """A town whose bot has not started yet."""
    async with a_town(tmp_path) as town:
        yield town


async def start(
    running: Running, town: Town | None = None, name: str | None = None
) -> list[tuple[str, Json]]:
    """Introduce the bot as a start does; gives what that changed, method and parameters."""
    calls = running.world.calls
    before = calls.last_seq
    async with make_bot(running.settings.telegram) as bot:
        await introduce(bot, town or running.settings.town_profile(), name)
    changes = ("set", "delete")
    return [
        (call.method, call.params) for call in calls.matching(since=before) if call.method.startswith(changes)
    ]


def shown_to(running: Running, person: int, chat: int, language: str) -> list[str]:
    commands = running.world.menus.shown_commands(chat, person, is_admin=chat < 0, language=language)
    return [command["command"] for command in commands]


async def test_a_second_start_sets_nothing(asleep: Running) -> None:
    assert await start(asleep, name="Morgen · Wilgenbeke")
    assert await start(asleep, name="Morgen · Wilgenbeke") == []


async def test_each_place_has_its_commands(asleep: Running) -> None:
    await start(asleep)
    residents = ["ideas", "me", "mydata", "forget", "help", "start"]
    assert shown_to(asleep, GRIET, GRIET, "nl") == residents
    assert shown_to(asleep, GRIET, -77, "fr") == ["idea", "help"]
    assert shown_to(asleep, LIEN, FACILITATORS, "de") == DESK


async def test_a_facilitator_whose_chat_is_private_stays_a_resident(asleep: Running) -> None:
    await start(asleep, replace(asleep.settings.town_profile(), facilitator_chat=ChatId(LIEN)))
    assert {"digest", "themes", "ideas", "forget"} <= set(shown_to(asleep, LIEN, LIEN, "nl"))


async def test_everything_is_said_in_the_persons_language(asleep: Running) -> None:
    town = asleep.settings.town_profile()
    await start(asleep)
    menus = asleep.world.menus
    for language in FOUR:
        assert menus.text("description", language) == description(language, town)
        assert menus.text("short_description", language) == short_description(language, town)
    assert menus.text("short_description", "es") == short_description(NL, town)
    said = {
        language: menus.shown_commands(GRIET, GRIET, is_admin=False, language=language)[0]["description"]
        for language in FOUR
    }
    assert len(set(said.values())) == 4
    assert menus.shown_commands(GRIET, GRIET, is_admin=False, language="es")[0]["description"] == said[NL]


async def test_a_language_that_the_town_gives_up_is_taken_away(asleep: Running) -> None:
    await start(asleep)
    town = replace(asleep.settings.town_profile(), languages=(FR, EN), digest_language=FR)
    assert await start(asleep, town)
    menus = asleep.world.menus
    for kind in ("description", "short_description"):
        assert not {"nl", "de"} & menus.texts_by_language(kind).keys()
    assert menus.text("description", "nl") == description(FR, town)
    assert not any(key.endswith(("|nl", "|de")) for key in menus.commands)
    assert await start(asleep, town) == []


async def test_the_name_is_left_alone_unless_the_town_gives_one(asleep: Running) -> None:
    assert "setMyName" not in dict(await start(asleep))
    assert await start(asleep, name="Morgen · Wilgenbeke") == [("setMyName", {"name": "Morgen · Wilgenbeke"})]


async def test_a_page_behind_the_menu_button_gives_way_to_the_commands(asleep: Running) -> None:
    asleep.world.menus.buttons[""] = {
        "type": "web_app",
        "text": "Play",
        "web_app": {"url": "https://elsewhere.example"},
    }
    assert "setChatMenuButton" in dict(await start(asleep))
    assert asleep.world.menus.buttons[""]["type"] == "commands"


@pytest.mark.parametrize(
    "method", ["getMyName", "getMyDescription", "setMyShortDescription", "getMyCommands", "getChatMenuButton"]
)
@pytest.mark.parametrize("status", [400, 404])
async def test_what_a_bot_api_cannot_keeps_nothing_else_from_being_set(
    asleep: Running, method: str, status: int
) -> None:
    asleep.world.faults.add(Fault(method, status=status, times=1000))
    tried = {called for called, _ in await start(asleep, name="Morgen · Wilgenbeke")}
    others = {"setMyName", "setMyDescription", "setMyShortDescription", "setMyCommands"}
    assert tried >= others - {method.replace("get", "set")}


@given(name=st.text(min_size=1, max_size=100))
def test_no_town_has_too_long_a_name_for_its_profile(name: str) -> None:
    from zoneinfo import ZoneInfo

    town = Town(name, FOUR, ZoneInfo("Europe/Brussels"), None, frozenset(), NL, None)
    for language in FOUR:
        assert 0 < len(short_description(language, town)) <= 120
        assert len(description(language, town)) <= 512


DESK = [
    "digest",
    "preview",
    "waiting",
    "answers",
    "templates",
    "themes",
    "frames",
    "moderation",
    "process",
    "settings",
    "facilitators",
    "export",
    "idea",
    "help",
]

UNLISTED = frozenset({"id", "reply"})
"""What only who sets a town up needs, once; and what /waiting has a button for."""


async def test_the_menus_offer_what_the_bot_knows_and_nothing_else(asleep: Running) -> None:
    await start(asleep)
    async with make_bot(asleep.settings.telegram) as bot:
        application = build_application(bot, print, TownNow(asleep.settings))
    handlers = [handler for group in application.handlers.values() for handler in group]
    known = {name for each in handlers if isinstance(each, CommandHandler) for name in each.commands}
    offered = {
        command
        for person, chat in ((GRIET, GRIET), (GRIET, -77), (LIEN, FACILITATORS))
        for command in shown_to(asleep, person, chat, "nl")
    }
    assert offered == known - UNLISTED
    assert known >= UNLISTED
