"""Facilitators make processes, change, pause, close, open and archive them; dates act by themselves."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from cocreation.errors import (
    NotFoundError,
    ProcessDatesError,
    ProcessMovedOnError,
    ProcessNameTakenError,
    TooManyWordsError,
    WordlessError,
)
from cocreation.ideas.ids import ProcessChangeId, ProcessId, ResidentId
from cocreation.ideas.process import (
    LONGEST_GOAL,
    LONGEST_NAME,
    NewPhase,
    NewProcess,
    Process,
    ProcessState,
    StateChange,
    state_by_dates,
)
from cocreation.ports import Storage, Work

ProcessTeller = Callable[[Work, Process, ProcessChangeId], Awaitable[None]]
"""Tells facilitators what the date of a process did."""


async def standing_process(work: Work, process: ProcessId) -> Process:
    """The process as it is. Raises NotFoundError."""
    found = await work.processes.get(process)
    if found is None:
        raise NotFoundError
    return found


async def checked_name(work: Work, name: str, process: ProcessId | None = None) -> str:
    """The name as it is kept. Raises WordlessError, TooManyWordsError and ProcessNameTakenError."""
    checked = _fitting(name, LONGEST_NAME)
    same = checked.casefold()
    for number, other in (await work.processes.by_number()).items():
        if number != process and other.casefold() == same:
            raise ProcessNameTakenError
    return checked


def checked_goal(goal: str) -> str:
    """The goal as it is kept. Raises WordlessError and TooManyWordsError."""
    return _fitting(goal, LONGEST_GOAL)


def check_dates(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> None:
    """Raises ProcessDatesError where it would close in the past, or before it opens."""
    if closes_at is not None and (closes_at <= now or (opens_at is not None and closes_at <= opens_at)):
        raise ProcessDatesError


async def make_process(work: Work, new: NewProcess, now: datetime) -> ProcessId:
    """Keep a process; it is open where its opening is not to come. Raises ProcessNameTakenError and
    ProcessDatesError."""
    await checked_name(work, new.name)
    check_dates(new.opens_at, new.closes_at, now)
    is_open = new.opens_at is not None and new.opens_at <= now
    return await work.processes.add(new, ProcessState.OPEN if is_open else ProcessState.CLOSED, now)


async def set_dates(
    work: Work, process: Process, opens_at: datetime | None, closes_at: datetime | None, now: datetime
) -> None:
    """Let it open and close by itself at these moments, or by nobody but people. Raises ProcessDatesError."""
    if closes_at != process.closes_at or opens_at != process.opens_at:
        check_dates(opens_at, closes_at if closes_at != process.closes_at else _to_come(closes_at, now), now)
    await work.processes.set_dates(process.id, opens_at, closes_at, now)


async def set_phase(work: Work, process: Process, at: int, phase: NewPhase) -> None:
    """Give a phase other days. Raises NotFoundError and ProcessDatesError."""
    if at >= len(process.phases):
        raise NotFoundError
    if phase.start is not None and phase.end is not None and phase.end <= phase.start:
        raise ProcessDatesError
    await work.processes.set_days(process.phases[at].id, phase.start, phase.end)


async def set_state(
    work: Work, process: ProcessId, state: ProcessState, *, by: ResidentId, now: datetime
) -> ProcessChangeId | None:
    """Pause, close, open or archive it; None where it is that already. Raises NotFoundError."""
    found = await standing_process(work, process)
    if found.state is state:
        return None
    return await work.processes.set_state(process, found.state, state, by, now)


async def undo_state(work: Work, change: StateChange, now: datetime) -> None:
    """Give a process the state from before. Raises ProcessMovedOnError where another change followed."""
    if change.undone_at is not None or await work.processes.latest_change(change.process) != change.id:
        raise ProcessMovedOnError
    await work.processes.undo(change, now)


async def let_dates_act(storage: Storage, tell: ProcessTeller, now: datetime) -> int:
    """Open and close what is due, each once, whatever was killed when; how many changed.

    What the date did and the message about it are one transaction, and a date that has acted waits no more.
    After a downtime all that was missed is done, and said, once.
    """
    async with storage.reading() as work:
        if not await work.processes.due(now):
            return 0
    changed = 0
    async with storage.writing() as work:
        for process in await work.processes.due(now):
            state = state_by_dates(process, now)
            await work.processes.settle_dates(process.id, now)
            if state is process.state:
                continue
            change = await work.processes.set_state(process.id, process.state, state, None, now)
            await tell(work, await standing_process(work, process.id), change)
            changed += 1
    return changed


def _to_come(moment: datetime | None, now: datetime) -> datetime | None:
    return moment if moment is not None and moment > now else None


def _fitting(text: str, limit: int) -> str:
    told = " ".join(text.split())
    if not any(character.isalnum() for character in told):
        raise WordlessError
    if len(told) > limit:
        raise TooManyWordsError(limit=limit, length=len(told))
    return told
