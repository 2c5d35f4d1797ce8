"""Every update that arrived, written before it is acknowledged, until it has been handled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import ChatId
from storage.dialect import insert_ignoring
from storage.prepared import Prepared
from storage.schema import dead_letters, inbox

_RECEIVE = Prepared(
    insert_ignoring(inbox, keys=("bot_id", "update_id")),
    ("bot_id", "update_id", "chat_id", "payload", "received_at"),
)
_WAITING = Prepared(
    select(inbox.c.id, inbox.c.update_id, inbox.c.chat_id, inbox.c.payload, inbox.c.attempts)
    .where(inbox.c.state == "waiting", inbox.c.id > bindparam("after"))
    .order_by(inbox.c.id)
    .limit(bindparam("limit"))
)
_DONE = Prepared(update(inbox).where(inbox.c.id == bindparam("row")).values(state="done", payload=None))
_FAILED = update(inbox).where(inbox.c.id == bindparam("row")).values(attempts=inbox.c.attempts + 1)
_DEAD = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"))
    .values(state="dead", payload=None, attempts=inbox.c.attempts + 1)
)
_PRUNE = delete(inbox).where(inbox.c.state != "waiting", inbox.c.received_at < bindparam("before"))


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """An update as it came: JSON text, unparsed. `chat` orders the handling (0: none)."""

    update_id: int
    chat: ChatId
    payload: str


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An update that waits to be handled. `id` rises in order of arrival."""

    id: int
    update_id: int
    chat: ChatId
    payload: str
    attempts: int


class SqlInbox:
    """The inbox inside one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def receive(self, bot: int, updates: Sequence[RawUpdate], now: datetime) -> None:
        """Keep the updates; one that is here already stays as it is."""
        if updates:
            await _RECEIVE.for_each(
                self._connection,
                [
                    {
                        "bot_id": bot,
                        "update_id": update.update_id,
                        "chat_id": update.chat,
                        "payload": update.payload,
                        "received_at": now,
                    }
                    for update in updates
                ],
            )

    async def waiting(self, after: int, limit: int) -> Sequence[InboxRow]:
        """Updates not handled yet, in order of arrival."""
        rows = await _WAITING.all(self._connection, {"after": after, "limit": limit})
        return [_row(row) for row in rows]

    async def done(self, rows: Sequence[InboxRow]) -> None:
        """Handled: the words go, the number stays so that the update never counts twice."""
        await _DONE.for_each(self._connection, [{"row": row.id} for row in rows])

    async def failed(self, row: InboxRow) -> None:
        await self._connection.execute(_FAILED, {"row": row.id})

    async def bury(self, row: InboxRow, error: str, now: datetime) -> None:
        """Give up on an update: it goes to the dead letters."""
        await self._connection.execute(
            insert(dead_letters).values(
                origin="inbox",
                chat_id=row.chat,
                payload=row.payload,
                error=error,
                attempts=row.attempts + 1,
                created_at=now,
            )
        )
        await self._connection.execute(_DEAD, {"row": row.id})

    async def prune(self, before: datetime) -> None:
        """Forget the numbers of updates that can no longer be delivered again."""
        await self._connection.execute(_PRUNE, {"before": before})


def _row(row: Any) -> InboxRow:  # noqa: ANN401 - named columns
    return InboxRow(row.id, row.update_id, ChatId(row.chat_id), row.payload, row.attempts)
