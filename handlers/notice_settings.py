"""A person says how often they want to hear of what happens, and when not."""

from collections.abc import Callable
from dataclasses import replace
from html import escape

from telegram import Update
from telegram.ext import CallbackQueryHandler

from cocreation.errors import NotFoundError
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.notice import Frequency, QuietHours, Wishes
from cocreation.ideas.resident import Resident
from cocreation.services.change_wishes import change_wishes
from handlers.actions import NEW_MESSAGE, Verb, action, arguments, pattern
from handlers.context import TownApplication, TownContext
from handlers.updates import pressed_data
from locales import Translator

SLOT = "notices"
USUAL = (QuietHours(21, 8), QuietHours(22, 7), QuietHours(20, 9))
NO_HOURS, CHOOSE = "none", "choose"
ROW = 6


def register(application: TownApplication) -> None:
    application.add_handler(CallbackQueryHandler(choose_frequency, pattern(Verb.NOTICES)))
    application.add_handler(CallbackQueryHandler(choose_quiet_hours, pattern(Verb.QUIET)))


def settings_rows(resident: Resident, t: Translator) -> tuple[tuple[Button, ...], ...]:
    """The buttons that lead from a person's settings to these."""
    frequency = frequency_words(resident.wishes.frequency, t)
    quiet = quiet_words(resident.wishes.quiet, t)
    return (
        (Button(f"🔔 {t.gettext('Notices: {frequency}', frequency=frequency)}", action(Verb.NOTICES)),),
        (Button(f"🌙 {t.gettext('Quiet hours: {hours}', hours=quiet)}", action(Verb.QUIET)),),
    )


async def choose_frequency(update: Update, context: TownContext) -> None:
    """The page; with a frequency behind the verb, keep that first."""
    resident = await context.resident(update)
    t = await context.words(update)
    match _said(update):
        case []:
            await context.toast(update)
            await context.change(update, notices_page(resident.wishes, t), SLOT)
        case [said] if said == NEW_MESSAGE:
            await context.toast(update)
            await context.answer(update, notices_page(resident.wishes, t), SLOT)
        case [said] if said in set(Frequency):
            await _keep(update, context, replace(resident.wishes, frequency=Frequency(said)))
        case _:
            raise NotFoundError


async def choose_quiet_hours(update: Update, context: TownContext) -> None:
    """The page, the hours to choose from, and what was chosen."""
    resident = await context.resident(update)
    t = await context.words(update)
    match _said(update):
        case []:
            page = quiet_page(resident.wishes, t)
        case [said] if said == CHOOSE:
            page = _first_hour_page(t)
        case [said] if said == NO_HOURS:
            return await _keep(update, context, replace(resident.wishes, quiet=None), is_quiet_page=True)
        case [start]:
            page = _last_hour_page(_hour(start), t)
        case [start, end] if start != end:
            quiet = QuietHours(_hour(start), _hour(end))
            return await _keep(update, context, replace(resident.wishes, quiet=quiet), is_quiet_page=True)
        case _:
            raise NotFoundError
    await context.toast(update)
    return await context.change(update, page, SLOT)


async def _keep(update: Update, context: TownContext, wishes: Wishes, is_quiet_page: bool = False) -> None:
    resident = await context.resident(update)
    await change_wishes(context.work, resident.id, wishes, context.now)
    t = await context.words(update)
    await context.toast(update, t.gettext("Kept."))
    await context.change(update, quiet_page(wishes, t) if is_quiet_page else notices_page(wishes, t), SLOT)


def notices_page(wishes: Wishes, t: Translator) -> Message:
    parts = [f"<b>🔔 {escape(t.gettext('When you hear from me'))}</b>", escape(_what_holds(wishes, t))]
    choices = tuple(
        (Button(_marked(_choice(each, t), each is wishes.frequency), action(Verb.NOTICES, each)),)
        for each in Frequency
    )
    quiet = t.gettext("Quiet hours: {hours}", hours=quiet_words(wishes.quiet, t))
    return Message("\n\n".join(parts), (*choices, (Button(f"🌙 {quiet}", action(Verb.QUIET)),)))


def quiet_page(wishes: Wishes, t: Translator) -> Message:
    if wishes.quiet is None:
        now = t.gettext("There are none: I may write at any hour.")
    else:
        now = t.gettext(
            "I write nothing by myself {hours}. What happens meanwhile comes afterwards.",
            hours=_between(wishes.quiet, t),
        )
    parts = [f"<b>🌙 {escape(t.gettext('Quiet hours'))}</b>", escape(now)]
    choices = tuple(
        Button(_marked(quiet_words(each, t), each == wishes.quiet), action(Verb.QUIET, each.start, each.end))
        for each in USUAL
    )
    none = Button(_marked(quiet_words(None, t), wishes.quiet is None), action(Verb.QUIET, NO_HOURS))
    other = Button(t.gettext("Other hours"), action(Verb.QUIET, CHOOSE))
    back = Button(f"◂ {t.gettext('Notices')}", action(Verb.NOTICES))
    return Message("\n\n".join(parts), (choices, (none, other), (back,)))


def frequency_words(frequency: Frequency, t: Translator) -> str:
    return {
        Frequency.ALL: t.gettext("at once"),
        Frequency.WEEKLY: t.gettext("weekly"),
        Frequency.NONE: t.pgettext("notices", "never"),
    }[frequency]


def quiet_words(quiet: QuietHours | None, t: Translator) -> str:
    """'21–8', or that there are none."""
    return t.pgettext("hours", "none") if quiet is None else f"{quiet.start}–{quiet.end}"


def _choice(frequency: Frequency, t: Translator) -> str:
    return {
        Frequency.ALL: t.gettext("At once"),
        Frequency.WEEKLY: t.gettext("Once a week"),
        Frequency.NONE: t.gettext("Never"),
    }[frequency]


def _what_holds(wishes: Wishes, t: Translator) -> str:
    match wishes.frequency:
        case Frequency.ALL:
            return t.gettext(
                "When the town answers an idea that you wrote, support or follow, or somebody comments on "
                "one that you wrote or follow or answers your comment, you hear it at once: at most one "
                "message an hour."
            )
        case Frequency.WEEKLY:
            return t.gettext(
                "On Monday at 9 you get one message with all that happened to ideas that you wrote, support "
                "or follow, and all answers to your comments."
            )
        case Frequency.NONE:
            return t.gettext("I never write to you by myself. The cards of your ideas show what is new.")


def _first_hour_page(t: Translator) -> Message:
    text = escape(t.gettext("When do your quiet hours begin?"))
    return Message(text, (*_hours(lambda hour: action(Verb.QUIET, hour)), (_back_to_quiet(t),)))


def _last_hour_page(start: int, t: Translator) -> Message:
    text = escape(t.gettext("They begin at {hour}. When do they end?", hour=str(start)))
    rows = _hours(lambda hour: action(Verb.QUIET, start, hour), without=start)
    return Message(text, (*rows, (_back_to_quiet(t),)))


def _hours(leads_to: Callable[[int], str], without: int | None = None) -> tuple[tuple[Button, ...], ...]:
    hours = [Button(str(hour), leads_to(hour)) for hour in range(24) if hour != without]
    return tuple(tuple(hours[at : at + ROW]) for at in range(0, len(hours), ROW))


def _back_to_quiet(t: Translator) -> Button:
    return Button(f"◂ {t.gettext('Back')}", action(Verb.QUIET))


def _between(quiet: QuietHours, t: Translator) -> str:
    return t.gettext("from {start} to {end}", start=str(quiet.start), end=str(quiet.end))


def _marked(label: str, is_chosen: bool) -> str:
    return f"✅ {label}" if is_chosen else label


def _hour(said: str) -> int:
    if not said.isascii() or not said.isdigit() or int(said) > 23:
        raise NotFoundError
    return int(said)


def _said(update: Update) -> list[str]:
    return arguments(pressed_data(update))
