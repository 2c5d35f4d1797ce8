"""Participation processes, by name."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import ProcessId
from storage.schema import processes

_CALLED = select(processes.c.id).where(processes.c.name == bindparam("name"))
_NAMES = select(processes.c.name).order_by(processes.c.id)


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
