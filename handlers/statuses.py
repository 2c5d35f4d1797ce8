"""How far the town is with an idea, and what it said, in words."""

from html import escape

from cocreation.ideas.idea import IdeaView
from cocreation.ideas.reply import Status, status_name
from locales import Translator

_SIGNS = {
    Status.RECEIVED: "📥",
    Status.UNDER_REVIEW: "⚖️",
    Status.PLANNED: "🗓",
    Status.DONE: "🏁",
    Status.NOT_NOW: "⏸",
}


def status_words(status: Status, t: Translator) -> str:
    """'🗓 Planned'."""
    return f"{_SIGNS[status]} {status_name(status, t)}"


def answer(status: Status, text: str, t: Translator) -> str:
    """What the town says, as HTML."""
    return f"<b>{escape(status_words(status, t))}</b>\n<blockquote>{escape(text)}</blockquote>"


def answer_of(view: IdeaView, t: Translator) -> str | None:
    """The town's answer to an idea, as HTML."""
    if view.idea.status is None or view.reply is None:
        return None
    return f"{escape(t.gettext('The town answers:'))} {answer(view.idea.status, view.reply, t)}"
