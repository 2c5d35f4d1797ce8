"""People and how to answer them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import ChatId, Language, ResidentId
from cocreation.ideas.listing import Position
from cocreation.ideas.notice import Frequency, QuietHours, Wishes
from cocreation.ideas.resident import Resident
from storage.dialect import upsert
from storage.prepared import Prepared
from storage.schema import residents

WISHES = (residents.c.notices, residents.c.quiet_from, residents.c.quiet_until)
_COLUMNS = (
    residents.c.id,
    residents.c.telegram_id,
    residents.c.language,
    residents.c.pseudonym,
    residents.c.unreachable_at,
    *WISHES,
)
_SEEN = Prepared(select(*_COLUMNS).where(residents.c.telegram_id == bindparam("chat")))
_BY_ID = select(*_COLUMNS).where(residents.c.id == bindparam("resident"))
_MEET = upsert(residents, keys=("telegram_id",), change=("telegram_id",)).returning(*_COLUMNS)
_MEET_AUTHOR = upsert(residents, keys=("external_id",), change=("external_id",)).returning(residents.c.id)
_REACHABLE = update(residents).where(residents.c.id == bindparam("resident")).values(unreachable_at=None)
_UNREACHABLE = (
    update(residents)
    .where(residents.c.telegram_id == bindparam("chat"), residents.c.unreachable_at.is_(None))
    .values(unreachable_at=bindparam("now"))
)
_SET_LANGUAGE = (
    update(residents).where(residents.c.id == bindparam("resident")).values(language=bindparam("spoken"))
)
# That the name is another's is no error to end the transaction for.
_GIVE_PSEUDONYM = Prepared(
    update(residents)
    .prefix_with("OR IGNORE")
    .where(residents.c.id == bindparam("resident"))
    .values(pseudonym=func.coalesce(residents.c.pseudonym, bindparam("name")))
    .returning(residents.c.pseudonym)
)
_SET_WISHES = (
    update(residents)
    .where(residents.c.id == bindparam("resident"))
    .values(
        notices=bindparam("frequency"),
        quiet_from=bindparam("quiet_start"),
        quiet_until=bindparam("quiet_end"),
    )
)
_NEAR = select(residents.c.near_latitude, residents.c.near_longitude).where(
    residents.c.id == bindparam("resident")
)
_SET_NEAR = (
    update(residents)
    .where(residents.c.id == bindparam("resident"))
    .values(near_latitude=bindparam("north"), near_longitude=bindparam("east"))
)


class SqlResidentRepository:
    """See `cocreation.ports.ResidentRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def meet(self, chat: ChatId, language: Language, now: datetime) -> Resident:
        # Most people who write are known, and looking is cheaper than an upsert, which always writes.
        row = await _SEEN.one(self._connection, {"chat": chat})
        if row is None:
            values = {"telegram_id": chat, "language": language, "created_at": now}
            row = (await self._connection.execute(_MEET, values)).one()
            return _resident(row, is_new=True)
        return _resident(row)

    async def meet_author(self, external_id: str, language: Language, now: datetime) -> ResidentId:
        values = {"external_id": external_id, "language": language, "created_at": now}
        return ResidentId((await self._connection.execute(_MEET_AUTHOR, values)).scalar_one())

    async def find(self, chat: ChatId) -> Resident | None:
        row = await _SEEN.one(self._connection, {"chat": chat})
        return None if row is None else _resident(row)

    async def get(self, resident: ResidentId) -> Resident | None:
        row = (await self._connection.execute(_BY_ID, {"resident": resident})).one_or_none()
        return None if row is None else _resident(row)

    async def set_language(self, resident: ResidentId, language: Language) -> None:
        await self._connection.execute(_SET_LANGUAGE, {"resident": resident, "spoken": language})

    async def near(self, resident: ResidentId) -> Position | None:
        row = (await self._connection.execute(_NEAR, {"resident": resident})).one_or_none()
        if row is None or row.near_latitude is None:
            return None
        return Position(row.near_latitude, row.near_longitude)

    async def set_near(self, resident: ResidentId, position: Position | None) -> None:
        north, east = (None, None) if position is None else (position.latitude, position.longitude)
        await self._connection.execute(_SET_NEAR, {"resident": resident, "north": north, "east": east})

    async def mark_unreachable(self, chat: ChatId, now: datetime) -> None:
        await self._connection.execute(_UNREACHABLE, {"chat": chat, "now": now})

    async def mark_reachable(self, resident: ResidentId) -> None:
        await self._connection.execute(_REACHABLE, {"resident": resident})

    async def give_pseudonym(self, resident: ResidentId, name: str) -> str | None:
        row = await _GIVE_PSEUDONYM.one(self._connection, {"resident": resident, "name": name})
        return None if row is None else str(row.pseudonym)

    async def set_wishes(self, resident: ResidentId, wishes: Wishes) -> None:
        quiet = wishes.quiet
        values = {
            "resident": resident,
            "frequency": wishes.frequency,
            "quiet_start": None if quiet is None else quiet.start,
            "quiet_end": None if quiet is None else quiet.end,
        }
        await self._connection.execute(_SET_WISHES, values)


def wishes_of(row: Row[*tuple[Any, ...]]) -> Wishes:
    """What a person allows, in a row with WISHES."""
    quiet = None
    if row.quiet_from is not None and row.quiet_until is not None:
        quiet = QuietHours(row.quiet_from, row.quiet_until)
    return Wishes(Frequency(row.notices), quiet)


def _resident(row: Row[*tuple[Any, ...]], is_new: bool = False) -> Resident:
    return Resident(
        id=ResidentId(row.id),
        chat=None if row.telegram_id is None else ChatId(row.telegram_id),
        language=Language(row.language),
        is_new=is_new,
        pseudonym=row.pseudonym,
        wishes=wishes_of(row),
        is_away=row.unreachable_at is not None,
    )
