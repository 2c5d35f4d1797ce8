"""What was set from the chat, as the row of its changes."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import ResidentId, SettingChangeId
from cocreation.ideas.setting import Key, SettingChange
from storage.schema import facilitators, residents, setting_changes

_latest = select(func.max(setting_changes.c.id)).group_by(setting_changes.c.key)
_CHOSEN = select(setting_changes.c.key, setting_changes.c.new).where(
    setting_changes.c.id.in_(_latest), setting_changes.c.new.is_not(None)
)
_CHANGE = insert(setting_changes)
_name = (
    select(facilitators.c.name)
    .where(facilitators.c.resident_id == setting_changes.c.by_id)
    .order_by(facilitators.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_changes = select(setting_changes, func.coalesce(_name, residents.c.pseudonym).label("by")).outerjoin(
    residents, residents.c.id == setting_changes.c.by_id
)
_CHANGES = _changes.order_by(setting_changes.c.id.desc()).limit(bindparam("limit"))
_GET = _changes.where(setting_changes.c.id == bindparam("change"))
_CHANGED_AT = select(func.max(setting_changes.c.changed_at)).where(
    setting_changes.c.key == bindparam("which")
)
_LATER = select(setting_changes.c.id).where(
    setting_changes.c.key == bindparam("which"), setting_changes.c.id > bindparam("change")
)


class SqlSettingRepository:
    """See `cocreation.ports.SettingRepository`. `changed` is what holds after this transaction's changes,
    None where it made none."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.changed: Mapping[Key, str] | None = None

    async def chosen(self) -> Mapping[Key, str]:
        rows = await self._connection.execute(_CHOSEN)
        # A key that only a newer version knows is nobody's.
        return {Key(row.key): row.new for row in rows if row.key in set(Key)}

    async def change(self, key: Key, new: str | None, by: ResidentId, now: datetime) -> None:
        old = (await self.chosen()).get(key)
        values = {"key": key, "old": old, "new": new, "by_id": by, "changed_at": now}
        await self._connection.execute(_CHANGE, values)
        self.changed = await self.chosen()

    async def changes(self, limit: int) -> Sequence[SettingChange]:
        rows = await self._connection.execute(_CHANGES, {"limit": limit})
        return [_change(row) for row in rows if row.key in set(Key)]

    async def get(self, change: SettingChangeId) -> SettingChange | None:
        row = (await self._connection.execute(_GET, {"change": change})).one_or_none()
        return None if row is None or row.key not in set(Key) else _change(row)

    async def changed_at(self, key: Key) -> datetime | None:
        moment: datetime | None = (await self._connection.execute(_CHANGED_AT, {"which": key})).scalar_one()
        return moment

    async def is_latest(self, change: SettingChange) -> bool:
        values = {"which": change.key, "change": change.id}
        return (await self._connection.execute(_LATER, values)).first() is None


def _change(row: Row[*tuple[Any, ...]]) -> SettingChange:
    return SettingChange(
        id=SettingChangeId(row.id),
        key=Key(row.key),
        old=row.old,
        new=row.new,
        by=row.by,
        at=row.changed_at,
    )


def chosen_in(database: Path) -> Mapping[Key, str]:
    """What was set from the chat, read without changing the file; nothing where there is nothing to read."""
    if not database.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            rows = connection.execute(str(_CHOSEN.compile(compile_kwargs={"literal_binds": True}))).fetchall()
    except sqlite3.DatabaseError:  # an earlier version, or what a start tells of
        return {}
    return {Key(key): new for key, new in rows if key in set(Key)}
