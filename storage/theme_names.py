"""Names of themes hold words of people: when ideas are erased, none may be left that only they had."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import (
    Integer,
    Text,
    bindparam,
    column,
    exists,
    literal_column,
    or_,
    select,
    table,
    union,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.idea import shorten
from cocreation.ideas.ids import ResidentId, ThemeId
from storage.personal import own_ideas
from storage.schema import decision_holds, faded_members, ideas, theme_decisions, theme_members, themes
from storage.search import whole_words

LABEL = 48
_NOTHING = {"name": "", "words": "[]", "words_of": "{}", "given": None}
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
_words = table("idea_words", column("rowid", Integer))
_is_said = literal_column("idea_words").op("MATCH")(bindparam("match", type_=Text))
_is_left = or_(
    *(exists().where(seat.c.idea_id == _words.c.rowid, seat.c[theme] == _THEME) for seat, theme in _SEATS)
)
_SAID = select(_words.c.rowid).where(_is_said, _is_left).limit(1)
"""Whether an idea that a theme still knows has a word."""
_known = (select(seat.c.idea_id).where(seat.c[theme] == _THEME) for seat, theme in _SEATS)
_LEFT = select(ideas.c.text).where(or_(*map(ideas.c.id.in_, _known))).limit(1)
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
        left = (await connection.execute(_LEFT, {"theme": theme})).scalar_one_or_none()
        row = (await connection.execute(_NAMES, {"theme": theme})).one_or_none()
        if left is None:
            await connection.execute(_RENAME, {"theme": theme, **_NOTHING})
            await connection.execute(_FORGET_DECIDED, {"theme": theme})
        elif row is not None:
            said = await _said(connection, theme, row)
            await connection.execute(_RENAME, {"theme": theme, **_names_of(row, said, left)})


async def _said(connection: AsyncConnection, theme: ThemeId, row: Any) -> Collection[str]:  # noqa: ANN401
    """Those words in its names that ideas still have."""
    phrases = [
        row.label,
        *_keywords(row),
        *(phrase for some in _by_language(row).values() for phrase in some),
    ]
    said = set()
    for word in sorted({word for phrase in phrases for word in _WORD.findall(phrase)}):
        found = await connection.execute(_SAID, {"theme": theme, "match": whole_words(word)})
        if found.first() is not None:
            said.add(word)
    return said


def _names_of(row: Any, said: Collection[str], left: str) -> Mapping[str, Any]:  # noqa: ANN401 - of themes
    words = _kept(_keywords(row), said)
    by_language = {language: _kept(phrases, said) for language, phrases in _by_language(row).items()}
    return {
        "name": row.label if _kept([row.label], said) else (words or [shorten(left, LABEL)])[0],
        "words": json.dumps(words, ensure_ascii=False),
        "words_of": json.dumps(by_language, ensure_ascii=False),
        "given": row.given_label,
    }


def _keywords(row: Any) -> list[str]:  # noqa: ANN401
    found: list[str] = json.loads(row.keywords)
    return found


def _by_language(row: Any) -> Mapping[str, list[str]]:  # noqa: ANN401
    found: dict[str, list[str]] = json.loads(row.keywords_of)
    return found


def _kept(phrases: Iterable[str], said: Collection[str]) -> list[str]:
    """Those of which every word is said."""
    return [phrase for phrase in phrases if all(word in said for word in _WORD.findall(phrase))]
