"""Administrators and facilitators, beside those whom the settings name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import ChatId, FacilitatorId, ProcessId, ResidentId
from cocreation.ideas.role import NO_RIGHTS, Charge, Facilitator, Rights, Role
from storage.prepared import Prepared
from storage.schema import facilitators, residents

_stands = facilitators.c.ended_at.is_(None)
_RIGHTS = Prepared(
    select(facilitators.c.role, facilitators.c.process_id)
    .join(residents, residents.c.id == facilitators.c.resident_id)
    .where(residents.c.telegram_id == bindparam("person"), _stands)
)
_ALL = select(facilitators).where(_stands).order_by(facilitators.c.role, facilitators.c.id)
_OF = _ALL.where(facilitators.c.resident_id == bindparam("resident"))
_GET = select(facilitators).where(facilitators.c.id == bindparam("facilitator"))
_APPOINT = insert(facilitators).returning(facilitators.c.id)
_END = (
    update(facilitators)
    .where(facilitators.c.id == bindparam("facilitator"), _stands)
    .values(ended_at=bindparam("now"), ended_by_id=bindparam("by"))
    .returning(facilitators.c.id)
)


class SqlFacilitatorRepository:
    """See `cocreation.ports.FacilitatorRepository`. `has_changed`: this transaction named or removed one."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.has_changed = False

    async def rights(self, person: ChatId) -> Rights:
        rows = await _RIGHTS.all(self._connection, {"person": person})
        return Rights(tuple(map(charge_of, rows))) if rows else NO_RIGHTS

    async def all(self) -> Sequence[Facilitator]:
        return [_facilitator(row) for row in await self._connection.execute(_ALL)]

    async def get(self, facilitator: FacilitatorId) -> Facilitator | None:
        found = await self._connection.execute(_GET, {"facilitator": facilitator})
        row = found.one_or_none()
        return None if row is None else _facilitator(row)

    async def of(self, resident: ResidentId) -> Sequence[Facilitator]:
        return [_facilitator(row) for row in await self._connection.execute(_OF, {"resident": resident})]

    async def appoint(
        self, resident: ResidentId, name: str, charge: Charge, by: ResidentId | None, now: datetime
    ) -> FacilitatorId:
        values = {
            "resident_id": resident,
            "name": name,
            "role": charge.role,
            "process_id": charge.process,
            "by_id": by,
            "since": now,
        }
        self.has_changed = True
        return FacilitatorId((await self._connection.execute(_APPOINT, values)).scalar_one())

    async def end(self, facilitator: FacilitatorId, by: ResidentId | None, now: datetime) -> bool:
        self.has_changed = True
        values = {"facilitator": facilitator, "by": by, "now": now}
        return (await self._connection.execute(_END, values)).first() is not None


def charge_of(row: Any) -> Charge:  # noqa: ANN401 - a row with a role and a process
    return Charge(Role(row.role), None if row.process_id is None else ProcessId(row.process_id))


def _facilitator(row: Row[*tuple[Any, ...]]) -> Facilitator:
    return Facilitator(
        id=FacilitatorId(row.id),
        resident=ResidentId(row.resident_id),
        name=row.name,
        charge=charge_of(row),
        since=row.since,
        ended_at=row.ended_at,
    )
