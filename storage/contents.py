"""What the town collected, row by row, for files: of people nothing but what everybody may read."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, case, func, literal, null, select
from sqlalchemy import Row as SqlRow
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.comment import CommentState
from cocreation.ideas.decision import DecisionKind
from cocreation.ideas.export import ModerationCount, Outcome, Selection, StoredPhoto
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import IdeaId
from cocreation.ideas.media import MediaKind, MediaState
from cocreation.ideas.moderation import ActKind, What
from storage.schema import (
    comments,
    ideas,
    media,
    moderation_acts,
    moderation_cases,
    processes,
    replies,
    reports,
    residents,
    supports,
    theme_decisions,
    theme_members,
    themes,
)
from storage.theme_decisions import stands
from storage.views import in_shown_theme, is_published, shown_label

_AT_ONCE = 1000

_WITH_THEME = ideas.outerjoin(theme_members, theme_members.c.idea_id == ideas.c.id).outerjoin(
    themes, in_shown_theme
)
_in_order = (ideas.c.created_at, ideas.c.id)
_is_stored_photo = and_(media.c.kind == MediaKind.PHOTO, media.c.state == MediaState.STORED)
_photos = (
    select(func.count()).where(media.c.idea_id == ideas.c.id, _is_stored_photo).correlate(ideas)
).scalar_subquery()
_is_known = and_(residents.c.id == ideas.c.author_id, ideas.c.is_anonymous == 0)
_IDEAS = select(
    ideas.c.token,
    ideas.c.text,
    ideas.c.language,
    ideas.c.created_at,
    themes.c.id.label("theme"),
    shown_label.label("theme_label"),
    ideas.c.support_count,
    ideas.c.place,
    ideas.c.latitude,
    ideas.c.longitude,
    ideas.c.status,
    processes.c.name.label("process"),
    residents.c.pseudonym,
    residents.c.id.label("person"),
    _photos.label("photos"),
).select_from(
    _WITH_THEME.outerjoin(processes, processes.c.id == ideas.c.process_id).outerjoin(residents, _is_known)
)
_COUNT = select(func.count()).select_from(_WITH_THEME)
_SUPPORTS = select(ideas.c.token, supports.c.created_at).select_from(
    _WITH_THEME.join(supports, supports.c.idea_id == ideas.c.id)
)
_REPLIES = select(ideas.c.token, replies.c.status, replies.c.text, replies.c.created_at).select_from(
    _WITH_THEME.join(replies, replies.c.idea_id == ideas.c.id)
)
_is_public = and_(comments.c.idea_id == ideas.c.id, comments.c.state == CommentState.PUBLISHED)
_COMMENTS = select(ideas.c.token, comments.c.text, comments.c.created_at, residents.c.pseudonym).select_from(
    _WITH_THEME.join(comments, _is_public).outerjoin(residents, residents.c.id == comments.c.author_id)
)
_PHOTOS = select(ideas.c.token, media.c.path).select_from(
    _WITH_THEME.join(media, and_(media.c.idea_id == ideas.c.id, _is_stored_photo))
)
_is_pinned = (
    select(literal(1))
    .where(stands, theme_decisions.c.kind == DecisionKind.PIN, theme_decisions.c.theme_id == themes.c.id)
    .correlate(themes)
    .exists()
)
_THEMES = (
    select(
        themes.c.id,
        shown_label.label("label"),
        themes.c.keywords,
        func.count().label("ideas"),
        func.sum(ideas.c.support_count).label("supports"),
        themes.c.given_label.is_not(None).label("is_named"),
        _is_pinned.label("is_pinned"),
    )
    .select_from(
        ideas.join(theme_members, theme_members.c.idea_id == ideas.c.id).join(themes, in_shown_theme)
    )
    .group_by(themes.c.id)
    .order_by(func.count().desc(), themes.c.id)
)
_how_many = func.count().label("how_many")


def _what(table: Table) -> ColumnElement[str]:
    """A burst of ideas is about ideas."""
    return case((table.c.comment_id.is_not(None), What.COMMENT), else_=What.IDEA).label("what")


_REPORTED = (
    select(_what(reports), reports.c.reason, literal(Outcome.REPORTED).label("outcome"), _how_many)
    .group_by(_what(reports), reports.c.reason)
    .order_by(_what(reports).desc(), reports.c.reason)
)
_DONE = (
    select(
        moderation_acts.c.what,
        moderation_acts.c.reason,
        moderation_acts.c.kind.label("outcome"),
        _how_many,
    )
    .where(moderation_acts.c.undone_at.is_(None))
    .group_by(moderation_acts.c.what, moderation_acts.c.reason, moderation_acts.c.kind)
    .order_by(moderation_acts.c.what, moderation_acts.c.kind, moderation_acts.c.reason)
)
_WAITING = (
    select(
        _what(moderation_cases), null().label("reason"), literal(Outcome.WAITING).label("outcome"), _how_many
    )
    .where(moderation_cases.c.settled_at.is_(None))
    .group_by(_what(moderation_cases))
    .order_by(_what(moderation_cases).desc())
)
_COUNTS: tuple[tuple[Any, Any, type[Outcome] | type[ActKind]], ...] = (
    (_REPORTED, reports.c.created_at, Outcome),
    (_DONE, moderation_acts.c.happened_at, ActKind),
    (_WAITING, moderation_cases.c.opened_at, Outcome),
)
_HIDDEN = {
    What.IDEA: (ideas, ideas.c.state == IdeaState.HIDDEN),
    What.COMMENT: (comments, comments.c.state == CommentState.HIDDEN),
}
_IMPORTED = select(ideas.c.external_id, ideas.c.id).where(ideas.c.source == "import")


class SqlContentRepository:
    """See `cocreation.ports.ContentRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    def ideas(self, selection: Selection) -> AsyncIterator[SqlRow[*tuple[Any, ...]]]:
        return self._stream(_selected(_IDEAS, selection).order_by(*_in_order))

    def themes(self, selection: Selection) -> AsyncIterator[SqlRow[*tuple[Any, ...]]]:
        return self._stream(_selected(_THEMES, selection))

    def supports(self, selection: Selection) -> AsyncIterator[SqlRow[*tuple[Any, ...]]]:
        in_order = (*_in_order, supports.c.created_at)
        return self._stream(_selected(_SUPPORTS, selection).order_by(*in_order))

    def replies(self, selection: Selection) -> AsyncIterator[SqlRow[*tuple[Any, ...]]]:
        return self._stream(_selected(_REPLIES, selection).order_by(*_in_order, replies.c.id))

    def comments(self, selection: Selection) -> AsyncIterator[SqlRow[*tuple[Any, ...]]]:
        return self._stream(_selected(_COMMENTS, selection).order_by(*_in_order, comments.c.id))

    async def photos(self, selection: Selection) -> AsyncIterator[StoredPhoto]:
        last, number = "", 0
        async for row in self._stream(_selected(_PHOTOS, selection).order_by(*_in_order, media.c.id)):
            number = number + 1 if row.token == last else 1
            last = row.token
            yield StoredPhoto(row.token, number, row.path)

    async def moderation(self, selection: Selection) -> AsyncIterator[ModerationCount]:
        """The period alone counts: what is hidden has no theme."""
        for statement, moment, outcome in _COUNTS:
            async for row in self._stream(_within(statement, moment, selection)):
                yield ModerationCount(What(row.what), row.reason, outcome(row.outcome), row.how_many)
        for about, (table, is_hidden) in _HIDDEN.items():
            hidden = select(func.count()).select_from(table).where(is_hidden)
            found = await self._connection.execute(_within(hidden, table.c.created_at, selection))
            if count := found.scalar_one():
                yield ModerationCount(about, None, Outcome.HIDDEN_NOW, count)

    async def count(self, selection: Selection) -> int:
        count: int = (await self._connection.execute(_selected(_COUNT, selection))).scalar_one()
        return count

    async def imported(self, external_ids: list[str]) -> dict[str, IdeaId]:
        found: dict[str, IdeaId] = {}
        for start in range(0, len(external_ids), _AT_ONCE):
            some = _IMPORTED.where(ideas.c.external_id.in_(external_ids[start : start + _AT_ONCE]))
            found |= {row.external_id: IdeaId(row.id) for row in await self._connection.execute(some)}
        return found

    async def comments_of(self, idea: IdeaId) -> Sequence[tuple[datetime, str]]:
        found = select(comments.c.created_at, comments.c.text).where(comments.c.idea_id == idea)
        return [(row.created_at, row.text) for row in await self._connection.execute(found)]

    async def has_photo(self, idea: IdeaId, unique_id: str) -> bool:
        is_it = and_(media.c.idea_id == idea, media.c.unique_id == unique_id)
        return (await self._connection.execute(select(media.c.id).where(is_it))).one_or_none() is not None

    async def _stream(self, statement: Select[Any]) -> AsyncIterator[SqlRow[*tuple[Any, ...]]]:
        async with self._connection.stream(statement) as rows:
            async for some in rows.partitions(_AT_ONCE):
                for row in some:
                    yield row


def _selected(statement: Select[Any], selection: Selection) -> Select[Any]:
    statement = _within(statement.where(is_published), ideas.c.created_at, selection)
    if selection.theme is not None:
        statement = statement.where(themes.c.id == selection.theme)
    if selection.process is not None:
        statement = statement.where(ideas.c.process_id == selection.process)
    return statement


def _within(statement: Select[Any], moment: Any, selection: Selection) -> Select[Any]:  # noqa: ANN401
    if selection.start is not None:
        statement = statement.where(moment >= selection.start)
    if selection.end is not None:
        statement = statement.where(moment < selection.end)
    return statement
