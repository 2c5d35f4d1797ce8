"""What lies on the goals of a frame, and how facilitators confirm or correct it.

For an export: `goals_of_ideas` and `goals_of_themes`; for a digest: `tally` of its period.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from cocreation.errors import NoSuchGoalError, NotFoundError, ThemeGoneError
from cocreation.ideas.frame import Frame, GoalKey
from cocreation.ideas.framing import (
    MOST_AT_ONCE,
    GoalMark,
    Goals,
    GoalTally,
    LaidTheme,
    MarkId,
    NewMark,
    Standing,
    Tally,
    Thing,
    goals_by_share,
    known_goals,
)
from cocreation.ideas.ids import IdeaId, ResidentId, ThemeId
from cocreation.ideas.period import Period
from cocreation.ideas.theme import Theme
from cocreation.ports import Work


async def tally(work: Work, frame: Frame, period: Period | None = None) -> Sequence[GoalTally]:
    """Every goal of the frame, in its order, with the ideas of the period and today's themes on it."""
    ideas = await work.frames.tallies(frame.key, period)
    themes: dict[GoalKey, Tally] = {}
    for standing in (await goals_of_themes(work, frame)).values():
        for goal in standing.goals:
            before = themes.get(goal, Tally())
            themes[goal] = Tally(before.all + 1, before.confirmed + standing.is_confirmed)
    return [
        GoalTally(goal.key, ideas.get(goal.key, Tally()), themes.get(goal.key, Tally()))
        for goal in frame.goals
    ]


async def goals_of_ideas(work: Work, frame: Frame) -> Mapping[IdeaId, Standing]:
    """On which goals every idea lies that lies on one, or that facilitators said lies on none."""
    found = await work.frames.of_ideas(frame.key)
    return {idea: _known(frame, standing) for idea, standing in found.items()}


async def goals_of_idea(work: Work, frame: Frame, idea: IdeaId) -> Standing:
    found = await work.frames.of_ideas(frame.key, [idea])
    return _known(frame, found.get(idea, Standing((), is_confirmed=False)))


async def goals_of_themes(work: Work, frame: Frame) -> Mapping[ThemeId, Standing]:
    """The same for the themes: by their ideas' share, or as a facilitator said."""
    return {theme.id: standing for theme, _, standing in await _laid(work, frame)}


async def themes_on(work: Work, frame: Frame, goal: GoalKey) -> Sequence[LaidTheme]:
    """The themes on a goal, what waits to be confirmed first, then the largest."""
    found = [
        LaidTheme(
            theme.id, theme.label, theme.size, counts.get(goal, 0), standing.goals, standing.is_confirmed
        )
        for theme, counts, standing in await _laid(work, frame)
        if goal in standing.goals
    ]
    return sorted(found, key=lambda theme: theme.is_confirmed)


async def _laid(work: Work, frame: Frame) -> Sequence[tuple[Theme, Mapping[GoalKey, int], Standing]]:
    """The themes that lie on a goal, or that a facilitator said lie on none, with their ideas on each."""
    counts = await work.frames.theme_tallies(frame.key)
    marks = await work.frames.theme_marks(frame.key)
    found = []
    for theme in await work.themes.all():
        its_counts = counts.get(theme.id, {})
        standing = _of_theme(frame, theme, its_counts, marks)
        if standing.goals or standing.is_confirmed:
            found.append((theme, its_counts, standing))
    return found


async def standing_of(work: Work, frame: Frame, thing: Thing) -> Standing:
    """On which goals an idea or a theme lies."""
    if thing.idea is not None:
        return await goals_of_idea(work, frame, thing.idea)
    theme = None if thing.theme is None else await work.themes.get(thing.theme)
    if theme is None:
        return Standing((), is_confirmed=False)
    counts = await work.frames.theme_tallies(frame.key, theme.id)
    return _of_theme(frame, theme, counts.get(theme.id, {}), await work.frames.theme_marks(frame.key))


async def mark(work: Work, frame: Frame, new: NewMark, now: datetime) -> GoalMark:
    """Keep what a facilitator says. No later suggestion changes it.

    Raises NotFoundError or ThemeGoneError for what nobody may see any more, NoSuchGoalError for goals that
    the frame does not have, or more than two.
    """
    if len(new.goals) > MOST_AT_ONCE or len(known_goals(frame, new.goals)) != len(new.goals):
        raise NoSuchGoalError
    await _require(work, new.thing)
    kept = await work.frames.get(await work.frames.mark(new, now))
    assert kept is not None
    return kept


async def undo_mark(work: Work, number: MarkId, by: ResidentId, now: datetime) -> GoalMark:
    """Take back what a facilitator said; undone twice is undone once. Raises NotFoundError, as `mark`."""
    found = await work.frames.get(number)
    if found is None:
        raise NotFoundError
    await _require(work, found.thing)
    await work.frames.undo(number, by, now)
    return found


async def _require(work: Work, thing: Thing) -> None:
    if thing.idea is not None and not await work.ideas.published_of([thing.idea]):
        raise NotFoundError
    if thing.theme is not None and await work.themes.get(thing.theme) is None:
        raise ThemeGoneError


def _of_theme(
    frame: Frame, theme: Theme, counts: Mapping[GoalKey, int], marks: Mapping[ThemeId, GoalMark]
) -> Standing:
    if (said := marks.get(theme.id)) is not None:
        return Standing(known_goals(frame, said.goals), is_confirmed=True)
    return Standing(goals_by_share(frame, counts, theme.size), is_confirmed=False)


def _known(frame: Frame, standing: Standing) -> Standing:
    goals: Goals = known_goals(frame, standing.goals)
    return Standing(goals, standing.is_confirmed)
