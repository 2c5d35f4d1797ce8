"""What the town collected as sheets of plain rows, streamed from the database into whatever writes them."""

import json
from collections.abc import AsyncIterator
from typing import Protocol

from cocreation.ideas.comment import CommentState
from cocreation.ideas.export import (
    COMMENTS,
    IDEAS,
    MODERATION,
    REPLIES,
    SHEETS,
    SUPPORTS,
    THEMES,
    Row,
    Selection,
    Sheet,
)
from cocreation.ideas.idea import IdeaState
from cocreation.ideas.ids import ResidentId
from cocreation.ideas.report import Reason
from cocreation.ports import Work


class SheetWriter(Protocol):
    """Writes one sheet after the other."""

    def begin(self, sheet: Sheet) -> None: ...

    def add(self, row: Row) -> None:
        """The cells in the order of the sheet's columns."""
        ...


async def write_content(
    work: Work, selection: Selection, writer: SheetWriter, sheets: tuple[Sheet, ...] = SHEETS
) -> int:
    """Give every row to the writer, one at a time; how many ideas there were."""
    count = 0
    for sheet in sheets:
        writer.begin(sheet)
        async for row in rows_of(work, sheet, selection):
            writer.add(row)
            count += sheet is IDEAS
    return count


def rows_of(work: Work, sheet: Sheet, selection: Selection) -> AsyncIterator[Row]:
    """The rows of one sheet. `person` numbers people by their first idea in it: for this file alone."""
    made = {
        IDEAS.name: _ideas,
        THEMES.name: _themes,
        SUPPORTS.name: _supports,
        REPLIES.name: _replies,
        COMMENTS.name: _comments,
        MODERATION.name: _moderation,
    }
    return made[sheet.name](work, selection)


async def _ideas(work: Work, selection: Selection) -> AsyncIterator[Row]:
    people: dict[ResidentId, int] = {}
    async for row in work.contents.ideas(selection):
        person = None if row.person is None else people.setdefault(row.person, len(people) + 1)
        yield (
            row.token,
            row.text,
            row.language,
            row.created_at,
            row.theme,
            row.theme_label,
            row.support_count,
            row.place,
            row.latitude,
            row.longitude,
            str(IdeaState.PUBLISHED),
            row.status,
            row.process,
            row.pseudonym,
            person,
            row.photos,
        )


async def _themes(work: Work, selection: Selection) -> AsyncIterator[Row]:
    async for row in work.contents.themes(selection):
        keywords = tuple(json.loads(row.keywords))
        yield (
            row.id,
            row.label,
            keywords,
            row.ideas,
            row.supports,
            bool(row.is_named),
            bool(row.is_pinned),
        )


async def _supports(work: Work, selection: Selection) -> AsyncIterator[Row]:
    async for row in work.contents.supports(selection):
        yield (row.token, row.created_at)


async def _replies(work: Work, selection: Selection) -> AsyncIterator[Row]:
    async for row in work.contents.replies(selection):
        yield (row.token, row.status, row.text, row.created_at)


async def _comments(work: Work, selection: Selection) -> AsyncIterator[Row]:
    async for row in work.contents.comments(selection):
        yield (row.token, row.text, row.created_at, str(CommentState.PUBLISHED), row.pseudonym)


async def _moderation(work: Work, selection: Selection) -> AsyncIterator[Row]:
    known = {reason.value: reason.name.lower() for reason in Reason}
    async for counted in work.contents.moderation(selection):
        reason = None if counted.reason is None else known.get(counted.reason, "other")
        yield (str(counted.about), reason, str(counted.outcome), counted.count)
