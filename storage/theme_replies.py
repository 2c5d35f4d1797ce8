"""The town's answers to whole themes. Each is written in one go, whatever the size of the theme."""

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, Text, and_, bindparam, delete, exists, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import ReplyPhotoId, ResidentId, ThemeId, ThemeReplyId
from cocreation.ideas.reply import Answer, Correction, Reach, Status, ThemeReply
from storage.reply_notices import IDEAS_OF_THEME, PEOPLE_OF_THEME, PEOPLE_OF_THEME_REPLY
from storage.schema import (
    UtcDateTime,
    ideas,
    replies,
    reply_versions,
    stale_cards,
    theme_members,
    theme_replies,
    themes,
)
from storage.views import is_published, shown_label

_THIS = bindparam("theme_reply", type_=Integer)
_ADD = insert(theme_replies).returning(theme_replies.c.id)
_TO_EACH = insert(replies).from_select(
    ["idea_id", "status", "text", "photo_id", "by_id", "created_at", "theme_reply_id"],
    select(
        ideas.c.id,
        theme_replies.c.status,
        theme_replies.c.text,
        theme_replies.c.photo_id,
        theme_replies.c.by_id,
        theme_replies.c.created_at,
        theme_replies.c.id,
    )
    .select_from(
        theme_replies.join(theme_members, theme_members.c.theme_id == theme_replies.c.theme_id).join(
            ideas, and_(ideas.c.id == theme_members.c.idea_id, is_published)
        )
    )
    .where(theme_replies.c.id == _THIS),
)
_reached = select(replies.c.idea_id).where(replies.c.theme_reply_id == _THIS)
_MARK_CARDS = insert(stale_cards).from_select(
    ["idea_id"],
    _reached.distinct().where(
        ~exists().where(stale_cards.c.idea_id == replies.c.idea_id),
    ),
)
_other = replies.alias("other")
_status_of_latest = (
    select(_other.c.status).where(_other.c.idea_id == ideas.c.id).order_by(_other.c.id.desc()).limit(1)
)
_SHOW_STATUS = (
    update(ideas).where(ideas.c.id.in_(_reached)).values(status=_status_of_latest.scalar_subquery())
)
_SHOW_EARLIER_STATUS = (
    update(ideas)
    .where(ideas.c.id.in_(_reached))
    .values(status=_status_of_latest.where(_other.c.theme_reply_id.is_distinct_from(_THIS)).scalar_subquery())
)
_GET = select(theme_replies).where(theme_replies.c.id == _THIS)
_LABEL = (
    select(shown_label)
    .join(theme_replies, theme_replies.c.theme_id == themes.c.id)
    .where(theme_replies.c.id == _THIS)
)
_LATEST = (
    select(theme_replies)
    .where(theme_replies.c.theme_id == bindparam("theme"), theme_replies.c.taken_back_at.is_(None))
    .order_by(theme_replies.c.id.desc())
    .limit(1)
)
_KEEP_VERSION = insert(reply_versions).from_select(
    ["theme_reply_id", "status", "text", "photo_id", "corrected_at", "replaced_by_id", "replaced_at"],
    select(
        theme_replies.c.id,
        theme_replies.c.status,
        theme_replies.c.text,
        theme_replies.c.photo_id,
        theme_replies.c.corrected_at,
        bindparam("by", type_=Integer),
        bindparam("now", type_=UtcDateTime()),
    ).where(theme_replies.c.id == _THIS),
)
_NEW_WORDS = {
    "status": bindparam("stands", type_=Text),
    "text": bindparam("words", type_=Text),
    "photo_id": bindparam("photo", type_=Integer),
    "corrected_at": bindparam("corrected", type_=UtcDateTime()),
}
_CORRECT = update(theme_replies).where(theme_replies.c.id == _THIS).values(_NEW_WORDS)
_CORRECT_EACH = update(replies).where(replies.c.theme_reply_id == _THIS).values(_NEW_WORDS)
_VERSION = (
    select(reply_versions)
    .where(reply_versions.c.theme_reply_id == _THIS)
    .order_by(reply_versions.c.id.desc())
    .limit(1)
)
_FORGET_VERSION = delete(reply_versions).where(reply_versions.c.id == bindparam("version"))
_TAKE_BACK = (
    update(theme_replies)
    .where(theme_replies.c.id == _THIS)
    .values(
        taken_back_at=bindparam("now", type_=UtcDateTime()),
        taken_back_by_id=bindparam("by", type_=Integer),
    )
)
_TAKE_EACH_BACK = delete(replies).where(replies.c.theme_reply_id == _THIS)
_HOW_MANY = select(func.count()).select_from(replies).where(replies.c.theme_reply_id == _THIS)


class SqlThemeReplyRepository:
    """See `cocreation.ports.ThemeReplyRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def reach_of_theme(self, theme: ThemeId) -> Reach:
        return await self._reach(IDEAS_OF_THEME, PEOPLE_OF_THEME, {"theme": theme})

    async def reach(self, reply: ThemeReplyId) -> Reach:
        return await self._reach(_HOW_MANY, PEOPLE_OF_THEME_REPLY, {"theme_reply": reply})

    async def add(self, theme: ThemeId, answer: Answer, by: ResidentId | None, now: datetime) -> ThemeReplyId:
        values = {
            "theme_id": theme,
            "status": answer.status,
            "text": answer.text,
            "photo_id": answer.photo,
            "by_id": by,
            "created_at": now,
        }
        reply = (await self._connection.execute(_ADD, values)).scalar_one()
        for step in (_TO_EACH, _SHOW_STATUS, _MARK_CARDS):
            await self._connection.execute(step, {"theme_reply": reply})
        return ThemeReplyId(reply)

    async def get(self, reply: ThemeReplyId) -> ThemeReply | None:
        row = (await self._connection.execute(_GET, {"theme_reply": reply})).one_or_none()
        return None if row is None else _theme_reply(row)

    async def theme_label(self, reply: ThemeReplyId) -> str:
        label = (await self._connection.execute(_LABEL, {"theme_reply": reply})).scalar_one_or_none()
        return label or ""

    async def latest(self, theme: ThemeId) -> ThemeReply | None:
        row = (await self._connection.execute(_LATEST, {"theme": theme})).one_or_none()
        return None if row is None else _theme_reply(row)

    async def correct(
        self, reply: ThemeReplyId, answer: Answer, by: ResidentId | None, now: datetime
    ) -> None:
        await self._connection.execute(_KEEP_VERSION, {"theme_reply": reply, "by": by, "now": now})
        await self._say(reply, answer, now)

    async def last_correction(self, reply: ThemeReplyId) -> Correction | None:
        row = (await self._connection.execute(_VERSION, {"theme_reply": reply})).one_or_none()
        return None if row is None else correction_of(row)

    async def undo(self, reply: ThemeReplyId, correction: Correction) -> None:
        await self._say(reply, correction.answer, correction.corrected_before)
        await self._connection.execute(_FORGET_VERSION, {"version": correction.id})

    async def take_back(self, reply: ThemeReplyId, by: ResidentId | None, now: datetime) -> None:
        values = {"theme_reply": reply, "by": by, "now": now}
        for step in (_MARK_CARDS, _SHOW_EARLIER_STATUS, _TAKE_EACH_BACK, _TAKE_BACK):
            await self._connection.execute(step, values)

    async def _say(self, reply: ThemeReplyId, answer: Answer, corrected_at: datetime | None) -> None:
        values = {"theme_reply": reply, **new_words(answer, corrected_at)}
        for step in (_CORRECT, _CORRECT_EACH, _SHOW_STATUS, _MARK_CARDS):
            await self._connection.execute(step, values)

    async def _reach(self, how_many: Any, people: Any, values: dict[str, object]) -> Reach:  # noqa: ANN401
        return Reach(
            (await self._connection.execute(how_many, values)).scalar_one(),
            (await self._connection.execute(people, values)).scalar_one(),
        )


def new_words(answer: Answer, corrected_at: datetime | None) -> dict[str, object]:
    """The values for a correction."""
    return {
        "stands": answer.status,
        "words": answer.text,
        "photo": answer.photo,
        "corrected": corrected_at,
    }


def answer_of(row: Row[*tuple[Any, ...]]) -> Answer:
    photo = None if row.photo_id is None else ReplyPhotoId(row.photo_id)
    return Answer(Status(row.status), row.text, photo)


def correction_of(row: Row[*tuple[Any, ...]]) -> Correction:
    return Correction(row.id, answer_of(row), row.replaced_at, row.corrected_at)


def _theme_reply(row: Row[*tuple[Any, ...]]) -> ThemeReply:
    return ThemeReply(
        id=ThemeReplyId(row.id),
        theme=None if row.theme_id is None else ThemeId(row.theme_id),
        answer=answer_of(row),
        created_at=row.created_at,
        corrected_at=row.corrected_at,
        taken_back_at=row.taken_back_at,
    )
