"""Pictures of digests that are still to be made."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.digest_file import DigestFormat, NewDigestFile, WaitingDigestFile
from cocreation.ideas.ids import ChatId, DigestFileId, Language
from cocreation.ideas.period import Period
from storage.schema import digest_files

_ADD = insert(digest_files)
_OF_CHAT = select(digest_files).where(digest_files.c.chat_id == bindparam("chat"))
_NEXT = select(digest_files).order_by(digest_files.c.id).limit(1)
_SETTLE = delete(digest_files).where(digest_files.c.id == bindparam("file")).returning(digest_files.c.id)


class SqlDigestFileRepository:
    """See `cocreation.ports.DigestFileRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def want(self, file: NewDigestFile, now: datetime) -> bool:
        waiting = await self._connection.execute(_OF_CHAT, {"chat": file.chat})
        if any(_wanted(row) == file for row in waiting):
            return False
        values = {
            "chat_id": file.chat,
            "thread": file.thread,
            "language": file.language,
            "format": file.format,
            "period_start": file.period.start,
            "period_end": file.period.end,
            "is_open": file.period.is_open,
            "is_asked": file.is_asked,
            "wanted_at": now,
        }
        await self._connection.execute(_ADD, values)
        return True

    async def next_waiting(self) -> WaitingDigestFile | None:
        row = (await self._connection.execute(_NEXT)).one_or_none()
        return None if row is None else WaitingDigestFile(DigestFileId(row.id), _wanted(row))

    async def settle(self, file: DigestFileId) -> bool:
        return (await self._connection.execute(_SETTLE, {"file": file})).one_or_none() is not None


def _wanted(row: Row[*tuple[Any, ...]]) -> NewDigestFile:
    return NewDigestFile(
        chat=ChatId(row.chat_id),
        thread=row.thread,
        language=Language(row.language),
        format=DigestFormat(row.format),
        period=Period(row.period_start, row.period_end, bool(row.is_open)),
        is_asked=bool(row.is_asked),
    )
