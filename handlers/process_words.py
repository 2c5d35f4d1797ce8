"""What processes and their phases are called, and when they run, as people say it."""

from datetime import datetime

from cocreation.ideas.process import NewPhase, PhaseKind, Plan, Process, ProcessState, last_day
from cocreation.ideas.town import Town
from locales import Translator

SIGNS = {
    ProcessState.OPEN: "🟢",
    ProcessState.PAUSED: "⏸",
    ProcessState.CLOSED: "⚪",
    ProcessState.ARCHIVED: "🗄",
}


def state_words(process: Process, t: Translator) -> str:
    if process.state is ProcessState.CLOSED and process.opening_waits:
        return t.gettext("Not open yet")
    return {
        ProcessState.OPEN: t.pgettext("process", "Open"),
        ProcessState.PAUSED: t.pgettext("process", "Paused"),
        ProcessState.CLOSED: t.pgettext("process", "Closed"),
        ProcessState.ARCHIVED: t.pgettext("process", "Archived"),
    }[process.state]


def phase_words(kind: PhaseKind, t: Translator) -> str:
    return {
        PhaseKind.COLLECT: t.gettext("Collect ideas"),
        PhaseKind.DISCUSS: t.gettext("Discuss"),
        PhaseKind.VOTE: t.gettext("Vote"),
        PhaseKind.ALLOCATE: t.gettext("Divide the budget"),
        PhaseKind.ANSWER: t.gettext("The town answers"),
    }[kind]


def plan_words(plan: Plan, t: Translator) -> str:
    """Such as 'Collect ideas → Vote'."""
    if plan is Plan.NONE:
        return t.gettext("No phases")
    return " → ".join(phase_words(kind, t) for kind in plan.kinds)


def opening_words(opens_at: datetime | None, town: Town, now: datetime, t: Translator) -> str:
    if opens_at is None:
        return t.gettext("Opens when somebody opens it.")
    day = t.day_and_year(town.local(opens_at).date())
    if opens_at > now:
        return t.gettext("Opens by itself on {day}.", day=day)
    return t.gettext("Opened on {day}.", day=day)


def closing_words(closes_at: datetime | None, town: Town, now: datetime, t: Translator) -> str:
    if closes_at is None:
        return t.gettext("Closes when somebody closes it.")
    day = t.day_and_year(last_day(closes_at, town.time_zone))
    if closes_at > now:
        return t.gettext("Closes by itself after {day}.", day=day)
    return t.gettext("Its last day was {day}.", day=day)


def phase_line(phase: NewPhase, town: Town, now: datetime, t: Translator) -> str:
    """A phase with its days; the one that runs is led by an arrow."""
    days = _days(phase, town, t)
    mark = "▸" if phase.runs(now) else "·"
    return f"{mark} {phase_words(phase.kind, t)}{f': {days}' if days else ''}"


def _days(phase: NewPhase, town: Town, t: Translator) -> str:
    first = None if phase.start is None else town.local(phase.start).date()
    last = None if phase.end is None else last_day(phase.end, town.time_zone)
    if first is not None and last is not None:
        return t.day_range(first, max(first, last))
    if first is not None:
        return t.gettext("from {day}", day=t.day(first))
    return "" if last is None else t.gettext("until {day}", day=t.day(last))
