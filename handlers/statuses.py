"""How far the town is with an idea, and what it said, in words."""

from datetime import date, tzinfo
from html import escape

from cocreation.errors import NotFoundError
from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import ReplyPhotoId
from cocreation.ideas.messages import Button
from cocreation.ideas.reply import Status, status_name
from handlers.actions import Verb, action
from locales import Translator

_SIGNS = {
    Status.RECEIVED: "📥",
    Status.UNDER_REVIEW: "⚖️",
    Status.PLANNED: "🗓",
    Status.DONE: "🏁",
    Status.NOT_NOW: "⏸",
}


_NUMBERED = (Status.RECEIVED, Status.UNDER_REVIEW, Status.PLANNED, Status.DONE, Status.NOT_NOW)
"""As buttons name them: the order stays for good, and others come behind."""


def number_of(status: Status) -> int:
    """What stands for it in a button."""
    return _NUMBERED.index(status)


def status_numbered(number: int) -> Status:
    """Raises NotFoundError for a button nobody made."""
    if number >= len(_NUMBERED):
        raise NotFoundError
    return _NUMBERED[number]


def status_words(status: Status, t: Translator) -> str:
    """'🗓 Planned'."""
    return f"{_SIGNS[status]} {status_name(status, t)}"


def answer(status: Status, text: str, t: Translator) -> str:
    """What the town says, as HTML."""
    return f"<b>{escape(status_words(status, t))}</b>\n<blockquote>{escape(text)}</blockquote>"


def corrected_on(day: date, t: Translator) -> str:
    """That an answer was corrected, and when, as HTML."""
    return f"<i>{escape(t.gettext('Corrected on {day}', day=t.day_and_year(day)))}</i>"


def answer_of(view: IdeaView, t: Translator, zone: tzinfo | None) -> str | None:
    """The town's answer to an idea, as HTML."""
    if view.idea.status is None or view.reply is None:
        return None
    said = f"{escape(t.gettext('The town answers:'))} {answer(view.idea.status, view.reply, t)}"
    if view.reply_corrected_at is None:
        return said
    return f"{said}\n{corrected_on(view.reply_corrected_at.astimezone(zone).date(), t)}"


def photo_button(photo: ReplyPhotoId, t: Translator) -> Button:
    """Shows the photo of an answer, below."""
    return Button(f"📷 {t.gettext('Photo of the answer')}", action(Verb.REPLY_PHOTO, photo))
