"""The facilitators' desk: roles, settings, digests, moderation, replies to themes, frames, processes."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.parts import add_pointer, index, points_to
from storage.schema import UtcDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _roles()
    _settings()
    _digests()
    _moderation()
    _replies()
    _frames()
    _processes()
    _themes()
    _exports()
    _digest_files()


def _roles() -> None:
    op.create_table(
        "facilitators",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=True),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        *_charge("facilitators"),
        points_to("facilitators", "resident_id", "residents"),
        points_to("facilitators", "process_id", "processes"),
        points_to("facilitators", "by_id", "residents", "SET NULL"),
        points_to("facilitators", "ended_by_id", "residents", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facilitators")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for column in ("resident_id", "process_id", "by_id", "ended_by_id"):
        index("facilitators", column)
    op.create_index(
        "uq_facilitators_of_town",
        "facilitators",
        ["resident_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL AND process_id IS NULL"),
    )
    op.create_index(
        "uq_facilitators_of_process",
        "facilitators",
        ["resident_id", "process_id"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL AND process_id IS NOT NULL"),
    )
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("used_by_id", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        *_charge("invitations"),
        points_to("invitations", "process_id", "processes"),
        points_to("invitations", "by_id", "residents", "SET NULL"),
        points_to("invitations", "used_by_id", "residents", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token", name=op.f("uq_invitations_token")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for column in ("process_id", "by_id", "used_by_id"):
        index("invitations", column)


def _charge(table: str) -> tuple[sa.CheckConstraint, sa.CheckConstraint]:
    return (
        sa.CheckConstraint("role IN ('administrator', 'facilitator')", name=op.f(f"ck_{table}_role")),
        sa.CheckConstraint("role = 'facilitator' OR process_id IS NULL", name=op.f(f"ck_{table}_charge")),
    )


def _settings() -> None:
    op.create_table(
        "setting_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        points_to("setting_changes", "by_id", "residents", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_changes")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    index("setting_changes", "key")
    index("setting_changes", "by_id")


def _digests() -> None:
    op.create_index("ix_ideas_first_of_author", "ideas", ["author_id", "created_at", "state"])


def _moderation() -> None:
    index("comments", "edited_at")
    _moderation_cases()
    _moderation_acts()
    _earlier_reports()
    # The years before are not looked at.
    op.execute(
        "INSERT INTO facts (name, value) SELECT 'screened_until', json_object("
        "'idea', (SELECT coalesce(max(id), 0) FROM ideas), "
        "'comment', (SELECT coalesce(max(id), 0) FROM comments), "
        "'at', strftime('%Y-%m-%dT%H:%M:%f000+00:00', 'now'))"
    )


def _moderation_cases() -> None:
    op.create_table(
        "moderation_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("signs", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "idea_id IS NULL OR comment_id IS NULL", name=op.f("ck_moderation_cases_one_thing")
        ),
        points_to("moderation_cases", "idea_id", "ideas"),
        points_to("moderation_cases", "comment_id", "comments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_cases")),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    is_open = sa.text("settled_at IS NULL")
    for thing in ("idea", "comment"):
        index("moderation_cases", f"{thing}_id")
        op.create_index(
            f"uq_moderation_cases_{thing}",
            "moderation_cases",
            [f"{thing}_id"],
            unique=True,
            sqlite_where=is_open,
        )
    op.create_index(
        "ix_moderation_cases_waiting", "moderation_cases", ["opened_at", "asked_at"], sqlite_where=is_open
    )
    op.create_table(
        "burst_ideas",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        points_to("burst_ideas", "case_id", "moderation_cases"),
        points_to("burst_ideas", "idea_id", "ideas"),
        sa.PrimaryKeyConstraint("case_id", "idea_id", name=op.f("pk_burst_ideas")),
        sqlite_strict=True,
    )
    index("burst_ideas", "idea_id")


def _moderation_acts() -> None:
    pointers = {
        "idea_id": "ideas",
        "comment_id": "comments",
        "case_id": "moderation_cases",
        "person_id": "residents",
        "by_id": "residents",
        "undone_by_id": "residents",
    }
    op.create_table(
        "moderation_acts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("was", sa.Text(), nullable=True),
        sa.Column("until", UtcDateTime(), nullable=True),
        sa.Column("answers_id", sa.Integer(), nullable=True),
        sa.Column("happened_at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('keep', 'hide', 'hold', 'uphold', 'restore', 'ask', 'answer', 'object', 'warn', "
            "'block', 'lift')",
            name=op.f("ck_moderation_acts_kind"),
        ),
        sa.CheckConstraint("what IN ('idea', 'comment', 'person')", name=op.f("ck_moderation_acts_what")),
        *(points_to("moderation_acts", column, target, "SET NULL") for column, target in pointers.items()),
        points_to("moderation_acts", "answers_id", "moderation_acts", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_acts")),
        sa.UniqueConstraint("answers_id", name=op.f("uq_moderation_acts_answers_id")),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    for column in (*pointers, "happened_at"):
        index("moderation_acts", column)
    op.create_table(
        "moderation_words",
        sa.Column("act_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("about_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        points_to("moderation_words", "act_id", "moderation_acts"),
        points_to("moderation_words", "about_id", "residents"),
        points_to("moderation_words", "by_id", "residents"),
        sa.PrimaryKeyConstraint("act_id", name=op.f("pk_moderation_words")),
        sqlite_strict=True,
    )
    index("moderation_words", "about_id")
    index("moderation_words", "by_id")
    op.create_table(
        "blocks",
        sa.Column("resident_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        points_to("blocks", "resident_id", "residents"),
        points_to("blocks", "act_id", "moderation_acts", "SET NULL"),
        sa.PrimaryKeyConstraint("resident_id", name=op.f("pk_blocks")),
        sqlite_strict=True,
    )
    index("blocks", "act_id")


def _earlier_reports() -> None:
    """Those that wait are in the queue, and what was decided about others stands in the log."""
    op.execute(
        "INSERT INTO moderation_cases (idea_id, comment_id, signs, opened_at, settled_at) "
        "SELECT idea_id, comment_id, 'report', min(created_at), settled_at FROM reports "
        "GROUP BY idea_id, comment_id, settled_at ORDER BY min(created_at)"
    )
    op.execute(
        "INSERT INTO moderation_acts "
        "(kind, what, idea_id, comment_id, case_id, person_id, by_id, was, happened_at) "
        "SELECT iif(r.hidden_from IS NULL, 'keep', 'hide'), iif(c.comment_id IS NULL, 'idea', 'comment'), "
        "c.idea_id, c.comment_id, c.id, coalesce(said.author_id, i.author_id), r.settled_by_id, "
        "r.hidden_from, c.settled_at FROM moderation_cases AS c "
        "JOIN reports AS r ON r.idea_id IS c.idea_id AND r.comment_id IS c.comment_id "
        "AND r.settled_at = c.settled_at "
        "LEFT JOIN ideas AS i ON i.id = c.idea_id LEFT JOIN comments AS said ON said.id = c.comment_id "
        "GROUP BY c.id ORDER BY c.settled_at"
    )


_STATUS = "status IN ('received', 'under_review', 'planned', 'done', 'not_now')"


def _replies() -> None:
    op.create_table(
        "reply_photos",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("path", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'stored', 'refused')", name=op.f("ck_reply_photos_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_photos")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    waiting = sa.text("state = 'waiting'")
    op.create_index("ix_reply_photos_waiting", "reply_photos", ["due_at"], sqlite_where=waiting)
    op.create_table(
        "theme_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("corrected_at", UtcDateTime(), nullable=True),
        sa.Column("taken_back_at", UtcDateTime(), nullable=True),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(_STATUS, name=op.f("ck_theme_replies_status")),
        points_to("theme_replies", "theme_id", "themes", "SET NULL"),
        points_to("theme_replies", "photo_id", "reply_photos", "SET NULL"),
        points_to("theme_replies", "by_id", "residents", "SET NULL"),
        points_to("theme_replies", "taken_back_by_id", "residents", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_replies")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for column in ("theme_id", "photo_id", "by_id", "taken_back_by_id"):
        index("theme_replies", column)
    add_pointer("replies", "theme_reply_id", "theme_replies", "SET NULL")
    add_pointer("replies", "photo_id", "reply_photos", "SET NULL")
    op.add_column("replies", sa.Column("corrected_at", UtcDateTime(), nullable=True))
    _reply_versions()
    _taken_back_replies()
    _reply_templates()
    _notices()


def _reply_versions() -> None:
    op.create_table(
        "reply_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("theme_reply_id", sa.Integer(), nullable=True),
        sa.Column("came_from_id", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("photo_id", sa.Integer(), nullable=True),
        sa.Column("corrected_at", UtcDateTime(), nullable=True),
        sa.Column("replaced_by_id", sa.Integer(), nullable=True),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "(reply_id IS NULL) != (theme_reply_id IS NULL)", name=op.f("ck_reply_versions_one_thing")
        ),
        points_to("reply_versions", "reply_id", "replies"),
        points_to("reply_versions", "theme_reply_id", "theme_replies"),
        points_to("reply_versions", "came_from_id", "theme_replies", "SET NULL"),
        points_to("reply_versions", "photo_id", "reply_photos", "SET NULL"),
        points_to("reply_versions", "replaced_by_id", "residents", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_versions")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for column in ("reply_id", "theme_reply_id", "came_from_id", "photo_id", "replaced_by_id"):
        index("reply_versions", column)


def _taken_back_replies() -> None:
    op.create_table(
        "taken_back_replies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("said_at", UtcDateTime(), nullable=False),
        sa.Column("taken_back_at", UtcDateTime(), nullable=False),
        sa.Column("taken_back_by_id", sa.Integer(), nullable=True),
        points_to("taken_back_replies", "idea_id", "ideas"),
        points_to("taken_back_replies", "taken_back_by_id", "residents", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_back_replies")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for column in ("idea_id", "taken_back_by_id"):
        index("taken_back_replies", column)


def _reply_templates() -> None:
    op.create_table(
        "reply_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(_STATUS, name=op.f("ck_reply_templates_status")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply_templates")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_table(
        "stale_cards",
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        points_to("stale_cards", "idea_id", "ideas"),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_stale_cards")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )


def _notices() -> None:
    """Made anew, since SQLite does not change the rule that a notice is of a reply or of a comment."""
    op.execute("CREATE TEMPORARY TABLE notices_before AS SELECT * FROM notices")
    op.drop_table("notices")
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("resident_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=True),
        sa.Column("theme_reply_id", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.Text(), server_default="said", nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("act IN ('said', 'corrected', 'taken_back')", name=op.f("ck_notices_act")),
        sa.CheckConstraint(
            "(comment_id IS NULL) != (reply_id IS NULL AND act != 'taken_back')",
            name=op.f("ck_notices_one_thing"),
        ),
        points_to("notices", "resident_id", "residents"),
        points_to("notices", "idea_id", "ideas"),
        points_to("notices", "reply_id", "replies"),
        points_to("notices", "theme_reply_id", "theme_replies"),
        points_to("notices", "comment_id", "comments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("resident_id", "reply_id", name=op.f("uq_notices_resident_id_reply_id")),
        sa.UniqueConstraint(
            "resident_id", "theme_reply_id", name=op.f("uq_notices_resident_id_theme_reply_id")
        ),
        sa.UniqueConstraint("resident_id", "comment_id", name=op.f("uq_notices_resident_id_comment_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for column in ("idea_id", "reply_id", "theme_reply_id", "comment_id", "due_at"):
        index("notices", column)
    same = "id, resident_id, idea_id, reply_id, comment_id, created_at, due_at"
    op.execute(f"INSERT INTO notices ({same}) SELECT {same} FROM notices_before")  # noqa: S608 - names
    op.execute("DROP TABLE notices_before")


def _frames() -> None:
    op.create_table(
        "frame_looks",
        sa.Column("idea_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        points_to("frame_looks", "idea_id", "ideas"),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_frame_looks")),
        sqlite_strict=True,
    )
    op.create_table(
        "frame_goals",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("frame", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("score", sa.REAL(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        points_to("frame_goals", "idea_id", "ideas"),
        sa.PrimaryKeyConstraint("idea_id", "frame", "goal", name=op.f("pk_frame_goals")),
        sqlite_strict=True,
    )
    index("frame_goals", "frame", "goal")
    _frame_marks()


def _frame_marks() -> None:
    pointers = {
        "idea_id": ("ideas", "CASCADE"),
        "theme_id": ("themes", "CASCADE"),
        "by_id": ("residents", "SET NULL"),
        "undone_by_id": ("residents", "SET NULL"),
    }
    op.create_table(
        "frame_marks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("frame", sa.Text(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("goal", sa.Text(), nullable=True),
        sa.Column("other_goal", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("marked_at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(idea_id IS NULL) != (theme_id IS NULL)", name=op.f("ck_frame_marks_one_thing")),
        sa.CheckConstraint(
            "other_goal IS NULL OR (goal IS NOT NULL AND goal != other_goal)",
            name=op.f("ck_frame_marks_two_goals"),
        ),
        *(points_to("frame_marks", column, *target) for column, target in pointers.items()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frame_marks")),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    for column in (*pointers, "frame"):
        index("frame_marks", column)


_PROCESS_STATE = "state IN ('open', 'paused', 'closed', 'archived')"


def _processes() -> None:
    for column in (
        "goal TEXT",
        f"state TEXT DEFAULT 'open' NOT NULL CONSTRAINT ck_processes_state CHECK ({_PROCESS_STATE})",
        "opens_at TEXT",
        "closes_at TEXT",
        "opening_waits INTEGER DEFAULT '0' NOT NULL",
        "closing_waits INTEGER DEFAULT '0' NOT NULL",
    ):
        op.execute(f"ALTER TABLE processes ADD COLUMN {column}")
    for date in ("opening", "closing"):
        op.create_index(
            f"ix_processes_{date}",
            "processes",
            ["opens_at" if date == "opening" else "closes_at"],
            sqlite_where=sa.text(f"{date}_waits = 1"),
        )
    op.create_table(
        "process_phases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=True),
        sa.Column("ends_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('collect', 'discuss', 'vote', 'allocate', 'answer')",
            name=op.f("ck_process_phases_kind"),
        ),
        points_to("process_phases", "process_id", "processes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_phases")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    index("process_phases", "process_id")
    op.create_table(
        "process_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        points_to("process_changes", "process_id", "processes"),
        points_to("process_changes", "by_id", "residents", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_changes")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    index("process_changes", "process_id")
    index("process_changes", "by_id")


def _exports() -> None:
    op.create_table(
        "town_exports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("period_start", UtcDateTime(), nullable=True),
        sa.Column("period_end", UtcDateTime(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("process_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("format IN ('xlsx', 'csv', 'jsonl', 'zip')", name=op.f("ck_town_exports_format")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_town_exports")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _digest_files() -> None:
    op.create_table(
        "digest_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("chat_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("period_start", UtcDateTime(), nullable=False),
        sa.Column("period_end", UtcDateTime(), nullable=False),
        sa.Column("is_open", sa.Integer(), nullable=False),
        sa.Column("is_asked", sa.Integer(), nullable=False),
        sa.Column("wanted_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("format = 'png'", name=op.f("ck_digest_files_format")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_files")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _themes() -> None:
    add_pointer("theme_decisions", "undone_by_id", "residents", "SET NULL")
