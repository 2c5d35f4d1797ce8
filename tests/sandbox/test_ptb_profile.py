"""What a bot says about itself, set and read by python-telegram-bot over HTTP."""

from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonWebApp,
    WebAppInfo,
)

from tests.sandbox.playing import DESK, GRIET, LAB, LIEN, NOOR, Play
from tests.sandbox.test_ptb import new_bot


@pytest.fixture
async def bot(play: Play) -> AsyncIterator[Bot]:
    async with new_bot(play.sandbox) as bot:
        yield bot


async def test_names_and_descriptions_are_kept_by_language(bot: Bot) -> None:
    await bot.set_my_name("Demain", "fr")
    await bot.set_my_description("Dites ce qui peut aller mieux.", "fr")
    await bot.set_my_short_description("Vos idées", "fr")
    await bot.set_my_short_description("Your ideas")
    assert [(await bot.get_my_name(code)).name for code in ("fr", "nl")] == ["Demain", "Morgen"]
    described = [(await bot.get_my_description(code)).description for code in ("fr", "nl")]
    assert described == ["Dites ce qui peut aller mieux.", ""]
    short = [(await bot.get_my_short_description(code)).short_description for code in ("fr", "nl", None)]
    assert short == ["Vos idées", "Your ideas", "Your ideas"]
    await bot.set_my_short_description(None, "fr")
    assert (await bot.get_my_short_description("fr")).short_description == "Your ideas"


async def test_people_see_the_commands_of_their_scope_and_language(play: Play, bot: Bot) -> None:
    private, group = BotCommandScopeAllPrivateChats(), BotCommandScopeAllGroupChats()
    await bot.set_my_commands([BotCommand("ideas", "Read ideas")], private)
    await bot.set_my_commands([BotCommand("ideas", "Ideeën lezen")], private, "nl")
    await bot.set_my_commands([BotCommand("idea", "Make it an idea")], group)
    await bot.set_my_commands([BotCommand("inbox", "Moderate")], BotCommandScopeChat(DESK))
    shown = {
        (person, chat): (await play.look(f"chats/{chat}/commands?person={person}"))["commands"][0][
            "description"
        ]
        for person, chat in ((GRIET, GRIET), (NOOR, NOOR), (GRIET, LAB), (LIEN, DESK))
    }
    assert list(shown.values()) == ["Ideeën lezen", "Read ideas", "Make it an idea", "Moderate"]
    assert await bot.delete_my_commands(private, "nl")
    assert await bot.get_my_commands(private, "nl") == ()


async def test_the_menu_button_is_of_one_chat_or_of_all(play: Play, bot: Bot) -> None:
    board = MenuButtonWebApp("Board", WebAppInfo("https://example.be/"))
    await bot.set_chat_menu_button(GRIET, board)
    assert await bot.get_chat_menu_button(GRIET) == board
    assert isinstance(await bot.get_chat_menu_button(LIEN), MenuButtonCommands)
    shown = await play.look(f"chats/{GRIET}/commands?person={GRIET}")
    assert shown["menu_button"]["web_app"]["url"] == "https://example.be/"
