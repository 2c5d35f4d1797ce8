"""Themes of an export come into a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cocreation.ideas.ids import IdeaId
from cocreation.ideas.theme import Clustering, FoundTheme, Member, Placement
from cocreation.ports import Work
from cocreation.services.decide_themes import pin_theme, rename_theme

QUOTES = 3


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """`number` is what ideas of the same file name it by."""

    number: int
    label: str
    keywords: tuple[str, ...]
    is_named: bool = False
    is_pinned: bool = False


async def bring_themes(
    work: Work, rows: Sequence[ThemeRow], members: Mapping[int, Sequence[IdeaId]], now: datetime
) -> None:
    """A town without themes gets these, with the names that facilitators gave and what they pinned. A town
    that has some keeps them: new ideas go to the one that is called the same, others wait for the next run.
    """
    filled = [row for row in rows if row.label and members.get(row.number)]
    if not filled:
        return
    there = {theme.label.casefold(): theme.id for theme in await work.themes.all()}
    if there:
        placed = [
            Placement(idea, there[row.label.casefold()], 1.0)
            for row in filled
            if row.label.casefold() in there
            for idea in members[row.number]
        ]
        await work.themes.place(placed)
        return
    await work.themes.replace(_clustering(filled, members), now)
    for row in filled:
        view = await work.ideas.view(members[row.number][0])
        if view is None or view.theme is None:
            continue
        if row.is_named:
            await rename_theme(work, view.theme, row.label, by=None, now=now)
        if row.is_pinned:
            await pin_theme(work, view.theme, by=None, now=now)


def _clustering(rows: Sequence[ThemeRow], members: Mapping[int, Sequence[IdeaId]]) -> Clustering:
    themes = [
        FoundTheme(
            known=None,
            label=row.label,
            keywords=row.keywords,
            members=tuple(Member(idea, 1.0) for idea in members[row.number]),
            quotes=tuple(members[row.number][:QUOTES]),
        )
        for row in rows
    ]
    return Clustering(tuple(sorted(themes, key=lambda theme: -len(theme.members))), ())
