"""The few statements that databases spell differently."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, Table
from sqlalchemy.dialects.sqlite import Insert, insert


def insert_ignoring(table: Table, keys: Sequence[str]) -> Insert:
    """An insert that leaves a row with the same keys as it is."""
    return insert(table).on_conflict_do_nothing(index_elements=list(keys))


def insert_new(table: Table) -> Insert:
    """An insert that does nothing when any unique constraint of the table knows the row already."""
    return insert(table).on_conflict_do_nothing()


def upsert(table: Table, keys: Sequence[str], change: Sequence[str]) -> Insert:
    """An insert that overwrites the columns `change` of a row with the same keys."""
    statement = insert(table)
    return statement.on_conflict_do_update(
        index_elements=list(keys), set_={name: statement.excluded[name] for name in change}
    )


def upsert_from(
    table: Table, keys: Sequence[str], change: Sequence[str], rows: Select[*tuple[Any, ...]]
) -> Insert:
    """The same with what a query gives, which needs a condition and has the columns `keys` and `change`."""
    statement = insert(table).from_select([*keys, *change], rows)
    return statement.on_conflict_do_update(
        index_elements=list(keys), set_={name: statement.excluded[name] for name in change}
    )
