"""What a chat shows before anything is said: the bot's name and descriptions, and its commands."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    MenuButtonCommands,
    MenuButtonWebApp,
)
from telegram.ext import ExtBot

from cocreation.ideas.ids import ChatId, Language
from cocreation.ideas.role import Rights
from cocreation.ideas.town import Town
from handlers.commands import (
    description,
    facilitator_commands,
    group_commands,
    process_commands,
    resident_commands,
    short_description,
)
from locales import known_languages

Offered = Callable[[Language], Mapping[str, str]]

log = structlog.get_logger(__name__)


async def introduce(bot: ExtBot[None], town: Town, name: str | None) -> None:
    """Set what differs from what is set, in each of the town's languages, and take away what is in another.

    `name` is what people read above the chat, None to leave it. What a Bot API cannot, it leaves as it is.
    """
    parts: list[tuple[str, Callable[[], Awaitable[None]]]] = [
        ("descriptions", lambda: _describe(bot, town)),
        ("short descriptions", lambda: _describe_shortly(bot, town)),
        ("commands", lambda: _offer_everywhere(bot, town)),
        ("menu button", lambda: _show_commands(bot)),
    ]
    if town.facilitator_chat is not None:
        chat = town.facilitator_chat
        parts.append(("facilitators' commands", lambda: _offer_facilitators(bot, town, chat)))
    if name is not None:
        parts.append(("name", lambda: _call_it(bot, name)))
    for part, introduced in parts:
        try:
            await introduced()
        except Exception as error:  # a server of one's own may answer anything; the town runs without
            log.warning("a part of the bot's profile could not be set", part=part, error=type(error).__name__)


async def offer_to(bot: ExtBot[None], town: Town, chats: Mapping[ChatId, Rights]) -> None:
    """Show facilitators their commands in their own chats."""
    for chat, rights in chats.items():
        own = facilitator_commands if rights.may_facilitate() else process_commands
        try:
            await _offer_facilitators(bot, town, chat, own)
        except Exception as error:  # who blocks the bot has no menu
            log.warning("a facilitator has no menu", error=type(error).__name__)


async def leave(bot: ExtBot[None], town: Town, chat: ChatId) -> None:
    """Take the facilitators' commands out of a chat that is theirs no more."""
    try:
        await _offer(bot, town, town.digest_language, lambda _: {}, BotCommandScopeChat(chat))
    except Exception as error:  # it may be gone, or not know the bot any more
        log.warning("a chat keeps its commands", error=type(error).__name__)


async def _call_it(bot: ExtBot[None], name: str) -> None:
    """Telegram lets a bot change its name a few times a day only."""
    if (await bot.get_my_name()).name != name:
        await bot.set_my_name(name)


async def _describe(bot: ExtBot[None], town: Town) -> None:
    async def said(code: str | None) -> str:
        return (await bot.get_my_description(language_code=code)).description

    async def say(text: str, code: str | None) -> None:
        await bot.set_my_description(text, language_code=code)

    await _say_in_each_language(town, lambda language: description(language, town), said, say)


async def _describe_shortly(bot: ExtBot[None], town: Town) -> None:
    async def said(code: str | None) -> str:
        return (await bot.get_my_short_description(language_code=code)).short_description

    async def say(text: str, code: str | None) -> None:
        await bot.set_my_short_description(text, language_code=code)

    await _say_in_each_language(town, lambda language: short_description(language, town), said, say)


async def _say_in_each_language(
    town: Town,
    wanted: Callable[[Language], str],
    said: Callable[[str | None], Awaitable[str]],
    say: Callable[[str, str | None], Awaitable[None]],
) -> None:
    """The Bot API answers for a language that has no text of its own with the one for all languages."""
    for_all = wanted(town.languages[0])
    if await said(None) != for_all:
        await say(for_all, None)
    for code in _languages(town):
        text = wanted(code) if code in town.languages else for_all
        if await said(code) != text:
            await say(text if code in town.languages else "", code)


async def _offer_everywhere(bot: ExtBot[None], town: Town) -> None:
    await _offer(bot, town, town.languages[0], resident_commands, BotCommandScopeAllPrivateChats())
    await _offer(bot, town, town.languages[0], group_commands, BotCommandScopeAllGroupChats())


async def _offer_facilitators(
    bot: ExtBot[None], town: Town, chat: ChatId, own: Offered = facilitator_commands
) -> None:
    """A chat's own commands hide those of its kind, so they are all here."""
    others = group_commands if chat < 0 else resident_commands

    def offered(language: Language) -> Mapping[str, str]:
        return {**own(language), **others(language)}

    await _offer(bot, town, town.digest_language, offered, BotCommandScopeChat(chat))


async def _offer(
    bot: ExtBot[None], town: Town, first: Language, offered: Offered, scope: BotCommandScope
) -> None:
    await _set_commands(bot, offered(first), scope, None)
    for code in _languages(town):
        await _set_commands(bot, offered(code) if code in town.languages else {}, scope, code)


async def _set_commands(
    bot: ExtBot[None], commands: Mapping[str, str], scope: BotCommandScope, code: str | None
) -> None:
    wanted = tuple(BotCommand(command, description) for command, description in commands.items())
    if await bot.get_my_commands(scope, language_code=code) == wanted:
        return
    if wanted:
        await bot.set_my_commands(wanted, scope, language_code=code)
    else:
        await bot.delete_my_commands(scope, language_code=code)


async def _show_commands(bot: ExtBot[None]) -> None:
    """A page that an earlier program put there would stand in their place."""
    if isinstance(await bot.get_chat_menu_button(), MenuButtonWebApp):
        await bot.set_chat_menu_button(menu_button=MenuButtonCommands())


def _languages(town: Town) -> Sequence[Language]:
    return [*town.languages, *(Language(code) for code in known_languages() if code not in town.languages)]
