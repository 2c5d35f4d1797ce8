"""Files that facilitators asked for and that are still to be made."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.export import ExportFormat, NewExport, Selection, WaitingExport
from cocreation.ideas.ids import ChatId, ExportId, Language, ProcessId, ThemeId
from storage.schema import town_exports

_ADD = insert(town_exports)
_OF_CHAT = select(town_exports).where(town_exports.c.chat_id == bindparam("chat"))
_NEXT = select(town_exports).order_by(town_exports.c.id).limit(1)
_SETTLE = delete(town_exports).where(town_exports.c.id == bindparam("export")).returning(town_exports.c.id)


class SqlTownExportRepository:
    """See `cocreation.ports.TownExportRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def ask(self, export: NewExport, now: datetime) -> bool:
        waiting = await self._connection.execute(_OF_CHAT, {"chat": export.chat})
        if any(_asked(row) == export for row in waiting):
            return False
        selection = export.selection
        values = {
            "chat_id": export.chat,
            "thread": export.thread,
            "language": export.language,
            "format": export.format,
            "period_start": selection.start,
            "period_end": selection.end,
            "theme_id": selection.theme,
            "process_id": selection.process,
            "asked_at": now,
        }
        await self._connection.execute(_ADD, values)
        return True

    async def next_waiting(self) -> WaitingExport | None:
        row = (await self._connection.execute(_NEXT)).one_or_none()
        return None if row is None else WaitingExport(ExportId(row.id), _asked(row))

    async def settle(self, export: ExportId) -> bool:
        return (await self._connection.execute(_SETTLE, {"export": export})).one_or_none() is not None


def _asked(row: Row[*tuple[Any, ...]]) -> NewExport:
    return NewExport(
        chat=ChatId(row.chat_id),
        thread=row.thread,
        language=Language(row.language),
        format=ExportFormat(row.format),
        selection=Selection(
            row.period_start,
            row.period_end,
            None if row.theme_id is None else ThemeId(row.theme_id),
            None if row.process_id is None else ProcessId(row.process_id),
        ),
    )
