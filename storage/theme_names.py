"""Names of themes hold words of people: when ideas are erased, none may be left that only they had."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Integer, bindparam, or_, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.idea import shorten
from cocreation.ideas.ids import ResidentId, ThemeId
from storage.personal import own_ideas
from storage.schema import decision_holds, faded_members, ideas, theme_decisions, theme_members, themes

LABEL = 48
_WORD = re.compile(r"\w+")
_THEME = bindparam("theme", type_=Integer)

_SEATS = (
    (theme_members, "theme_id"),
    (theme_members, "part_id"),
    (faded_members, "theme_id"),
    (decision_holds, "theme_id"),
    (decision_holds, "from_theme_id"),
)
"""Each way in which a theme knows an idea."""
_OF_PERSON = union(*(select(seat.c[theme]).where(seat.c.idea_id.in_(own_ideas)) for seat, theme in _SEATS))
_LEFT = union(
    *(
        select(ideas.c.text).join(seat, seat.c.idea_id == ideas.c.id).where(seat.c[theme] == _THEME)
        for seat, theme in _SEATS
    )
)
_NAMES = select(themes).where(themes.c.id == _THEME)
_RENAME = (
    update(themes)
    .where(themes.c.id == _THEME)
    .values(
        label=bindparam("name"),
        keywords=bindparam("words"),
        keywords_of=bindparam("words_of"),
        given_label=bindparam("given"),
    )
)
_FORGET_DECIDED = (
    update(theme_decisions)
    .where(or_(theme_decisions.c.theme_id == _THEME, theme_decisions.c.other_theme_id == _THEME))
    .values(label=None)
)


async def themes_of(connection: AsyncConnection, resident: ResidentId) -> Collection[ThemeId]:
    """The themes and parts of themes that know one of the person's ideas."""
    found = await connection.execute(_OF_PERSON, {"resident": resident})
    return sorted(ThemeId(theme) for theme in found.scalars() if theme is not None)


async def forget_names(connection: AsyncConnection, some: Collection[ThemeId]) -> None:
    """Leave in the names of these themes what the ideas say that are left; where there are none, nothing,
    neither in what facilitators called them."""
    for theme in some:
        left = list((await connection.execute(_LEFT, {"theme": theme})).scalars())
        row = (await connection.execute(_NAMES, {"theme": theme})).one_or_none()
        if row is not None:
            await connection.execute(_RENAME, {"theme": theme, **_names_of(row, left)})
        if not left:
            await connection.execute(_FORGET_DECIDED, {"theme": theme})


def _names_of(row: Any, left: list[str]) -> Mapping[str, Any]:  # noqa: ANN401 - a row of themes
    if not left:
        return {"name": "", "words": "[]", "words_of": "{}", "given": None}
    said = {word.casefold() for text in left for word in _WORD.findall(text)}
    words = _kept(json.loads(row.keywords), said)
    by_language = {language: _kept(found, said) for language, found in json.loads(row.keywords_of).items()}
    name = row.label if _kept([row.label], said) else (words or [shorten(left[0], LABEL)])[0]
    return {
        "name": name,
        "words": json.dumps(words, ensure_ascii=False),
        "words_of": json.dumps(by_language, ensure_ascii=False),
        "given": row.given_label,
    }


def _kept(phrases: Iterable[str], said: Collection[str]) -> list[str]:
    """Those of which every word is said."""
    return [phrase for phrase in phrases if all(word.casefold() in said for word in _WORD.findall(phrase))]
