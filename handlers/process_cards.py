"""What facilitators see of processes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from cocreation.ideas.ids import ProcessChangeId
from cocreation.ideas.messages import Button, Message
from cocreation.ideas.process import Plan, Process, ProcessState
from cocreation.ideas.town import Town
from handlers.actions import Verb, action
from handlers.process_draft import Ask
from handlers.process_words import (
    SIGNS,
    closing_words,
    opening_words,
    phase_line,
    phase_words,
    plan_words,
    state_words,
)
from handlers.quoting import on_one_line
from locales import Translator

SLOT = "processes"
PAGE, NAME, LABEL = 6, 80, 30
LIST, ARCHIVE, NEW, OPEN, STATE, UNDO, CHANGE, ASK, ANSWER, BACK, CANCEL, PHASES, PLAN, LINK = (
    "l",
    "a",
    "n",
    "o",
    "s",
    "u",
    "c",
    "e",
    "d",
    "b",
    "x",
    "f",
    "p",
    "q",
)


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a page is; `may_make` says whether they have the whole town in hand."""

    town: Town
    t: Translator
    now: datetime
    in_group: bool
    may_make: bool


def button(label: str, *said: int | str) -> Button:
    return Button(label, action(Verb.PROCESSES, *said))


def list_page(processes: Sequence[Process], start: int, reader: Reader, said: str = "") -> Message:
    """Those that are not archived, with a button each."""
    t = reader.t
    there = [each for each in processes if each.state is not ProcessState.ARCHIVED]
    heading = f"<b>{escape(t.gettext('Processes of {town}', town=on_one_line(reader.town.name, NAME)))}</b>"
    if there:
        text = ""
    elif reader.may_make:
        text = escape(
            t.gettext(
                "There is none yet. A process asks people about one thing, such as a square or a budget, "
                "for as long as it is open. What people write at its link belongs to it."
            )
        )
    else:
        text = escape(t.gettext("There is none now."))
    made = (button(f"➕ {t.gettext('New process')}", NEW),) if reader.may_make else ()
    old = len(processes) - len(there)
    archive = (button(f"🗄 {t.gettext('Archive')} ({t.number(old)})", ARCHIVE, 0),) if old else ()
    page, rows = _listed(there, start, LIST, reader)
    parts = [heading, said and f"<i>{escape(said)}</i>", text, *page]
    return Message("\n\n".join(part for part in parts if part), _rows(*rows, made + archive))


def archive_page(processes: Sequence[Process], start: int, reader: Reader) -> Message:
    """Those that are archived."""
    t = reader.t
    old = [each for each in processes if each.state is ProcessState.ARCHIVED]
    text = "" if old else escape(t.gettext("There is none now."))
    heading = f"<b>🗄 {escape(t.gettext('Archive'))}</b>"
    page, rows = _listed(old, start, ARCHIVE, reader)
    parts = [heading, text, *page]
    return Message("\n\n".join(part for part in parts if part), _rows(*rows, (back(t),)))


def _listed(
    processes: Sequence[Process], start: int, act: str, reader: Reader
) -> tuple[list[str], list[tuple[Button, ...]]]:
    """The lines of a page, and its buttons."""
    t = reader.t
    start = min(start, max(0, len(processes) - 1) // PAGE * PAGE)
    page = list(enumerate(processes[start : start + PAGE], start=start + 1))
    openers = [
        (button(f"{t.number(at)} · {on_one_line(each.name, LABEL)}", OPEN, each.id),) for at, each in page
    ]
    earlier = (button("◂", act, max(0, start - PAGE)),) if start else ()
    later = (button("▸", act, start + PAGE),) if start + PAGE < len(processes) else ()
    return [_line(at, each, reader) for at, each in page], [*openers, (*earlier, *later)]


def _rows(*rows: tuple[Button, ...]) -> tuple[tuple[Button, ...], ...]:
    return tuple(row for row in rows if row)


def _line(at: int, process: Process, reader: Reader) -> str:
    t = reader.t
    running = [phase_words(phase.kind, t) for phase in process.phases if phase.runs(reader.now)]
    facts = [state_words(process, t), *running, t.ngettext("{n} idea", "{n} ideas", process.ideas)]
    name = f"{t.number(at)} · {SIGNS[process.state]} <b>{escape(on_one_line(process.name, NAME))}</b>"
    return f"{name}\n{escape(' · '.join(facts))}"


def process_card(
    process: Process, reader: Reader, said: str = "", undo: ProcessChangeId | None = None
) -> Message:
    """One process; `said` is what happened to it, and `undo` the change that a button takes back."""
    t, town, now = reader.t, reader.town, reader.now
    facts = [state_words(process, t), t.ngettext("{n} idea", "{n} ideas", process.ideas)]
    dates = [closing_words(process.closes_at, town, now, t)]
    if process.opens_at is not None or process.state is ProcessState.CLOSED:
        dates.insert(0, opening_words(process.opens_at, town, now, t))
    parts = [
        f"<i>{escape(said)}</i>" if said else "",
        f"<b>{escape(on_one_line(process.name, NAME))}</b>",
        f"<blockquote>{escape(process.goal)}</blockquote>" if process.goal else "",
        f"{SIGNS[process.state]} {escape(' · '.join(facts))}\n{escape(' '.join(dates))}",
        "\n".join(escape(phase_line(phase, town, now, t)) for phase in process.phases),
    ]
    undone = () if undo is None else (button(f"↩️ {t.gettext('Undo')}", UNDO, undo),)
    more = (
        button(f"✏️ {t.gettext('Change')}", CHANGE, process.id),
        button(f"🔗 {t.gettext('Link')}", LINK, process.id),
    )
    rows = (undone, _ways(process, t), more, (back(t),))
    return Message("\n\n".join(part for part in parts if part), tuple(row for row in rows if row))


def _ways(process: Process, t: Translator) -> tuple[Button, ...]:
    """What can become of it."""
    labels = {
        ProcessState.OPEN: f"🟢 {t.pgettext('act', 'Open it')}",
        ProcessState.PAUSED: f"⏸ {t.gettext('Pause it')}",
        ProcessState.CLOSED: f"⚪ {t.gettext('Close it')}",
        ProcessState.ARCHIVED: f"🗄 {t.gettext('Archive it')}",
    }
    ways = {
        ProcessState.OPEN: (ProcessState.PAUSED, ProcessState.CLOSED),
        ProcessState.PAUSED: (ProcessState.OPEN, ProcessState.CLOSED),
        ProcessState.CLOSED: (ProcessState.OPEN, ProcessState.ARCHIVED),
        ProcessState.ARCHIVED: (ProcessState.CLOSED,),
    }
    if process.state is ProcessState.ARCHIVED:
        labels[ProcessState.CLOSED] = f"⚪ {t.gettext('Take it out of the archive')}"
    return tuple(button(labels[state], STATE, process.id, state) for state in ways[process.state])


def change_page(process: Process, reader: Reader) -> Message:
    """What can be changed of it."""
    t = reader.t
    asks = {
        Ask.NAME: t.gettext("Name"),
        Ask.GOAL: t.gettext("Goal"),
        Ask.OPENS: t.gettext("Opening day"),
        Ask.CLOSES: t.gettext("Last day"),
    }
    fields = [button(label, ASK, process.id, ask) for ask, label in asks.items()]
    phases = button(t.gettext("Phases"), PHASES, process.id)
    heading = f"<b>{escape(on_one_line(process.name, NAME))}</b>"
    ask = escape(t.gettext("What do you want to change?"))
    rows = (tuple(fields[:2]), tuple(fields[2:]), (phases,), (to_card(process, t),))
    return Message(f"{heading}\n\n{ask}", rows)


def phases_page(process: Process, reader: Reader, said: str = "") -> Message:
    """Its phases, each with a button for its days, and ready choices instead."""
    t = reader.t
    lines = [escape(phase_line(phase, reader.town, reader.now, t)) for phase in process.phases]
    parts = [
        f"<i>{escape(said)}</i>" if said else "",
        f"<b>{escape(on_one_line(process.name, NAME))}</b>",
        "\n".join(lines) if lines else escape(t.gettext("It has no phases.")),
        escape(t.gettext("Press a phase to give it other days, or choose other phases:")),
    ]
    days = [
        (button(f"📅 {phase_words(phase.kind, t)}", ASK, process.id, Ask.DAYS, at),)
        for at, phase in enumerate(process.phases)
    ]
    plans = [
        (button(plan_words(plan, t), PLAN, process.id, plan),)
        for plan in Plan
        if plan.kinds != tuple(phase.kind for phase in process.phases)
    ]
    return Message("\n\n".join(part for part in parts if part), (*days, *plans, (to_card(process, t),)))


def link_page(process: Process, url: str, reader: Reader) -> Message:
    """The address under which people write for it."""
    t = reader.t
    told = escape(t.gettext("Who opens this link writes for this process, as long as it takes ideas:"))
    parts = [f"<b>{escape(on_one_line(process.name, NAME))}</b>", told, f"<code>{escape(url)}</code>"]
    return Message("\n\n".join(parts), ((to_card(process, t),),))


def put_aside_card(t: Translator) -> Message:
    """In place of a question, when something else came before."""
    text = t.gettext("This was put aside, because something else was begun.")
    return Message(escape(text), ((back(t),),))


def back(t: Translator) -> Button:
    return button(f"◂ {t.gettext('Processes')}", LIST, 0)


def to_card(process: Process, t: Translator) -> Button:
    return button(f"◂ {on_one_line(process.name, LABEL)}", OPEN, process.id)
