"""What moderation says to who wrote something: in their language, silently in their quiet hours."""

from dataclasses import replace
from datetime import datetime
from html import escape

from cocreation.errors import NotFoundError
from cocreation.ideas.conversation import Conversation
from cocreation.ideas.ids import ActId
from cocreation.ideas.messages import Button, Message, Priority, Show
from cocreation.ideas.moderation import HIDING, Act, ActKind, Block
from cocreation.ideas.notice import when_due
from cocreation.ideas.report import Reason
from cocreation.ideas.town import Town
from cocreation.ports import Work
from handlers import cards
from handlers.actions import Verb, action
from handlers.context import TownContext, language_of
from handlers.quoting import on_one_line
from handlers.reasons import reason_in_sentence
from handlers.things import Thing, thing_about
from locales import Translator, translator

CANCEL = "x"
"""In a button: the author writes nothing after all."""
QUOTE = 300
_SILENT = (ActKind.KEEP, ActKind.OBJECT, ActKind.ANSWER)


def slot_of_notice(act: Act) -> str:
    """An undo changes the message that told of the act."""
    return f"moderated:{act.id}"


async def tell_author(work: Work, act: Act, thing: Thing, town: Town, now: datetime) -> None:
    """Tell who wrote it what was done; of what was undone, where that was told."""
    author = None if act.person is None else await work.residents.get(act.person)
    if act.kind in _SILENT or author is None or author.chat is None:
        return
    block = await work.acts.block_of(author.id, now)
    if _changes_nothing(act, thing, block):
        return
    t = translator(language_of(author, town))
    message = notice(_as_it_holds(act, block), thing, town, t)
    may_sound = when_due(author.wishes, now, None, now, town.time_zone) == now
    show = Show(
        author.chat,
        replace(message, silent=not may_sound),
        slot=slot_of_notice(act),
        is_new=act.stands,
        priority=Priority.PUSH,
    )
    await work.outbox.put(show, now)


def _changes_nothing(act: Act, thing: Thing, block: Block | None) -> bool:
    """Whether an undo left the thing hidden, or shown, or its author free to write, as they were."""
    if act.stands:
        return False
    if act.kind is ActKind.LIFT:
        return block is None
    return act.kind in (*HIDING, ActKind.RESTORE) and thing.is_hidden == (act.kind in HIDING)


def _as_it_holds(act: Act, block: Block | None) -> Act:
    """After the undo of a block, or of its end, the block that holds is what counts for who reads of it."""
    if act.stands or block is None or act.kind not in (ActKind.BLOCK, ActKind.LIFT):
        return act
    return replace(act, kind=ActKind.BLOCK, reason=block.reason, until=block.until, undone_at=None)


def notice(act: Act, thing: Thing, town: Town, t: Translator, *, has_objected: bool = False) -> Message:
    """What the author reads about an act, with what they can do."""
    what = cards.quote(on_one_line(thing.text, QUOTE))
    parts = [escape(line) for line in _lines(act, thing, town, t)]
    if act.words is not None and act.stands:
        parts.append(f"<i>{escape(t.gettext('“{words}”', words=act.words))}</i>")
    message = Message("\n\n".join([*parts, what]), _buttons(act, t))
    if has_objected:
        told = t.gettext("Your objection is with the facilitators. You hear what they decide.")
        return Message("\n\n".join([*parts, escape(told), what]))
    return message


def asking(act: Act, thing: Thing, t: Translator, fault: str = "") -> Message:
    """The message in which the author is asked for their words."""
    if act.kind in HIDING:
        ask = t.gettext("Write in a few sentences why it should be shown. The facilitators read it.")
    else:
        ask = t.gettext("Write your answer. Only the facilitators read it.")
    question = "" if act.words is None else f"<i>{escape(t.gettext('“{words}”', words=act.words))}</i>"
    parts = [escape(fault), question, cards.quote(on_one_line(thing.text, QUOTE)), escape(ask)]
    cancel = Button(f"✖️ {t.gettext('Cancel')}", action(Verb.TO_FACILITATORS, act.id, CANCEL))
    return Message("\n\n".join(part for part in parts if part), ((cancel,),))


def answered(act: Act, thing: Thing, town: Town, t: Translator) -> Message:
    """The message once the author's words have come."""
    if act.kind in HIDING:
        return notice(act, thing, town, t, has_objected=True)
    told = t.gettext("Your answer is with the facilitators.")
    return Message(f"{escape(told)}\n\n{cards.quote(on_one_line(thing.text, QUOTE))}")


async def put_notice_back(context: TownContext, waiting: Conversation) -> None:
    """Let the message that asks the author for words say what it said before."""
    act = None if waiting.subject is None else await context.work.acts.get(ActId(waiting.subject))
    resident = await context.work.residents.find(waiting.chat)
    if act is None or resident is None:
        return
    try:
        thing = await thing_about(context.work, act.about)
    except NotFoundError:
        return
    t = translator(language_of(resident, context.town))
    message = notice(act, thing, context.town, t)
    await context.post(Show(waiting.chat, message, slot=slot_of_notice(act)))


def _lines(act: Act, thing: Thing, town: Town, t: Translator) -> list[str]:
    is_shown = act.kind is ActKind.RESTORE if act.stands else act.kind in HIDING
    if is_shown and not thing.is_readable:
        return [t.gettext("The facilitators have taken this back: it is as you left it.")]
    if not act.stands:
        return [_undone(act, t)]
    told = [_told(act, town, t)]
    if act.kind is ActKind.WARN and thing.is_readable:
        told.append(t.gettext("Everybody can still see it."))
    if act.words is None and act.kind in (ActKind.HIDE, ActKind.WARN, ActKind.BLOCK):
        reason = reason_in_sentence(act.reason or Reason.OTHER, t)
        told.append(t.gettext("The reason: {reason}.", reason=reason))
    if act.kind is ActKind.BLOCK:
        told.append(t.gettext("You can still read, and /mydata and /forget work as ever."))
    return told


def _told(act: Act, town: Town, t: Translator) -> str:
    until = "" if act.until is None else t.moment(town.local(act.until))
    return {
        ActKind.HIDE: t.gettext("The facilitators have hidden this, so that nobody else sees it."),
        ActKind.HOLD: t.gettext(
            "There is a word in this that the town does not show. Nobody else sees it until the facilitators "
            "have looked at it."
        ),
        ActKind.UPHOLD: t.gettext("The facilitators have looked at it again. It stays hidden."),
        ActKind.RESTORE: t.gettext(
            "The facilitators have looked at it again. Everybody can see it once more."
        ),
        ActKind.ASK: t.gettext("The facilitators have a question about what you wrote."),
        ActKind.WARN: t.gettext("The facilitators ask you to write this differently."),
        ActKind.BLOCK: t.gettext("You cannot write or support here until {time}.", time=until),
        ActKind.LIFT: t.gettext("You can write here again."),
    }[act.kind]


def _undone(act: Act, t: Translator) -> str:
    return {
        ActKind.ASK: t.gettext("The question is taken back."),
        ActKind.WARN: t.gettext("The warning is taken back."),
        ActKind.BLOCK: t.gettext("You can write here again."),
        ActKind.RESTORE: t.gettext("This is hidden again."),
    }.get(act.kind, t.gettext("The facilitators have taken this back. Everybody can see it once more."))


def _buttons(act: Act, t: Translator) -> tuple[tuple[Button, ...], ...]:
    if not act.stands:
        return ()
    if act.kind in HIDING:
        return ((Button(f"✋ {t.gettext('I object')}", action(Verb.TO_FACILITATORS, act.id)),),)
    if act.kind is ActKind.ASK:
        return ((Button(f"💬 {t.gettext('Answer')}", action(Verb.TO_FACILITATORS, act.id)),),)
    return ()
