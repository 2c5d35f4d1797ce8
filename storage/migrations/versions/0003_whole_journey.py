"""A resident's whole journey: parts of ideas, comments, replies, notices, search, groups."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.parts import index, points_to
from storage.schema import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _people()
    _ideas()
    _neighbours()
    _comments()
    _hearing_back()
    _chats()
    _own_data()
    _search()
    _supports()


def _people() -> None:
    for column in (
        sa.Column("pseudonym", sa.Text(), nullable=True),
        sa.Column("notices", sa.Text(), server_default="all", nullable=False),
        sa.Column("quiet_from", sa.Integer(), server_default="21", nullable=True),
        sa.Column("quiet_until", sa.Integer(), server_default="8", nullable=True),
        sa.Column("noticed_at", UtcDateTime(), nullable=True),
        sa.Column("near_latitude", sa.REAL(), nullable=True),
        sa.Column("near_longitude", sa.REAL(), nullable=True),
    ):
        op.add_column("residents", column)
    op.create_index("uq_residents_pseudonym", "residents", ["pseudonym"], unique=True)


def _ideas() -> None:
    for column in (
        sa.Column("is_anonymous", sa.Integer(), server_default="0", nullable=False),
        sa.Column("words_of", sa.Text(), server_default="author", nullable=False),
        sa.Column("status", sa.Text(), nullable=True),
    ):
        op.add_column("ideas", column)
    index("ideas", "status")
    op.add_column("ideas", sa.Column("support_count", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_ideas_most_supported", "ideas", ["support_count", "id", "state", "status"])
    op.create_index(
        "ix_ideas_placed",
        "ideas",
        ["latitude", "longitude", "state"],
        sqlite_where=sa.text("latitude IS NOT NULL"),
    )
    op.create_index("ix_media_waiting", "media", ["due_at", "id"], sqlite_where=sa.text("state = 'waiting'"))
    op.create_index("ix_ideas_unseen", "ideas", ["state"], sqlite_where=sa.text("state != 'published'"))
    op.add_column("media", sa.Column("seconds", sa.Integer(), nullable=True))
    op.add_column("media", sa.Column("message_id", sa.Integer(), nullable=True))
    op.create_table(
        "idea_messages",
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("album", sa.Text(), nullable=True),
        points_to("idea_messages", "idea_id", "ideas"),
        sa.PrimaryKeyConstraint("chat_id", "message_id", name=op.f("pk_idea_messages")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )
    index("idea_messages", "idea_id")
    index("idea_messages", "chat_id", "album")


def _neighbours() -> None:
    op.create_table(
        "follows",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        points_to("follows", "idea_id", "ideas"),
        points_to("follows", "resident_id", "residents"),
        sa.PrimaryKeyConstraint("idea_id", "resident_id", name=op.f("pk_follows")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )
    index("follows", "resident_id")
    op.drop_index("ix_theme_members_theme_id", "theme_members")
    index("theme_members", "theme_id", "score")
    op.create_table(
        "look_alikes",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.REAL(), nullable=False),
        sa.CheckConstraint("idea_id != other_id", name=op.f("ck_look_alikes_two_ideas")),
        points_to("look_alikes", "idea_id", "ideas"),
        points_to("look_alikes", "other_id", "ideas"),
        sa.PrimaryKeyConstraint("idea_id", "other_id", name=op.f("pk_look_alikes")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )
    index("look_alikes", "other_id")


def _comments() -> None:
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="published", nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=True),
        sa.Column("message_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("state IN ('published', 'hidden', 'withdrawn')", name=op.f("ck_comments_state")),
        points_to("comments", "idea_id", "ideas"),
        points_to("comments", "author_id", "residents", "SET NULL"),
        points_to("comments", "answers_id", "comments", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("chat_id", "message_id", name=op.f("uq_comments_chat_id_message_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for column in ("idea_id", "author_id", "answers_id", "created_at"):
        index("comments", column)


def _hearing_back() -> None:
    op.create_table(
        "replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "status IN ('received', 'under_review', 'planned', 'done', 'not_now')",
            name=op.f("ck_replies_status"),
        ),
        points_to("replies", "idea_id", "ideas"),
        points_to("replies", "by_id", "residents", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_replies")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for column in ("idea_id", "by_id", "created_at"):
        index("replies", column)
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("reporter_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("hidden_from", sa.Text(), nullable=True),
        sa.CheckConstraint("(idea_id IS NULL) != (comment_id IS NULL)", name=op.f("ck_reports_one_thing")),
        points_to("reports", "idea_id", "ideas"),
        points_to("reports", "comment_id", "comments"),
        points_to("reports", "reporter_id", "residents", "SET NULL"),
        points_to("reports", "settled_by_id", "residents", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("idea_id", "reporter_id", name=op.f("uq_reports_idea_id_reporter_id")),
        sa.UniqueConstraint("comment_id", "reporter_id", name=op.f("uq_reports_comment_id_reporter_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for column in ("idea_id", "comment_id", "reporter_id", "settled_by_id"):
        index("reports", column)
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("(reply_id IS NULL) != (comment_id IS NULL)", name=op.f("ck_notices_one_thing")),
        points_to("notices", "resident_id", "residents"),
        points_to("notices", "idea_id", "ideas"),
        points_to("notices", "reply_id", "replies"),
        points_to("notices", "comment_id", "comments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("resident_id", "reply_id", name=op.f("uq_notices_resident_id_reply_id")),
        sa.UniqueConstraint("resident_id", "comment_id", name=op.f("uq_notices_resident_id_comment_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for column in ("idea_id", "reply_id", "comment_id", "due_at"):
        index("notices", column)
    op.create_index(
        "ix_shown_open_cards",
        "shown",
        ["slot"],
        sqlite_where=sa.text(
            "slot >= 'card:' AND slot < 'card;' OR slot >= 'comment:' AND slot < 'comment;' "
            "OR slot >= 'comments:' AND slot < 'comments;' "
            "OR slot >= 'news:' AND slot < 'news;'"
        ),
    )


def _chats() -> None:
    op.create_table(
        "conversations",
        sa.Column("chat_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("subject", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_conversations")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )
    op.create_table(
        "groups",
        sa.Column("chat_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("moved_to", sa.Integer(), nullable=True),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("chat_id", name=op.f("pk_groups")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )
    op.create_table(
        "offers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("author_telegram_id", sa.Integer(), nullable=False),
        sa.Column("asker_telegram_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("chat_id", "message_id", name=op.f("uq_offers_chat_id_message_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    index("offers", "author_telegram_id")
    index("offers", "asker_telegram_id")
    index("offers", "created_at")


def _own_data() -> None:
    op.create_table(
        "exports",
        sa.Column("resident_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=True),
        points_to("exports", "resident_id", "residents"),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_exports")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=True),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("in_themes", sa.Integer(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    index("erasures", "erased_at")


def _search() -> None:
    op.execute(
        "CREATE VIRTUAL TABLE idea_words USING fts5(text, content='ideas', content_rowid='id', prefix='2 3', "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute(
        "CREATE TRIGGER idea_words_added AFTER INSERT ON ideas BEGIN "
        "INSERT INTO idea_words (rowid, text) VALUES (new.id, new.text); END"
    )
    op.execute(
        "CREATE TRIGGER idea_words_gone AFTER DELETE ON ideas BEGIN "
        "INSERT INTO idea_words (idea_words, rowid, text) VALUES ('delete', old.id, old.text); END"
    )
    op.execute(
        "CREATE TRIGGER idea_words_changed AFTER UPDATE OF text ON ideas BEGIN "
        "INSERT INTO idea_words (idea_words, rowid, text) VALUES ('delete', old.id, old.text); "
        "INSERT INTO idea_words (rowid, text) VALUES (new.id, new.text); END"
    )
    op.execute("INSERT INTO idea_words (idea_words) VALUES ('rebuild')")


def _supports() -> None:
    op.execute(
        "DELETE FROM supports "
        "WHERE resident_id = (SELECT author_id FROM ideas WHERE ideas.id = supports.idea_id)"
    )
    op.execute(
        "UPDATE ideas SET support_count = (SELECT count(*) FROM supports WHERE supports.idea_id = ideas.id)"
    )
    op.execute(
        "CREATE TRIGGER supports_never_own BEFORE INSERT ON supports "
        "WHEN new.resident_id = (SELECT author_id FROM ideas WHERE id = new.idea_id) BEGIN "
        "SELECT RAISE(ABORT, 'nobody supports an idea of their own'); END"
    )
    op.execute(
        "CREATE TRIGGER supports_added AFTER INSERT ON supports BEGIN "
        "UPDATE ideas SET support_count = support_count + 1 WHERE id = new.idea_id; END"
    )
    op.execute(
        "CREATE TRIGGER supports_gone AFTER DELETE ON supports BEGIN "
        "UPDATE ideas SET support_count = support_count - 1 WHERE id = old.idea_id; END"
    )
