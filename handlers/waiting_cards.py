"""Ideas that wait for an answer, and buttons that lead to them."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from cocreation.ideas.ids import IdeaId
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.reply import WaitingIdea
from handlers.actions import NEW_MESSAGE, Verb, action
from handlers.quoting import on_one_line
from locales import Translator

PAGE = 5
LINE = 140


def waiting_page(
    ideas: Sequence[WaitingIdea], start: int, total: int, now: datetime, t: Translator
) -> Message:
    """Ideas that wait for an answer, with a button each; `start` of them come before."""
    if not ideas:
        return Message(escape(t.gettext("No idea waits for an answer.")), ((numbers_button(t),),))
    waits = t.ngettext("{n} idea waits for an answer", "{n} ideas wait for an answer", total)
    heading = f"<b>⏳ {escape(waits)}</b>\n{escape(t.gettext('Those that wait longest come first.'))}"
    lines = [waiting_line(at, idea, now, t) for at, idea in enumerate(ideas, start=1)]
    answers = tuple(answer_button(at, idea.id, t) for at, idea in enumerate(ideas, start=1))
    earlier = (Button("◂", action(Verb.WAITING, max(0, start - PAGE))),) if start else ()
    later = (Button("▸", action(Verb.WAITING, start + PAGE)),) if start + len(ideas) < total else ()
    rows = (answers[:3], answers[3:], (*earlier, *later), (numbers_button(t),))
    return Message("\n\n".join([heading, *lines]), tuple(row for row in rows if row))


def waiting_line(at: int, idea: WaitingIdea, now: datetime, t: Translator) -> str:
    """'1 · “Zebra at the Kabbeekvest” · 44 👍, for 19 days', as HTML."""
    words = t.gettext("“{words}”", words=on_one_line(idea.text, LINE))
    since = t.gettext("for {duration}", duration=t.relative(now - idea.created_at))
    facts = f"{t.number(idea.supports)} 👍 · {since}" if idea.supports else since
    return f"{at} · <i>{escape(words)}</i>\n{escape(facts)}"


def answer_button(at: int, idea: IdeaId, t: Translator) -> Button:
    return Button(f"💬 {t.gettext('Answer {number}', number=t.number(at))}", action(Verb.REPLY, idea))


def waiting_button(t: Translator) -> Button:
    """Shows what waits, below, since the message that has it stays as it is."""
    return Button(f"⏳ {t.gettext('What waits')}", action(Verb.WAITING, 0, NEW_MESSAGE))


def numbers_button(t: Translator) -> Button:
    """Turns the list into the numbers about answers."""
    return Button(f"📊 {t.gettext('How the town answers')}", action(Verb.ANSWERING))
