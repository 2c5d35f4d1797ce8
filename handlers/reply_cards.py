"""What facilitators see while they answer an idea."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.reply import LONGEST_REPLY, Status, WaitingIdea
from handlers.actions import NEW_MESSAGE, Verb, action
from handlers.cards import quote
from handlers.quoting import on_one_line, within_units
from handlers.statuses import answer, answer_of, status_words
from locales import Translator

PAGE = 5
LINE = 140
QUOTE = 300
LONG_QUOTE = 1200
SEND, CHANGE, CHOOSE, CANCEL = "send", "change", "status", "cancel"


def choosing_card(view: IdeaView, t: Translator, *first: str) -> Message:
    """The idea, what the town has said so far, and how far it can be; `first` are paragraphs (HTML)."""
    idea = view.idea.id
    said = answer_of(view, t)
    ask = t.gettext("How far is the town with this idea?")
    if said is not None:
        ask = t.gettext("How far is it now? A new answer comes on top of this one.")
    facts = escape(t.ngettext("{n} person supports this", "{n} people support this", view.supports))
    parts = [
        *first,
        quote(view.idea.text, QUOTE if first else LONG_QUOTE),
        f"👍 {facts}" if view.supports else "",
        said or "",
        escape(ask),
    ]
    choices = [Button(status_words(status, t), action(Verb.STATUS, idea, status)) for status in Status]
    rows = (tuple(choices[:2]), tuple(choices[2:4]), tuple(choices[4:]), (_cancel(idea, t),))
    return Message("\n\n".join(part for part in parts if part), rows)


def put_aside_card(view: IdeaView, text: str | None, t: Translator) -> Message:
    """The idea whose answer something else came before, with the words that were written for it so far."""
    first = [escape(t.gettext("This was put aside, because something else was begun."))]
    if text is not None:
        words = within_units(text, LONGEST_REPLY)
        first.append(f"<i>{escape(t.gettext('“{words}”', words=words))}</i>")
    return choosing_card(view, t, *first)


def question_card(
    view: IdeaView, status: Status, t: Translator, *, in_group: bool, fault: str = ""
) -> Message:
    """The town's words are asked for; `fault` says what was wrong with those that came."""
    if in_group:
        ask = t.gettext("Now write the answer, as a reply to this message. Everybody will read it.")
    else:
        ask = t.gettext("Now write the answer. Everybody will read it.")
    reason = t.gettext("Say why: people take a no better with its reason.")
    parts = [
        escape(fault),
        _quoted(view, t),
        f"<b>{escape(status_words(status, t))}</b>",
        escape(f"{ask} {reason}" if status is Status.NOT_NOW else ask),
    ]
    other = Button(f"◂ {t.gettext('Another status')}", action(Verb.REPLY, view.idea.id, CHOOSE))
    return Message(_joined(parts), ((other, _cancel(view.idea.id, t)),))


def preview_card(view: IdeaView, status: Status, text: str, audience: int, t: Translator) -> Message:
    """The answer as people will read it, before it is sent."""
    idea = view.idea.id
    told = t.ngettext("{n} person hears of it.", "{n} people hear of it.", audience)
    if not audience:
        told = t.gettext("Nobody is waiting to hear of it. All can read it with the idea.")
    parts = [
        escape(t.gettext("People will read this. It is not sent yet.")),
        _quoted(view, t),
        answer(status, text, t),
        escape(told),
    ]
    send = Button(f"📨 {t.gettext('Send')}", action(Verb.REPLY, idea, SEND))
    change = Button(f"✏️ {t.gettext('Change')}", action(Verb.REPLY, idea, CHANGE))
    return Message(_joined(parts), ((send,), (change, _cancel(idea, t))))


def sent_card(view: IdeaView, status: Status, text: str, audience: int, t: Translator) -> Message:
    told = t.ngettext("{n} person hears of it.", "{n} people hear of it.", audience) if audience else ""
    parts = [
        escape(f"{t.gettext('The answer is sent.')} {told}".strip()),
        _quoted(view, t),
        answer(status, text, t),
    ]
    again = Button(f"💬 {t.gettext('Answer again')}", action(Verb.REPLY, view.idea.id))
    return Message(_joined(parts), ((again, waiting_button(t)),))


def cancelled_card(view: IdeaView, t: Translator) -> Message:
    text = escape(t.gettext("Nothing was sent."))
    after_all = Button(f"💬 {t.gettext('Answer after all')}", action(Verb.REPLY, view.idea.id))
    return Message(_joined([text, _quoted(view, t)]), ((after_all, waiting_button(t)),))


def waiting_page(
    ideas: Sequence[WaitingIdea], start: int, total: int, now: datetime, t: Translator
) -> Message:
    """Ideas that wait for an answer, with a button each; `start` of them come before."""
    if not ideas:
        return Message(escape(t.gettext("No idea waits for an answer.")))
    waits = t.ngettext("{n} idea waits for an answer", "{n} ideas wait for an answer", total)
    heading = f"<b>⏳ {escape(waits)}</b>\n{escape(t.gettext('Those that wait longest come first.'))}"
    lines = [waiting_line(at, idea, now, t) for at, idea in enumerate(ideas, start=1)]
    answers = tuple(answer_button(at, idea.id, t) for at, idea in enumerate(ideas, start=1))
    earlier = (Button("◂", action(Verb.WAITING, max(0, start - PAGE))),) if start else ()
    later = (Button("▸", action(Verb.WAITING, start + PAGE)),) if start + len(ideas) < total else ()
    rows = (answers[:3], answers[3:], earlier + later)
    return Message(_joined([heading, *lines]), tuple(row for row in rows if row))


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


def _cancel(idea: IdeaId, t: Translator) -> Button:
    return Button(f"✖️ {t.gettext('Cancel')}", action(Verb.REPLY, idea, CANCEL))


def _quoted(view: IdeaView, t: Translator) -> str:
    return f"<i>{escape(t.gettext('“{words}”', words=on_one_line(view.idea.text, QUOTE)))}</i>"


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(part for part in parts if part)
