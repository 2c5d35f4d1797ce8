"""What looks at what came, every two seconds, reads no table from its beginning to its end."""

import pytest
from sqlalchemy import Select, text
from sqlalchemy.dialects import sqlite

from storage import moderation, suspects
from storage.engine import SqlStorage

STATEMENTS = {
    "new ideas": suspects._NEW_IDEAS,
    "changed ideas": suspects._CHANGED_IDEAS,
    "new comments": suspects._NEW_COMMENTS,
    "changed comments": suspects._CHANGED_COMMENTS,
    "ideas by newcomers": suspects._FRESH,
    "supports": suspects._SUPPORTS,
    "the open case of a thing": moderation._OPEN_ABOUT,
}


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
async def test_no_look_reads_a_whole_table(
    storage: SqlStorage, statement: Select[tuple[object, ...]]
) -> None:
    compiled = statement.compile(
        dialect=sqlite.dialect(paramstyle="named"), compile_kwargs={"render_postcompile": True}
    )
    values = {name: 1 if value is None else value for name, value in compiled.params.items()}
    async with storage.reading() as work:
        plan = await work._connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}"), values)
        steps = [row.detail for row in plan]
    assert steps and not [step for step in steps if step.startswith("SCAN") and step != "SCAN recent"]
