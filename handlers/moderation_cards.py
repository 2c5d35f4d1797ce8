"""What facilitators see of the moderation queue: one case at a time, its questions, and the log."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from html import escape

from cocreation.ideas.comment import CommentState
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.moderation import Act, ActKind, BlockLength
from cocreation.ideas.report import Reason, Reported
from cocreation.ideas.town import Town
from handlers import cards
from handlers.actions import Verb, action
from handlers.moderation_look import BURST, Look, Subject
from handlers.moderation_text import QUEUE, act_line, reported, sign_words
from handlers.quoting import on_one_line
from handlers.reasons import reason_words
from handlers.things import Thing
from locales import Translator

IDEA, LINE, NAME = 160, 90, 60
LOG_PAGE = 8
A_WHILE = timedelta(minutes=5)
"""Who has just come need not be told that it waits."""
SLOT = "moderation"


class Ask(StrEnum):
    """What a button of the queue asks for. The letters stay for good: old buttons keep working."""

    KEEP = "k"
    HIDE = "h"
    WORDS = "w"
    RESTORE = "s"
    QUESTION = "q"
    WARN = "a"
    BLOCK = "b"
    LIFT = "l"
    UNDO = "u"
    NEXT = "n"
    EARLIER = "p"
    BACK = "x"
    LOG = "g"


def _press(look: Look, *said: str | int) -> str:
    return action(Verb.MODERATE, look.token, *said)


def empty_card(t: Translator) -> Message:
    return Message(escape(t.gettext("Nothing waits for moderation.")), ((_log(t),),))


def case_card(look: Look, town: Town, now: datetime, t: Translator) -> Message:
    """The thing, why it waits and for how long, what was said and done about it, and what can be done."""
    parts = [_heading(look, now, t)]
    parts += [_why(look, t)] if look.is_open else []
    parts += [cards.quote(look.thing.text)] if look.thing is not None else _ideas(look, t)
    parts += _around(look, town, t)
    parts += [act_line(act, town, t, now=now) for act in look.acts]
    return Message("\n\n".join(part for part in parts if part), _rows(look, t))


def reasons_card(look: Look, ask: Ask, t: Translator) -> Message:
    """Which reason a hiding, a warning or a block has: its author reads it."""
    question = {
        Ask.HIDE: t.gettext("Why should it be hidden? Its author reads the reason, and can object."),
        Ask.WARN: t.gettext("Why do you warn its author? They read the reason."),
    }.get(ask, t.gettext("Why is its author blocked? They read the reason."))
    reasons = [Button(reason_words(reason, t), _press(look, ask, reason)) for reason in Reason]
    own = (Button(f"✏️ {t.gettext('In own words')}", _press(look, Ask.WORDS, ask)),)
    rows = (tuple(reasons[:2]), tuple(reasons[2:]), *(() if ask is Ask.BLOCK else (own,)), (_back(look, t),))
    return Message(f"{_quoted(look, t)}\n\n{escape(question)}", rows)


def lengths_card(look: Look, reason: Reason, t: Translator) -> Message:
    """For how long its author cannot write."""
    question = t.gettext("For how long? Its author can read meanwhile, but not write or support.")
    labels = {
        BlockLength.DAY: t.gettext("1 day"),
        BlockLength.WEEK: t.gettext("1 week"),
        BlockLength.MONTH: t.gettext("1 month"),
    }
    lengths = tuple(
        Button(label, _press(look, Ask.BLOCK, reason, length)) for length, label in labels.items()
    )
    return Message(f"{_quoted(look, t)}\n\n{escape(question)}", (lengths, (_back(look, t),)))


def words_card(look: Look, ask: Ask, t: Translator, *, in_group: bool, fault: str = "") -> Message:
    """A facilitator's own words are asked for; `fault` says what was wrong with those that came."""
    question = {
        Ask.HIDE: t.gettext("Write why it is hidden. Its author reads it."),
        Ask.WARN: t.gettext("Write the warning. Its author reads it."),
    }.get(ask, t.gettext("Write your question to its author. The answer comes back into the queue."))
    where = t.gettext("Write it as a reply to this message.") if in_group else ""
    parts = [escape(fault), _quoted(look, t), escape(f"{question} {where}".strip())]
    return Message("\n\n".join(part for part in parts if part), ((_back(look, t),),))


def log_card(acts: Sequence[Act], start: int, town: Town, now: datetime, t: Translator) -> Message:
    """The latest acts, with a button to the thing of each that is still there."""
    page = acts[:LOG_PAGE]
    heading = f"<b>📋 {escape(t.gettext('What was decided'))}</b>"
    if not page:
        nothing = escape(t.gettext("Nothing was decided yet."))
        return Message(f"{heading}\n\n{nothing}", ((_to_queue(t),),))
    lines = [f"{at} · {act_line(act, town, t, now=now)}" for at, act in enumerate(page, start=1)]
    opens = [
        Button(t.number(at), action(Verb.MODERATE, subject.token))
        for at, act in enumerate(page, start=1)
        if (subject := _subject(act)) is not None
    ]
    newer = Button("◂", action(Verb.MODERATE, QUEUE, Ask.LOG, max(0, start - LOG_PAGE)))
    older = Button("▸", action(Verb.MODERATE, QUEUE, Ask.LOG, start + LOG_PAGE))
    turns = ((newer,) if start else ()) + ((older,) if len(acts) > LOG_PAGE else ())
    rows = (tuple(opens[:4]), tuple(opens[4:]), turns, (_to_queue(t),))
    return Message("\n\n".join([heading, *lines]), tuple(row for row in rows if row))


def gone_card(t: Translator) -> Message:
    """What stands in place of something that was erased."""
    return Message(escape(t.gettext("This is no longer here.")), ((_to_queue(t), _log(t)),))


def _heading(look: Look, now: datetime, t: Translator) -> str:
    if look.thing is None:
        n = len(look.matter.things)
        what = t.ngettext("{n} idea, much the same", "{n} ideas, much the same", n)
    else:
        what = t.gettext("An idea") if look.thing.comment is None else t.gettext("A comment")
    case = look.matter.case
    facts = []
    if look.place is not None and case is not None:
        facts.append(t.gettext("{place} of {total}", place=t.number(look.place), total=t.number(look.total)))
        facts += _waits(now - case.opened_at, t) if case.asked_at is None else _asked(now - case.asked_at, t)
    return " · ".join([f"🛡 <b>{escape(what)}</b>", *map(escape, facts)])


def _waits(length: timedelta, t: Translator) -> list[str]:
    return [t.gettext("has waited {duration}", duration=t.relative(length))] if length >= A_WHILE else []


def _asked(length: timedelta, t: Translator) -> list[str]:
    if length < A_WHILE:
        return [t.gettext("waits for its author")]
    return [t.gettext("has waited {duration} for its author", duration=t.relative(length))]


def _why(look: Look, t: Translator) -> str:
    case = look.matter.case
    told = [] if look.report is None else [reported(look.report, t)]
    told += [] if case is None else sign_words(case.signs, t)
    return "\n".join(f"⚑ {escape(line)}" for line in told)


def _ideas(look: Look, t: Translator) -> list[str]:
    lines = [f"· {escape(on_one_line(view.idea.text, LINE))}" for view in look.views]
    rest = len(look.matter.things) - BURST
    if rest > 0:
        lines.append(escape(t.ngettext("and {n} more", "and {n} more", rest)))
    return ["\n".join(lines)]


def _around(look: Look, town: Town, t: Translator) -> list[str]:
    if look.thing is None:
        return []
    lines = []
    if look.thing.comment is not None:
        idea = t.gettext("“{words}”", words=on_one_line(look.thing.view.idea.text, IDEA))
        lines.append(f"<i>{escape(t.gettext('On the idea:'))}</i> {escape(idea)}")
    if (name := _pseudonym(look.thing)) is not None:
        lines.append(escape(t.gettext("By {name}", name=on_one_line(name, NAME))))
    state = {
        IdeaState.HIDDEN: t.gettext("It is hidden: nobody but its author sees it."),
        CommentState.HIDDEN: t.gettext("It is hidden: nobody but its author sees it."),
        IdeaState.WITHDRAWN: t.gettext("Its author has taken it back."),
        CommentState.WITHDRAWN: t.gettext("Its author has taken it back."),
    }.get(look.thing.state)
    lines += [] if state is None else [escape(state)]
    if look.block is not None:
        until = t.moment(town.local(look.block.until))
        lines.append(escape(t.gettext("Its author is blocked until {time}", time=until)))
    return ["\n".join(lines)] if lines else []


def _pseudonym(thing: Thing) -> str | None:
    return thing.view.pseudonym if thing.comment is None else thing.comment.pseudonym


def _rows(look: Look, t: Translator) -> tuple[tuple[Button, ...], ...]:
    rows = (_decide(look, t), _to_author(look, t), _undo(look, t), _turns(look, t))
    return tuple(row for row in rows if row)


def _decide(look: Look, t: Translator) -> tuple[Button, ...]:
    is_hidden = look.thing is not None and look.thing.is_hidden
    many = look.thing is None
    keep_label = t.gettext("Keep all") if many else t.gettext("Keep")
    hide_label = t.gettext("Hide all") if many else t.gettext("Hide")
    if is_hidden:
        keep_label = t.gettext("Keep hidden")
    keep = (Button(f"✅ {keep_label}", _press(look, Ask.KEEP)),) if look.is_open else ()
    if is_hidden:
        return (*keep, Button(f"👁 {t.gettext('Show again')}", _press(look, Ask.RESTORE)))
    if many and not look.is_open:
        return ()
    return (*keep, Button(f"🙈 {hide_label}", _press(look, Ask.HIDE)))


def _to_author(look: Look, t: Translator) -> tuple[Button, ...]:
    if look.thing is None or look.thing.author is None:
        return ()
    if look.block is None:
        blocking = Button(f"⛔ {t.gettext('Block')}", _press(look, Ask.BLOCK))
    else:
        blocking = Button(f"🔓 {t.gettext('Lift the block')}", _press(look, Ask.LIFT))
    return (
        Button(f"❓ {t.gettext('Ask')}", _press(look, Ask.WORDS, Ask.QUESTION)),
        Button(f"⚠️ {t.gettext('Warn')}", _press(look, Ask.WARN)),
        blocking,
    )


def _undo(look: Look, t: Translator) -> tuple[Button, ...]:
    """The latest act of a facilitator that stands."""
    theirs = (ActKind.OBJECT, ActKind.ANSWER)
    act = next((act for act in reversed(look.acts) if act.stands and act.kind not in theirs), None)
    return () if act is None else (Button(f"↩️ {t.gettext('Undo')}", _press(look, Ask.UNDO, act.id)),)


def _turns(look: Look, t: Translator) -> tuple[Button, ...]:
    if not look.is_open:
        following = (Button(f"▸ {t.gettext('Next')}", action(Verb.MODERATE, QUEUE)),) if look.total else ()
        return (*following, _log(t))
    if look.total < 2:
        return (_log(t),)
    earlier = Button("◂", _press(look, Ask.EARLIER))
    later = Button("▸", _press(look, Ask.NEXT))
    return (earlier, _log(t), later)


def _quoted(look: Look, t: Translator) -> str:
    if look.thing is None:
        return _ideas(look, t)[0]
    return cards.quote(on_one_line(look.thing.text, IDEA))


def _subject(act: Act) -> Subject | None:
    if act.about != Reported():
        return Subject(act.about)
    return None if act.case is None else Subject(burst=act.case)


def _back(look: Look, t: Translator) -> Button:
    return Button(f"✖️ {t.gettext('Cancel')}", _press(look, Ask.BACK))


def _log(t: Translator) -> Button:
    return Button(f"📋 {t.gettext('Decided')}", action(Verb.MODERATE, QUEUE, Ask.LOG, 0))


def _to_queue(t: Translator) -> Button:
    return Button(f"🛡 {t.gettext('The queue')}", action(Verb.MODERATE, QUEUE))
