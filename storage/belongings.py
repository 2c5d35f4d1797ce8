"""All that is kept of a person, and who has asked for it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.belongings import Asked, Belongings, Mention, Rows
from cocreation.ideas.ids import IdeaId, ResidentId, Token
from cocreation.ideas.resident import Resident
from storage.dialect import upsert
from storage.personal import PERSONAL
from storage.schema import exports, ideas, residents
from storage.views import is_published


def _pointing_to_people(table: Table) -> Sequence[str]:
    keys = {key.parent.name for key in table.foreign_keys if key.column.table is residents}
    return sorted(keys | {column.name for column in table.columns if column.name.endswith("telegram_id")})


_ROWS = {rows.name: select(rows.table).where(rows.whose) for rows in PERSONAL}
_PEOPLE = {rows.name: _pointing_to_people(rows.table) for rows in PERSONAL}
_MENTIONED = select(ideas.c.id, ideas.c.token, ideas.c.text).where(
    is_published, ideas.c.id.in_(bindparam("some", expanding=True))
)
_AT_ONCE = 1000
_ASKED = select(exports.c.asked_at, exports.c.made_at).where(exports.c.resident_id == bindparam("resident"))
_ASK = upsert(exports, keys=("resident_id",), change=("asked_at", "made_at"))
_WAITING = (
    select(exports.c.resident_id).where(exports.c.made_at.is_(None)).order_by(exports.c.asked_at).limit(1)
)
_MADE = (
    update(exports)
    .where(exports.c.resident_id == bindparam("resident"), exports.c.made_at.is_(None))
    .values(made_at=bindparam("now"))
    .returning(exports.c.resident_id)
)


class SqlBelongingRepository:
    """See `cocreation.ports.BelongingRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def asked(self, resident: ResidentId) -> Asked | None:
        row = (await self._connection.execute(_ASKED, {"resident": resident})).one_or_none()
        return None if row is None else Asked(row.asked_at, row.made_at)

    async def ask(self, resident: ResidentId, now: datetime) -> None:
        await self._connection.execute(_ASK, {"resident_id": resident, "asked_at": now, "made_at": None})

    async def next_waiting(self) -> ResidentId | None:
        found = (await self._connection.execute(_WAITING)).scalar_one_or_none()
        return None if found is None else ResidentId(found)

    async def made(self, resident: ResidentId, now: datetime) -> bool:
        values = {"resident": resident, "now": now}
        return (await self._connection.execute(_MADE, values)).one_or_none() is not None

    async def all_of(self, resident: Resident) -> Belongings:
        who = {"resident": resident.id, "chat": resident.chat or 0}
        rows: dict[str, list[dict[str, Any]]] = {}
        for name, statement in _ROWS.items():
            found = await self._connection.execute(statement, who)
            rows[name] = [dict(row._mapping) for row in found]
        # Who asked whether somebody else's message is an idea does not get that person's words.
        for offer in rows["offers"]:
            if offer["author_telegram_id"] != resident.chat:
                offer.update(text="")
        _leave_others_out(rows, resident)
        return Belongings(resident, rows, await self._mentioned(rows))

    async def _mentioned(self, rows: Mapping[str, Rows]) -> Mapping[IdeaId, Mention]:
        own = {row["id"] for row in rows["ideas"]}
        named = {
            row["idea_id"]
            for name in ("supports", "follows", "comments", "reports", "notices", "replies_written")
            for row in rows[name]
            if row["idea_id"] is not None
        }
        found: dict[IdeaId, Mention] = {}
        some: Sequence[Any] = sorted(named - own)
        for start in range(0, len(some), _AT_ONCE):
            chunk = {"some": some[start : start + _AT_ONCE]}
            for row in await self._connection.execute(_MENTIONED, chunk):
                found[IdeaId(row.id)] = Mention(Token(row.token), row.text)
        return found


def _leave_others_out(rows: Mapping[str, list[dict[str, Any]]], resident: Resident) -> None:
    """Of a row that is about several people, only the own numbers."""
    own = {True: resident.chat, False: resident.id}
    for name, found in rows.items():
        for row in found:
            for column in _PEOPLE[name]:
                if row[column] != own[column.endswith("telegram_id")]:
                    row[column] = None
