"""What one person wrote, supports and follows, a page at a time."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.comment import CommentState
from cocreation.ideas.idea import IdeaState, WordsOf
from cocreation.ideas.ids import IdeaId, ResidentId
from cocreation.ideas.media import MediaKind
from cocreation.ideas.mine import Counted, Mine, MyLine, MyPage
from cocreation.ideas.reply import Status
from storage.schema import comments, follows, ideas, media, supports
from storage.views import comments_of_idea, is_published

_WHO = bindparam("resident", type_=Integer)
_IDEA = (
    ideas.c.id,
    ideas.c.text,
    ideas.c.state,
    ideas.c.status,
    ideas.c.support_count,
    comments_of_idea.label("comments"),
    ideas.c.words_of,
    select(media.c.kind)
    .where(media.c.idea_id == ideas.c.id)
    .order_by((media.c.kind == MediaKind.VOICE).desc())
    .limit(1)
    .correlate(ideas)
    .scalar_subquery()
    .label("media"),
)
_on = comments.c.idea_id == ideas.c.id
# What its author chose not to keep before it had words leaves nothing to read.
_is_there = or_(ideas.c.state != IdeaState.WITHDRAWN, ideas.c.text != "")
_LISTS: Mapping[Mine, Select[Any]] = {
    Mine.IDEAS: select(*_IDEA)
    .where(ideas.c.author_id == _WHO, _is_there)
    .order_by(ideas.c.created_at.desc(), ideas.c.id.desc()),
    Mine.SUPPORTS: select(*_IDEA)
    .join(supports, and_(supports.c.idea_id == ideas.c.id, supports.c.resident_id == _WHO))
    .where(is_published)
    .order_by(supports.c.created_at.desc(), ideas.c.id.desc()),
    Mine.FOLLOWS: select(*_IDEA)
    .join(follows, and_(follows.c.idea_id == ideas.c.id, follows.c.resident_id == _WHO))
    .where(is_published)
    .order_by(follows.c.created_at.desc(), ideas.c.id.desc()),
    Mine.COMMENTS: select(*_IDEA, comments.c.text.label("said"), comments.c.state.label("said_state"))
    .join(comments, and_(_on, comments.c.author_id == _WHO))
    .where(is_published, comments.c.state != CommentState.WITHDRAWN)
    .order_by(comments.c.created_at.desc(), comments.c.id.desc()),
}
_PAGES = {mine: those.limit(bindparam("limit")).offset(bindparam("offset")) for mine, those in _LISTS.items()}
_COUNTS = select(
    *(
        select(func.count())
        .select_from(those.order_by(None).with_only_columns(ideas.c.id).subquery())
        .scalar_subquery()
        .label(mine.name)
        for mine, those in _LISTS.items()
    )
)


class SqlMineRepository:
    """See `cocreation.ports.MineRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def counts(self, resident: ResidentId) -> Counted:
        row = (await self._connection.execute(_COUNTS, {"resident": resident})).one()
        return {mine: getattr(row, mine.name) for mine in Mine}

    async def page(self, mine: Mine, resident: ResidentId, limit: int, offset: int) -> MyPage:
        values = {"resident": resident, "limit": limit + 1, "offset": offset}
        rows = (await self._connection.execute(_PAGES[mine], values)).all()
        return MyPage(tuple(_line(row, mine) for row in rows[:limit]), len(rows) > limit)


def _line(row: Any, mine: Mine) -> MyLine:  # noqa: ANN401 - a row of _LISTS
    is_comment = mine is Mine.COMMENTS
    return MyLine(
        idea=IdeaId(row.id),
        text=row.text,
        state=IdeaState(row.state),
        status=None if row.status is None else Status(row.status),
        supports=row.support_count,
        comments=row.comments,
        said=row.said if is_comment else None,
        said_state=CommentState(row.said_state) if is_comment else None,
        media=None if row.media is None else MediaKind(row.media),
        is_asked=row.words_of == WordsOf.ASKED,
    )
