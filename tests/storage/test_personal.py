"""No table that refers to people is left out of what they get and erase."""

from sqlalchemy import Table

from storage.personal import NOT_PERSONAL, PERSONAL
from storage.schema import metadata


def _refers_to_people(table: Table) -> bool:
    """Directly, by the number of a chat, or through something that does."""
    pointed_to = {key.column.table for key in table.foreign_keys} - {table}
    is_addressed = any(column.name.endswith(("chat_id", "telegram_id")) for column in table.columns)
    return table.name == "residents" or is_addressed or any(map(_refers_to_people, pointed_to))


def test_every_table_is_known_to_be_personal_or_not() -> None:
    personal = {rows.table.name for rows in PERSONAL}
    assert personal | set(NOT_PERSONAL) == set(metadata.tables)
    assert not personal & set(NOT_PERSONAL)


def test_tables_that_refer_to_people_are_personal() -> None:
    referring = {table.name for table in metadata.tables.values() if _refers_to_people(table)}
    assert referring - {rows.table.name for rows in PERSONAL} == {"groups", "erasures"}


def test_every_column_that_points_to_a_person_is_asked_for() -> None:
    """Rows found by one reference may be somebody else's by the other: each needs its own line."""
    for table in metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table.name == "residents":
                asked = [str(rows.whose) for rows in PERSONAL if rows.table is table]
                assert any(f"{table.name}.{key.parent.name} = " in whose for whose in asked), key.parent
