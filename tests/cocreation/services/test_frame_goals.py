"""Facilitators say on which goals ideas and themes lie, and no later suggestion changes it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from cocreation.errors import NoSuchGoalError, NotFoundError, ThemeGoneError
from cocreation.ideas.frame import Frame, GoalKey, included_frames
from cocreation.ideas.framing import GoalMark, NewMark, Standing, Suggestion, Tally, Thing
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, ResidentId, ThemeId
from cocreation.ideas.period import Period
from cocreation.ideas.theme import Clustering, FoundTheme, IdeaText, Member
from cocreation.services.forget_resident import forget_resident
from cocreation.services.frame_goals import (
    goals_of_ideas,
    goals_of_themes,
    mark,
    standing_of,
    tally,
    themes_on,
    undo_mark,
)
from storage.engine import SqlStorage

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
SDGS = included_frames()[0]
CITIES, CLIMATE, HEALTH, WATER = (GoalKey(key) for key in ("11", "13", "3", "6"))
Goals = Sequence[GoalKey]


async def town(storage: SqlStorage, *suggested: Goals, version: str = "1") -> tuple[ResidentId, list[IdeaId]]:
    """Somebody wrote an idea a day, of which each has these suggestions; all are in one theme."""
    async with storage.writing() as work:
        lien = await work.residents.meet(ChatId(7), Language("nl"), NOW)
        ideas = [
            await work.ideas.add(NewIdea(f"idea {at}", NOW + timedelta(days=at), author=lien.id))
            for at in range(len(suggested))
        ]
        members = tuple(Member(idea, 0.5) for idea in ideas)
        await work.themes.replace(
            Clustering((FoundTheme(None, "Trees", ("trees",), members, ()),), ()), NOW + timedelta(days=99)
        )
    await suggest(storage, ideas, suggested, version)
    return lien.id, ideas


async def suggest(
    storage: SqlStorage, ideas: Sequence[IdeaId], goals: Sequence[Goals], version: str = "1"
) -> None:
    async with storage.writing() as work:
        texts = [IdeaText(idea, f"idea {at}") for at, idea in enumerate(ideas)]
        found = [
            {SDGS.key: [Suggestion(goal, 0.5 - at / 10, (f"word {goal}",)) for at, goal in enumerate(each)]}
            for each in goals
        ]
        await work.frames.keep(version, texts, found)


async def say(
    storage: SqlStorage, thing: Thing, goals: Goals, by: ResidentId, frame: Frame = SDGS
) -> GoalMark:
    async with storage.writing() as work:
        return await mark(work, frame, NewMark(frame.key, thing, tuple(goals), by), NOW)


async def test_what_a_facilitator_says_stands_whatever_is_suggested_later(storage: SqlStorage) -> None:
    lien, (one, two) = await town(storage, [CITIES, CLIMATE], [CITIES])
    await say(storage, Thing(idea=one), [HEALTH], lien)
    await say(storage, Thing(idea=two), [], lien)
    await suggest(storage, [one, two], [[WATER], [WATER]], version="2")
    async with storage.reading() as work:
        assert await goals_of_ideas(work, SDGS) == {one: Standing((HEALTH,), True), two: Standing((), True)}
        assert list(await work.frames.unread("2", 5)) == []


async def test_the_latest_word_stands_and_undoing_it_brings_back_the_one_before(storage: SqlStorage) -> None:
    lien, (one,) = await town(storage, [CITIES])
    await say(storage, Thing(idea=one), [HEALTH], lien)
    last = await say(storage, Thing(idea=one), [WATER], lien)
    async with storage.writing() as work:
        assert await standing_of(work, SDGS, Thing(idea=one)) == Standing((WATER,), True)
        for _ in range(2):
            await undo_mark(work, last.id, lien, NOW)
        assert await standing_of(work, SDGS, Thing(idea=one)) == Standing((HEALTH,), True)
        assert await standing_of(work, included_frames()[1], Thing(idea=one)) == Standing((), False)


async def test_goals_are_counted_with_what_is_confirmed_and_in_a_period(storage: SqlStorage) -> None:
    lien, (one, _, three) = await town(storage, [CITIES, CLIMATE], [CITIES], [])
    await say(storage, Thing(idea=one), [CITIES, CLIMATE], lien)
    await say(storage, Thing(idea=three), [CITIES], lien)
    async with storage.reading() as work:
        whole = {each.goal: each for each in await tally(work, SDGS)}
        week = Period(NOW + timedelta(days=1), NOW + timedelta(days=2))
        part = {each.goal: each.ideas for each in await tally(work, SDGS, week)}
    assert len(whole) == 17
    assert whole[CITIES].ideas == Tally(3, 2)
    assert whole[CITIES].share == pytest.approx(2 / 3)
    assert whole[CLIMATE].ideas == Tally(1, 1)
    assert whole[HEALTH].ideas == Tally()
    assert part[CITIES] == Tally(1, 0)


async def test_a_theme_has_the_goals_of_its_ideas_until_a_facilitator_says_otherwise(
    storage: SqlStorage,
) -> None:
    lien, _ = await town(storage, [CITIES, CLIMATE], [CITIES], [CITIES], [HEALTH])
    async with storage.reading() as work:
        (theme,) = [each.id for each in await work.themes.all()]
        assert await goals_of_themes(work, SDGS) == {theme: Standing((CITIES,), False)}
        (laid,) = await themes_on(work, SDGS, CITIES)
        assert await standing_of(work, SDGS, Thing(theme=theme)) == Standing((CITIES,), False)
    assert (laid.theme, laid.size, laid.ideas, laid.is_confirmed) == (theme, 4, 3, False)
    await say(storage, Thing(theme=theme), [WATER], lien)
    async with storage.reading() as work:
        assert await goals_of_themes(work, SDGS) == {theme: Standing((WATER,), True)}
        assert await themes_on(work, SDGS, CITIES) == []


async def test_an_idea_that_nobody_may_see_lies_on_no_goal(storage: SqlStorage) -> None:
    lien, (one, two) = await town(storage, [CITIES], [CITIES])
    await say(storage, Thing(idea=one), [CITIES], lien)
    async with storage.writing() as work:
        for idea in (one, two):
            await work.ideas.set_state(idea, IdeaState.HIDDEN, NOW)
        assert await goals_of_ideas(work, SDGS) == {}
        assert await work.frames.tallies(SDGS.key) == {}
        assert await work.frames.ideas_on(SDGS.key, CITIES, 9, 0) == []
        assert await work.frames.theme_tallies(SDGS.key) == {}


async def test_a_corrected_idea_is_read_again_and_what_was_read_before_is_not_kept(
    storage: SqlStorage,
) -> None:
    _, (one,) = await town(storage, [CITIES])
    async with storage.writing() as work:
        await work.ideas.correct(one, "something else", NOW)
        assert await goals_of_ideas(work, SDGS) == {}
        assert [each.id for each in await work.frames.unread("1", 5)] == [one]
    await suggest(storage, [one], [[WATER]])
    async with storage.reading() as work:
        assert await goals_of_ideas(work, SDGS) == {}


@pytest.mark.parametrize(
    "goals",
    [("18",), ("3", "3"), ("1", "2", "3")],
    ids=["not in the frame", "twice the same", "three"],
)
async def test_only_goals_that_the_frame_has_can_be_said(
    storage: SqlStorage, goals: tuple[GoalKey, ...]
) -> None:
    lien, (one,) = await town(storage, [])
    with pytest.raises(NoSuchGoalError):
        await say(storage, Thing(idea=one), goals, lien)


async def test_nothing_is_said_of_what_is_gone(storage: SqlStorage) -> None:
    lien, (one,) = await town(storage, [])
    async with storage.writing() as work:
        await work.ideas.set_state(one, IdeaState.WITHDRAWN, NOW)
    with pytest.raises(NotFoundError):
        await say(storage, Thing(idea=one), [CITIES], lien)
    with pytest.raises(ThemeGoneError):
        await say(storage, Thing(theme=ThemeId(99)), [CITIES], lien)


async def test_what_a_facilitator_said_outlives_being_forgotten_without_the_name(storage: SqlStorage) -> None:
    _, (one,) = await town(storage, [CITIES])
    async with storage.writing() as work:
        griet = await work.residents.meet(ChatId(8), Language("nl"), NOW)
    said = await say(storage, Thing(idea=one), [WATER], griet.id)
    async with storage.writing() as work:
        await forget_resident(work, ChatId(8), asked=griet.id, asked_at=NOW, now=NOW)
    async with storage.reading() as work:
        assert await standing_of(work, SDGS, Thing(idea=one)) == Standing((WATER,), True)
        rows = await work._connection.exec_driver_sql("SELECT id, by_id FROM frame_marks")
        assert [tuple(row) for row in rows] == [(said.id, None)]
