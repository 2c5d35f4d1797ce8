"""A participation process: what it is for, whether it runs, and its phases."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from cocreation.ideas.ids import PhaseId, ProcessChangeId, ProcessId, ResidentId

LONGEST_NAME, LONGEST_GOAL = 80, 600


class ProcessState(StrEnum):
    """A paused one is to go on, a closed one is over or has not begun, an archived one stands in no list."""

    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    ARCHIVED = "archived"


class PhaseKind(StrEnum):
    """What people are asked to do."""

    COLLECT = "collect"
    DISCUSS = "discuss"
    VOTE = "vote"
    ALLOCATE = "allocate"
    ANSWER = "answer"


class Plan(StrEnum):
    """Phases that often follow each other."""

    NONE = "0"
    COLLECT = "1"
    ANSWER = "2"
    DISCUSS = "3"
    VOTE = "4"
    BUDGET = "5"

    @property
    def kinds(self) -> Sequence[PhaseKind]:
        k = PhaseKind
        return {
            Plan.NONE: (),
            Plan.COLLECT: (k.COLLECT,),
            Plan.ANSWER: (k.COLLECT, k.ANSWER),
            Plan.DISCUSS: (k.COLLECT, k.DISCUSS, k.ANSWER),
            Plan.VOTE: (k.COLLECT, k.DISCUSS, k.VOTE, k.ANSWER),
            Plan.BUDGET: (k.COLLECT, k.DISCUSS, k.ALLOCATE, k.ANSWER),
        }[self]


@dataclass(frozen=True, slots=True)
class NewPhase:
    """From `start` (included) to `end` (not included), aware UTC; None where no day is set."""

    kind: PhaseKind
    start: datetime | None = None
    end: datetime | None = None

    @property
    def has_days(self) -> bool:
        return self.start is not None or self.end is not None

    def runs(self, now: datetime) -> bool:
        """Whether it has days, and they hold now."""
        if not self.has_days:
            return False
        return (self.start is None or self.start <= now) and (self.end is None or now < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase(NewPhase):
    """A phase that is kept."""

    id: PhaseId


@dataclass(frozen=True, slots=True)
class NewProcess:
    """What makes one. Without `opens_at` somebody opens it, without `closes_at` somebody closes it."""

    name: str
    goal: str | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    phases: Sequence[NewPhase] = ()


@dataclass(frozen=True, slots=True)
class Process:
    """A process as it stands. `opening_waits` and `closing_waits` say that its day is to come."""

    id: ProcessId
    name: str
    goal: str | None = None
    state: ProcessState = ProcessState.OPEN
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    opening_waits: bool = False
    closing_waits: bool = False
    phases: Sequence[Phase] = ()
    ideas: int = 0

    def takes_ideas(self, now: datetime) -> bool:
        """Whether what comes by its link belongs to it: it is open, and not past or before collecting."""
        collecting = [phase for phase in self.phases if phase.kind is PhaseKind.COLLECT and phase.has_days]
        is_time = not collecting or any(phase.runs(now) for phase in collecting)
        return self.state is ProcessState.OPEN and is_time


@dataclass(frozen=True, slots=True)
class StateChange:
    """A process got another state, by somebody or, where `by` is None, maybe by its date."""

    id: ProcessChangeId
    process: ProcessId
    was: ProcessState
    state: ProcessState
    by: ResidentId | None
    at: datetime
    undone_at: datetime | None = None


def state_by_dates(process: Process, now: datetime) -> ProcessState:
    """What its dates make of it. A date opens what is closed and closes what is open or paused, no more."""
    found = process.state
    waiting = (
        (process.opening_waits, process.opens_at, ProcessState.OPEN),
        (process.closing_waits, process.closes_at, ProcessState.CLOSED),
    )
    due = [(at, state) for waits, at, state in waiting if waits and at is not None and at <= now]
    for _, state in sorted(due, key=lambda each: each[0]):
        is_closed = found is ProcessState.CLOSED
        if found is not ProcessState.ARCHIVED and is_closed == (state is ProcessState.OPEN):
            found = state
    return found


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """Midnight on the clock of `zone`, aware UTC; where a change of the clock skips it, right after."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def last_day(end: datetime, zone: ZoneInfo) -> date:
    """The last day before a moment, on the clock of `zone`."""
    return (end - timedelta(microseconds=1)).astimezone(zone).date()


def phases_between(
    kinds: Sequence[PhaseKind], start: datetime | None, end: datetime | None, zone: ZoneInfo
) -> Sequence[NewPhase]:
    """Phases that follow each other, equally long in whole days; without both dates none has days."""
    if start is None or end is None or not kinds:
        return [NewPhase(kind) for kind in kinds]
    first = start.astimezone(zone).date()
    days = (last_day(end, zone) - first).days + 1
    if days < len(kinds):
        return [NewPhase(kind) for kind in kinds]
    inner = [day_begins(first + timedelta(days=days * at // len(kinds)), zone) for at in range(1, len(kinds))]
    bounds = [start, *inner, end]
    return [NewPhase(kind, bounds[at], bounds[at + 1]) for at, kind in enumerate(kinds)]
