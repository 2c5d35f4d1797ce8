"""What a report looks like: to who reports, to facilitators, and to the author of what was hidden."""

from html import escape

from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import ReportId
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.report import Reason, Report
from cocreation.ideas.town import Town
from handlers import cards
from handlers.actions import Verb, action
from handlers.moderation_text import queue_button, reported
from handlers.quoting import on_one_line
from handlers.reasons import reason_words
from handlers.things import Thing
from handlers.ways import Way
from locales import Translator

HIDE, KEEP, UNDO = "h", "k", "u"
"""What a facilitator decides."""
IDEA = 160


def slot_of_report(report: Report) -> str:
    return slot_of_number(report.id)


def slot_of_number(report: ReportId) -> str:
    return f"report:{report}"


def ask_reason(text: str, about: str, cancel: Button, way: Way, t: Translator) -> Message:
    """The question what is wrong; `about` is 'i5' or 'c7'."""
    question = t.gettext("What is wrong with it? Facilitators look at it; nobody learns who reported it.")
    reasons = [
        way.button(reason_words(reason, t), Verb.REPORT, about, reason)
        for reason in (Reason.RUDE, Reason.PRIVATE, Reason.ADVERTISING, Reason.OTHER)
    ]
    rows = (tuple(reasons[:2]), tuple(reasons[2:]), (cancel,))
    return Message(f"{escape(question)}\n\n{cards.quote(on_one_line(text, IDEA))}", rows)


def report_message(report: Report, thing: Thing, town: Town, t: Translator) -> Message:
    """For the facilitators' chat: what was reported and why, and the two decisions."""
    what = t.gettext("A comment") if report.about.comment is not None else t.gettext("An idea")
    parts = [
        f"⚑ <b>{escape(what)}</b> · {escape(reported(report, t))}",
        cards.quote(thing.text),
    ]
    if thing.comment is not None:
        idea = t.gettext("“{words}”", words=on_one_line(thing.view.idea.text, IDEA))
        parts.append(f"<i>{escape(t.gettext('On the idea:'))}</i> {escape(idea)}")
    if report.settled_at is not None:
        parts.append(escape(_decision(thing.is_hidden, t)))
        undo = Button(f"↩️ {t.gettext('Undo')}", action(Verb.HIDE, report.id, UNDO))
        return Message("\n\n".join(parts), ((undo, queue_button(t)),))
    hide = Button(f"🙈 {t.gettext('Hide')}", action(Verb.HIDE, report.id, HIDE))
    keep = Button(f"✅ {t.gettext('Keep')}", action(Verb.HIDE, report.id, KEEP))
    return Message("\n\n".join(parts), ((hide, keep), (queue_button(t), *_on_board(thing.view, town, t))))


def _decision(is_hidden: bool, t: Translator) -> str:
    if is_hidden:
        return t.gettext("Hidden: nobody sees it any more, and its author is told.")
    return t.gettext("It stays as it is.")


def _on_board(view: IdeaView, town: Town, t: Translator) -> tuple[Button, ...]:
    if town.board_url is None:
        return ()
    link = f"{town.board_url}/{t.language}/ideas/{view.idea.token}"
    return (Button(f"🔎 {t.gettext('On the board')}", url=link),)
