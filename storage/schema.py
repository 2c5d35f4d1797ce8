"""The tables. Constraints carry the rules; times are aware UTC, kept as sortable ISO text in SQLite."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    DDL,
    REAL,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    and_,
    event,
    or_,
    text,
)

VERSION = "0004"
"""The migration that makes this schema; a test holds it to the newest one."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime as ISO 8601 text of fixed width, so that text order is time order."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime reached the database")
        return value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


Part = Column[Any] | CheckConstraint | UniqueConstraint | Index | PrimaryKeyConstraint


def _table(name: str, *parts: Part) -> Table:
    # Ids stand in buttons and links that outlive their row, and tell what is new: none is given twice.
    counts_up = any(isinstance(part, Column) and part.name == "id" for part in parts)
    return Table(name, metadata, *parts, sqlite_strict=True, sqlite_autoincrement=counts_up)


residents = _table(
    "residents",
    Column("id", Integer, primary_key=True),
    Column("telegram_id", Integer, unique=True),
    Column("external_id", Text, unique=True),
    Column("language", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("unreachable_at", UtcDateTime),
    Column("pseudonym", Text),
    Column("notices", Text, nullable=False, server_default="all"),
    Column("quiet_from", Integer, server_default="21"),
    Column("quiet_until", Integer, server_default="8"),
    Column("noticed_at", UtcDateTime),
    Column("near_latitude", REAL),
    Column("near_longitude", REAL),
    Index("uq_residents_pseudonym", "pseudonym", unique=True),
)

processes = _table(
    "processes",
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("goal", Text),
    Column(
        "state",
        Text,
        CheckConstraint("state IN ('open', 'paused', 'closed', 'archived')", name="state"),
        nullable=False,
        server_default="open",
    ),
    Column("opens_at", UtcDateTime),
    Column("closes_at", UtcDateTime),
    # Whether something happens by itself when that moment comes.
    Column("opening_waits", Integer, nullable=False, server_default="0"),
    Column("closing_waits", Integer, nullable=False, server_default="0"),
)
Index("ix_processes_opening", processes.c.opens_at, sqlite_where=processes.c.opening_waits == 1)
Index("ix_processes_closing", processes.c.closes_at, sqlite_where=processes.c.closing_waits == 1)

process_phases = _table(
    "process_phases",
    Column("id", Integer, primary_key=True),
    Column("process_id", Integer, ForeignKey("processes.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("starts_at", UtcDateTime),
    Column("ends_at", UtcDateTime),
    CheckConstraint("kind IN ('collect', 'discuss', 'vote', 'allocate', 'answer')", name="kind"),
)

process_changes = _table(
    "process_changes",
    Column("id", Integer, primary_key=True),
    Column("process_id", Integer, ForeignKey("processes.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("was", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
)

ideas = _table(
    "ideas",
    Column("id", Integer, primary_key=True),
    Column("token", Text, nullable=False, unique=True),
    Column("author_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("process_id", Integer, ForeignKey("processes.id", ondelete="SET NULL")),
    Column("text", Text, nullable=False),
    Column("language", Text),
    Column("latitude", REAL),
    Column("longitude", REAL),
    Column("place", Text),
    Column("state", Text, nullable=False, server_default="published"),
    Column("source", Text, nullable=False),
    Column("external_id", Text),
    Column("chat_id", Integer),
    Column("message_id", Integer),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("edited_at", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    Column("touched_at", UtcDateTime, nullable=False, index=True),
    Column("is_anonymous", Integer, nullable=False, server_default="0"),
    Column("words_of", Text, nullable=False, server_default="author"),
    Column("status", Text, index=True),
    Column("support_count", Integer, nullable=False, server_default="0"),
    UniqueConstraint("source", "external_id"),
    UniqueConstraint("chat_id", "message_id"),
    CheckConstraint("state IN ('draft', 'published', 'hidden', 'withdrawn')", name="state"),
    CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="place"),
    # The state does not lead, or SQLite would take it for a good way to find a few ideas.
    Index("ix_ideas_most_supported", "support_count", "id", "state", "status"),
    # When somebody wrote for the first time is read from it alone, for all people at once.
    Index("ix_ideas_first_of_author", "author_id", "created_at", "state"),
    Index("ix_ideas_placed", "latitude", "longitude", "state", sqlite_where=text("latitude IS NOT NULL")),
    Index("ix_ideas_unseen", "state", sqlite_where=text("state != 'published'")),
)

idea_versions = _table(
    "idea_versions",
    Column("id", Integer, primary_key=True),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("replaced_at", UtcDateTime, nullable=False),
)

idea_messages = _table(
    "idea_messages",
    Column("chat_id", Integer, nullable=False),
    Column("message_id", Integer, nullable=False),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("album", Text),
    PrimaryKeyConstraint("chat_id", "message_id"),
    Index("ix_idea_messages_chat_id_album", "chat_id", "album"),
)

idea_vectors = _table(
    "idea_vectors",
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True),
    Column("encoder", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
)

duplicates = _table(
    "duplicates",
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True),
    Column("of_idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("likeness", REAL, nullable=False),
    CheckConstraint("idea_id != of_idea_id", name="two_ideas"),
)

media = _table(
    "media",
    Column("id", Integer, primary_key=True),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("file_id", Text, nullable=False),
    Column("unique_id", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", UtcDateTime, nullable=False),
    Column("path", Text),
    Column("size", Integer),
    Column("refusal", Text),
    Column("seconds", Integer),
    Column("message_id", Integer),
    UniqueConstraint("idea_id", "unique_id"),
    CheckConstraint("state IN ('waiting', 'stored', 'refused')", name="state"),
)

supports = _table(
    "supports",
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False),
    Column(
        "resident_id", Integer, ForeignKey("residents.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    PrimaryKeyConstraint("idea_id", "resident_id"),
)

follows = _table(
    "follows",
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False),
    Column(
        "resident_id", Integer, ForeignKey("residents.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("created_at", UtcDateTime, nullable=False),
    PrimaryKeyConstraint("idea_id", "resident_id"),
)

look_alikes = _table(
    "look_alikes",
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False),
    Column("other_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("likeness", REAL, nullable=False),
    PrimaryKeyConstraint("idea_id", "other_id"),
    CheckConstraint("idea_id != other_id", name="two_ideas"),
)

comments = _table(
    "comments",
    Column("id", Integer, primary_key=True),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("answers_id", Integer, ForeignKey("comments.id", ondelete="SET NULL"), index=True),
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="published"),
    Column("chat_id", Integer),
    Column("message_id", Integer),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("edited_at", UtcDateTime, index=True),
    Column("withdrawn_at", UtcDateTime),
    UniqueConstraint("chat_id", "message_id"),
    CheckConstraint("state IN ('published', 'hidden', 'withdrawn')", name="state"),
)

reply_photos = _table(
    "reply_photos",
    Column("id", Integer, primary_key=True),
    Column("file_id", Text, nullable=False),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", UtcDateTime, nullable=False),
    Column("path", Text),
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("state IN ('waiting', 'stored', 'refused')", name="state"),
)
Index("ix_reply_photos_waiting", reply_photos.c.due_at, sqlite_where=reply_photos.c.state == "waiting")

theme_replies = _table(
    "theme_replies",
    Column("id", Integer, primary_key=True),
    Column("theme_id", Integer, ForeignKey("themes.id", ondelete="SET NULL"), index=True),
    Column("status", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("photo_id", Integer, ForeignKey("reply_photos.id", ondelete="SET NULL"), index=True),
    Column("by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("corrected_at", UtcDateTime),
    Column("taken_back_at", UtcDateTime),
    Column("taken_back_by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    CheckConstraint("status IN ('received', 'under_review', 'planned', 'done', 'not_now')", name="status"),
)

replies = _table(
    "replies",
    Column("id", Integer, primary_key=True),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("status", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    Column("theme_reply_id", Integer, ForeignKey("theme_replies.id", ondelete="SET NULL"), index=True),
    Column("photo_id", Integer, ForeignKey("reply_photos.id", ondelete="SET NULL"), index=True),
    Column("corrected_at", UtcDateTime),
    CheckConstraint("status IN ('received', 'under_review', 'planned', 'done', 'not_now')", name="status"),
)

reply_versions = _table(
    "reply_versions",
    Column("id", Integer, primary_key=True),
    Column("reply_id", Integer, ForeignKey("replies.id", ondelete="CASCADE"), index=True),
    Column("theme_reply_id", Integer, ForeignKey("theme_replies.id", ondelete="CASCADE"), index=True),
    Column("came_from_id", Integer, ForeignKey("theme_replies.id", ondelete="SET NULL"), index=True),
    Column("status", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("photo_id", Integer, ForeignKey("reply_photos.id", ondelete="SET NULL"), index=True),
    Column("corrected_at", UtcDateTime),
    Column("replaced_by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("replaced_at", UtcDateTime, nullable=False),
    CheckConstraint("(reply_id IS NULL) != (theme_reply_id IS NULL)", name="one_thing"),
)

taken_back_replies = _table(
    "taken_back_replies",
    Column("id", Integer, primary_key=True),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("status", Text, nullable=False),
    Column("said_at", UtcDateTime, nullable=False),
    Column("taken_back_at", UtcDateTime, nullable=False),
    Column("taken_back_by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
)

reply_templates = _table(
    "reply_templates",
    Column("id", Integer, primary_key=True),
    Column("status", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("removed_at", UtcDateTime),
    CheckConstraint("status IN ('received', 'under_review', 'planned', 'done', 'not_now')", name="status"),
)

stale_cards = _table(
    "stale_cards",
    Column(
        "idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
)

reports = _table(
    "reports",
    Column("id", Integer, primary_key=True),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), index=True),
    Column("comment_id", Integer, ForeignKey("comments.id", ondelete="CASCADE"), index=True),
    Column("reporter_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("reason", Text),
    Column("created_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime),
    Column("settled_by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("hidden_from", Text),
    UniqueConstraint("idea_id", "reporter_id"),
    UniqueConstraint("comment_id", "reporter_id"),
    CheckConstraint("(idea_id IS NULL) != (comment_id IS NULL)", name="one_thing"),
)

moderation_cases = _table(
    "moderation_cases",
    Column("id", Integer, primary_key=True),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), index=True),
    Column("comment_id", Integer, ForeignKey("comments.id", ondelete="CASCADE"), index=True),
    Column("signs", Text, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("asked_at", UtcDateTime),
    Column("settled_at", UtcDateTime),
    CheckConstraint("idea_id IS NULL OR comment_id IS NULL", name="one_thing"),
    Index("uq_moderation_cases_idea", "idea_id", unique=True, sqlite_where=text("settled_at IS NULL")),
    Index("uq_moderation_cases_comment", "comment_id", unique=True, sqlite_where=text("settled_at IS NULL")),
    Index("ix_moderation_cases_waiting", "opened_at", "asked_at", sqlite_where=text("settled_at IS NULL")),
)

burst_ideas = _table(
    "burst_ideas",
    Column("case_id", Integer, ForeignKey("moderation_cases.id", ondelete="CASCADE"), nullable=False),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False, index=True),
    PrimaryKeyConstraint("case_id", "idea_id"),
)

moderation_acts = _table(
    "moderation_acts",
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="SET NULL"), index=True),
    Column("comment_id", Integer, ForeignKey("comments.id", ondelete="SET NULL"), index=True),
    Column("case_id", Integer, ForeignKey("moderation_cases.id", ondelete="SET NULL"), index=True),
    Column("person_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("reason", Text),
    Column("was", Text),
    Column("until", UtcDateTime),
    Column("answers_id", Integer, ForeignKey("moderation_acts.id", ondelete="SET NULL"), unique=True),
    Column("happened_at", UtcDateTime, nullable=False, index=True),
    Column("undone_at", UtcDateTime),
    Column("undone_by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    CheckConstraint(
        "kind IN ('keep', 'hide', 'hold', 'uphold', 'restore', 'ask', 'answer', 'object', 'warn', 'block', "
        "'lift')",
        name="kind",
    ),
    CheckConstraint("what IN ('idea', 'comment', 'person')", name="what"),
)

moderation_words = _table(
    "moderation_words",
    Column(
        "act_id",
        Integer,
        ForeignKey("moderation_acts.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("text", Text, nullable=False),
    Column("about_id", Integer, ForeignKey("residents.id", ondelete="CASCADE"), index=True),
    Column("by_id", Integer, ForeignKey("residents.id", ondelete="CASCADE"), index=True),
)

blocks = _table(
    "blocks",
    Column(
        "resident_id",
        Integer,
        ForeignKey("residents.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("act_id", Integer, ForeignKey("moderation_acts.id", ondelete="SET NULL"), index=True),
    Column("reason", Text, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

notices = _table(
    "notices",
    Column("id", Integer, primary_key=True),
    Column("resident_id", Integer, ForeignKey("residents.id", ondelete="CASCADE"), nullable=False),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("reply_id", Integer, ForeignKey("replies.id", ondelete="CASCADE"), index=True),
    Column("theme_reply_id", Integer, ForeignKey("theme_replies.id", ondelete="CASCADE"), index=True),
    Column("comment_id", Integer, ForeignKey("comments.id", ondelete="CASCADE"), index=True),
    Column("act", Text, nullable=False, server_default="said"),
    Column("created_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, index=True),
    UniqueConstraint("resident_id", "reply_id"),
    UniqueConstraint("resident_id", "theme_reply_id"),
    UniqueConstraint("resident_id", "comment_id"),
    CheckConstraint("act IN ('said', 'corrected', 'taken_back')", name="act"),
    CheckConstraint("(comment_id IS NULL) != (reply_id IS NULL AND act != 'taken_back')", name="one_thing"),
)

conversations = _table(
    "conversations",
    Column("chat_id", Integer, primary_key=True, autoincrement=False),
    Column("step", Text, nullable=False),
    Column("subject", Integer),
    Column("words", Text),
    Column("since", UtcDateTime, nullable=False),
)

groups = _table(
    "groups",
    Column("chat_id", Integer, primary_key=True, autoincrement=False),
    Column("language", Text),
    Column("moved_to", Integer),
    Column("joined_at", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime),
)

offers = _table(
    "offers",
    Column("id", Integer, primary_key=True),
    Column("chat_id", Integer, nullable=False),
    Column("message_id", Integer, nullable=False),
    Column("thread", Integer),
    Column("author_telegram_id", Integer, nullable=False, index=True),
    Column("asker_telegram_id", Integer, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False, index=True),
    UniqueConstraint("chat_id", "message_id"),
)

facilitators = _table(
    "facilitators",
    Column("id", Integer, primary_key=True),
    Column(
        "resident_id", Integer, ForeignKey("residents.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("process_id", Integer, ForeignKey("processes.id", ondelete="CASCADE"), index=True),
    Column("since", UtcDateTime, nullable=False),
    Column("by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("ended_at", UtcDateTime),
    Column("ended_by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    CheckConstraint("role IN ('administrator', 'facilitator')", name="role"),
    CheckConstraint("role = 'facilitator' OR process_id IS NULL", name="charge"),
)

invitations = _table(
    "invitations",
    Column("id", Integer, primary_key=True),
    Column("token", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("process_id", Integer, ForeignKey("processes.id", ondelete="CASCADE"), index=True),
    Column("by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("used_by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("withdrawn_at", UtcDateTime),
    CheckConstraint("role IN ('administrator', 'facilitator')", name="role"),
    CheckConstraint("role = 'facilitator' OR process_id IS NULL", name="charge"),
)
# One charge of a kind a person: what ended stays, to say who had it when.
Index(
    "uq_facilitators_of_town",
    facilitators.c.resident_id,
    unique=True,
    sqlite_where=text("ended_at IS NULL AND process_id IS NULL"),
)
Index(
    "uq_facilitators_of_process",
    facilitators.c.resident_id,
    facilitators.c.process_id,
    unique=True,
    sqlite_where=text("ended_at IS NULL AND process_id IS NOT NULL"),
)

setting_changes = _table(
    "setting_changes",
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    Column("old", Text),
    Column("new", Text),
    Column("by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("changed_at", UtcDateTime, nullable=False),
)

exports = _table(
    "exports",
    Column(
        "resident_id",
        Integer,
        ForeignKey("residents.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("made_at", UtcDateTime),
)

town_exports = _table(
    "town_exports",
    Column("id", Integer, primary_key=True),
    Column("chat_id", Integer, nullable=False),
    Column("thread", Integer),
    Column("language", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("period_start", UtcDateTime),
    Column("period_end", UtcDateTime),
    # Not keys: what is gone by the time the file is made leaves it empty, not larger.
    Column("theme_id", Integer),
    Column("process_id", Integer),
    Column("asked_at", UtcDateTime, nullable=False),
    CheckConstraint("format IN ('xlsx', 'csv', 'jsonl', 'zip')", name="format"),
)

digest_files = _table(
    "digest_files",
    Column("id", Integer, primary_key=True),
    Column("chat_id", Integer, nullable=False),
    Column("thread", Integer),
    Column("language", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("period_start", UtcDateTime, nullable=False),
    Column("period_end", UtcDateTime, nullable=False),
    Column("is_open", Integer, nullable=False),
    Column("is_asked", Integer, nullable=False),
    Column("wanted_at", UtcDateTime, nullable=False),
    CheckConstraint("format = 'png'", name="format"),
)

erasures = _table(
    "erasures",
    Column("id", Integer, primary_key=True),
    Column("chat_id", Integer),
    Column("files", Text, nullable=False),
    Column("in_themes", Integer, nullable=False),
    Column("erased_at", UtcDateTime, nullable=False, index=True),
)

themes = _table(
    "themes",
    Column("id", Integer, primary_key=True),
    Column("label", Text, nullable=False),
    Column("keywords", Text, nullable=False),
    Column("is_current", Integer, nullable=False, server_default="1"),
    Column("born_at", UtcDateTime, nullable=False),
    Column("given_label", Text),
    Column("keywords_of", Text, nullable=False, server_default="{}"),
    Column("x", REAL),
    Column("y", REAL),
    Column("colour", Integer, nullable=False, server_default="0"),
    Column("is_hidden", Integer, nullable=False, server_default="0"),
    Column("parent_id", Integer, ForeignKey("themes.id", ondelete="CASCADE"), index=True),
    Column("faded_at", UtcDateTime),
)

theme_members = _table(
    "theme_members",
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True),
    Column("theme_id", Integer, ForeignKey("themes.id", ondelete="CASCADE"), nullable=False),
    Column("score", REAL, nullable=False),
    Column("is_quote", Integer, nullable=False, server_default="0"),
    Column("part_id", Integer, ForeignKey("themes.id", ondelete="SET NULL"), index=True),
    Index("ix_theme_members_theme_id_score", "theme_id", "score"),
)

faded_members = _table(
    "faded_members",
    Column("theme_id", Integer, ForeignKey("themes.id", ondelete="CASCADE"), nullable=False),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False, index=True),
    PrimaryKeyConstraint("theme_id", "idea_id"),
)

theme_runs = _table(
    "theme_runs",
    Column("id", Integer, primary_key=True),
    Column("finished_at", UtcDateTime, nullable=False),
    Column("ideas", Integer, nullable=False),
    Column("themes", Integer, nullable=False),
    Column("last_idea_id", Integer, nullable=False),
)

theme_events = _table(
    "theme_events",
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("theme_runs.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("theme_id", Integer, ForeignKey("themes.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("other_theme_id", Integer, ForeignKey("themes.id", ondelete="SET NULL")),
    Column("ideas", Integer, nullable=False),
    Column("happened_at", UtcDateTime, nullable=False, index=True),
    CheckConstraint("kind IN ('born', 'grew', 'split', 'merged', 'faded', 'revived')", name="kind"),
)

theme_decisions = _table(
    "theme_decisions",
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("theme_id", Integer, ForeignKey("themes.id", ondelete="CASCADE"), index=True),
    Column("other_theme_id", Integer, ForeignKey("themes.id", ondelete="CASCADE"), index=True),
    Column("label", Text),
    Column("undone_at", UtcDateTime),
    Column("undone_by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    CheckConstraint("kind IN ('rename', 'merge', 'split', 'pin', 'hide', 'move')", name="kind"),
)

decision_holds = _table(
    "decision_holds",
    Column("decision_id", Integer, ForeignKey("theme_decisions.id", ondelete="CASCADE"), nullable=False),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("theme_id", Integer, ForeignKey("themes.id", ondelete="CASCADE")),
    Column("from_theme_id", Integer, ForeignKey("themes.id", ondelete="SET NULL")),
    PrimaryKeyConstraint("decision_id", "idea_id"),
)

digests = _table(
    "digests",
    Column("id", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("period_start", UtcDateTime, nullable=False),
    Column("period_end", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("digest", "period_end"),
)

inbox = _table(
    "inbox",
    Column("id", Integer, primary_key=True),
    Column("bot_id", Integer, nullable=False),
    Column("update_id", Integer, nullable=False),
    Column("chat_id", Integer, nullable=False),
    Column("payload", Text),
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("received_at", UtcDateTime, nullable=False, index=True),
    UniqueConstraint("bot_id", "update_id"),
    CheckConstraint("state IN ('waiting', 'done', 'dead')", name="state"),
)
Index("ix_media_waiting", media.c.due_at, media.c.id, sqlite_where=media.c.state == "waiting")
Index("ix_inbox_waiting", inbox.c.id, sqlite_where=inbox.c.state == "waiting")

outbox = _table(
    "outbox",
    Column("id", Integer, primary_key=True),
    Column("chat_id", Integer, nullable=False, index=True),
    Column("slot", Text),
    Column("priority", Integer, nullable=False),
    Column("post", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", UtcDateTime, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

shown = _table(
    "shown",
    Column("chat_id", Integer, nullable=False),
    Column("slot", Text, nullable=False),
    Column("message_id", Integer, nullable=False),
    PrimaryKeyConstraint("chat_id", "slot"),
)
is_open_card = or_(
    and_(shown.c.slot >= "card:", shown.c.slot < "card;"),
    and_(shown.c.slot >= "comment:", shown.c.slot < "comment;"),
    and_(shown.c.slot >= "comments:", shown.c.slot < "comments;"),
    and_(shown.c.slot >= "news:", shown.c.slot < "news;"),
)
"""A card, a comment, the thread or news of an idea, mostly in the chat of somebody else: ';' comes right
after ':'."""
Index("ix_shown_open_cards", shown.c.slot, sqlite_where=is_open_card)

dead_letters = _table(
    "dead_letters",
    Column("id", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    Column("chat_id", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    CheckConstraint("origin IN ('inbox', 'outbox')", name="origin"),
)

frame_looks = _table(
    "frame_looks",
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Text, nullable=False),
)

frame_goals = _table(
    "frame_goals",
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), nullable=False),
    Column("frame", Text, nullable=False),
    Column("goal", Text, nullable=False),
    Column("score", REAL, nullable=False),
    Column("words", Text, nullable=False),
    PrimaryKeyConstraint("idea_id", "frame", "goal"),
    Index("ix_frame_goals_frame_goal", "frame", "goal"),
)

frame_marks = _table(
    "frame_marks",
    Column("id", Integer, primary_key=True),
    Column("frame", Text, nullable=False),
    Column("idea_id", Integer, ForeignKey("ideas.id", ondelete="CASCADE"), index=True),
    Column("theme_id", Integer, ForeignKey("themes.id", ondelete="CASCADE"), index=True),
    Column("goal", Text),
    Column("other_goal", Text),
    Column("by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    Column("marked_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("undone_by_id", Integer, ForeignKey("residents.id", ondelete="SET NULL"), index=True),
    CheckConstraint("(idea_id IS NULL) != (theme_id IS NULL)", name="one_thing"),
    CheckConstraint("other_goal IS NULL OR (goal IS NOT NULL AND goal != other_goal)", name="two_goals"),
    Index("ix_frame_marks_frame", "frame"),
)

facts = _table(
    "facts",
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

SEARCH = (
    "CREATE VIRTUAL TABLE idea_words USING fts5(text, content='ideas', content_rowid='id', prefix='2 3', "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER idea_words_added AFTER INSERT ON ideas BEGIN "
    "INSERT INTO idea_words (rowid, text) VALUES (new.id, new.text); END",
    "CREATE TRIGGER idea_words_gone AFTER DELETE ON ideas BEGIN "
    "INSERT INTO idea_words (idea_words, rowid, text) VALUES ('delete', old.id, old.text); END",
    "CREATE TRIGGER idea_words_changed AFTER UPDATE OF text ON ideas BEGIN "
    "INSERT INTO idea_words (idea_words, rowid, text) VALUES ('delete', old.id, old.text); "
    "INSERT INTO idea_words (rowid, text) VALUES (new.id, new.text); END",
)
"""What the full-text search looks in; the database itself keeps it in step with the ideas."""

SUPPORT = (
    "CREATE TRIGGER supports_never_own BEFORE INSERT ON supports "
    "WHEN new.resident_id = (SELECT author_id FROM ideas WHERE id = new.idea_id) BEGIN "
    "SELECT RAISE(ABORT, 'nobody supports an idea of their own'); END",
    "CREATE TRIGGER supports_added AFTER INSERT ON supports BEGIN "
    "UPDATE ideas SET support_count = support_count + 1 WHERE id = new.idea_id; END",
    "CREATE TRIGGER supports_gone AFTER DELETE ON supports BEGIN "
    "UPDATE ideas SET support_count = support_count - 1 WHERE id = old.idea_id; END",
)
"""Nobody supports their own idea, and the most supported are found without counting all supports."""

for statement in (*SEARCH, *SUPPORT):
    event.listen(metadata, "after_create", DDL(statement).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
