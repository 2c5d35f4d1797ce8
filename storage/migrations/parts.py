"""What migrations are made of. A migration that was released depends on these: they stay as they are."""

import sqlalchemy as sa
from alembic import op


def points_to(table: str, column: str, target: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete
    )


def add_pointer(table: str, column: str, target: str, ondelete: str) -> None:
    # In SQL, for Alembic leaves out the name of a key that comes with a column.
    op.execute(
        f"ALTER TABLE {table} ADD COLUMN {column} INTEGER "
        f"CONSTRAINT fk_{table}_{column} REFERENCES {target} (id) ON DELETE {ondelete}"
    )
    index(table, column)


def index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=False)
