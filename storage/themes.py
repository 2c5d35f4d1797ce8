"""Themes and which idea is in which."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.idea import IdeaState, IdeaView
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import Clustering, FoundTheme, KnownTheme, Theme
from storage.schema import ideas, supports, theme_members, theme_runs, themes
from storage.views import ALL_VIEWS, is_published, sizes, view_of

_MEMBERS = (
    select(themes.c.id, themes.c.label, theme_members.c.idea_id)
    .outerjoin(theme_members, theme_members.c.theme_id == themes.c.id)
    .where(themes.c.is_current == 1)
    .order_by(themes.c.id)
)
_supports = (
    select(theme_members.c.theme_id, func.count().label("supports"))
    .join(ideas, and_(ideas.c.id == theme_members.c.idea_id, is_published))
    .join(supports, supports.c.idea_id == ideas.c.id)
    .group_by(theme_members.c.theme_id)
    .subquery("supports_of_theme")
)
_ALL = (
    select(themes, sizes.c.size, func.coalesce(_supports.c.supports, 0).label("supports"))
    .join(sizes, sizes.c.theme_id == themes.c.id)
    .outerjoin(_supports, _supports.c.theme_id == themes.c.id)
    .where(themes.c.is_current == 1)
    .order_by(sizes.c.size.desc(), themes.c.id)
)
_GET = _ALL.where(themes.c.id == bindparam("theme"))

_closeness = (theme_members.c.score.desc(), theme_members.c.idea_id)
_IDEAS_OF = (
    ALL_VIEWS.where(is_published, themes.c.id == bindparam("theme"))
    .order_by(*_closeness)
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_ranked = (
    select(
        theme_members.c.idea_id,
        func.row_number()
        .over(partition_by=theme_members.c.theme_id, order_by=(theme_members.c.is_quote.desc(), *_closeness))
        .label("rank"),
    )
    .join(ideas, and_(ideas.c.id == theme_members.c.idea_id, is_published))
    .join(themes, and_(themes.c.id == theme_members.c.theme_id, themes.c.is_current == 1))
    .subquery("ranked")
)
_QUOTES = ALL_VIEWS.join(_ranked, and_(_ranked.c.idea_id == ideas.c.id, _ranked.c.rank == 1)).order_by(
    sizes.c.size.desc(), themes.c.id
)

_LAST_RUN = (
    select(theme_runs.c.finished_at, theme_runs.c.last_idea_id).order_by(theme_runs.c.id.desc()).limit(1)
)
_EVER = select(func.count()).select_from(ideas).where(is_published)
# What an idea looked like in a run that did not see it does not matter: a new one counts by its id (an
# import carries old dates), one that was seen counts when it was touched.
_CHANGES = (
    select(func.count())
    .select_from(ideas)
    .where(
        or_(
            and_(ideas.c.id > bindparam("last_idea"), is_published),
            and_(
                ideas.c.id <= bindparam("last_idea"),
                ideas.c.touched_at > bindparam("last_run"),
                ideas.c.state != IdeaState.DRAFT,
            ),
        )
    )
)

_EXISTING = select(ideas.c.id)
_WITH_THEME = select(theme_members.c.idea_id)
_CLEAR = delete(theme_members)
_RETIRE = update(themes).where(themes.c.is_current == 1).values(is_current=0)
_KEEP = (
    update(themes)
    .where(themes.c.id == bindparam("theme"))
    .values(label=bindparam("name"), keywords=bindparam("words"), is_current=1)
    .returning(themes.c.id)
)
_BEAR = insert(themes).returning(themes.c.id)
_ASSIGN = insert(theme_members)


class SqlThemeRepository:
    """See `cocreation.ports.ThemeRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def known(self) -> Sequence[KnownTheme]:
        labels: dict[ThemeId, str] = {}
        members: dict[ThemeId, set[IdeaId]] = {}
        for row in await self._connection.execute(_MEMBERS):
            labels[row.id] = row.label
            found = members.setdefault(row.id, set())
            if row.idea_id is not None:
                found.add(IdeaId(row.idea_id))
        return [KnownTheme(theme, label, frozenset(members[theme])) for theme, label in labels.items()]

    async def replace(self, clustering: Clustering, now: datetime) -> Sequence[IdeaId]:
        """Keep this run's result in place of the last; ideas that are gone meanwhile are left out.

        `now` is the moment at which the run read the ideas, so that what was edited since then counts as
        changed. Returns the ideas that had no theme and now have one, in order of their ids.
        """
        existing = set((await self._connection.execute(_EXISTING)).scalars())
        had_theme = set((await self._connection.execute(_WITH_THEME)).scalars())
        await self._connection.execute(_CLEAR)
        await self._connection.execute(_RETIRE)
        members: list[dict[str, object]] = []
        for found in clustering.themes:
            members += _members(await self._keep(found, now), found, existing)
        if members:
            await self._connection.execute(_ASSIGN, members)
        await self._record_run(clustering, now)
        assigned = {member.idea for found in clustering.themes for member in found.members}
        return sorted((assigned & existing) - had_theme)

    async def all(self) -> Sequence[Theme]:
        return [_theme(row) for row in await self._connection.execute(_ALL)]

    async def get(self, theme: ThemeId) -> Theme | None:
        row = (await self._connection.execute(_GET, {"theme": theme})).one_or_none()
        return None if row is None else _theme(row)

    async def quotes(self) -> Sequence[IdeaView]:
        return await self._views(_QUOTES, {})

    async def ideas_of(self, theme: ThemeId, limit: int, offset: int = 0) -> Sequence[IdeaView]:
        return await self._views(_IDEAS_OF, {"theme": theme, "limit": limit, "offset": offset})

    async def changes_since_last_run(self) -> tuple[int, datetime | None]:
        last = (await self._connection.execute(_LAST_RUN)).one_or_none()
        if last is None:
            return (await self._connection.execute(_EVER)).scalar_one(), None
        values = {"last_idea": last.last_idea_id, "last_run": last.finished_at}
        return (await self._connection.execute(_CHANGES, values)).scalar_one(), last.finished_at

    async def _keep(self, found: FoundTheme, now: datetime) -> ThemeId:
        """The theme's row: its old one where it continues a known theme, else a new one."""
        keywords = json.dumps(found.keywords, ensure_ascii=False)
        if found.known is not None:
            values = {"theme": found.known, "name": found.label, "words": keywords}
            kept = (await self._connection.execute(_KEEP, values)).scalar_one_or_none()
            if kept is not None:
                return ThemeId(kept)
        born = {"label": found.label, "keywords": keywords, "is_current": 1, "born_at": now}
        return ThemeId((await self._connection.execute(_BEAR, born)).scalar_one())

    async def _record_run(self, clustering: Clustering, now: datetime) -> None:
        seen = [member.idea for found in clustering.themes for member in found.members]
        seen += clustering.unassigned
        await self._connection.execute(
            insert(theme_runs),
            {
                "finished_at": now,
                "ideas": len(seen),
                "themes": len(clustering.themes),
                "last_idea_id": max(seen, default=0),
            },
        )

    async def _views(self, statement: Select[Any], values: dict[str, object]) -> Sequence[IdeaView]:
        return [view_of(row) for row in await self._connection.execute(statement, values)]


def _members(theme: ThemeId, found: FoundTheme, existing: set[IdeaId]) -> list[dict[str, object]]:
    quotes = set(found.quotes)
    return [
        {
            "idea_id": member.idea,
            "theme_id": theme,
            "score": member.score,
            "is_quote": int(member.idea in quotes),
        }
        for member in found.members
        if member.idea in existing
    ]


def _theme(row: Row[*tuple[Any, ...]]) -> Theme:
    return Theme(ThemeId(row.id), row.label, tuple(json.loads(row.keywords)), row.size, row.supports)
