"""The buttons by which a setting gets another value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from cocreation.ideas.ids import ChatId
from cocreation.ideas.messages import Button
from cocreation.ideas.notice import QuietHours
from cocreation.ideas.schedule import WEEKDAYS, Rhythm, Schedule
from cocreation.ideas.setting import Key, Setting
from cocreation.ideas.town import Town
from handlers.actions import Verb, action
from handlers.notice_settings import USUAL, quiet_words
from handlers.setting_words import days_words
from locales import Translator, known_languages

OPEN, SET, TYPE, RESET, HERE = "o", "s", "t", "r", "h"
DAY, TIME, TOGGLE, FIRST, HISTORY, UNDO, ASK_HERE = "D", "M", "l", "L", "H", "u", "c"
NUMBERS = {
    Key.LANGUAGES: "1",
    Key.FACILITATOR_CHAT: "2",
    Key.CONTACT: "3",
    Key.IDEAS_IN_TEN_MINUTES: "4",
    Key.QUIET_HOURS: "5",
    Key.WATCHED_WORDS: "6",
    Key.HELPLINES: "7",
    Key.SCHEDULE: "8",
    Key.DIGEST_LANGUAGE: "9",
}
"""What stands for a setting in a button. They stay for good."""
TYPED = frozenset(NUMBERS) - {Key.LANGUAGES, Key.FACILITATOR_CHAT, Key.DIGEST_LANGUAGE}
DAILY = len(WEEKDAYS)
MORNINGS = ("07:00", "08:00", "09:00", "12:00", "17:00")
AMOUNTS = (5, 10, 20, 50)


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a page is: in which chat, and whether as an administrator."""

    town: Town
    t: Translator
    chat: ChatId
    is_administrator: bool

    def may_change(self, key: Key) -> bool:
        return self.is_administrator or key.is_facilitators

    @property
    def is_desk(self) -> bool:
        return self.chat == self.town.facilitator_chat


Rows = Sequence[tuple[Button, ...]]


def _set(key: Key, value: object, label: str, is_now: bool) -> Button:
    return Button(_marked(label, is_now=is_now), action(Verb.TOWN, SET, NUMBERS[key], str(value)))


def _languages(setting: Setting, reader: Reader) -> Rows:
    t, spoken = reader.t, [code.strip() for code in setting.value.split(",")]
    rows = []
    for code in [*spoken, *(each for each in known_languages() if each not in spoken)]:
        mark = "✓ " if code in spoken else ""
        row = [Button(f"{mark}{t.language_name(code)}", action(Verb.TOWN, TOGGLE, code))]
        if code in spoken[1:]:
            row.append(Button(t.gettext("Make it the first"), action(Verb.TOWN, FIRST, code)))
        rows.append(tuple(row))
    return rows


def _digest_languages(setting: Setting, reader: Reader) -> Rows:
    return [
        (_set(setting.key, code, reader.t.language_name(code), code == setting.value),)
        for code in reader.town.languages
    ]


def _schedules(setting: Setting, reader: Reader) -> Rows:
    """A day keeps the time that holds when it is pressed, and a time the day."""
    t, now = reader.t, Schedule.parse(setting.value)
    names = [str(t.locale.days["stand-alone"]["abbreviated"][number]) for number in range(len(WEEKDAYS))]
    days = [
        Button(_marked(name, is_now=on_day(setting.value, number) == str(now)), said)
        for number, name in enumerate([*names, t.gettext("daily")])
        for said in [action(Verb.TOWN, DAY, number)]
    ]
    times = [
        Button(_marked(at, is_now=f"{now.at:%H:%M}" == at), action(Verb.TOWN, TIME, at.replace(":", "")))
        for at in MORNINGS
    ]
    seldom = [
        (_set(setting.key, each, days_words(each, t), each == now),)
        for rhythm in (Rhythm.FORTNIGHTLY, Rhythm.FIRST)
        for each in [Schedule(now.weekday or 0, now.at, rhythm)]
    ]
    return [tuple(days[:4]), tuple(days[4:]), *seldom, tuple(times)]


def on_day(schedule: str, day: int) -> str:
    """The same time on another day, or daily."""
    return f"{[*WEEKDAYS, 'daily'][day]} {Schedule.parse(schedule).at:%H:%M}"


def at_time(schedule: str, time: str) -> str:
    """The same days at another time, such as '0800'."""
    return f"{Schedule.parse(schedule).days} {time[:2]}:{time[2:]}"


def _marked(label: str, *, is_now: bool) -> str:
    return f"✓ {label}" if is_now else label


def _amounts(setting: Setting, reader: Reader) -> Rows:
    return [
        tuple(_set(setting.key, each, reader.t.number(each), str(each) == setting.value) for each in AMOUNTS)
    ]


def _hours(setting: Setting, reader: Reader) -> Rows:
    none = QuietHours(0, 0)
    return [
        tuple(
            _set(setting.key, each, quiet_words(each, reader.t), str(each) == setting.value) for each in USUAL
        ),
        (_set(setting.key, none, quiet_words(None, reader.t), str(none) == setting.value),),
    ]


def _chat(setting: Setting, reader: Reader) -> Rows:
    if reader.chat >= 0 or str(reader.chat) == setting.value:
        return []
    return [(Button(reader.t.gettext("Use this group"), action(Verb.TOWN, ASK_HERE)),)]


CHOICES: Mapping[Key, Callable[[Setting, Reader], Rows]] = {
    Key.LANGUAGES: _languages,
    Key.DIGEST_LANGUAGE: _digest_languages,
    Key.SCHEDULE: _schedules,
    Key.IDEAS_IN_TEN_MINUTES: _amounts,
    Key.QUIET_HOURS: _hours,
    Key.FACILITATOR_CHAT: _chat,
}
