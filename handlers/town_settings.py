"""`/settings`: what the town may set from the chat, where each value comes from, and what was changed."""

import json
from html import escape
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, filters

from cocreation.errors import (
    NotFoundError,
    OnlyAdministratorsError,
    SettingFixedError,
    SettingRefusedError,
)
from cocreation.ideas.conversation import Conversation, Step
from cocreation.ideas.ids import MessageId, SettingChangeId
from cocreation.ideas.messages import Message, Show
from cocreation.ideas.setting import Key, Setting
from cocreation.services.set_town import set_from_chat, setting_now, undo_setting
from handlers.actions import NEW_MESSAGE, Verb, arguments, number, pattern
from handlers.context import TownApplication, TownContext
from handlers.desks import words_of_desk
from handlers.giving_way import give_way
from handlers.roles import is_administrator, is_elsewhere, is_facilitator, only_facilitators
from handlers.setting_choices import (
    ASK_HERE,
    DAILY,
    DAY,
    FIRST,
    HERE,
    HISTORY,
    NUMBERS,
    OPEN,
    RESET,
    SET,
    TIME,
    TOGGLE,
    TYPE,
    TYPED,
    UNDO,
    Reader,
    at_time,
    on_day,
)
from handlers.setting_words import as_the_file_says
from handlers.town_settings_text import (
    SLOT,
    asked_for_chat,
    history_page,
    overview,
    question_page,
    setting_page,
)
from handlers.updates import answers, chat_of, pressed_data, pressed_message

LAST_CHANGES = 10
KEYS = {number: key for key, number in NUMBERS.items()}


def register(application: TownApplication) -> None:
    application.add_handler(CommandHandler("settings", show, filters.UpdateType.MESSAGE))
    application.add_handler(CallbackQueryHandler(press, pattern(Verb.TOWN)))


async def show(update: Update, context: TownContext) -> None:
    """All settings; in a group of residents only whether that is to be the facilitators' one."""
    if await _may_become_theirs(update, context):
        page = await _use_this_chat(update, context, is_sure=False)
    else:
        await only_facilitators(update, context)
        page = await _overview(update, context)
    await context.answer(update, page, SLOT)


async def press(update: Update, context: TownContext) -> None:
    """A button on these pages."""
    said = arguments(pressed_data(update))
    if said == [OPEN, NUMBERS[Key.FACILITATOR_CHAT]] and await _may_become_theirs(update, context):
        t = await words_of_desk(context, chat_of(update))
        await context.toast(update)
        return await context.change(update, Message(escape(t.gettext("Nothing was changed."))), SLOT)
    if said not in ([ASK_HERE], [HERE]) or not await _may_become_theirs(update, context):
        await only_facilitators(update, context)
    page = await _page(update, context, said)
    await context.toast(update)
    if said[-1:] == [NEW_MESSAGE]:
        return await context.answer(update, page, SLOT)
    return await context.change(update, page, SLOT)


async def may_set(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """Whether who writes may still change what they were asked for."""
    asked = _asked(waiting)
    if asked is None or not await is_facilitator(update, context):
        return False
    return (await _reader(update, context)).may_change(asked[0])


async def take_value(update: Update, context: TownContext, waiting: Conversation) -> bool:
    """The value that a chat was asked for. In a group it is a reply to the question."""
    message, asked = update.effective_message, _asked(waiting)
    if message is None or asked is None:
        return False
    key, at = asked
    if not answers(update, at):
        return False
    reader = await _reader(update, context)
    try:
        page = await _set(update, context, key, as_the_file_says(key, message.text or "", reader.t))
    except SettingRefusedError as error:
        now = await setting_now(context.work, context.settings, key)
        page = question_page(now, reader, reader.t.gettext(error.message))
    else:
        await context.work.conversations.end(waiting.chat)
    await context.post(Show(waiting.chat, page, slot=SLOT, at=at))
    return True


async def _page(update: Update, context: TownContext, said: list[str]) -> Message:
    match said:
        case [] | [_, "new"] | ["new"]:
            return await _overview(update, context)
        case [act] if act == HISTORY:
            changes = await context.work.settings.changes(LAST_CHANGES)
            return history_page(changes, await _reader(update, context))
        case [act, _] if act == UNDO:
            return await _undo(update, context)
        case [act] if act in (ASK_HERE, HERE):
            return await _use_this_chat(update, context, is_sure=act == HERE)
        case [act, told] if act in (TOGGLE, FIRST, DAY, TIME):
            change = _speak if act in (TOGGLE, FIRST) else _plan
            return await change(update, context, act, told)
        case [act, which, *rest] if which in KEYS:
            return await _of_one(update, context, act, KEYS[which], ":".join(rest))
        case _:
            raise NotFoundError


async def _of_one(update: Update, context: TownContext, act: str, key: Key, value: str) -> Message:
    """What a button on the page of one setting leads to."""
    if act == SET and value:
        return await _set(update, context, key, value)
    if act == RESET:
        return await _set(update, context, key, None)
    if act == TYPE and key in TYPED:
        return await _ask(update, context, key)
    if act != OPEN:
        raise NotFoundError
    asked = _asked(await context.work.conversations.get(chat_of(update)))
    if asked is not None and asked[1] == pressed_message(update):
        await context.work.conversations.end(chat_of(update))
    return setting_page(await _now(context, key), await _reader(update, context))


async def _set(update: Update, context: TownContext, key: Key, value: str | None) -> Message:
    """Set it, and show how it stands then."""
    reader = await _reader(update, context)
    if not reader.may_change(key):
        raise OnlyAdministratorsError
    by = (await context.resident(update)).id
    is_new = await set_from_chat(context.work, context.settings, key, value, by=by, now=context.now)
    said = reader.t.gettext("Kept. It holds from now on.") if is_new else ""
    return await _after(update, context, key, said)


async def _after(update: Update, context: TownContext, key: Key, said: str) -> Message:
    """The page of a setting in the town as this transaction leaves it."""
    context.turn.town = context.settings.town_with(await context.work.settings.chosen())
    return setting_page(await _now(context, key), await _reader(update, context), said)


async def _undo(update: Update, context: TownContext) -> Message:
    change = SettingChangeId(number(pressed_data(update), 1))
    found = await context.work.settings.get(change)
    reader = await _reader(update, context)
    if found is not None and not reader.may_change(found.key):
        raise OnlyAdministratorsError
    by = (await context.resident(update)).id
    key = await undo_setting(context.work, context.settings, change, by=by, now=context.now)
    return await _after(update, context, key, reader.t.gettext("Undone."))


async def _speak(update: Update, context: TownContext, act: str, code: str) -> Message:
    """Speak one language more or less, or that one first."""
    spoken = [str(each) for each in context.town.languages]
    if act == FIRST:
        wanted = [code, *(each for each in spoken if each != code)]
    elif code in spoken:
        wanted = [each for each in spoken if each != code]
    else:
        wanted = [*spoken, code]
    return await _set(update, context, Key.LANGUAGES, ", ".join(wanted))


async def _plan(update: Update, context: TownContext, act: str, told: str) -> Message:
    """Let the digest come on another day, or at another time."""
    schedule = (await _now(context, Key.SCHEDULE)).value
    if act == DAY:
        if told not in {str(day) for day in range(DAILY + 1)}:
            raise NotFoundError
        return await _set(update, context, Key.SCHEDULE, on_day(schedule, int(told)))
    return await _set(update, context, Key.SCHEDULE, at_time(schedule, told))


async def _use_this_chat(update: Update, context: TownContext, *, is_sure: bool) -> Message:
    reader = await _reader(update, context)
    if not reader.is_administrator:
        raise OnlyAdministratorsError
    if reader.chat >= 0:
        raise NotFoundError
    if is_sure:
        return await _set(update, context, Key.FACILITATOR_CHAT, str(reader.chat))
    return asked_for_chat(await _changeable(context, Key.FACILITATOR_CHAT), reader)


async def _may_become_theirs(update: Update, context: TownContext) -> bool:
    """Whether an administrator asks in a group that could be made the facilitators'."""
    if not await is_elsewhere(update, context) or not await is_administrator(update, context):
        return False
    return not (await _now(context, Key.FACILITATOR_CHAT)).origin.is_fixed


async def _ask(update: Update, context: TownContext, key: Key) -> Message:
    """Wait for the value in this chat."""
    reader = await _reader(update, context)
    if not reader.may_change(key):
        raise OnlyAdministratorsError
    setting = await _changeable(context, key)
    await give_way(update, context)
    words = json.dumps({"key": key, "at": pressed_message(update)})
    await context.work.conversations.begin(Conversation(reader.chat, Step.SETTING, context.now, words=words))
    return question_page(setting, reader)


async def _changeable(context: TownContext, key: Key) -> Setting:
    setting = await _now(context, key)
    if setting.origin.is_fixed:
        raise SettingFixedError
    return setting


async def _now(context: TownContext, key: Key) -> Setting:
    return await setting_now(context.work, context.settings, key)


async def _overview(update: Update, context: TownContext) -> Message:
    standing = context.settings.standing(await context.work.settings.chosen())
    return overview(standing, await _reader(update, context))


async def _reader(update: Update, context: TownContext) -> Reader:
    chat = chat_of(update)
    t = await words_of_desk(context, chat)
    return Reader(context.town, t, chat, await is_administrator(update, context))


def _asked(conversation: Conversation | None) -> tuple[Key, MessageId] | None:
    """The setting that a chat is asked for, and the message that asks."""
    if conversation is None or conversation.step is not Step.SETTING:
        return None
    kept: dict[str, Any] = json.loads(conversation.words or "{}")
    return Key(kept["key"]), MessageId(kept["at"])
