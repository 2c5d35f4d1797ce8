"""What facilitators see while they answer an idea, or a theme."""

from collections.abc import Sequence
from datetime import date
from html import escape

from cocreation.ideas.messages import Button, Message
from cocreation.ideas.reply import LONGEST_REPLY, Answer, Reach, Status
from cocreation.ideas.template import Template
from handlers.cards import quote
from handlers.quoting import on_one_line, within_units
from handlers.reply_subject import Said, Subject, Target
from handlers.statuses import answer, corrected_on, number_of, status_words
from handlers.waiting_cards import waiting_button
from locales import Translator

QUOTE = 300
LONG_QUOTE = 1200
TEMPLATE = 40
SEND, CHANGE, CHOOSE, CANCEL = "send", "change", "status", "cancel"
STATUS, FILL, BARE = "s", "fill", "bare"
CORRECT, UNDO, TAKE_BACK, TAKE_BACK_NOW, LOOK = "correct", "undo", "back", "backnow", "look"


def choosing_card(subject: Subject, t: Translator, *first: str, corrects: int | None = None) -> Message:
    """What is answered, what the town has said so far, and how far it can be; `first` are paragraphs
    (HTML)."""
    target, said = subject.target, subject.said
    if corrects is not None:
        ask = t.gettext("What should the answer say? First, how far the town is.")
    elif said is not None:
        ask = t.gettext("How far is it now? A new answer comes on top of this one.")
    elif target.is_theme:
        ask = t.gettext("How far is the town with this theme?")
    else:
        ask = t.gettext("How far is the town with this idea?")
    shown = _quoted(subject, t) if target.is_theme or first else quote(subject.words, LONG_QUOTE)
    parts = [*first, shown, _facts(subject, t), _stands(subject, t), escape(ask)]
    choices = [
        target.button(
            status_words(status, t), STATUS, number_of(status), *([] if corrects is None else [corrects])
        )
        for status in Status
    ]
    rows = [tuple(choices[:2]), tuple(choices[2:4]), tuple(choices[4:])]
    if said is not None and corrects is None:
        rows.append(_change_buttons(target, said.id, t))
    return Message(_joined(parts), (*rows, (_cancel(target, t),)))


def put_aside_card(subject: Subject, text: str | None, t: Translator) -> Message:
    """What is answered, when something else came before, with the words that were written so far."""
    first = [escape(t.gettext("This was put aside, because something else was begun."))]
    if text is not None:
        words = within_units(text, LONGEST_REPLY)
        first.append(f"<i>{escape(t.gettext('“{words}”', words=words))}</i>")
    return choosing_card(subject, t, *first)


def question_card(
    subject: Subject,
    status: Status,
    t: Translator,
    *,
    in_group: bool,
    fault: str = "",
    before: str | None = None,
    templates: Sequence[Template] = (),
) -> Message:
    """The town's words are asked for; `fault` says what was wrong with those that came, `before` are those
    that are to be changed."""
    target = subject.target
    if in_group:
        ask = t.gettext("Now write the answer, as a reply to this message. Everybody will read it.")
    else:
        ask = t.gettext("Now write the answer. Everybody will read it.")
    reason = t.gettext("Say why: people take a no better with its reason.")
    parts = [
        escape(fault),
        _quoted(subject, t),
        f"<b>{escape(status_words(status, t))}</b>",
        escape(f"{ask} {reason}" if status is Status.NOT_NOW else ask),
        escape(t.gettext("A link in it can be pressed, and a photo may go along.")),
    ]
    if before:
        hint = escape(t.gettext("These are the words so far. Press them to copy them."))
        parts.append(f"{hint}\n<pre>{escape(before)}</pre>")
    fills = [
        (target.button(f"📝 {on_one_line(template.text, TEMPLATE)}", FILL, template.id),)
        for template in templates
    ]
    other = target.button(f"◂ {t.gettext('Another status')}", CHOOSE)
    return Message(_joined(parts), (*fills, (other, _cancel(target, t))))


def preview_card(
    subject: Subject, draft: Answer, t: Translator, *, corrects: Said | None = None, first: str = ""
) -> Message:
    """The answer as people will read it, before it is sent; `first` is what has to be said before."""
    target = subject.target
    if first == "" and corrects is not None:
        first = t.gettext("People will read this in place of what it says now. It is not sent yet.")
    parts = [
        escape(first or t.gettext("People will read this. It is not sent yet.")),
        _quoted(subject, t),
        answer(draft.status, draft.text, t),
        _with_photo(draft, t),
        escape(_will_hear(subject, corrects is not None, t)),
    ]
    send = target.button(f"📨 {t.gettext('Send')}", SEND)
    change = target.button(f"✏️ {t.gettext('Change')}", CHANGE)
    bare = (target.button(f"📷 {t.gettext('Without the photo')}", BARE),) if draft.photo else ()
    rows = ((send,), (change, _cancel(target, t)), bare)
    return Message(_joined(parts), tuple(row for row in rows if row))


def sent_card(subject: Subject, draft: Answer, reach: Reach, number: int | None, t: Translator) -> Message:
    """What was sent just now; `number` is by which it can be corrected."""
    again = subject.target.button(f"💬 {t.gettext('Answer again')}")
    parts = [
        escape(_sent(subject.target, reach, t)),
        _quoted(subject, t),
        answer(draft.status, draft.text, t),
        _with_photo(draft, t),
    ]
    changing = () if number is None else (_change_buttons(subject.target, number, t),)
    return Message(_joined(parts), ((again, waiting_button(t)), *changing))


def cancelled_card(subject: Subject, t: Translator) -> Message:
    text = escape(t.gettext("Nothing was sent."))
    after_all = subject.target.button(f"💬 {t.gettext('Answer after all')}")
    return Message(_joined([text, _quoted(subject, t)]), ((after_all, waiting_button(t)),))


def corrected_card(
    subject: Subject, said: Said, reach: Reach, correction: int, t: Translator, *, day: date
) -> Message:
    """What an answer says from now on."""
    parts = [
        escape(f"{t.gettext('The answer is corrected.')} {_hear(subject.target, reach, t)}".strip()),
        _quoted(subject, t),
        answer(said.answer.status, said.answer.text, t),
        _with_photo(said.answer, t),
        corrected_on(day, t),
    ]
    undo = subject.target.button(f"↩️ {t.gettext('Undo')}", UNDO, said.id, correction)
    return Message(_joined(parts), ((undo, waiting_button(t)), _change_buttons(subject.target, said.id, t)))


def undone_card(subject: Subject, said: Said, t: Translator) -> Message:
    """The correction is undone."""
    parts = [
        escape(t.gettext("Undone. The answer says again what it said before.")),
        _quoted(subject, t),
        answer(said.answer.status, said.answer.text, t),
        _with_photo(said.answer, t),
    ]
    return Message(_joined(parts), (_change_buttons(subject.target, said.id, t), (waiting_button(t),)))


def taking_back_card(subject: Subject, said: Said, ideas: int, t: Translator) -> Message:
    """Asks whether an answer is to go, which so many ideas have."""
    ask = t.gettext("Take this answer back? Nobody will be able to read it any more.")
    who = t.gettext("Who has heard of it is told that it was taken back.")
    many = t.ngettext("{n} idea has it.", "{n} ideas have it.", ideas) if subject.target.is_theme else ""
    parts = [
        escape(ask),
        _quoted(subject, t),
        answer(said.answer.status, said.answer.text, t),
        escape(f"{many} {who}".strip()),
    ]
    target = subject.target
    yes = target.button(f"🗑 {t.gettext('Take the answer back')}", TAKE_BACK_NOW, said.id)
    no = target.button(f"◂ {t.gettext('Leave it as it is')}", LOOK)
    return Message(_joined(parts), ((yes,), (no,)))


def _change_buttons(target: Target, number: int, t: Translator) -> tuple[Button, ...]:
    return (
        target.button(f"✏️ {t.gettext('Correct it')}", CORRECT, number),
        target.button(f"🗑 {t.gettext('Take the answer back')}", TAKE_BACK, number),
    )


def _facts(subject: Subject, t: Translator) -> str:
    if subject.target.is_theme:
        ideas = t.ngettext("{n} idea", "{n} ideas", subject.reach.ideas)
        return escape(f"{ideas} · {_people(subject.reach, t)}")
    if not subject.supports:
        return ""
    facts = t.ngettext("{n} person supports this", "{n} people support this", subject.supports)
    return f"👍 {escape(facts)}"


def _stands(subject: Subject, t: Translator) -> str:
    if subject.said is None:
        return ""
    said = answer(subject.said.answer.status, subject.said.answer.text, t)
    return f"{escape(t.gettext('The town answers:'))} {said}"


def _will_hear(subject: Subject, is_correction: bool, t: Translator) -> str:
    if subject.target.is_theme:
        return _reaches(subject.reach, t)
    if subject.reach.people:
        return _hear(subject.target, subject.reach, t)
    if is_correction:
        return t.gettext("All can read it with the idea.")
    return t.gettext("Nobody is waiting to hear of it. All can read it with the idea.")


def _hear(target: Target, reach: Reach, t: Translator) -> str:
    if target.is_theme:
        return _reaches(reach, t)
    if not reach.people:
        return ""
    return t.ngettext("{n} person hears of it.", "{n} people hear of it.", reach.people)


def _reaches(reach: Reach, t: Translator) -> str:
    """'It goes to 45 ideas. 112 people hear of it, each once.'"""
    ideas = t.ngettext("It goes to {n} idea.", "It goes to {n} ideas.", reach.ideas)
    if not reach.people:
        return f"{ideas} {t.gettext('Nobody is told: no author or supporter of these ideas is in the chat.')}"
    people = t.ngettext("{n} person hears of it, once.", "{n} people hear of it, each once.", reach.people)
    return f"{ideas} {people}"


def _sent(target: Target, reach: Reach, t: Translator) -> str:
    """What became of an answer that is sent just now."""
    if not target.is_theme:
        return f"{t.gettext('The answer is sent.')} {_hear(target, reach, t)}".strip()
    stands = t.ngettext("The answer is with {n} idea now.", "The answer is with {n} ideas now.", reach.ideas)
    return f"{stands} {_people(reach, t)}"


def _people(reach: Reach, t: Translator) -> str:
    if not reach.people:
        return t.gettext("Nobody is told: no author or supporter of these ideas is in the chat.")
    return t.ngettext("{n} person hears of it.", "{n} people hear of it.", reach.people)


def _with_photo(draft: Answer, t: Translator) -> str:
    return "" if draft.photo is None else f"📷 {escape(t.gettext('with a photo'))}"


def _cancel(target: Target, t: Translator) -> Button:
    return target.button(f"✖️ {t.gettext('Cancel')}", CANCEL)


def _quoted(subject: Subject, t: Translator) -> str:
    words = on_one_line(subject.words, QUOTE)
    if subject.target.is_theme:
        return escape(t.gettext("Theme: {theme}", theme=words))
    return f"<i>{escape(t.gettext('“{words}”', words=words))}</i>"


def _joined(parts: Sequence[str]) -> str:
    return "\n\n".join(part for part in parts if part)
