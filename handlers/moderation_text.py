"""Why something waits for moderation and what was done about it, in words."""

from collections.abc import Collection
from datetime import datetime, timedelta
from html import escape

from cocreation.ideas.messages import Button
from cocreation.ideas.moderation import Act, ActKind, Sign
from cocreation.ideas.report import Report
from cocreation.ideas.town import Town
from handlers.actions import NEW_MESSAGE, Verb, action
from handlers.reasons import reason_words
from locales import Translator

MINUTE = timedelta(minutes=1)
QUEUE = 0
"""In a button, instead of a thing: what waits longest."""


def queue_button(t: Translator) -> Button:
    """Opens the queue below, since the message that has the button stays as it is."""
    return Button(f"🛡 {t.gettext('Open the queue')}", action(Verb.MODERATE, QUEUE, NEW_MESSAGE))


def sign_words(signs: Collection[Sign], t: Translator) -> list[str]:
    """Each reason to look at it but the reports, which have words of their own."""
    words = {
        Sign.TELEPHONE: t.gettext("There is a telephone number in it."),
        Sign.EMAIL: t.gettext("There is an e-mail address in it."),
        Sign.ACCOUNT: t.gettext("There is a bank account in it."),
        Sign.LINKS: t.gettext("There are many links in it."),
        Sign.SHOUTING: t.gettext("Nearly all of it is in capitals."),
        Sign.WORDS: t.gettext("It has a word that the town looks out for."),
        Sign.BARRED: t.gettext("It has a word that the town does not show, so it was hidden at once."),
        Sign.BURST: t.gettext("Many new people wrote much the same within minutes."),
        Sign.SUPPORTS: t.gettext("Many people who had just come supported it within minutes."),
        Sign.OBJECTION: t.gettext("Its author objects to the hiding."),
        Sign.ANSWER: t.gettext("Its author has answered."),
        Sign.ASKED: t.gettext("A facilitator had a question."),
    }
    return [words[sign] for sign in Sign if sign in signs and sign in words]


def reported(report: Report, t: Translator) -> str:
    """'2 people reported this. Rude (2)'."""
    people = t.ngettext(
        "{n} person reported this.", "{n} people reported this.", sum(report.reasons.values())
    )
    reasons = [f"{reason_words(reason, t)} ({t.number(n)})" for reason, n in sorted(report.reasons.items())]
    return f"{people} {t.list_of(reasons)}"


def act_words(act: Act, town: Town, t: Translator) -> str:
    """What was done, in a few words."""
    until = "" if act.until is None else t.moment(town.local(act.until))
    words = {
        ActKind.KEEP: t.gettext("It stays as it is."),
        ActKind.HIDE: t.gettext("Hidden"),
        ActKind.HOLD: t.gettext("Hidden at once because of a word"),
        ActKind.UPHOLD: t.gettext("It stays hidden."),
        ActKind.RESTORE: t.gettext("Shown again"),
        ActKind.ASK: t.gettext("Its author was asked"),
        ActKind.ANSWER: t.gettext("Its author answered"),
        ActKind.OBJECT: t.gettext("Its author objected"),
        ActKind.WARN: t.gettext("Its author was warned"),
        ActKind.BLOCK: t.gettext("Its author is blocked until {time}", time=until),
        ActKind.LIFT: t.gettext("Its author may write again"),
    }
    said = words[act.kind]
    if act.reason is not None and act.kind in (ActKind.HIDE, ActKind.WARN, ActKind.BLOCK):
        said = t.gettext("{what}: {why}", what=said, why=reason_words(act.reason, t))
    return said


def act_line(act: Act, town: Town, t: Translator, *, now: datetime) -> str:
    """An entry of the log, as HTML: what, when, by whom, and the words that were said with it."""
    since = _ago(now - act.at, t)
    by = () if act.by_name is None else (act.by_name,)
    line = escape(" · ".join((act_words(act, town, t), since, *by)))
    if act.words is not None:
        line += f"\n<i>{escape(t.gettext('“{words}”', words=act.words))}</i>"
    return line if act.stands else f"<s>{line}</s> {escape(t.gettext('(undone)'))}"


def _ago(length: timedelta, t: Translator) -> str:
    if length < MINUTE:
        return t.gettext("just now")
    return t.gettext("{duration} ago", duration=t.relative(length))
