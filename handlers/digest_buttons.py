"""What stands below a digest: another period, or its picture."""

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
from handlers.digest_token import token_of
from locales import Translator, translator

VIEW, PERIODS, NAMED, DATES, MAKE = "v", "p", "s", "d", "m"
"""What a button below a digest does. The letters stand in buttons: they stay for good."""

BESIDE = 2


def sent_digest(digest: Digest, language: Language, town: Town) -> Message:
    """One that came by itself: it stays as it is, and other periods come below it."""
    t, message = translator(language), digest_message(digest, language, town)
    periods = Button(_another(t), action(Verb.DIGEST, PERIODS, NEW_MESSAGE))
    return replace(message, buttons=(*message.buttons, (periods, _picture(digest.period, t))))


def asked_digest(digest: Digest, town: Town, t: Translator) -> Message:
    """One that somebody asked for: its buttons turn it."""
    message = digest_message(digest, Language(t.language), town)
    periods = Button(_another(t), action(Verb.DIGEST, PERIODS, token_of(digest.period)))
    return replace(message, buttons=(*message.buttons, (periods, _picture(digest.period, t))))


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


def _another(t: Translator) -> str:
    return f"📅 {t.gettext('Another period')}"


def _picture(period: Period, t: Translator) -> Button:
    said = action(Verb.DIGEST, MAKE, token_of(period), DigestFormat.PICTURE)
    return Button(f"📈 {t.gettext('Picture')}", said)
