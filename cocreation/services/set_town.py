"""Facilitators set from the chat what the file and the environment leave open, and undo it."""

from collections.abc import Mapping
from datetime import datetime

from cocreation.errors import NotFoundError, SettingFixedError, SettingMovedOnError
from cocreation.ideas.ids import ResidentId, SettingChangeId
from cocreation.ideas.setting import Key, Setting
from cocreation.ports import TownSettings, Work


async def setting_now(work: Work, rules: TownSettings, key: Key) -> Setting:
    """One setting as it stands."""
    return _of(rules, await work.settings.chosen(), key)


async def set_from_chat(
    work: Work, rules: TownSettings, key: Key, text: str | None, *, by: ResidentId, now: datetime
) -> bool:
    """Let a setting have this value, None for what holds without the chat; whether that is a change.

    Raises SettingFixedError and SettingRefusedError.
    """
    chosen = await work.settings.chosen()
    if _of(rules, chosen, key).origin.is_fixed:
        raise SettingFixedError
    new = None if text is None else rules.checked(key, text)
    if chosen.get(key) == new:
        return False
    await work.settings.change(key, new, by, now)
    return True


async def undo_setting(
    work: Work, rules: TownSettings, change: SettingChangeId, *, by: ResidentId, now: datetime
) -> Key:
    """Give a setting the value from before a change. Raises SettingMovedOnError where another followed."""
    found = await work.settings.get(change)
    if found is None:
        raise NotFoundError
    if not await work.settings.is_latest(found):
        raise SettingMovedOnError
    await set_from_chat(work, rules, found.key, found.old, by=by, now=now)
    return found.key


def _of(rules: TownSettings, chosen: Mapping[Key, str], key: Key) -> Setting:
    return next(setting for setting in rules.standing(chosen) if setting.key is key)
