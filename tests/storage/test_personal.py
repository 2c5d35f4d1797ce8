"""No table that refers to people is left out of what they get and erase."""

from sqlalchemy import Table, func, select

from cocreation.ideas.ids import ReportId
from cocreation.ideas.reply import NewReply, Status
from cocreation.ideas.report import Reason
from cocreation.services.moderate import Facilitator
from cocreation.services.report import keep_reported, report_idea
from storage.engine import SqlStorage
from storage.personal import NOT_PERSONAL, PERSONAL
from storage.schema import metadata, reports
from tests.storage.people import ANN, BOB, NOW, fill, write


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


async def test_what_a_person_gets_holds_no_numbers_of_others(storage: SqlStorage) -> None:
    ann, (own,) = await write(storage, ANN, "a bench")
    bob, (bobs,) = await write(storage, BOB, "shade")
    await fill(storage, ann, own, bobs)
    async with storage.writing() as work:
        await report_idea(work, bob.id, own, Reason.RUDE, NOW)
        (number,) = (await work._connection.execute(select(func.max(reports.c.id)))).scalars()
        await keep_reported(work, ReportId(number), Facilitator(ann.id, is_administrator=True), NOW)
        await work.replies.add(NewReply(own, Status.DONE, "the town", bob.id, NOW))
        rows = (await work.belongings.all_of(ann)).rows
    for name, column in (
        ("reports_settled", "reporter_id"),
        ("replies_received", "by_id"),
        ("offers", "asker_telegram_id"),
    ):
        assert {row[column] for row in rows[name]} <= {None, ann.id, ANN}, name
    assert {row["settled_by_id"] for row in rows["reports_settled"]} == {ann.id}
