"""A notice of an answer to a theme carries one idea of the person: where that goes, another takes over."""

from typing import Any

from sqlalchemy import ColumnElement, Update, and_, case, exists, func, or_, select, update

from cocreation.ideas.idea import IdeaState
from cocreation.ideas.notice import ReplyAct
from storage.schema import follows, ideas, notices, replies, supports, theme_members, theme_replies

other = ideas.alias("other")
"""The idea that takes over."""

_is_own = and_(other.c.author_id.is_not(None), other.c.author_id == notices.c.resident_id)
_is_supported, _is_followed = (
    exists()
    .where(by.c.idea_id == other.c.id, by.c.resident_id == notices.c.resident_id)
    .correlate(other, notices)
    for by in (supports, follows)
)
_answered = (
    select(replies.c.idea_id).where(replies.c.theme_reply_id == notices.c.theme_reply_id).correlate(notices)
)
# An answer that is taken back is with no idea any more.
_in_theme = (
    select(theme_members.c.idea_id)
    .join(theme_replies, theme_replies.c.theme_id == theme_members.c.theme_id)
    .where(theme_replies.c.id == notices.c.theme_reply_id, notices.c.act == ReplyAct.TAKEN_BACK)
    .correlate(notices)
)


def passing_on(those: ColumnElement[bool], *takes_over: ColumnElement[bool]) -> Update:
    """Give such notices another published idea that was answered; of the person's own first."""
    nearest: Any = (
        select(func.coalesce(func.min(case((_is_own, other.c.id))), func.min(other.c.id)))
        .where(
            other.c.id.in_(_answered.union_all(_in_theme)),
            other.c.id != notices.c.idea_id,
            other.c.state == IdeaState.PUBLISHED,
            or_(_is_own, _is_supported, _is_followed),
            *takes_over,
        )
        .correlate(notices)
        .scalar_subquery()
    )
    reply = (
        select(func.max(replies.c.id))
        .where(replies.c.idea_id == nearest, replies.c.theme_reply_id == notices.c.theme_reply_id)
        .correlate(notices)
        .scalar_subquery()
    )
    return (
        update(notices)
        .where(notices.c.theme_reply_id.is_not(None), those, nearest.is_not(None))
        .values(idea_id=nearest, reply_id=reply)
    )
