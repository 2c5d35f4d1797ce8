"""What `/forget` says: what goes, what stays, and that it is done."""

from datetime import datetime
from html import escape

from cocreation.ideas.erasure import Traces
from cocreation.ideas.ids import ResidentId
from cocreation.ideas.messages import Button, Message
from handlers.actions import Verb, action
from locales import Translator

ALL, ALL_BUT_IDEAS, NO = "all", "but", "no"


def question(
    resident: ResidentId, traces: Traces, t: Translator, now: datetime, *, is_last: bool = False
) -> Message:
    """Its buttons know whom it asks, and when. `is_last`: the town has no administrator afterwards."""
    parts = [
        f"<b>{escape(t.gettext('Erase what is kept of you?'))}</b>",
        _list(t.gettext("This goes, for good:"), *_goes(traces, t)),
        _list(t.gettext("This stays:"), *_stays(traces, t)),
        escape(t.gettext("It cannot be undone. /mydata gives you all of it as a file first.")),
    ]
    if is_last:
        warning = t.gettext(
            "You are the only administrator: afterwards nobody can invite others or change the settings. "
            "Invite somebody first: /facilitators"
        )
        parts.insert(1, f"⚠️ {escape(warning)}")
    return Message("\n\n".join(parts), _buttons(resident, traces, t, now))


def _buttons(
    resident: ResidentId, traces: Traces, t: Translator, now: datetime
) -> tuple[tuple[Button, ...], ...]:
    asked = (resident, int(now.timestamp()))
    rows = [(Button(f"🗑 {t.gettext('Erase everything')}", action(Verb.FORGET, ALL, *asked)),)]
    if traces.published:
        left = t.ngettext(
            "Erase me, leave my {n} idea without a name",
            "Erase me, leave my {n} ideas without a name",
            traces.published,
        )
        rows.append((Button(f"🗑 {left}", action(Verb.FORGET, ALL_BUT_IDEAS, *asked)),))
    rows.append((Button(f"✖️ {t.gettext('Keep everything')}", action(Verb.FORGET, NO)),))
    return tuple(rows)


def _goes(traces: Traces, t: Translator) -> list[str]:
    lines = []
    if traces.ideas:
        ideas = t.ngettext("{n} idea", "{n} ideas", traces.ideas)
        lines.append(t.gettext("{ideas}, and what they were before", ideas=ideas))
    lines += _counted(traces, t)
    lines.append(t.gettext("your invented name, your settings, and what I was going to tell you"))
    of_others = _present(
        (traces.others_supports, t.ngettext("{n} support", "{n} supports", traces.others_supports)),
        (traces.others_comments, t.ngettext("{n} comment", "{n} comments", traces.others_comments)),
    )
    if of_others:
        lines.append(t.gettext("with your ideas, from others: {what}", what=", ".join(of_others)))
    return lines


def _counted(traces: Traces, t: Translator) -> list[str]:
    return _present(
        (traces.files, t.ngettext("{n} photo or recording", "{n} photos and recordings", traces.files)),
        (traces.comments, t.ngettext("{n} comment", "{n} comments", traces.comments)),
        (
            traces.supports,
            t.ngettext("your support of {n} idea", "your support of {n} ideas", traces.supports),
        ),
        (
            traces.follows,
            t.ngettext("{n} idea that you follow", "{n} ideas that you follow", traces.follows),
        ),
        (traces.reports, t.ngettext("{n} report", "{n} reports", traces.reports)),
    )


def _stays(traces: Traces, t: Translator) -> list[str]:
    lines = [
        t.gettext("what you wrote yourself in Telegram, until you delete it there"),
        t.gettext("what others have read, quoted or answered in their own chats"),
        t.gettext("backups of the town, until newer ones replace them"),
    ]
    for_the_town = _present(
        (traces.replies, t.ngettext("{n} answer", "{n} answers", traces.replies)),
        (traces.decisions, t.ngettext("{n} decision", "{n} decisions", traces.decisions)),
    )
    if for_the_town:
        lines.append(
            t.gettext("in the town's name, what you did for it: {what}", what=", ".join(for_the_town))
        )
    return lines


def farewell(leaves_ideas: bool, t: Translator) -> Message:
    said = [t.gettext("It is erased. I know nothing of you any more.")]
    if leaves_ideas:
        said.append(t.gettext("Your ideas stay, and are nobody's now."))
    said.append(t.gettext("If you write to me again, you begin anew."))
    return Message(escape(" ".join(said)))


def nothing(t: Translator) -> str:
    return t.gettext("I know nothing of you. There is nothing to erase.")


def _present(*counted: tuple[int, str]) -> list[str]:
    """The words of what there is."""
    return [words for number, words in counted if number]


def _list(heading: str, *lines: str) -> str:
    return "\n".join([escape(heading), *(f"· {escape(line)}" for line in lines)])
