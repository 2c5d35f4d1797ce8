"""What stands below a digest: another period, or the same as a file."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from cocreation.ideas.digest import Digest
from cocreation.ideas.digest_file import DigestFormat
from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.named_period import Named
from cocreation.ideas.period import Period
from cocreation.ideas.town import Town
from handlers.actions import NEW_MESSAGE, Verb, action
from handlers.digest import digest_message
from handlers.digest_dates import name_of
from handlers.digest_headline import days_of
from handlers.digest_token import token_of
from locales import Translator, translator

VIEW, PERIODS, NAMED, DATES, FILES, MAKE = "v", "p", "s", "d", "f", "m"
"""What a button below a digest does. The letters stand in buttons: they stay for good."""

BESIDE = 2


def sent_digest(digest: Digest, language: Language, town: Town) -> Message:
    """One that came by itself: it stays as it is, and other periods come below it."""
    t, message = translator(language), digest_message(digest, language, town)
    periods = Button(_another(t), action(Verb.DIGEST, PERIODS, NEW_MESSAGE))
    return replace(message, buttons=(*message.buttons, (periods, _as_file(digest.period, t))))


def asked_digest(digest: Digest, town: Town, t: Translator) -> Message:
    """One that somebody asked for: its buttons turn it."""
    message = digest_message(digest, Language(t.language), town)
    periods = Button(_another(t), action(Verb.DIGEST, PERIODS, token_of(digest.period)))
    return replace(message, buttons=(*message.buttons, (periods, _as_file(digest.period, t))))


def periods_to_choose(digest: Digest, town: Town, t: Translator) -> Message:
    """The digest with the periods that it could be about instead."""
    token = token_of(digest.period)
    names = [Button(name_of(named, t), action(Verb.DIGEST, NAMED, named)) for named in Named]
    names.append(Button(t.gettext("Other dates …"), action(Verb.DIGEST, DATES, token)))
    rows = [tuple(names[at : at + BESIDE]) for at in range(0, len(names), BESIDE)]
    back = Button(t.gettext("Back"), action(Verb.DIGEST, VIEW, token))
    return replace(digest_message(digest, Language(t.language), town), buttons=(*rows, (back,)))


def dates_question(period: Period, t: Translator, *, in_group: bool, fault: str = "") -> Message:
    """Asks for the days, in the place of the digest."""
    if in_group:
        ask = t.gettext("Which days? Write them as a reply to this message.")
    else:
        ask = t.gettext("Which days?")
    example = t.gettext("For example: november, 1-15 november, 2026-11-01 2026-11-15.")
    cancel = Button(f"✖️ {t.gettext('Cancel')}", action(Verb.DIGEST, VIEW, token_of(period)))
    parts = [escape(fault), f"<b>{escape(ask)}</b>", *([] if fault else [escape(example)])]
    return Message("\n\n".join(part for part in parts if part), ((cancel,),))


def dates_put_aside(period: Period, t: Translator) -> Message:
    """The question once something else was begun."""
    said = t.gettext("This was put aside, because something else was begun.")
    back = Button(t.gettext("Back"), action(Verb.DIGEST, VIEW, token_of(period)))
    return Message(escape(said), ((back,),))


def files_card(period: Period, town: Town, t: Translator) -> Message:
    """As what the digest can be had."""
    names = {
        DigestFormat.PICTURE: f"📈 {t.gettext('Picture')}",
        DigestFormat.HTML: "HTML",
        DigestFormat.MARKDOWN: "Markdown",
        DigestFormat.PDF: "PDF",
    }
    buttons = [
        Button(name, action(Verb.DIGEST, MAKE, token_of(period), format)) for format, name in names.items()
    ]
    hint = t.gettext(
        "The picture shows the themes. PDF is for paper, HTML for reading, Markdown for texts of your own."
    )
    return Message(f"{_heading(period, town, t)}\n{escape(hint)}", _in_rows(buttons))


def making_card(period: Period, format: DigestFormat, town: Town, t: Translator) -> Message:
    """The card once one was chosen; another one can be had as well."""
    said = t.gettext("The file is being made. It comes here in a moment.")
    again = Button(f"📄 {t.gettext('Another file')}", action(Verb.DIGEST, FILES, token_of(period), VIEW))
    return Message(f"{_heading(period, town, t)} · {format}\n{escape(said)}", ((again,),))


def _heading(period: Period, town: Town, t: Translator) -> str:
    days = t.day_range(*days_of(period, town))
    return f"<b>{escape(t.gettext('Digest, {days}', days=days))}</b>"


def _another(t: Translator) -> str:
    return f"📅 {t.gettext('Another period')}"


def _as_file(period: Period, t: Translator) -> Button:
    return Button(f"📄 {t.gettext('As a file')}", action(Verb.DIGEST, FILES, token_of(period)))


def _in_rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + BESIDE]) for at in range(0, len(buttons), BESIDE))
