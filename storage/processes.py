"""Participation processes, their phases, and who changed their state when."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import IdeaId, PhaseId, ProcessChangeId, ProcessId, ResidentId
from cocreation.ideas.process import (
    NewPhase,
    NewProcess,
    Phase,
    PhaseKind,
    Process,
    ProcessState,
    StateChange,
)
from storage.prepared import Prepared
from storage.schema import UtcDateTime, ideas, process_changes, process_phases, processes
from storage.views import is_published

_MOMENT = UtcDateTime()
_CALLED = select(processes.c.id).where(processes.c.name == bindparam("name"))
_NAMES = select(processes.c.name).order_by(processes.c.id)
_BY_NUMBER = select(processes.c.id, processes.c.name).order_by(processes.c.id)
_NAME = select(processes.c.name).where(processes.c.id == bindparam("process"))
_OF_IDEA = Prepared(select(ideas.c.process_id).where(ideas.c.id == bindparam("idea")))
_TAKE_IN = update(ideas).where(ideas.c.id == bindparam("idea")).values(process_id=bindparam("process"))

_ALL = select(processes).order_by(processes.c.id)
_GET = select(processes).where(processes.c.id == bindparam("process"))
_now = bindparam("now", type_=_MOMENT)
_is_due = or_(
    and_(processes.c.opening_waits == 1, processes.c.opens_at <= _now),
    and_(processes.c.closing_waits == 1, processes.c.closes_at <= _now),
)
_DUE = select(processes).where(_is_due).order_by(processes.c.id)
_COUNT = (
    select(ideas.c.process_id, func.count().label("ideas"))
    .where(ideas.c.process_id.is_not(None), is_published)
    .group_by(ideas.c.process_id)
)
_PHASES = select(process_phases).order_by(process_phases.c.process_id, process_phases.c.id)
_PHASES_OF = _PHASES.where(process_phases.c.process_id == bindparam("process"))
_ADD = insert(processes).returning(processes.c.id)
_this = update(processes).where(processes.c.id == bindparam("process"))
_DROP_PHASES = delete(process_phases).where(process_phases.c.process_id == bindparam("process"))
_ADD_PHASE = insert(process_phases)
_SET_DAYS = (
    update(process_phases)
    .where(process_phases.c.id == bindparam("phase"))
    .values(starts_at=bindparam("start", type_=_MOMENT), ends_at=bindparam("end", type_=_MOMENT))
)
_NOTE = insert(process_changes).returning(process_changes.c.id)
_CHANGE = select(process_changes).where(process_changes.c.id == bindparam("change"))
_LATEST = select(func.max(process_changes.c.id)).where(
    process_changes.c.process_id == bindparam("process"), process_changes.c.undone_at.is_(None)
)
_UNDO = (
    update(process_changes)
    .where(process_changes.c.id == bindparam("change"))
    .values(undone_at=bindparam("moment", type_=_MOMENT))
)


class SqlProcessRepository:
    """See `cocreation.ports.ProcessRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def called(self, name: str) -> ProcessId | None:
        found = (await self._connection.execute(_CALLED, {"name": name})).scalar_one_or_none()
        return None if found is None else ProcessId(found)

    async def names(self) -> Sequence[str]:
        """Oldest first."""
        return list((await self._connection.execute(_NAMES)).scalars())

    async def by_number(self) -> Mapping[ProcessId, str]:
        rows = await self._connection.execute(_BY_NUMBER)
        return {ProcessId(row.id): row.name for row in rows}

    async def name(self, process: ProcessId) -> str | None:
        return (await self._connection.execute(_NAME, {"process": process})).scalar_one_or_none()

    async def of_idea(self, idea: IdeaId) -> ProcessId | None:
        row = await _OF_IDEA.one(self._connection, {"idea": idea})
        return None if row is None or row.process_id is None else ProcessId(row.process_id)

    async def take_in(self, process: ProcessId, idea: IdeaId) -> None:
        await self._connection.execute(_TAKE_IN, {"process": process, "idea": idea})

    async def all(self) -> Sequence[Process]:
        counts = {row.process_id: row.ideas for row in await self._connection.execute(_COUNT)}
        phases: dict[int, list[Phase]] = {}
        for row in await self._connection.execute(_PHASES):
            phases.setdefault(row.process_id, []).append(_phase(row))
        rows = await self._connection.execute(_ALL)
        return [_process(row, phases.get(row.id, []), counts.get(row.id, 0)) for row in rows]

    async def get(self, process: ProcessId) -> Process | None:
        row = (await self._connection.execute(_GET, {"process": process})).one_or_none()
        if row is None:
            return None
        phases = [_phase(each) for each in await self._connection.execute(_PHASES_OF, {"process": process})]
        count = select(func.count()).where(ideas.c.process_id == process, is_published)
        return _process(row, phases, (await self._connection.execute(count)).scalar_one())

    async def due(self, now: datetime) -> Sequence[Process]:
        return [_process(row, [], 0) for row in await self._connection.execute(_DUE, {"now": now})]

    async def add(self, new: NewProcess, state: ProcessState, now: datetime) -> ProcessId:
        values = {
            "name": new.name,
            "goal": new.goal,
            "state": state,
            **_dates(new.opens_at, new.closes_at, now),
        }
        process = ProcessId((await self._connection.execute(_ADD, values)).scalar_one())
        await self.set_phases(process, new.phases)
        return process

    async def rename(self, process: ProcessId, name: str) -> None:
        await self._connection.execute(_this.values(name=name), {"process": process})

    async def set_goal(self, process: ProcessId, goal: str | None) -> None:
        await self._connection.execute(_this.values(goal=goal), {"process": process})

    async def set_dates(
        self, process: ProcessId, opens_at: datetime | None, closes_at: datetime | None, now: datetime
    ) -> None:
        values = _dates(opens_at, closes_at, now)
        await self._connection.execute(_this.values(**values), {"process": process})

    async def settle_dates(self, process: ProcessId, now: datetime) -> None:
        for waits, at in (("opening_waits", "opens_at"), ("closing_waits", "closes_at")):
            statement = _this.where(processes.c[at] <= _now).values({waits: 0})
            await self._connection.execute(statement, {"process": process, "now": now})

    async def set_phases(self, process: ProcessId, phases: Sequence[NewPhase]) -> None:
        await self._connection.execute(_DROP_PHASES, {"process": process})
        for phase in phases:
            values = {
                "process_id": process,
                "kind": phase.kind,
                "starts_at": phase.start,
                "ends_at": phase.end,
            }
            await self._connection.execute(_ADD_PHASE, values)

    async def set_days(self, phase: PhaseId, start: datetime | None, end: datetime | None) -> None:
        await self._connection.execute(_SET_DAYS, {"phase": phase, "start": start, "end": end})

    async def set_state(
        self, process: ProcessId, was: ProcessState, state: ProcessState, by: ResidentId | None, now: datetime
    ) -> ProcessChangeId:
        await self._connection.execute(_this.values(state=state), {"process": process})
        values = {"process_id": process, "was": was, "state": state, "by_id": by, "changed_at": now}
        return ProcessChangeId((await self._connection.execute(_NOTE, values)).scalar_one())

    async def change(self, change: ProcessChangeId) -> StateChange | None:
        row = (await self._connection.execute(_CHANGE, {"change": change})).one_or_none()
        if row is None:
            return None
        return StateChange(
            ProcessChangeId(row.id),
            ProcessId(row.process_id),
            ProcessState(row.was),
            ProcessState(row.state),
            None if row.by_id is None else ResidentId(row.by_id),
            row.changed_at,
            row.undone_at,
        )

    async def latest_change(self, process: ProcessId) -> ProcessChangeId | None:
        found = (await self._connection.execute(_LATEST, {"process": process})).scalar_one_or_none()
        return None if found is None else ProcessChangeId(found)

    async def undo(self, change: StateChange, now: datetime) -> None:
        await self._connection.execute(_this.values(state=change.was), {"process": change.process})
        await self._connection.execute(_UNDO, {"change": change.id, "moment": now})


def _dates(opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> dict[str, Any]:
    return {
        "opens_at": opens_at,
        "closes_at": closes_at,
        "opening_waits": int(opens_at is not None and opens_at > now),
        "closing_waits": int(closes_at is not None and closes_at > now),
    }


def _process(row: Row[*tuple[Any, ...]], phases: Sequence[Phase], count: int) -> Process:
    return Process(
        id=ProcessId(row.id),
        name=row.name,
        goal=row.goal,
        state=ProcessState(row.state),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        opening_waits=bool(row.opening_waits),
        closing_waits=bool(row.closing_waits),
        phases=phases,
        ideas=count,
    )


def _phase(row: Row[*tuple[Any, ...]]) -> Phase:
    return Phase(PhaseKind(row.kind), row.starts_at, row.ends_at, id=PhaseId(row.id))
