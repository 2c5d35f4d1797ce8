"""Photos that go with the town's answers, and how far their files have come."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import ReplyPhotoId
from cocreation.ideas.media import MediaState
from cocreation.ideas.reply_photo import ReplyPhoto
from storage.schema import ideas, replies, reply_photos, reply_versions, theme_replies
from storage.views import is_published

_ADD = insert(reply_photos).returning(reply_photos.c.id)
_is_this = reply_photos.c.id == bindparam("photo")
_GET = select(reply_photos).where(_is_this)
_WAITING = (
    select(reply_photos)
    .where(reply_photos.c.state == MediaState.WAITING, reply_photos.c.due_at <= bindparam("now"))
    .order_by(reply_photos.c.due_at, reply_photos.c.id)
    .limit(bindparam("limit"))
)
_STORED = (
    update(reply_photos)
    .where(_is_this)
    .values(state=MediaState.STORED, path=bindparam("file"))
    .returning(reply_photos.c.id)
)
_POSTPONE = (
    update(reply_photos)
    .where(_is_this)
    .values(due_at=bindparam("until"), attempts=reply_photos.c.attempts + 1)
)
_REFUSE = update(reply_photos).where(_is_this).values(state=MediaState.REFUSED)
_IS_PUBLIC = select(
    exists().where(replies.c.photo_id == bindparam("photo"), ideas.c.id == replies.c.idea_id, is_published)
)
_is_named = or_(
    *(
        exists().where(table.c.photo_id == reply_photos.c.id)
        for table in (replies, theme_replies, reply_versions)
    )
)
_FORGET_UNUSED = (
    delete(reply_photos)
    .where(reply_photos.c.created_at < bindparam("before"), ~_is_named)
    .returning(reply_photos.c.path)
)


class SqlReplyPhotoRepository:
    """See `cocreation.ports.ReplyPhotoRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, file_id: str, now: datetime) -> ReplyPhotoId:
        values = {"file_id": file_id, "due_at": now, "created_at": now}
        return ReplyPhotoId((await self._connection.execute(_ADD, values)).scalar_one())

    async def get(self, photo: ReplyPhotoId) -> ReplyPhoto | None:
        row = (await self._connection.execute(_GET, {"photo": photo})).one_or_none()
        return None if row is None else _photo(row)

    async def is_public(self, photo: ReplyPhotoId) -> bool:
        return bool((await self._connection.execute(_IS_PUBLIC, {"photo": photo})).scalar_one())

    async def waiting(self, now: datetime, limit: int) -> Sequence[ReplyPhoto]:
        rows = await self._connection.execute(_WAITING, {"now": now, "limit": limit})
        return [_photo(row) for row in rows]

    async def stored(self, photo: ReplyPhotoId, path: str) -> bool:
        values = {"photo": photo, "file": path}
        return (await self._connection.execute(_STORED, values)).one_or_none() is not None

    async def postpone(self, photo: ReplyPhotoId, until: datetime) -> None:
        await self._connection.execute(_POSTPONE, {"photo": photo, "until": until})

    async def refuse(self, photo: ReplyPhotoId) -> None:
        await self._connection.execute(_REFUSE, {"photo": photo})

    async def forget_unused(self, before: datetime) -> Sequence[str]:
        paths = (await self._connection.execute(_FORGET_UNUSED, {"before": before})).scalars()
        return [path for path in paths if path is not None]


def _photo(row: Row[*tuple[Any, ...]]) -> ReplyPhoto:
    return ReplyPhoto(
        id=ReplyPhotoId(row.id),
        file_id=row.file_id,
        state=MediaState(row.state),
        attempts=row.attempts,
        path=row.path,
    )
