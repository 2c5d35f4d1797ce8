"""Who is to hear of what the town did with an answer: each person once, also of one to a whole theme."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Insert,
    Integer,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal,
    null,
    select,
    union_all,
)

from cocreation.ideas.notice import Frequency, ReplyAct
from storage.dialect import insert_new
from storage.schema import UtcDateTime, follows, ideas, notices, replies, residents, supports, theme_members
from storage.views import is_published

REPLY = bindparam("reply", type_=Integer)
THEME_REPLY = bindparam("theme_reply", type_=Integer)
THEME = bindparam("theme", type_=Integer)
NOW = bindparam("now", type_=UtcDateTime())
_ACT = bindparam("act", type_=Text)

listens = and_(residents.c.telegram_id.is_not(None), residents.c.notices != Frequency.NONE)
when = case((residents.c.unreachable_at.is_(None), NOW), else_=null())
"""Somebody who blocked the bot hears of it when they are back."""

_NEW = ("resident_id", "idea_id", "reply_id", "theme_reply_id", "act", "created_at", "due_at")
_AUTHOR, _SUPPORTER, _FOLLOWER = range(3)


def _everybody_of(answered: Subquery) -> Subquery:
    """Authors, supporters and followers of those ideas, with what an idea is to them."""
    named = answered.c.idea, answered.c.reply
    return union_all(
        select(ideas.c.author_id.label("person"), literal(_AUTHOR).label("part"), *named)
        .join(answered, answered.c.idea == ideas.c.id)
        .where(ideas.c.author_id.is_not(None)),
        select(supports.c.resident_id, literal(_SUPPORTER), *named).join(
            answered, answered.c.idea == supports.c.idea_id
        ),
        select(follows.c.resident_id, literal(_FOLLOWER), *named).join(
            answered, answered.c.idea == follows.c.idea_id
        ),
    ).subquery("everybody")


def _hearing(those: ColumnElement[bool], reply: Any, *more: ColumnElement[bool]) -> Insert:  # noqa: ANN401
    """Let each person hear of it with one idea, of which their own go before those that they support."""
    answered = select(replies.c.idea_id.label("idea"), replies.c.id.label("reply")).where(those)
    everybody = _everybody_of(answered.subquery("answered"))
    nearest = func.row_number().over(
        partition_by=everybody.c.person, order_by=(everybody.c.part, everybody.c.idea)
    )
    ranked = select(everybody, nearest.label("nth")).subquery("ranked")
    person = residents.c.id, ranked.c.idea, ranked.c.reply if reply is None else reply
    rows = (
        select(*person, THEME_REPLY, _ACT, NOW, when)
        .select_from(ranked.join(residents, residents.c.id == ranked.c.person))
        .where(ranked.c.nth == 1, listens, *more)
    )
    return insert_new(notices).from_select(_NEW, rows)


def _waits(those: ColumnElement[bool], act: ReplyAct) -> ColumnElement[bool]:
    """Whether the person has not yet heard of an answer that this is about."""
    return exists().where(notices.c.resident_id == residents.c.id, those, notices.c.act == act)


_is_reply, _is_of_theme_reply = replies.c.id == REPLY, replies.c.theme_reply_id == THEME_REPLY
_of_reply, _of_theme_reply = notices.c.reply_id == REPLY, notices.c.theme_reply_id == THEME_REPLY

OF_REPLY = _hearing(_is_reply, None)
OF_THEME_REPLY = _hearing(_is_of_theme_reply, None)
# Who has not heard of the answer does not hear that it is gone.
OF_REPLY_TAKEN_BACK = _hearing(_is_reply, null(), ~_waits(_of_reply, ReplyAct.SAID))
OF_THEME_REPLY_TAKEN_BACK = _hearing(_is_of_theme_reply, null(), ~_waits(_of_theme_reply, ReplyAct.SAID))

# Who has not heard of a correction that is undone hears of neither.
_is_earlier_correction = and_(notices.c.act == ReplyAct.CORRECTED, notices.c.created_at < NOW)
LEAVE_CORRECTION = delete(notices).where(_of_reply, _is_earlier_correction)
LEAVE_THEME_CORRECTION = delete(notices).where(_of_theme_reply, _is_earlier_correction)
# Who waits for a correction has heard of the answer: that it is gone takes the place of the correction.
LEAVE_THEME_CORRECTIONS = delete(notices).where(_of_theme_reply, notices.c.act == ReplyAct.CORRECTED)


def _reached(answered: Select[Any]) -> Select[Any]:
    everybody = _everybody_of(answered.subquery("answered"))
    return (
        select(func.count(everybody.c.person.distinct()))
        .select_from(everybody.join(residents, residents.c.id == everybody.c.person))
        .where(listens, residents.c.unreachable_at.is_(None))
    )


_of_theme = (
    select(ideas.c.id.label("idea"), literal(0).label("reply"))
    .join(theme_members, theme_members.c.idea_id == ideas.c.id)
    .where(theme_members.c.theme_id == THEME, is_published)
)
PEOPLE_OF_THEME = _reached(_of_theme)
PEOPLE_OF_THEME_REPLY = _reached(
    select(replies.c.idea_id.label("idea"), literal(0).label("reply")).where(_is_of_theme_reply)
)
IDEAS_OF_THEME = select(func.count()).select_from(_of_theme.subquery())
