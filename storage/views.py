"""Ideas as cards and pages show them: with theme, supports and photos around them."""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Row,
    ScalarSelect,
    Select,
    Text,
    and_,
    cast,
    exists,
    func,
    literal_column,
    or_,
    select,
)

from cocreation.ideas.comment import CommentState
from cocreation.ideas.idea import Idea, IdeaState, IdeaView, Place, Source, WordsOf
from cocreation.ideas.ids import (
    ChatId,
    IdeaId,
    Language,
    MediaId,
    MessageId,
    ReplyPhotoId,
    ResidentId,
    ThemeId,
    Token,
)
from cocreation.ideas.media import MediaKind, MediaState
from cocreation.ideas.messages import WELCOME
from cocreation.ideas.reply import Status
from cocreation.ideas.theme import IdeaText
from storage.schema import (
    comments,
    ideas,
    media,
    outbox,
    replies,
    residents,
    shown,
    supports,
    theme_members,
    themes,
)

IDEA_COLUMNS = (
    ideas.c.id,
    ideas.c.token,
    ideas.c.author_id,
    ideas.c.text,
    ideas.c.language,
    ideas.c.latitude,
    ideas.c.longitude,
    ideas.c.place,
    ideas.c.state,
    ideas.c.source,
    ideas.c.created_at,
    ideas.c.edited_at,
    ideas.c.withdrawn_at,
    ideas.c.is_anonymous,
    ideas.c.words_of,
    ideas.c.status,
    ideas.c.chat_id,
    ideas.c.message_id,
)

in_shown_theme = and_(
    themes.c.id == theme_members.c.theme_id, themes.c.is_current == 1, themes.c.is_hidden == 0
)
"""A theme that a facilitator has hidden is none for whoever reads; its ideas look like those without one."""

shown_label = func.coalesce(themes.c.given_label, themes.c.label)
"""A facilitator's name wins."""

is_published = ideas.c.state == IdeaState.PUBLISHED

sizes = (
    select(theme_members.c.theme_id, func.count().label("size"))
    .join(ideas, and_(ideas.c.id == theme_members.c.idea_id, is_published))
    .group_by(theme_members.c.theme_id)
    .subquery("sizes")
)
"""Published ideas per theme, for reading all of them at once."""


def is_unseen(of: FromClause) -> ColumnElement[bool]:
    """In the words of the index on it: ideas that are hidden, withdrawn or drafts."""
    return of.c.state != literal_column(f"'{IdeaState.PUBLISHED}'")


supports_of_idea = (
    select(func.count()).where(supports.c.idea_id == ideas.c.id).correlate(ideas).scalar_subquery()
)


def _size_of_theme() -> ColumnElement[int]:
    """The same for one theme, which is faster for a handful of ideas."""
    member, other, peer = theme_members.alias("member"), theme_members.alias("other"), ideas.alias("peer")
    all_of_them = select(func.count()).where(member.c.theme_id == themes.c.id)
    # Those are few, and found by their state; looking at each member's idea takes ten times as long.
    unseen = (
        select(func.count())
        .select_from(peer.join(other, other.c.idea_id == peer.c.id + 0))
        .where(is_unseen(peer), other.c.theme_id == themes.c.id)
    )
    return all_of_them.correlate(themes).scalar_subquery() - unseen.correlate(themes).scalar_subquery()


_photos = (
    select(func.aggregate_strings(cast(media.c.id, Text), ","))
    .where(
        media.c.idea_id == ideas.c.id,
        media.c.kind == MediaKind.PHOTO,
        media.c.state != MediaState.REFUSED,
    )
    .correlate(ideas)
    .scalar_subquery()
)
_has_voice = exists().where(media.c.idea_id == ideas.c.id, media.c.kind == MediaKind.VOICE).correlate(ideas)
comments_of_idea = (
    select(func.count())
    .where(comments.c.idea_id == ideas.c.id, comments.c.state == CommentState.PUBLISHED)
    .correlate(ideas)
    .scalar_subquery()
)
_pseudonym = (
    select(residents.c.pseudonym)
    .where(residents.c.id == ideas.c.author_id, ideas.c.is_anonymous == 0)
    .correlate(ideas)
    .scalar_subquery()
)


def _of_latest_reply(column: Column[Any]) -> ScalarSelect[Any]:
    return (
        select(column)
        .where(replies.c.idea_id == ideas.c.id)
        .order_by(replies.c.id.desc())
        .limit(1)
        .correlate(ideas)
        .scalar_subquery()
    )


_earlier = ideas.alias("earlier")
_has_earlier = (
    exists().where(_earlier.c.author_id == ideas.c.author_id, _earlier.c.id < ideas.c.id).correlate(ideas)
)
_chat_of_author = (
    select(residents.c.telegram_id)
    .where(residents.c.id == ideas.c.author_id)
    .correlate(ideas)
    .scalar_subquery()
)
_was_welcomed = or_(
    *(
        exists().where(where.c.slot == WELCOME, where.c.chat_id == _chat_of_author).correlate(ideas)
        for where in (shown, outbox)
    )
)
_is_first = and_(~_has_earlier, ~_was_welcomed)
_AROUND = (
    *IDEA_COLUMNS,
    themes.c.id.label("theme_id"),
    shown_label.label("theme_label"),
    supports_of_idea.label("supports"),
    _photos.label("photos"),
    _is_first.label("is_first"),
    _pseudonym.label("pseudonym"),
    comments_of_idea.label("comments"),
    _has_voice.label("has_voice"),
    _of_latest_reply(replies.c.text).label("reply"),
    _of_latest_reply(replies.c.corrected_at).label("reply_corrected_at"),
    _of_latest_reply(replies.c.photo_id).label("reply_photo"),
)
# One after the other: a join within the join SQLite would make up whole, for all ideas, each time.
_WITH_THEME = ideas.outerjoin(theme_members, theme_members.c.idea_id == ideas.c.id).outerjoin(
    themes, in_shown_theme
)

SOME_VIEWS: Select[Any] = select(*_AROUND, _size_of_theme().label("theme_size")).select_from(_WITH_THEME)
ALL_VIEWS: Select[Any] = select(*_AROUND, sizes.c.size.label("theme_size")).select_from(
    _WITH_THEME.outerjoin(sizes, sizes.c.theme_id == themes.c.id)
)


def idea_of(row: Row[*tuple[Any, ...]]) -> Idea:
    """The idea in a row with IDEA_COLUMNS."""
    return Idea(
        id=IdeaId(row.id),
        token=Token(row.token),
        author=None if row.author_id is None else ResidentId(row.author_id),
        text=row.text,
        language=None if row.language is None else Language(row.language),
        place=_place_of(row),
        state=IdeaState(row.state),
        source=Source(row.source),
        created_at=row.created_at,
        edited_at=row.edited_at,
        withdrawn_at=row.withdrawn_at,
        is_anonymous=bool(row.is_anonymous),
        words_of=WordsOf(row.words_of),
        status=None if row.status is None else Status(row.status),
        chat=None if row.chat_id is None else ChatId(row.chat_id),
        message=None if row.message_id is None else MessageId(row.message_id),
    )


def idea_text_of(row: Any) -> IdeaText:  # noqa: ANN401 - a row
    """What programs read of an idea, in a row with its id, text and language."""
    return IdeaText(IdeaId(row.id), row.text, None if row.language is None else Language(row.language))


def view_of(row: Row[*tuple[Any, ...]]) -> IdeaView:
    """The idea and what is around it, in a row of SOME_VIEWS or ALL_VIEWS."""
    photos = sorted(int(photo) for photo in row.photos.split(",")) if row.photos else []
    return IdeaView(
        idea=idea_of(row),
        theme=None if row.theme_id is None else ThemeId(row.theme_id),
        theme_label=row.theme_label,
        theme_size=row.theme_size or 0,
        supports=row.supports,
        is_first=row.author_id is not None and bool(row.is_first),
        photos=tuple(MediaId(photo) for photo in photos),
        pseudonym=row.pseudonym,
        comments=row.comments,
        has_voice=bool(row.has_voice),
        reply=row.reply,
        reply_corrected_at=row.reply_corrected_at,
        reply_photo=None if row.reply_photo is None else ReplyPhotoId(row.reply_photo),
    )


def _place_of(row: Row[*tuple[Any, ...]]) -> Place | None:
    if row.latitude is None and row.place is None:
        return None
    return Place(row.latitude, row.longitude, row.place)
