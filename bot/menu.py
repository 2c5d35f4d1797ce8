"""What a chat shows before anything is said: the bot's description and the menu of commands."""

from collections.abc import Mapping

import structlog
from telegram import BotCommand, BotCommandScope, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.ext import ExtBot

from cocreation.ideas.ids import Language
from cocreation.ideas.town import Town
from handlers.commands import description, facilitator_commands, resident_commands

log = structlog.get_logger(__name__)


async def introduce(bot: ExtBot[None], town: Town) -> None:
    """Set descriptions and menus where they differ from what is set, in each of the town's languages.

    A Bot API that cannot leaves the chat as it is.
    """
    try:
        for code in ("", *town.languages):
            language = Language(code or town.languages[0])
            await _describe(bot, description(language, town), code)
            await _offer(bot, resident_commands(language), BotCommandScopeAllPrivateChats(), code)
        if town.facilitator_chat is not None:
            scope = BotCommandScopeChat(town.facilitator_chat)
            await _offer(bot, facilitator_commands(town.digest_language), scope, "")
    except Exception as error:  # a server of one's own may answer anything; the town runs without a menu
        log.warning("the description or the menu of commands could not be set", error=type(error).__name__)


async def _describe(bot: ExtBot[None], wanted: str, code: str) -> None:
    found = await bot.get_my_description(language_code=code or None)
    if found.description != wanted:
        await bot.set_my_description(wanted, language_code=code or None)


async def _offer(bot: ExtBot[None], commands: Mapping[str, str], scope: BotCommandScope, code: str) -> None:
    wanted = tuple(BotCommand(command, description) for command, description in commands.items())
    if await bot.get_my_commands(scope, language_code=code or None) != wanted:
        await bot.set_my_commands(wanted, scope, language_code=code or None)
