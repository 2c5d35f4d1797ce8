"""What settings are called, mean, and hold, as people say it."""

from collections.abc import Callable, Mapping
from datetime import time

from cocreation.ideas.ids import ChatId
from cocreation.ideas.notice import QuietHours
from cocreation.ideas.schedule import LATEST_DAY, WEEKDAYS, Rhythm, Schedule
from cocreation.ideas.setting import Key, Origin
from handlers.notice_settings import quiet_words
from locales import Translator


def name_of(key: Key, t: Translator) -> str:
    return {
        Key.LANGUAGES: t.gettext("Languages"),
        Key.FACILITATOR_CHAT: t.gettext("Facilitators' group"),
        Key.CONTACT: t.gettext("Contact"),
        Key.IDEAS_IN_TEN_MINUTES: t.gettext("Ideas in ten minutes"),
        Key.QUIET_HOURS: t.gettext("Quiet hours"),
        Key.WATCHED_WORDS: t.gettext("Words to look at"),
        Key.HELPLINES: t.gettext("Helplines"),
        Key.SCHEDULE: t.gettext("When the digest comes"),
        Key.DIGEST_LANGUAGE: t.gettext("Language of the digest"),
    }[key]


def explanation(key: Key, t: Translator) -> str:
    return {
        Key.LANGUAGES: t.gettext("The languages that I speak, the town's own first."),
        Key.FACILITATOR_CHAT: t.gettext(
            "Where the digest and what people report arrive. To choose a group, write /settings there."
        ),
        Key.CONTACT: t.gettext("Whom the privacy notice names for questions about data."),
        Key.IDEAS_IN_TEN_MINUTES: t.gettext(
            "So many ideas one person may write in ten minutes; who writes more is told when to go on."
        ),
        Key.QUIET_HOURS: t.gettext(
            "When people hear nothing from me who come from now on, until they choose other hours."
        ),
        Key.WATCHED_WORDS: t.gettext("What holds one of these words is looked at by a facilitator."),
        Key.HELPLINES: t.gettext("Whom people can call who need somebody at once. /help shows them."),
        Key.SCHEDULE: t.gettext("The day and the time on the town's clock."),
        Key.DIGEST_LANGUAGE: t.gettext("The language in which I write to the facilitators' group."),
    }[key]


def form_of(key: Key, t: Translator) -> str:
    return {
        Key.CONTACT: t.gettext("an e-mail address, a telephone number or the address of a page."),
        Key.IDEAS_IN_TEN_MINUTES: t.gettext("a whole number from 1 to 1000000."),
        Key.QUIET_HOURS: t.gettext("two hours, such as 21-8, or none."),
        Key.WATCHED_WORDS: t.gettext("all words, with commas between them, each of 2 letters at least."),
        Key.HELPLINES: t.gettext("one a line, such as Tele-Onthaal | 106 | anybody who wants to talk."),
        Key.SCHEDULE: t.gettext(
            "a day and a time, such as {day} 08:00, daily 17:30, {second} 08:00, {first} 08:00 or "
            "{monthly} 08:00.",
            day=str(t.locale.days["stand-alone"]["wide"][0]),
            second=days_words(Schedule(0, time(8), Rhythm.FORTNIGHTLY), t),
            first=days_words(Schedule(0, time(8), Rhythm.FIRST), t),
            monthly=days_words(Schedule(None, time(8), Rhythm.MONTHLY, 1), t),
        ),
    }[key]


def origin_words(origin: Origin, t: Translator) -> str:
    return {
        Origin.ENVIRONMENT: t.gettext("🔒 Fixed by an environment variable, so not to be changed from here."),
        Origin.FILE: t.gettext("🔒 Fixed in the file config.toml, so not to be changed from here."),
        Origin.CHAT: t.gettext("Set from the chat."),
        Origin.DEFAULT: t.gettext("As at first; nobody has set it."),
    }[origin]


def value_words(key: Key, value: str, chat: ChatId, t: Translator) -> str:
    """A value as people say it, in a chat; one of an earlier version as it is."""
    if not value or key not in _SAID:
        return value or "–"
    if key is Key.FACILITATOR_CHAT and str(chat) == value:
        return t.gettext("this chat")
    try:
        return _SAID[key](value, t)
    except ValueError:
        return value


def schedule_words(schedule: Schedule, t: Translator) -> str:
    """Such as 'Monday 08:00'."""
    return f"{days_words(schedule, t)} {schedule.at:%H:%M}"


def days_words(schedule: Schedule, t: Translator) -> str:
    """Such as 'every second Monday'."""
    if schedule.rhythm is Rhythm.MONTHLY:
        return t.gettext("monthly on day {day}", day=schedule.day)
    if schedule.weekday is None:
        return t.gettext("daily")
    name = weekday(schedule.weekday, t)
    if schedule.rhythm is Rhythm.PLAIN:
        return name
    inside = str(t.locale.days["format"]["wide"][schedule.weekday])
    if schedule.rhythm is Rhythm.FORTNIGHTLY:
        return t.gettext("every second {weekday}", weekday=inside)
    return t.gettext("first {weekday} of the month", weekday=inside)


def weekday(number: int, t: Translator) -> str:
    """The name of a day, Monday is 0."""
    name = str(t.locale.days["stand-alone"]["wide"][number])
    return name[:1].upper() + name[1:]


def as_the_file_says(key: Key, typed: str, t: Translator) -> str:
    """What a person typed, with the days of a schedule in the words that the file has for them."""
    if key is not Key.SCHEDULE:
        return typed
    days, _, at = " ".join(typed.split()).rpartition(" ")
    midnight = time()
    every = [
        Schedule(None, midnight),
        *(Schedule(number, midnight, rhythm) for number in range(len(WEEKDAYS)) for rhythm in _WEEKLY),
        *(Schedule(None, midnight, Rhythm.MONTHLY, day) for day in range(1, LATEST_DAY + 1)),
    ]
    names = {days_words(schedule, t).lower(): schedule.days for schedule in every}
    return f"{names.get(days.lower(), days)} {at}"


_WEEKLY = (Rhythm.PLAIN, Rhythm.FORTNIGHTLY, Rhythm.FIRST)


def _hours_said(value: str, t: Translator) -> str:
    hours = QuietHours.parse(value)
    return quiet_words(None if hours.start == hours.end else hours, t)


_SAID: Mapping[Key, Callable[[str, Translator], str]] = {
    Key.LANGUAGES: lambda value, t: t.list_of([t.language_name(code.strip()) for code in value.split(",")]),
    Key.DIGEST_LANGUAGE: lambda value, t: t.language_name(value),
    Key.SCHEDULE: lambda value, t: schedule_words(Schedule.parse(value), t),
    Key.QUIET_HOURS: _hours_said,
    Key.FACILITATOR_CHAT: lambda value, _: value,
}
