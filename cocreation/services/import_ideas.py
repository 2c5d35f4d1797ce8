"""Ideas that were collected elsewhere come into the database, each once."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cocreation.ideas.idea import NewIdea, Source
from cocreation.ideas.ids import Language, Token
from cocreation.ports import Storage, Work
from cocreation.services.read_ideas import TableIdea
from cocreation.services.read_table import Problem

BATCH = 500
"""Rows a transaction."""

_TOKEN = re.compile(r"[\w-]{22}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """Ideas that are new, ideas that were there already, and the rows that were left out."""

    added: int
    known: int
    problems: tuple[Problem, ...]


async def import_ideas(
    storage: Storage,
    rows: Iterable[TableIdea | Problem],
    *,
    language: Language,
    now: datetime,
    on_rows: Callable[[int], None] | None = None,
) -> ImportReport:
    """Add the ideas that are not there yet, a batch a transaction; a second run completes an interrupted one.

    An idea is known by its id together with its process, so that two processes may both count from 1; an
    idea of this very database, exported before, by its token. `language` is that of new authors where
    their row has none, `now` the moment of an idea without one. `on_rows` hears how many rows are done.
    """
    added = known = done = 0
    problems: list[Problem] = []
    batch: list[TableIdea] = []

    async def keep() -> None:
        nonlocal added, known
        async with storage.writing() as work:
            fresh = await _add(work, batch, language, now)
        added += fresh
        known += len(batch) - fresh
        batch.clear()
        if on_rows is not None:
            on_rows(done)

    for row in rows:
        done += 1
        if isinstance(row, Problem):
            problems.append(row)
        else:
            batch.append(row)
        if len(batch) == BATCH:
            await keep()
    await keep()
    return ImportReport(added, known, tuple(problems))


async def _add(work: Work, rows: Sequence[TableIdea], language: Language, now: datetime) -> int:
    """How many of the rows were new."""
    known = await work.ideas.imported_ids([external_id(row) for row in rows])
    added = 0
    for row in rows:
        if external_id(row) in known or await _is_exported(work, row):
            continue
        author = None
        if row.author is not None:
            author = await work.residents.meet_author(row.author, row.language or language, now)
        await work.ideas.add(
            NewIdea(
                text=row.text,
                created_at=row.created_at or now,
                author=author,
                language=row.language,
                place=row.place,
                source=Source.IMPORT,
                external_id=external_id(row),
                process=row.process,
                token=row.token,
            )
        )
        added += 1
    return added


def external_id(row: TableIdea) -> str:
    """By what the idea is known again."""
    return row.id if row.process is None else f"{row.process}/{row.id}"


async def _is_exported(work: Work, row: TableIdea) -> bool:
    return bool(_TOKEN.fullmatch(row.id)) and await work.ideas.by_token(Token(row.id)) is not None
