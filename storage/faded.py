"""Themes that are there no more, and the ideas by which they are known again."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.ids import DecisionId, ThemeId
from storage.prepared import Prepared
from storage.schema import decision_holds, faded_members, ideas, theme_members, themes
from storage.views import is_published

FADE = Prepared(
    update(themes).where(themes.c.id == bindparam("theme")).values(is_current=0, faded_at=bindparam("moment"))
)
FORGET = Prepared(delete(faded_members).where(faded_members.c.theme_id == bindparam("theme")))
REMEMBER = Prepared(
    insert(faded_members).from_select(
        ["theme_id", "idea_id"],
        select(theme_members.c.theme_id, theme_members.c.idea_id)
        .join(ideas, and_(ideas.c.id == theme_members.c.idea_id, is_published))
        .where(theme_members.c.theme_id == bindparam("theme")),
    )
)
_REMEMBER_TAKEN = Prepared(
    insert(faded_members).from_select(
        ["theme_id", "idea_id"],
        select(decision_holds.c.from_theme_id, decision_holds.c.idea_id).where(
            decision_holds.c.decision_id == bindparam("decision"),
            decision_holds.c.from_theme_id == bindparam("theme"),
        ),
    )
)
_EMPTIED = Prepared(
    select(themes.c.id).where(
        themes.c.id == bindparam("theme"),
        themes.c.is_current == 1,
        ~exists().where(theme_members.c.theme_id == themes.c.id).correlate(themes),
    )
)
_NOTHING = {"label": "", "keywords": "[]", "keywords_of": "{}"}
_held_in = select(decision_holds.c.theme_id).where(decision_holds.c.theme_id.is_not(None))
_taken_from = select(decision_holds.c.from_theme_id).where(decision_holds.c.from_theme_id.is_not(None))
FORGET_WORDS = (
    update(themes)
    .where(
        themes.c.is_current == 0,
        themes.c.label != "",
        themes.c.id.not_in(select(theme_members.c.theme_id)),
        themes.c.id.not_in(select(faded_members.c.theme_id)),
        themes.c.id.not_in(_held_in),
        themes.c.id.not_in(_taken_from),
    )
    .values(_NOTHING)
)
"""What people wrote must not stay in the name of a theme when none of its ideas does."""


async def fade_emptied(
    connection: AsyncConnection, decision: DecisionId, touched: Collection[ThemeId], now: datetime
) -> None:
    """Let those of the themes fade in which a decision left nothing, and remember what it took."""
    for theme in sorted(touched):
        if await _EMPTIED.one(connection, {"theme": theme}) is None:
            continue
        await FADE.for_each(connection, [{"theme": theme, "moment": now}])
        await FORGET.for_each(connection, [{"theme": theme}])
        await _REMEMBER_TAKEN.for_each(connection, [{"decision": decision, "theme": theme}])
