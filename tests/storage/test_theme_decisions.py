"""A decision about one theme reads what concerns its ideas, however much was ever decided."""

from sqlalchemy import text
from sqlalchemy.dialects import sqlite

from storage.engine import SqlStorage
from storage.theme_decisions import STANDING_OF_SOME


async def test_what_holds_some_ideas_is_found_by_their_numbers(storage: SqlStorage) -> None:
    statement = STANDING_OF_SOME.params(some=[1, 2]).compile(
        dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}
    )
    async with storage.reading() as work:
        plan = await work._connection.execute(text(f"EXPLAIN QUERY PLAN {statement}"))
        steps = [row.detail for row in plan]
    assert any("decision_holds USING INDEX ix_decision_holds_idea_id" in step for step in steps)
    tables = ("decision_holds", "theme_decisions", "ideas", "theme_members", "themes")
    assert not [step for step in steps if step.startswith("SCAN") and step.split()[1] in tables]
