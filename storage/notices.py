"""What is still to be told to whom. A notice without a moment waits for somebody who blocked the bot."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    Text,
    and_,
    bindparam,
    case,
    delete,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.comment import CommentState
from cocreation.ideas.ids import (
    ChatId,
    CommentId,
    IdeaId,
    Language,
    ReplyId,
    ReplyPhotoId,
    ResidentId,
    ThemeReplyId,
    Token,
)
from cocreation.ideas.notice import Addressee, Notice, Part, ReplyAct, Told
from cocreation.ideas.reply import Status
from storage.dialect import insert_new
from storage.passed_on import passing_on
from storage.prepared import Prepared
from storage.reply_notices import (
    LEAVE_CORRECTION,
    LEAVE_THEME_CORRECTION,
    LEAVE_THEME_CORRECTIONS,
    OF_REPLY,
    OF_REPLY_TAKEN_BACK,
    OF_THEME_REPLY,
    OF_THEME_REPLY_TAKEN_BACK,
    listens,
    when,
)
from storage.residents import WISHES, wishes_of
from storage.schema import (
    UtcDateTime,
    comments,
    follows,
    ideas,
    notices,
    replies,
    residents,
    supports,
    theme_replies,
    themes,
)
from storage.views import is_published, shown_label

_MOMENT = UtcDateTime()
_IDEA, _NOW = bindparam("idea", type_=Integer), bindparam("now", type_=_MOMENT)

_authors = select(ideas.c.author_id).where(ideas.c.id == _IDEA)
_followers = select(follows.c.resident_id).where(follows.c.idea_id == _IDEA)
_supporters = select(supports.c.resident_id).where(supports.c.idea_id == _IDEA)
_hears_replies = and_(
    listens,
    or_(residents.c.id.in_(_authors), residents.c.id.in_(_followers), residents.c.id.in_(_supporters)),
)

_NEW = ("resident_id", "idea_id", "comment_id", "created_at", "due_at")
_PUT = (*_NEW, "reply_id", "theme_reply_id", "act")
_THEME_REPLY = bindparam("theme_reply", type_=Integer)
_REPLY, _COMMENT = bindparam("reply", type_=Integer), bindparam("comment", type_=Integer)
_answered = comments.alias("answered")
_answered_authors = (
    select(_answered.c.author_id)
    .select_from(comments.join(_answered, _answered.c.id == comments.c.answers_id))
    .where(comments.c.id == _COMMENT)
)
_hears_comments = and_(
    listens,
    or_(residents.c.id.in_(_authors), residents.c.id.in_(_followers), residents.c.id.in_(_answered_authors)),
)
_OF_COMMENT = insert_new(notices).from_select(
    _NEW,
    select(residents.c.id, _IDEA, _COMMENT, _NOW, when).where(
        _hears_comments, residents.c.id.is_distinct_from(bindparam("by", type_=Integer))
    ),
)
_AUDIENCE = (
    select(func.count()).select_from(residents).where(_hears_replies, residents.c.unreachable_at.is_(None))
)
_is_there = and_(
    exists().where(ideas.c.id == _IDEA),
    or_(_REPLY.is_(None), exists().where(replies.c.id == _REPLY)),
    or_(_THEME_REPLY.is_(None), exists().where(theme_replies.c.id == _THEME_REPLY)),
    or_(_COMMENT.is_(None), exists().where(comments.c.id == _COMMENT)),
)
_PUT_BACK = insert_new(notices).from_select(
    _PUT,
    select(
        residents.c.id,
        _IDEA,
        _COMMENT,
        bindparam("created", type_=_MOMENT),
        bindparam("due", type_=_MOMENT),
        _REPLY,
        _THEME_REPLY,
        bindparam("act", type_=Text),
    ).where(residents.c.telegram_id == bindparam("chat"), listens, _is_there),
)

_IS_ANY_DUE = Prepared(select(notices.c.id).where(notices.c.due_at <= _NOW).limit(1))
_next = (
    select(notices.c.resident_id)
    .where(notices.c.due_at <= _NOW)
    .order_by(notices.c.due_at)
    .limit(bindparam("limit"))
)
_DUE = (
    select(
        residents.c.id,
        residents.c.telegram_id,
        residents.c.language,
        residents.c.noticed_at,
        residents.c.unreachable_at,
        *WISHES,
        func.min(notices.c.created_at, type_=_MOMENT).label("since"),
    )
    .select_from(notices.join(residents, residents.c.id == notices.c.resident_id))
    .where(residents.c.id.in_(_next))
    .group_by(residents.c.id)
    .order_by(func.min(notices.c.due_at), residents.c.id)
)
_supports_it = exists().where(
    supports.c.idea_id == notices.c.idea_id, supports.c.resident_id == notices.c.resident_id
)
_speaker = residents.alias("speaker")
_OF = (
    select(
        notices.c.idea_id,
        notices.c.reply_id,
        notices.c.comment_id,
        notices.c.created_at,
        ideas.c.token,
        ideas.c.text,
        case(
            (ideas.c.author_id == notices.c.resident_id, literal(Part.AUTHOR)),
            (_supports_it, literal(Part.SUPPORTER)),
            else_=literal(Part.FOLLOWER),
        ).label("part"),
        func.coalesce(replies.c.text, comments.c.text, "").label("said"),
        replies.c.status,
        replies.c.photo_id,
        notices.c.theme_reply_id,
        notices.c.act,
        func.coalesce(shown_label, "").label("theme"),
        _speaker.c.pseudonym,
        func.coalesce(_answered.c.author_id == notices.c.resident_id, false()).label("is_answer"),
        func.coalesce(comments.c.author_id == ideas.c.author_id, false()).label("by_author"),
    )
    .select_from(
        notices.join(ideas, and_(ideas.c.id == notices.c.idea_id, is_published))
        .outerjoin(replies, replies.c.id == notices.c.reply_id)
        .outerjoin(theme_replies, theme_replies.c.id == notices.c.theme_reply_id)
        .outerjoin(themes, themes.c.id == theme_replies.c.theme_id)
        .outerjoin(comments, comments.c.id == notices.c.comment_id)
        .outerjoin(_speaker, _speaker.c.id == comments.c.author_id)
        .outerjoin(_answered, _answered.c.id == comments.c.answers_id)
    )
    .where(
        notices.c.resident_id == bindparam("resident"),
        or_(notices.c.comment_id.is_(None), comments.c.state == CommentState.PUBLISHED),
    )
    .order_by(notices.c.created_at, notices.c.id)
)
_PASS_ON = passing_on(
    and_(
        notices.c.resident_id == bindparam("resident"),
        ~exists().where(ideas.c.id == notices.c.idea_id, is_published),
    )
)
_POSTPONE = (
    update(notices).where(notices.c.resident_id == bindparam("resident")).values(due_at=bindparam("due"))
)
_SETTLE = delete(notices).where(notices.c.resident_id == bindparam("resident"))
_NOTICED = (
    update(residents).where(residents.c.id == bindparam("resident")).values(noticed_at=bindparam("moment"))
)
_NOT_NOTICED = update(residents).where(residents.c.telegram_id == bindparam("chat")).values(noticed_at=None)


class SqlNoticeRepository:
    """See `cocreation.ports.NoticeRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_reply(self, reply: ReplyId, now: datetime, act: ReplyAct = ReplyAct.SAID) -> int:
        statement = OF_REPLY_TAKEN_BACK if act is ReplyAct.TAKEN_BACK else OF_REPLY
        values = {"reply": reply, "theme_reply": None, "act": act, "now": now}
        return (await self._connection.execute(statement, values)).rowcount

    async def of_theme_reply(self, reply: ThemeReplyId, now: datetime, act: ReplyAct = ReplyAct.SAID) -> int:
        statement = OF_THEME_REPLY
        if act is ReplyAct.TAKEN_BACK:
            statement = OF_THEME_REPLY_TAKEN_BACK
            await self._connection.execute(LEAVE_THEME_CORRECTIONS, {"theme_reply": reply})
        values = {"theme_reply": reply, "act": act, "now": now}
        return (await self._connection.execute(statement, values)).rowcount

    async def leave_correction(self, reply: ReplyId, now: datetime) -> None:
        await self._connection.execute(LEAVE_CORRECTION, {"reply": reply, "now": now})

    async def leave_theme_correction(self, reply: ThemeReplyId, now: datetime) -> None:
        await self._connection.execute(LEAVE_THEME_CORRECTION, {"theme_reply": reply, "now": now})

    async def of_comment(self, comment: CommentId, idea: IdeaId, by: ResidentId | None, now: datetime) -> int:
        values = {"comment": comment, "idea": idea, "by": by, "now": now}
        return (await self._connection.execute(_OF_COMMENT, values)).rowcount

    async def audience(self, idea: IdeaId) -> int:
        return (await self._connection.execute(_AUDIENCE, {"idea": idea})).scalar_one()

    async def is_any_due(self, now: datetime) -> bool:
        return await _IS_ANY_DUE.one(self._connection, {"now": now}) is not None

    async def due(self, now: datetime, limit: int) -> Sequence[Addressee]:
        rows = await self._connection.execute(_DUE, {"now": now, "limit": limit})
        return [_addressee(row) for row in rows]

    async def of(self, resident: ResidentId) -> Sequence[Told]:
        return [_told(row) for row in await self._connection.execute(_OF, {"resident": resident})]

    async def pass_on(self, resident: ResidentId) -> None:
        await self._connection.execute(_PASS_ON, {"resident": resident})

    async def postpone(self, resident: ResidentId, due: datetime | None) -> None:
        await self._connection.execute(_POSTPONE, {"resident": resident, "due": due})

    async def settle(self, resident: ResidentId, noticed_at: datetime | None = None) -> None:
        await self._connection.execute(_SETTLE, {"resident": resident})
        if noticed_at is not None:
            await self._connection.execute(_NOTICED, {"resident": resident, "moment": noticed_at})

    async def put_back(self, chat: ChatId, told: Sequence[Notice], due: datetime | None) -> None:
        values = [
            {
                "chat": chat,
                "idea": notice.idea,
                "reply": notice.reply,
                "comment": notice.comment,
                "theme_reply": notice.theme_reply,
                "act": notice.act,
                "created": notice.created_at,
                "due": due,
            }
            for notice in told
        ]
        if values:
            await self._connection.execute(_PUT_BACK, values)
            # What was noted when it was composed did not happen.
            await self._connection.execute(_NOT_NOTICED, {"chat": chat})


def _addressee(row: Row[*tuple[Any, ...]]) -> Addressee:
    return Addressee(
        id=ResidentId(row.id),
        chat=ChatId(row.telegram_id),
        language=Language(row.language),
        wishes=wishes_of(row),
        noticed_at=row.noticed_at,
        is_away=row.unreachable_at is not None,
        since=row.since,
    )


def _told(row: Row[*tuple[Any, ...]]) -> Told:
    return Told(
        notice=Notice(
            idea=IdeaId(row.idea_id),
            created_at=row.created_at,
            reply=None if row.reply_id is None else ReplyId(row.reply_id),
            comment=None if row.comment_id is None else CommentId(row.comment_id),
            theme_reply=None if row.theme_reply_id is None else ThemeReplyId(row.theme_reply_id),
            act=ReplyAct(row.act),
        ),
        token=Token(row.token),
        idea_text=row.text,
        part=Part(row.part),
        said=row.said,
        status=None if row.status is None else Status(row.status),
        theme=None if row.theme_reply_id is None else row.theme,
        photo=None if row.photo_id is None else ReplyPhotoId(row.photo_id),
        pseudonym=row.pseudonym,
        is_answer=bool(row.is_answer),
        by_author=bool(row.by_author),
    )
