"""The town's public answers to ideas, and the ideas that wait for one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, Select, and_, bindparam, delete, func, insert, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import IdeaId, ReplyId, ResidentId, ThemeReplyId, Token
from cocreation.ideas.reply import Answer, Correction, NewReply, Reply, Status, WaitingIdea
from storage.passed_on import passing_on
from storage.schema import (
    UtcDateTime,
    ideas,
    notices,
    replies,
    reply_versions,
    taken_back_replies,
    theme_replies,
)
from storage.theme_replies import answer_of, correction_of, new_words
from storage.views import is_published

_ADD = insert(replies).returning(replies.c.id)
_SET_STATUS = update(ideas).where(ideas.c.id == bindparam("idea")).values(status=bindparam("stands"))
_OF_IDEA = select(replies).where(replies.c.idea_id == bindparam("idea")).order_by(replies.c.id.desc())
_LATEST = _OF_IDEA.limit(1)

_is_this = replies.c.id == bindparam("reply", type_=Integer)
_GET = select(replies).where(_is_this)
_KEEP_VERSION = insert(reply_versions).from_select(
    [
        "reply_id",
        "came_from_id",
        "status",
        "text",
        "photo_id",
        "corrected_at",
        "replaced_by_id",
        "replaced_at",
    ],
    select(
        replies.c.id,
        replies.c.theme_reply_id,
        replies.c.status,
        replies.c.text,
        replies.c.photo_id,
        replies.c.corrected_at,
        bindparam("by", type_=Integer),
        bindparam("now", type_=UtcDateTime()),
    ).where(_is_this),
)
_SAY = (
    update(replies)
    .where(_is_this)
    .values(
        status=bindparam("stands"),
        text=bindparam("words"),
        photo_id=bindparam("photo", type_=Integer),
        corrected_at=bindparam("corrected", type_=UtcDateTime()),
        # What is said to this idea alone is not what was said to its theme any more.
        theme_reply_id=null(),
    )
)
_VERSION = (
    select(reply_versions)
    .where(reply_versions.c.reply_id == bindparam("reply"))
    .order_by(reply_versions.c.id.desc())
    .limit(1)
)
# An answer of the theme's again, unless the town has taken that back since.
_REJOIN_THEME = (
    update(replies)
    .where(_is_this)
    .values(
        theme_reply_id=select(theme_replies.c.id)
        .join(reply_versions, reply_versions.c.came_from_id == theme_replies.c.id)
        .where(reply_versions.c.id == bindparam("version"), theme_replies.c.taken_back_at.is_(None))
        .scalar_subquery()
    )
)
_FORGET_VERSION = delete(reply_versions).where(reply_versions.c.id == bindparam("version"))
# What was said to the whole theme still holds for the others.
_PASS_ON = passing_on(notices.c.reply_id == bindparam("reply", type_=Integer))
_KEEP_LOG = insert(taken_back_replies)
_DELETE = delete(replies).where(_is_this)
_SHOW_STATUS = (
    update(ideas)
    .where(ideas.c.id == bindparam("idea", type_=Integer))
    .values(
        status=select(replies.c.status)
        .where(replies.c.idea_id == bindparam("idea", type_=Integer))
        .order_by(replies.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
)

# Put so that the index of the status is not taken: nearly all ideas wait.
_waits = and_(is_published, func.coalesce(ideas.c.status, Status.RECEIVED) == Status.RECEIVED)
_WAITING: Select[Any] = select(
    ideas.c.id, ideas.c.token, ideas.c.text, ideas.c.created_at, ideas.c.support_count.label("supports")
).where(_waits)
_LONGEST = (
    _WAITING.order_by(ideas.c.created_at, ideas.c.id).limit(bindparam("limit")).offset(bindparam("offset"))
)
_MOST_WANTED = _WAITING.order_by(ideas.c.support_count.desc(), ideas.c.created_at, ideas.c.id).limit(
    bindparam("limit")
)
_COUNT_WAITING = select(func.count()).select_from(ideas).where(_waits)


class SqlReplyRepository:
    """See `cocreation.ports.ReplyRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, reply: NewReply) -> ReplyId:
        values = {
            "idea_id": reply.idea,
            "status": reply.status,
            "text": reply.text,
            "by_id": reply.by,
            "created_at": reply.created_at,
            "photo_id": reply.photo,
        }
        added = (await self._connection.execute(_ADD, values)).scalar_one()
        await self._connection.execute(_SET_STATUS, {"idea": reply.idea, "stands": reply.status})
        return ReplyId(added)

    async def get(self, reply: ReplyId) -> Reply | None:
        row = (await self._connection.execute(_GET, {"reply": reply})).one_or_none()
        return None if row is None else _reply(row)

    async def of_idea(self, idea: IdeaId) -> Sequence[Reply]:
        return [_reply(row) for row in await self._connection.execute(_OF_IDEA, {"idea": idea})]

    async def latest(self, idea: IdeaId) -> Reply | None:
        row = (await self._connection.execute(_LATEST, {"idea": idea})).one_or_none()
        return None if row is None else _reply(row)

    async def correct(self, reply: Reply, answer: Answer, by: ResidentId | None, now: datetime) -> None:
        await self._connection.execute(_KEEP_VERSION, {"reply": reply.id, "by": by, "now": now})
        await self._say(reply, answer, now)

    async def last_correction(self, reply: ReplyId) -> Correction | None:
        row = (await self._connection.execute(_VERSION, {"reply": reply})).one_or_none()
        return None if row is None else correction_of(row)

    async def undo(self, reply: Reply, correction: Correction) -> None:
        await self._say(reply, correction.answer, correction.corrected_before)
        await self._connection.execute(_REJOIN_THEME, {"reply": reply.id, "version": correction.id})
        await self._connection.execute(_FORGET_VERSION, {"version": correction.id})

    async def take_back(self, reply: Reply, by: ResidentId | None, now: datetime) -> None:
        log = {
            "idea_id": reply.idea,
            "status": reply.status,
            "said_at": reply.created_at,
            "taken_back_at": now,
            "taken_back_by_id": by,
        }
        await self._connection.execute(_KEEP_LOG, log)
        await self._connection.execute(_PASS_ON, {"reply": reply.id})
        await self._connection.execute(_DELETE, {"reply": reply.id})
        await self._connection.execute(_SHOW_STATUS, {"idea": reply.idea})

    async def waiting(self, limit: int, offset: int = 0) -> Sequence[WaitingIdea]:
        rows = await self._connection.execute(_LONGEST, {"limit": limit, "offset": offset})
        return [_waiting(row) for row in rows]

    async def most_wanted(self, limit: int) -> Sequence[WaitingIdea]:
        return [_waiting(row) for row in await self._connection.execute(_MOST_WANTED, {"limit": limit})]

    async def count_waiting(self) -> int:
        return (await self._connection.execute(_COUNT_WAITING)).scalar_one()

    async def _say(self, reply: Reply, answer: Answer, corrected_at: datetime | None) -> None:
        await self._connection.execute(_SAY, {"reply": reply.id, **new_words(answer, corrected_at)})
        await self._connection.execute(_SHOW_STATUS, {"idea": reply.idea})


def _reply(row: Row[*tuple[Any, ...]]) -> Reply:
    return Reply(
        id=ReplyId(row.id),
        idea=IdeaId(row.idea_id),
        answer=answer_of(row),
        created_at=row.created_at,
        corrected_at=row.corrected_at,
        theme_reply=None if row.theme_reply_id is None else ThemeReplyId(row.theme_reply_id),
    )


def _waiting(row: Row[*tuple[Any, ...]]) -> WaitingIdea:
    return WaitingIdea(IdeaId(row.id), Token(row.token), row.text, row.supports, row.created_at)
