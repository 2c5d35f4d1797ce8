"""Photos and files that belong to ideas, and how far their files have come."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import IdeaId, MediaId, MessageId
from cocreation.ideas.media import Media, MediaKind, MediaState, NewMedia
from storage.dialect import insert_ignoring
from storage.schema import media

_COLUMNS = (
    media.c.id,
    media.c.idea_id,
    media.c.kind,
    media.c.file_id,
    media.c.state,
    media.c.attempts,
    media.c.path,
    media.c.seconds,
)
_ADD = insert_ignoring(media, keys=("idea_id", "unique_id")).returning(media.c.id)
_SAME = select(media.c.id).where(
    media.c.idea_id == bindparam("idea_id"), media.c.unique_id == bindparam("unique_id")
)
_there = media.alias("there")
_MOVE = (
    update(media)
    .where(
        media.c.idea_id == bindparam("source"),
        media.c.unique_id.not_in(select(_there.c.unique_id).where(_there.c.idea_id == bindparam("target"))),
    )
    .values(idea_id=bindparam("target"))
)
_MOVE_OF = _MOVE.where(media.c.message_id.in_(bindparam("messages", expanding=True)))
_VOICE_OF = (
    select(*_COLUMNS)
    .where(
        media.c.idea_id == bindparam("idea"),
        media.c.kind == MediaKind.VOICE,
        media.c.state != MediaState.REFUSED,
    )
    .order_by(media.c.id)
    .limit(1)
)
_GET = select(*_COLUMNS).where(media.c.id == bindparam("row"))
_WAITING = (
    select(*_COLUMNS)
    .where(media.c.state == MediaState.WAITING, media.c.due_at <= bindparam("now"))
    .order_by(media.c.due_at, media.c.id)
    .limit(bindparam("limit"))
)
_STORED = (
    update(media)
    .where(media.c.id == bindparam("row"))
    .values(state=MediaState.STORED, path=bindparam("file"), size=bindparam("bytes"))
    .returning(media.c.id)
)
_POSTPONE = (
    update(media)
    .where(media.c.id == bindparam("row"))
    .values(due_at=bindparam("until"), attempts=media.c.attempts + 1)
)
_REFUSE = (
    update(media)
    .where(media.c.id == bindparam("row"))
    .values(state=MediaState.REFUSED, refusal=bindparam("reason"))
)


class SqlMediaRepository:
    """See `cocreation.ports.MediaRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, media: NewMedia, now: datetime) -> MediaId:
        """Keep the file's address; the same file of the same idea is kept once."""
        values = {
            "idea_id": media.idea,
            "kind": media.kind,
            "file_id": media.file_id,
            "unique_id": media.unique_id,
            "due_at": now,
            "message_id": media.message,
            "seconds": media.seconds,
        }
        added = (await self._connection.execute(_ADD, values)).scalar_one_or_none()
        if added is None:
            same = {"idea_id": media.idea, "unique_id": media.unique_id}
            added = (await self._connection.execute(_SAME, same)).scalar_one()
        return MediaId(added)

    async def move(self, source: IdeaId, target: IdeaId) -> None:
        await self._connection.execute(_MOVE, {"source": source, "target": target})

    async def move_of(self, messages: Sequence[MessageId], source: IdeaId, target: IdeaId) -> None:
        values = {"source": source, "target": target, "messages": list(messages)}
        await self._connection.execute(_MOVE_OF, values)

    async def voice_of(self, idea: IdeaId) -> Media | None:
        row = (await self._connection.execute(_VOICE_OF, {"idea": idea})).one_or_none()
        return None if row is None else _media(row)

    async def waiting(self, now: datetime, limit: int) -> Sequence[Media]:
        rows = await self._connection.execute(_WAITING, {"now": now, "limit": limit})
        return [_media(row) for row in rows]

    async def get(self, media: MediaId) -> Media | None:
        row = (await self._connection.execute(_GET, {"row": media})).one_or_none()
        return None if row is None else _media(row)

    async def stored(self, media: MediaId, path: str, size: int) -> bool:
        values = {"row": media, "file": path, "bytes": size}
        return (await self._connection.execute(_STORED, values)).one_or_none() is not None

    async def postpone(self, media: MediaId, until: datetime) -> None:
        await self._connection.execute(_POSTPONE, {"row": media, "until": until})

    async def refuse(self, media: MediaId, reason: str) -> None:
        await self._connection.execute(_REFUSE, {"row": media, "reason": reason})


def _media(row: Row[*tuple[Any, ...]]) -> Media:
    return Media(
        id=MediaId(row.id),
        idea=IdeaId(row.idea_id),
        kind=MediaKind(row.kind),
        file_id=row.file_id,
        state=MediaState(row.state),
        attempts=row.attempts,
        path=row.path,
        seconds=row.seconds,
    )
