"""What people say about an idea."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.comment import Comment, CommentState, NewComment, Said, Thread
from cocreation.ideas.ids import ChatId, CommentId, IdeaId, MessageId, ResidentId
from storage.dialect import insert_new
from storage.prepared import Prepared
from storage.schema import comments, residents

_ADD = Prepared(
    insert_new(comments).returning(comments.c.id),
    ("idea_id", "author_id", "answers_id", "text", "chat_id", "message_id", "created_at"),
)
_COMMENT = select(comments, residents.c.pseudonym).outerjoin(
    residents, residents.c.id == comments.c.author_id
)
_GET = Prepared(_COMMENT.where(comments.c.id == bindparam("comment")))
_BY_MESSAGE = Prepared(
    _COMMENT.where(comments.c.chat_id == bindparam("chat"), comments.c.message_id == bindparam("message"))
)
_COUNT_SINCE = Prepared(
    select(func.count().label("n")).where(
        comments.c.author_id == bindparam("author"), comments.c.created_at > bindparam("since")
    )
)
_CORRECT = (
    update(comments)
    .where(comments.c.id == bindparam("comment"))
    .values(text=bindparam("words"), edited_at=bindparam("now"))
)
_SET_STATE = (
    update(comments)
    .where(comments.c.id == bindparam("comment"))
    .values(state=bindparam("new"), withdrawn_at=bindparam("withdrawn"))
)

_answered = comments.alias("answered")
_answered_author = residents.alias("answered_author")
_SAID: Select[Any] = (
    select(
        comments,
        residents.c.pseudonym,
        _answered.c.text.label("answered_text"),
        _answered.c.author_id.label("answered_author"),
        _answered_author.c.pseudonym.label("answered_pseudonym"),
    )
    .outerjoin(residents, residents.c.id == comments.c.author_id)
    .outerjoin(
        _answered,
        and_(_answered.c.id == comments.c.answers_id, _answered.c.state == CommentState.PUBLISHED),
    )
    .outerjoin(_answered_author, _answered_author.c.id == _answered.c.author_id)
    .where(comments.c.idea_id == bindparam("idea"), comments.c.state == CommentState.PUBLISHED)
    .limit(bindparam("limit"))
)
_UP_TO = Prepared(_SAID.where(comments.c.id <= bindparam("from")).order_by(comments.c.id.desc()))
_SINCE = Prepared(_SAID.where(comments.c.id > bindparam("from")).order_by(comments.c.id))
_BEYOND_ALL = 1 << 62


class SqlCommentRepository:
    """See `cocreation.ports.CommentRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, comment: NewComment) -> CommentId | None:
        values = {
            "idea_id": comment.idea,
            "author_id": comment.author,
            "answers_id": comment.answers,
            "text": comment.text,
            "chat_id": comment.chat,
            "message_id": comment.message,
            "created_at": comment.created_at,
        }
        row = await _ADD.one(self._connection, values)
        return None if row is None else CommentId(row.id)

    async def get(self, comment: CommentId) -> Comment | None:
        row = await _GET.one(self._connection, {"comment": comment})
        return None if row is None else _comment(row)

    async def by_message(self, chat: ChatId, message: MessageId) -> Comment | None:
        row = await _BY_MESSAGE.one(self._connection, {"chat": chat, "message": message})
        return None if row is None else _comment(row)

    async def count_since(self, author: ResidentId, since: datetime) -> int:
        return int((await _COUNT_SINCE.one(self._connection, {"author": author, "since": since})).n)

    async def correct(self, comment: CommentId, text: str, now: datetime) -> None:
        await self._connection.execute(_CORRECT, {"comment": comment, "words": text, "now": now})

    async def set_state(self, comment: CommentId, state: CommentState, now: datetime) -> None:
        withdrawn = now if state is CommentState.WITHDRAWN else None
        await self._connection.execute(_SET_STATE, {"comment": comment, "new": state, "withdrawn": withdrawn})

    async def thread(self, idea: IdeaId, limit: int, last: CommentId | None = None) -> Thread:
        until = _BEYOND_ALL if last is None else int(last)
        values = {"idea": idea, "from": until, "limit": limit + 1}
        found = [_said(row) for row in await _UP_TO.all(self._connection, values)]
        later = await _SINCE.all(self._connection, {**values, "limit": limit})
        return Thread(
            tuple(reversed(found[:limit])),
            has_earlier=len(found) > limit,
            next_last=CommentId(later[-1].id) if later else None,
        )


def _comment(row: Any) -> Comment:  # noqa: ANN401 - a row of _COMMENT
    return Comment(
        id=CommentId(row.id),
        idea=IdeaId(row.idea_id),
        author=None if row.author_id is None else ResidentId(row.author_id),
        text=row.text,
        state=CommentState(row.state),
        created_at=row.created_at,
        edited_at=row.edited_at,
        withdrawn_at=row.withdrawn_at,
        answers=None if row.answers_id is None else CommentId(row.answers_id),
        pseudonym=row.pseudonym,
    )


def _said(row: Any) -> Said:  # noqa: ANN401 - a row of _SAID
    if row.answered_text is None:
        return Said(_comment(row))
    author = None if row.answered_author is None else ResidentId(row.answered_author)
    return Said(_comment(row), row.answered_text, author, row.answered_pseudonym)
