"""What lies on the goals of frames: what was suggested, and what facilitators said."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from cocreation.ideas.frame import FrameKey, GoalKey
from cocreation.ideas.framing import (
    GoalMark,
    LaidIdea,
    MarkId,
    NewMark,
    Standing,
    Suggestion,
    Suggestions,
    Tally,
    Thing,
)
from cocreation.ideas.ids import IdeaId, ResidentId, ThemeId
from cocreation.ideas.period import Period
from cocreation.ideas.theme import IdeaText
from storage.dialect import upsert
from storage.prepared import Prepared
from storage.schema import frame_goals, frame_looks, frame_marks, ideas, theme_members
from storage.views import idea_text_of, is_published

_looked = and_(frame_looks.c.idea_id == ideas.c.id, frame_looks.c.version == bindparam("version"))
_UNREAD = Prepared(
    select(ideas.c.id, ideas.c.text, ideas.c.language)
    .outerjoin(frame_looks, _looked)
    .where(is_published, frame_looks.c.idea_id.is_(None))
    .order_by(ideas.c.id.desc())
    .limit(bindparam("limit"))
)
_WORDS = select(ideas.c.id, ideas.c.text).where(ideas.c.id.in_(bindparam("some", expanding=True)))
_LOOK = Prepared(upsert(frame_looks, keys=("idea_id",), change=("version",)), ("idea_id", "version"))
_FORGET = delete(frame_goals).where(frame_goals.c.idea_id.in_(bindparam("some", expanding=True)))
_SUGGEST = insert(frame_goals)
_MARK = insert(frame_marks).returning(frame_marks.c.id)
_GET = select(frame_marks).where(frame_marks.c.id == bindparam("mark"))
_UNDO = (
    update(frame_marks)
    .where(frame_marks.c.id == bindparam("mark"), frame_marks.c.undone_at.is_(None))
    .values(undone_at=bindparam("now"), undone_by_id=bindparam("by"))
    .returning(frame_marks.c.id)
)
_stands = frame_marks.c.undone_at.is_(None)
_is_in_frame = frame_marks.c.frame == bindparam("frame")


def _latest(thing: ColumnElement[int]) -> Select[Any]:
    """The numbers of the marks in a frame that stand, one for each thing."""
    return select(func.max(frame_marks.c.id)).where(_is_in_frame, _stands, thing.is_not(None)).group_by(thing)


_latest_of_ideas = _latest(frame_marks.c.idea_id)


def _marked(goal: ColumnElement[str | None]) -> Select[Any]:
    return select(
        frame_marks.c.idea_id,
        goal.label("goal"),
        literal(1).label("confirmed"),
        literal("[]").label("words"),
        literal(2.0).label("score"),
    ).where(frame_marks.c.id.in_(_latest_of_ideas), goal.is_not(None))


_has_mark = select(frame_marks.c.idea_id).where(_is_in_frame, _stands, frame_marks.c.idea_id.is_not(None))
_suggested = select(
    frame_goals.c.idea_id,
    frame_goals.c.goal,
    literal(0).label("confirmed"),
    frame_goals.c.words,
    frame_goals.c.score,
).where(frame_goals.c.frame == bindparam("frame"), frame_goals.c.idea_id.not_in(_has_mark))
_all_laid: CompoundSelect[Any] = _marked(frame_marks.c.goal).union_all(
    _marked(frame_marks.c.other_goal), _suggested
)
_laid = _all_laid.subquery("laid")

_in_period = and_(
    or_(bindparam("start").is_(None), ideas.c.created_at >= bindparam("start")),
    or_(bindparam("end").is_(None), ideas.c.created_at < bindparam("end")),
)
_TALLIES = (
    select(_laid.c.goal, func.count().label("n"), func.sum(_laid.c.confirmed).label("confirmed"))
    .join(ideas, ideas.c.id == _laid.c.idea_id)
    .where(is_published, _in_period)
    .group_by(_laid.c.goal)
)
_ON_GOAL = (
    select(_laid.c.idea_id, ideas.c.text, _laid.c.confirmed)
    .join(ideas, ideas.c.id == _laid.c.idea_id)
    .where(is_published, _laid.c.goal == bindparam("goal"))
    .order_by(_laid.c.confirmed, _laid.c.score.desc(), _laid.c.idea_id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("offset"))
)
_GOALS_OF = (
    select(_laid.c.idea_id, _laid.c.goal, _laid.c.confirmed)
    .join(ideas, ideas.c.id == _laid.c.idea_id)
    .where(is_published)
    .order_by(_laid.c.idea_id, _laid.c.score.desc(), _laid.c.goal)
)
_SOME_GOALS = _GOALS_OF.where(_laid.c.idea_id.in_(bindparam("some", expanding=True)))
_NONE = select(frame_marks.c.idea_id).where(
    frame_marks.c.id.in_(_latest_of_ideas), frame_marks.c.goal.is_(None)
)
_OF_THEMES = (
    select(theme_members.c.theme_id, _laid.c.goal, func.count().label("n"))
    .join(_laid, _laid.c.idea_id == theme_members.c.idea_id)
    .join(ideas, and_(ideas.c.id == theme_members.c.idea_id, is_published))
    .group_by(theme_members.c.theme_id, _laid.c.goal)
)
_OF_THEME = _OF_THEMES.where(theme_members.c.theme_id == bindparam("theme"))
_THEME_MARKS = select(frame_marks).where(frame_marks.c.id.in_(_latest(frame_marks.c.theme_id)))
_SUGGESTIONS = (
    select(frame_goals)
    .where(frame_goals.c.idea_id.in_(bindparam("some", expanding=True)))
    .where(frame_goals.c.frame == bindparam("frame"))
    .order_by(frame_goals.c.idea_id, frame_goals.c.score.desc(), frame_goals.c.goal)
)


class SqlFrameRepository:
    """See `cocreation.ports.FrameRepository`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def unread(self, version: str, limit: int) -> Sequence[IdeaText]:
        rows = await _UNREAD.all(self._connection, {"version": version, "limit": limit})
        return [idea_text_of(row) for row in rows]

    async def keep(self, version: str, texts: Sequence[IdeaText], found: Sequence[Suggestions]) -> None:
        some = [text.id for text in texts]
        there = {row.id: row.text for row in await self._connection.execute(_WORDS, {"some": some})}
        kept = [
            (text.id, each)
            for text, each in zip(texts, found, strict=True)
            if there.get(text.id) == text.text
        ]
        if not kept:
            return
        await self._connection.execute(_FORGET, {"some": [idea for idea, _ in kept]})
        rows = [
            {
                "idea_id": idea,
                "frame": frame,
                "goal": each.goal,
                "score": each.score,
                "words": json.dumps(each.words, ensure_ascii=False),
            }
            for idea, frames in kept
            for frame, suggestions in frames.items()
            for each in suggestions
        ]
        if rows:
            await self._connection.execute(_SUGGEST, rows)
        await _LOOK.for_each(self._connection, [{"idea_id": idea, "version": version} for idea, _ in kept])

    async def tallies(self, frame: FrameKey, period: Period | None = None) -> Mapping[GoalKey, Tally]:
        values = {
            "frame": frame,
            "start": None if period is None else period.start,
            "end": None if period is None else period.end,
        }
        rows = await self._connection.execute(_TALLIES, values)
        return {GoalKey(row.goal): Tally(row.n, row.confirmed) for row in rows}

    async def ideas_on(self, frame: FrameKey, goal: GoalKey, limit: int, offset: int) -> Sequence[LaidIdea]:
        values = {"frame": frame, "goal": goal, "limit": limit, "offset": offset}
        rows = list(await self._connection.execute(_ON_GOAL, values))
        some = [IdeaId(row.idea_id) for row in rows]
        standing = await self.of_ideas(frame, some)
        led = await self.suggested(frame, some)
        return [
            LaidIdea(
                IdeaId(row.idea_id),
                row.text,
                standing[IdeaId(row.idea_id)].goals,
                bool(row.confirmed),
                next((each.words for each in led.get(IdeaId(row.idea_id), ()) if each.goal == goal), ()),
            )
            for row in rows
        ]

    async def of_ideas(
        self, frame: FrameKey, some: Sequence[IdeaId] | None = None
    ) -> Mapping[IdeaId, Standing]:
        values: dict[str, object] = {"frame": frame}
        statement = _GOALS_OF if some is None else _SOME_GOALS
        rows = await self._connection.execute(statement, values if some is None else values | {"some": some})
        found: dict[IdeaId, Standing] = {}
        for row in rows:
            idea = IdeaId(row.idea_id)
            before = found.get(idea, Standing((), bool(row.confirmed)))
            found[idea] = Standing((*before.goals, GoalKey(row.goal)), bool(row.confirmed))
        for idea in (await self._connection.execute(_NONE, values)).scalars():
            if some is None or idea in some:
                found[IdeaId(idea)] = Standing((), is_confirmed=True)
        return found

    async def suggested(
        self, frame: FrameKey, some: Sequence[IdeaId]
    ) -> Mapping[IdeaId, Sequence[Suggestion]]:
        rows = await self._connection.execute(_SUGGESTIONS, {"frame": frame, "some": some})
        found: dict[IdeaId, list[Suggestion]] = {}
        for row in rows:
            each = Suggestion(GoalKey(row.goal), row.score, tuple(json.loads(row.words)))
            found.setdefault(IdeaId(row.idea_id), []).append(each)
        return found

    async def theme_tallies(
        self, frame: FrameKey, theme: ThemeId | None = None
    ) -> Mapping[ThemeId, Mapping[GoalKey, int]]:
        found: dict[ThemeId, dict[GoalKey, int]] = {}
        statement = _OF_THEMES if theme is None else _OF_THEME
        values = {"frame": frame} if theme is None else {"frame": frame, "theme": theme}
        for row in await self._connection.execute(statement, values):
            found.setdefault(ThemeId(row.theme_id), {})[GoalKey(row.goal)] = row.n
        return found

    async def theme_marks(self, frame: FrameKey) -> Mapping[ThemeId, GoalMark]:
        rows = await self._connection.execute(_THEME_MARKS, {"frame": frame})
        return {ThemeId(row.theme_id): _mark(row) for row in rows}

    async def mark(self, mark: NewMark, now: datetime) -> MarkId:
        goal, other = (*mark.goals, None, None)[:2]
        values = {
            "frame": mark.frame,
            "idea_id": mark.thing.idea,
            "theme_id": mark.thing.theme,
            "goal": goal,
            "other_goal": other,
            "by_id": mark.by,
            "marked_at": now,
        }
        return MarkId((await self._connection.execute(_MARK, values)).scalar_one())

    async def get(self, mark: MarkId) -> GoalMark | None:
        row = (await self._connection.execute(_GET, {"mark": mark})).one_or_none()
        return None if row is None else _mark(row)

    async def undo(self, mark: MarkId, by: ResidentId, now: datetime) -> bool:
        values = {"mark": mark, "by": by, "now": now}
        return (await self._connection.execute(_UNDO, values)).first() is not None


def _mark(row: Any) -> GoalMark:  # noqa: ANN401 - a row
    return GoalMark(
        MarkId(row.id),
        FrameKey(row.frame),
        Thing(
            None if row.idea_id is None else IdeaId(row.idea_id),
            None if row.theme_id is None else ThemeId(row.theme_id),
        ),
        tuple(GoalKey(goal) for goal in (row.goal, row.other_goal) if goal is not None),
        row.marked_at,
        row.undone_at,
    )
