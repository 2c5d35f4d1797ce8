"""Lasting themes: vectors, spots, colours, sub-themes, what happened, what facilitators decided."""

import sqlalchemy as sa
from alembic import op

from cocreation.ideas.theme import COLOURS
from storage.migrations.parts import add_pointer, index, points_to
from storage.schema import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _meaning()
    _themes()
    _members()
    _events()
    _decisions()


def _meaning() -> None:
    op.create_table(
        "idea_vectors",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("encoder", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        points_to("idea_vectors", "idea_id", "ideas"),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_idea_vectors")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )
    op.create_table(
        "duplicates",
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("of_idea_id", sa.Integer(), nullable=False),
        sa.Column("likeness", sa.REAL(), nullable=False),
        sa.CheckConstraint("idea_id != of_idea_id", name=op.f("ck_duplicates_two_ideas")),
        points_to("duplicates", "idea_id", "ideas"),
        points_to("duplicates", "of_idea_id", "ideas"),
        sa.PrimaryKeyConstraint("idea_id", name=op.f("pk_duplicates")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )
    index("duplicates", "of_idea_id")


def _themes() -> None:
    # Columns are added one by one: SQLite would empty the tables that point to one that is made anew.
    for column in (
        sa.Column("given_label", sa.Text(), nullable=True),
        sa.Column("keywords_of", sa.Text(), server_default="{}", nullable=False),
        sa.Column("x", sa.REAL(), nullable=True),
        sa.Column("y", sa.REAL(), nullable=True),
        sa.Column("colour", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_hidden", sa.Integer(), server_default="0", nullable=False),
        sa.Column("faded_at", UtcDateTime(), nullable=True),
    ):
        op.add_column("themes", column)
    add_pointer("themes", "parent_id", "themes", "CASCADE")
    themes = sa.table("themes", sa.column("id"), sa.column("is_current"), sa.column("colour"))
    older = themes.alias("older")
    before = sa.select(sa.func.count()).where(older.c.is_current == 1, older.c.id < themes.c.id)
    op.execute(themes.update().values(colour=before.correlate(themes).scalar_subquery() % COLOURS))


def _members() -> None:
    add_pointer("theme_members", "part_id", "themes", "SET NULL")
    op.create_table(
        "faded_members",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        points_to("faded_members", "theme_id", "themes"),
        points_to("faded_members", "idea_id", "ideas"),
        sa.PrimaryKeyConstraint("theme_id", "idea_id", name=op.f("pk_faded_members")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )
    index("faded_members", "idea_id")


def _events() -> None:
    op.create_table(
        "theme_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("other_theme_id", sa.Integer(), nullable=True),
        sa.Column("ideas", sa.Integer(), nullable=False),
        sa.Column("happened_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('born', 'grew', 'split', 'merged', 'faded', 'revived')",
            name=op.f("ck_theme_events_kind"),
        ),
        points_to("theme_events", "run_id", "theme_runs"),
        points_to("theme_events", "theme_id", "themes"),
        points_to("theme_events", "other_theme_id", "themes", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_events")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for column in ("run_id", "theme_id", "happened_at"):
        index("theme_events", column)


def _decisions() -> None:
    op.create_table(
        "theme_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("other_theme_id", sa.Integer(), nullable=True),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('rename', 'merge', 'split', 'pin', 'hide', 'move')",
            name=op.f("ck_theme_decisions_kind"),
        ),
        points_to("theme_decisions", "by_id", "residents", "SET NULL"),
        points_to("theme_decisions", "theme_id", "themes"),
        points_to("theme_decisions", "other_theme_id", "themes"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_decisions")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    for column in ("by_id", "theme_id", "other_theme_id"):
        index("theme_decisions", column)
    op.create_table(
        "decision_holds",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("idea_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("from_theme_id", sa.Integer(), nullable=True),
        points_to("decision_holds", "decision_id", "theme_decisions"),
        points_to("decision_holds", "idea_id", "ideas"),
        points_to("decision_holds", "theme_id", "themes"),
        points_to("decision_holds", "from_theme_id", "themes", "SET NULL"),
        sa.PrimaryKeyConstraint("decision_id", "idea_id", name=op.f("pk_decision_holds")),
        sqlite_autoincrement=False,
        sqlite_strict=True,
    )
    index("decision_holds", "idea_id")
