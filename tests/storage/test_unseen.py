"""What a run makes new is written a little at a time, where nobody sees it before all of it is there."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import Clustering, FoundPart, FoundTheme, Member, Placement
from cocreation.services.decide_themes import move_idea, split_theme, undo_decision
from storage import unseen
from storage.engine import SqlStorage

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
LATEST = NOW + timedelta(hours=2)
TABLES = ("themes", "theme_members", "faded_members", "theme_events", "theme_runs")


@pytest.fixture(autouse=True)
def _short_steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(unseen, "IDEAS_AT_ONCE", 2)
    monkeypatch.setattr(unseen, "THEMES_AT_ONCE", 1)
    yield


def _found(label: str, members: list[IdeaId], known: ThemeId | None = None) -> FoundTheme:
    scored = tuple(Member(idea, 0.5) for idea in members)
    parts = (FoundPart(None, f"Some {label}", (), frozenset(members[:2])),)
    return FoundTheme(known, label, (), scored, tuple(members[:1]), parts=parts)


async def _ideas(storage: SqlStorage, count: int) -> list[IdeaId]:
    async with storage.writing() as work:
        return [await work.ideas.add(NewIdea(f"Idea {number}", NOW)) for number in range(count)]


async def _keep(storage: SqlStorage, *themes: FoundTheme, at: datetime = NOW) -> None:
    async with storage.writing() as work:
        await work.themes.replace(Clustering(themes, ()), at)


async def _plan(storage: SqlStorage, run: Clustering) -> object:
    async with storage.reading() as work:
        return await work.themes.plan(run, LATER)


async def _prepare(storage: SqlStorage, plan: object, steps: int = 1000) -> None:
    is_more = True
    while is_more and steps:
        async with storage.writing() as work:
            is_more = await work.themes.prepare(plan)
        steps -= 1


async def _seen(storage: SqlStorage) -> object:
    async with storage.reading() as work:
        themes = await work.themes.all()
        inside = [await work.themes.ideas_of(theme.id, 100) for theme in themes]
        return themes, inside, await work.themes.known(), await work.themes.quotes()


async def _places(storage: SqlStorage) -> dict[str, set[IdeaId]]:
    async with storage.reading() as work:
        return {
            theme.label: {member.idea for member in await work.themes.members(theme.id)}
            for theme in await work.themes.all()
        }


def _written(storage: SqlStorage) -> list[list[tuple[object, ...]]]:
    with closing(sqlite3.connect(storage.path)) as connection:
        return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES]


async def test_nobody_sees_what_is_prepared_before_all_of_it_is_shown(storage: SqlStorage) -> None:
    a, b, c, d, e, f, g, h = await _ideas(storage, 8)
    await _keep(storage, _found("Trees", [a, b, c]))
    async with storage.reading() as work:
        (trees,) = await work.themes.all()
    run = Clustering((_found("Parks", [a, b, d], trees.id), _found("Buses", [c, e, f, g, h])), ())
    before = await _seen(storage)
    plan = await _plan(storage, run)
    steps, is_more = 0, True
    while is_more:
        async with storage.writing() as work:
            is_more = await work.themes.prepare(plan)
        steps += 1
        assert await _seen(storage) == before
    async with storage.writing() as work:
        assert await work.themes.replace(run, LATER, plan) == [d, e, f, g, h]
    assert steps == 5  # three themes and parts are born, and four ideas wait
    assert await _places(storage) == {"Parks": {a, b, d}, "Buses": {c, e, f, g, h}}


@pytest.mark.parametrize("steps", range(6))
async def test_a_run_that_ended_between_two_steps_leaves_the_last_themes_and_nothing_else(
    storage: SqlStorage, steps: int
) -> None:
    ideas = await _ideas(storage, 8)
    await _keep(storage, _found("Trees", ideas[:3]))
    before = await _seen(storage), _written(storage)
    plan = await _plan(storage, Clustering((_found("Parks", ideas[:3]), _found("Buses", ideas[3:])), ()))
    await _prepare(storage, plan, steps)
    assert await _seen(storage) == before[0]
    is_more = True
    while is_more:
        async with storage.writing() as work:
            is_more = await work.themes.forget_unseen()
    assert (await _seen(storage), _written(storage)) == before


@pytest.mark.parametrize("steps", range(6))
async def test_a_decision_between_two_steps_stands(storage: SqlStorage, steps: int) -> None:
    ideas = await _ideas(storage, 8)
    a, b, c, d, e, f, *rest = ideas
    await _keep(storage, _found("Trees", [a, b, c]))
    async with storage.reading() as work:
        (trees,) = await work.themes.all()
    run = Clustering((_found("Trees", [a, b, c], trees.id), _found("Buses", [d, e, f, *rest])), ())
    plan = await _plan(storage, run)
    await _prepare(storage, plan, steps)
    async with storage.writing() as work:
        assert await work.themes.still_holds(plan)
        await move_idea(work, d, trees.id, by=None, now=LATER)
        await move_idea(work, e, None, by=None, now=LATER)
        assert not await work.themes.still_holds(plan)
    assert await _places(storage) == {"Trees": {a, b, c, d}}
    await _prepare(storage, plan)
    async with storage.writing() as work:
        await work.themes.replace(run, LATER, plan)
    assert await _places(storage) == {"Trees": {a, b, c, d}, "Buses": {f, *rest}}


@pytest.mark.parametrize("steps", range(6))
async def test_what_is_erased_withdrawn_placed_or_written_between_two_steps_spoils_nothing(
    storage: SqlStorage, steps: int
) -> None:
    a, b, c, d, e, f, g, h = await _ideas(storage, 8)
    await _keep(storage, _found("Trees", [a, b, c]))
    async with storage.reading() as work:
        (trees,) = await work.themes.all()
    run = Clustering((_found("Trees", [a, c], trees.id), _found("Buses", [b, d, e, f, g, h])), ())
    plan = await _plan(storage, run)
    await _prepare(storage, plan, steps)
    with closing(sqlite3.connect(storage.path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM ideas WHERE id IN (?, ?)", (b, h))
    async with storage.writing() as work:
        await work.ideas.set_state(d, IdeaState.WITHDRAWN, LATER)
        new = await work.ideas.add(NewIdea("Written meanwhile", LATER))
        await work.themes.place([Placement(new, trees.id, 0.4)])
        assert await work.themes.still_holds(plan)
    await _prepare(storage, plan)
    async with storage.writing() as work:
        await work.themes.replace(run, LATER, plan)
    assert await _places(storage) == {"Trees": {a, c, new}, "Buses": {e, f, g}}


async def test_what_was_placed_meanwhile_in_a_theme_that_fades_has_none(storage: SqlStorage) -> None:
    a, b, c, d = await _ideas(storage, 4)
    await _keep(storage, _found("Trees", [a, b]))
    async with storage.reading() as work:
        (trees,) = await work.themes.all()
    run = Clustering((_found("Buses", [a, b, c]),), ())
    plan = await _plan(storage, run)
    async with storage.writing() as work:
        await work.themes.place([Placement(d, trees.id, 0.4)])
        await work.themes.replace(run, LATER, plan)
        assert await work.themes.place([Placement(d, trees.id, 0.4)]) == []
        (buses,) = await work.themes.all()
        assert await work.themes.place([Placement(d, buses.id, 0.4)]) == [d]


async def test_an_idea_that_was_decided_on_spoils_a_plan_when_it_comes_back(storage: SqlStorage) -> None:
    a, b, c = await _ideas(storage, 3)
    await _keep(storage, _found("Trees", [a, b, c]))
    async with storage.writing() as work:
        (trees,) = await work.themes.all()
        await move_idea(work, a, trees.id, by=None, now=NOW)
        await work.ideas.set_state(a, IdeaState.WITHDRAWN, NOW)
    run = Clustering((_found("Buses", [b, c]),), ())
    plan = await _plan(storage, run)
    async with storage.writing() as work:
        await work.ideas.set_state(a, IdeaState.PUBLISHED, LATER)
        await work.themes.replace(run, LATER, plan)
    assert await _places(storage) == {"Trees": {a}, "Buses": {b, c}}


async def test_a_theme_that_was_seen_once_is_not_taken_for_one_that_never_was(storage: SqlStorage) -> None:
    a, b, c, d = await _ideas(storage, 4)
    await _keep(storage, _found("Trees", [a, b, c, d]))
    async with storage.writing() as work:
        (trees,) = await work.themes.all()
        split = await split_theme(work, trees.id, [a, b], "Parks", by=None, now=LATER)
        await undo_decision(work, split.decision, now=LATER)
    await _keep(storage, _found("Buses", [a, b, c, d]), at=LATEST)
    before = _written(storage)
    async with storage.writing() as work:
        assert not await work.themes.forget_unseen()
    assert _written(storage) == before
