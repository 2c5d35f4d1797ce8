"""What the pages of `/settings` say."""

from collections.abc import Sequence
from html import escape

from cocreation.ideas.messages import Button, Message
from cocreation.ideas.setting import Key, Origin, Setting, SettingChange
from handlers.actions import Verb, action
from handlers.quoting import on_one_line, within_units
from handlers.setting_choices import (
    CHOICES,
    HERE,
    HISTORY,
    NUMBERS,
    OPEN,
    RESET,
    TYPE,
    TYPED,
    UNDO,
    Reader,
)
from handlers.setting_words import explanation, form_of, name_of, origin_words, value_words
from locales import Translator

SLOT = "settings"
VALUE, SHORT_VALUE, NAME = 900, 60, 60


def overview(settings: Sequence[Setting], reader: Reader, said: str = "") -> Message:
    """Each setting with its value and where that comes from."""
    t = reader.t
    heading = t.gettext("Settings of {town}", town=on_one_line(reader.town.name, NAME))
    lines = [f"<b>{escape(heading)}</b>", *(_line(setting, reader) for setting in settings)]
    if said:
        lines.insert(0, f"<i>{escape(said)}</i>")
    buttons = [Button(name_of(each.key, t), action(Verb.TOWN, OPEN, NUMBERS[each.key])) for each in settings]
    pairs = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
    history = Button(f"🕘 {t.gettext('What was changed')}", action(Verb.TOWN, HISTORY))
    return Message("\n\n".join(lines), (*pairs, (history,)))


def setting_page(setting: Setting, reader: Reader, said: str = "") -> Message:
    """One setting, with the ways to change it."""
    t, key = reader.t, setting.key
    parts = [
        f"<b>{escape(name_of(key, t))}</b>",
        escape(explanation(key, t)),
        f"{escape(t.gettext('Now:'))} <b>{escape(within_units(_said(setting, reader), VALUE))}</b>",
        f"<i>{escape(origin_words(setting.origin, t))}</i>",
    ]
    if said:
        parts.insert(0, f"<i>{escape(said)}</i>")
    back = Button(f"◂ {t.gettext('Settings')}", action(Verb.TOWN))
    if setting.origin.is_fixed:
        return Message("\n\n".join(parts), ((back,),))
    if not reader.may_change(key):
        parts.append(escape(t.gettext("An administrator can change this.")))
        return Message("\n\n".join(parts), ((back,),))
    rows = list(CHOICES[key](setting, reader)) if key in CHOICES else []
    if key in TYPED:
        rows.append((Button(f"✏️ {t.gettext('Write a value')}", action(Verb.TOWN, TYPE, NUMBERS[key])),))
    if setting.origin is Origin.CHAT:
        rows.append((Button(f"↺ {t.gettext('As at first')}", action(Verb.TOWN, RESET, NUMBERS[key])),))
    return Message("\n\n".join(parts), (*rows, (back,)))


def question_page(setting: Setting, reader: Reader, fault: str = "") -> Message:
    """Asks for the value; in a group for a reply to this message."""
    t, key = reader.t, setting.key
    parts = [
        f"<b>{escape(name_of(key, t))}</b>",
        escape(t.gettext("Write the new value: {form}", form=form_of(key, t))),
    ]
    if setting.value:
        said = value_words(key, setting.value, reader.chat, t)
        parts.append(f"{escape(t.gettext('Now:'))} <code>{escape(within_units(said, VALUE))}</code>")
    if reader.chat < 0:
        parts.append(escape(t.gettext("Answer this message, so that I know it is meant for me.")))
    if fault:
        parts.insert(1, f"⚠️ {escape(fault)}")
    cancel = Button(f"✖️ {t.gettext('Cancel')}", action(Verb.TOWN, OPEN, NUMBERS[key]))
    return Message("\n\n".join(parts), ((cancel,),))


def asked_for_chat(setting: Setting, reader: Reader) -> Message:
    t = reader.t
    question = t.gettext("Make this the facilitators' group?")
    parts = [
        f"<b>{escape(question)}</b>",
        escape(
            t.gettext(
                "The digest and what people report come here from now on. Everybody who is in this group may "
                "use the commands for facilitators here, nobody in the group of before any more."
            )
        ),
    ]
    yes = Button(t.gettext("Yes, this group"), action(Verb.TOWN, HERE))
    cancel = Button(f"✖️ {t.gettext('Cancel')}", action(Verb.TOWN, OPEN, NUMBERS[setting.key]))
    return Message("\n\n".join(parts), ((yes, cancel),))


def history_page(changes: Sequence[SettingChange], reader: Reader) -> Message:
    """The latest changes, each with its undo as long as nothing followed."""
    t = reader.t
    back = Button(f"◂ {t.gettext('Settings')}", action(Verb.TOWN))
    heading = f"<b>{escape(t.gettext('What was changed'))}</b>"
    if not changes:
        nothing = escape(t.gettext("Nothing was changed from the chat so far."))
        return Message(f"{heading}\n\n{nothing}", ((back,),))
    latest: dict[Key, SettingChange] = {}
    for change in changes:
        latest.setdefault(change.key, change)
    rows = [
        (Button(f"↩️ {name_of(change.key, t)}", action(Verb.TOWN, UNDO, change.id)),)
        for change in latest.values()
        if reader.may_change(change.key)
    ]
    lines = [_change_line(change, reader) for change in changes]
    return Message("\n\n".join([heading, *lines]), (*rows, (back,)))


def put_aside_page(t: Translator) -> Message:
    back = Button(f"◂ {t.gettext('Settings')}", action(Verb.TOWN))
    return Message(escape(t.gettext("Nothing was changed.")), ((back,),))


def _line(setting: Setting, reader: Reader) -> str:
    t = reader.t
    mark = "🔒 " if setting.origin.is_fixed else ""
    value = escape(on_one_line(_said(setting, reader), SHORT_VALUE))
    named = t.gettext("{setting}:", setting=name_of(setting.key, t))
    return f"{mark}{escape(named)} <b>{value}</b>"


def _said(setting: Setting, reader: Reader) -> str:
    return value_words(setting.key, setting.value, reader.chat, reader.t)


def _change_line(change: SettingChange, reader: Reader) -> str:
    t = reader.t
    old, new = (
        t.gettext("as at first")
        if value is None
        else on_one_line(value_words(change.key, value, reader.chat, t), SHORT_VALUE)
        for value in (change.old, change.new)
    )
    moment = t.moment(reader.town.local(change.at))
    who = t.gettext("somebody") if change.by is None else on_one_line(change.by, NAME)
    named = t.gettext("{setting}:", setting=name_of(change.key, t))
    what = f"<b>{escape(named)}</b> {escape(old)} → {escape(new)}"
    return f"{what}\n{escape(moment)} · {escape(who)}"
