"""Participation processes, by name."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import IdeaId, ProcessId
from storage.prepared import Prepared
from storage.schema import ideas, processes

_CALLED = select(processes.c.id).where(processes.c.name == bindparam("name"))
_NAMES = select(processes.c.name).order_by(processes.c.id)
_BY_NUMBER = select(processes.c.id, processes.c.name).order_by(processes.c.id)
_NAME = select(processes.c.name).where(processes.c.id == bindparam("process"))
_OF_IDEA = Prepared(select(ideas.c.process_id).where(ideas.c.id == bindparam("idea")))
_TAKE_IN = update(ideas).where(ideas.c.id == bindparam("idea")).values(process_id=bindparam("process"))


class SqlProcessRepository:
    """The processes that ideas came in for."""

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
