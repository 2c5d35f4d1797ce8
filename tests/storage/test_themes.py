"""Themes keep their identity from run to run, and say what changed since."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cocreation.ideas.decision import DecisionKind, NewDecision
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, ThemeId
from cocreation.ideas.theme import (
    COLOURS,
    Clustering,
    FoundPart,
    FoundTheme,
    KnownPart,
    Member,
    Placement,
    Spot,
)
from cocreation.ideas.theme_event import EventKind, ThemeEvent
from storage import theme_run
from storage.engine import SqlStorage
from storage.theme_plan import Kept, PlannedTheme, planned_themes
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
LATEST = NOW + timedelta(hours=2)
LAST_YEAR = NOW - timedelta(days=365)


async def _add(work: SqlWork, count: int, at: datetime = NOW) -> list[IdeaId]:
    return [await work.ideas.add(NewIdea(f"Idea {number}", at)) for number in range(count)]


def _found(
    label: str, members: list[IdeaId], known: ThemeId | None = None, quotes: tuple[IdeaId, ...] = ()
) -> FoundTheme:
    scored = tuple(Member(idea, 1 - at / 10) for at, idea in enumerate(members))
    return FoundTheme(known, label, (label.lower(), "tree"), scored, quotes)


def _run(*themes: FoundTheme, unassigned: tuple[IdeaId, ...] = ()) -> Clustering:
    return Clustering(themes, unassigned)


async def test_a_theme_that_goes_on_keeps_its_id_and_takes_the_new_name(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c = await _add(work, 3)
        await work.themes.replace(_run(_found("Trees", [a, b]), unassigned=(c,)), NOW)
        (first,) = await work.themes.all()
        await work.themes.replace(_run(_found("Parks", [a, b, c], known=first.id)), LATER)
        (second,) = await work.themes.all()
    assert (second.id, second.label, second.keywords, second.size) == (
        first.id,
        "Parks",
        ("parks", "tree"),
        3,
    )


async def test_a_theme_that_ends_is_no_longer_shown(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b = await _add(work, 2)
        await work.themes.replace(_run(_found("Trees", [a]), _found("Buses", [b])), NOW)
        trees, _ = await work.themes.all()
        await work.themes.replace(_run(_found("Everything", [a, b])), LATER)
        assert [theme.label for theme in await work.themes.all()] == ["Everything"]
        assert await work.themes.get(trees.id) is None
        known = await work.themes.known()
        assert [(theme.members, theme.has_faded) for theme in known] == [
            (frozenset({a, b}), False),
            (frozenset({b}), True),
            (frozenset({a}), True),
        ]


async def test_a_run_names_the_ideas_that_had_no_theme_and_now_have_one(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c = await _add(work, 3)
        gone = IdeaId(999)
        first = await work.themes.replace(_run(_found("Trees", [a, gone]), unassigned=(b, c)), NOW)
        second = await work.themes.replace(_run(_found("Trees", [a, c]), unassigned=(b,)), LATER)
    assert (first, second) == ([a], [c])


async def test_sizes_and_supports_count_published_ideas_alone(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c = await _add(work, 3)
        ann = (await work.residents.meet(ChatId(41), Language("nl"), NOW)).id
        for idea in (a, b):
            await work.supports.add(idea, ann, NOW)
        await work.themes.replace(_run(_found("Trees", [a, b]), _found("Buses", [c])), NOW)
        await work.ideas.set_state(b, IdeaState.HIDDEN, NOW)
        await work.ideas.set_state(c, IdeaState.WITHDRAWN, NOW)
        (trees,) = await work.themes.all()
        view = await work.ideas.view(a)
    assert (trees.label, trees.size, trees.supports) == ("Trees", 1, 1)
    assert view is not None and (view.theme, view.theme_label, view.theme_size) == (trees.id, "Trees", 1)


async def test_the_quote_of_a_theme_is_the_one_chosen_while_it_is_published(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c = await _add(work, 3)
        await work.themes.replace(_run(_found("Trees", [a, b, c], quotes=(c,))), NOW)
        (trees,) = await work.themes.all()
        assert [view.idea.id for view in await work.themes.quotes()] == [c]
        await work.ideas.set_state(c, IdeaState.HIDDEN, NOW)
        assert [view.idea.id for view in await work.themes.quotes()] == [a]
        assert [view.idea.id for view in await work.themes.ideas_of(trees.id, 5)] == [a, b]
        assert [view.idea.id for view in await work.themes.ideas_of(trees.id, 5, offset=1)] == [b]


async def test_before_the_first_run_every_idea_is_a_change(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        await _add(work, 2)
        await work.ideas.add(NewIdea("", NOW, state=IdeaState.DRAFT))
        assert await work.themes.changes_since_last_run() == (2, None)


async def test_new_edited_and_withdrawn_ideas_are_changes_since_the_last_run(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c = await _add(work, 3)
        await work.themes.replace(_run(_found("Trees", [a]), unassigned=(b, c)), NOW)
        assert await work.themes.changes_since_last_run() == (0, NOW)
        await work.ideas.correct(a, "Other words", LATER)
        await work.ideas.set_state(b, IdeaState.WITHDRAWN, LATER)
        # Imported with the date that it had elsewhere, long before the run.
        await _add(work, 1, at=LAST_YEAR)
        assert await work.themes.changes_since_last_run() == (3, NOW)


async def test_what_happened_to_themes_is_told(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c, d, e, f = await _add(work, 6)
        await work.themes.replace(_run(_found("Trees", [a, b, c]), _found("Buses", [d, e, f])), NOW)
        trees, buses = (theme.id for theme in await work.themes.all())
        await work.themes.replace(_run(_found("Trees", [a, b, c, d, e, f], known=trees)), LATER)
        assert await work.themes.events(LATER, LATER + timedelta(seconds=1)) == [
            ThemeEvent(EventKind.GREW, trees, 3),
            ThemeEvent(EventKind.MERGED, buses, 3, trees),
        ]
        born = await work.themes.events(NOW, LATER)
    assert born == [ThemeEvent(EventKind.BORN, trees, 3), ThemeEvent(EventKind.BORN, buses, 3)]


async def test_a_faded_theme_comes_back_with_its_id_colour_and_spot(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c = await _add(work, 3)
        spot, elsewhere = Spot(0.1, 0.2), Spot(0.9, 0.9)
        there = replace(_found("Trees", [a, b, c]), spot=spot)
        await work.themes.replace(_run(there), NOW)
        (before,) = await work.themes.all()
        await work.themes.replace(_run(unassigned=(a, b, c)), LATER)
        (faded,) = await work.themes.known()
        assert (faded.has_faded, faded.members, faded.spot) == (True, frozenset({a, b, c}), spot)
        await work.themes.replace(_run(replace(there, known=faded.id, spot=elsewhere)), LATEST)
        assert await work.themes.all() == [before]
        kinds = [event.kind for event in await work.themes.events(NOW, LATEST + timedelta(seconds=1))]
        known = await work.themes.known()
    assert kinds == [EventKind.BORN, EventKind.FADED, EventKind.REVIVED]
    assert [theme.has_faded for theme in known] == [False]


async def test_new_themes_get_the_colours_that_the_fewest_have(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _add(work, COLOURS + 2)
        await work.themes.replace(_run(*(_found("Trees", [idea]) for idea in ideas[:3])), NOW)
        first = sorted(await work.themes.all(), key=lambda theme: theme.id)
        kept = [_found("Trees", [idea], known=first[at].id) for at, idea in ((0, ideas[0]), (2, ideas[2]))]
        await work.themes.replace(_run(*kept, *(_found("Buses", [idea]) for idea in ideas[3:])), LATER)
        second = sorted(await work.themes.all(), key=lambda theme: theme.id)
    assert [theme.colour for theme in first] == [0, 1, 2]
    assert [theme.colour for theme in second] == [0, 2, 1, *range(3, COLOURS), 0]


async def test_parts_of_themes_are_known_and_are_no_themes(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c, d = await _add(work, 4)
        parts = (
            FoundPart(None, "Oaks", ("oak",), frozenset({a, b})),
            FoundPart(None, "Limes", (), frozenset({c})),
        )
        await work.themes.replace(_run(replace(_found("Trees", [a, b, c, d]), parts=parts)), NOW)
        (trees,) = await work.themes.known()
        oaks, limes = trees.parts
        assert [(part.label, part.members) for part in trees.parts] == [
            ("Oaks", frozenset({a, b})),
            ("Limes", frozenset({c})),
        ]
        goes_on = (FoundPart(oaks.id, "Old oaks", (), frozenset({a, b, c})),)
        await work.themes.replace(
            _run(replace(_found("Trees", [a, b, c, d], trees.id), parts=goes_on)), LATER
        )
        (trees,) = await work.themes.known()
        assert trees.parts == (KnownPart(oaks.id, "Old oaks", frozenset({a, b, c})),)
        assert [theme.label for theme in await work.themes.all()] == ["Trees"]
        assert await work.themes.get(oaks.id) is None and await work.themes.get(limes.id) is None
        assert await work.themes.members(oaks.id) == []


async def test_ideas_placed_while_a_run_worked_stay_in_themes_that_are_still_there(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        a, b = await _add(work, 2)
        await work.themes.replace(_run(_found("Trees", [a]), _found("Buses", [b])), NOW)
        trees, buses = (theme.id for theme in await work.themes.all())
        c, d, e = await _add(work, 3)
        placements = [Placement(c, trees, 0.5), Placement(d, buses, 0.5), Placement(a, buses, 0.5)]
        assert await work.themes.place([*placements, Placement(e, ThemeId(99), 0.5)]) == [c, d]
        newly = await work.themes.replace(_run(_found("Trees", [a, b], known=trees)), LATER)
        (theme,) = await work.themes.all()
        members = [member.idea for member in await work.themes.members(theme.id)]
    assert (theme.id, sorted(members), newly) == (trees, [a, b, c], [])


async def test_a_theme_tells_its_words_in_each_language(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        (a,) = await _add(work, 1)
        words = {Language("nl"): ("boom",), Language("fr"): ("arbre", "été")}
        await work.themes.replace(_run(replace(_found("Trees", [a]), keywords_of=words)), NOW)
        (theme,) = await work.themes.all()
    assert theme.keywords_of == words


async def test_a_decision_is_a_change_since_the_last_run(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        (a,) = await _add(work, 1)
        await work.themes.replace(_run(_found("Trees", [a])), NOW)
        (trees,) = await work.themes.all()
        decided = await work.themes.decide(NewDecision(DecisionKind.PIN, None, trees.id), LATER)
        assert await work.themes.changes_since_last_run() == (1, NOW)
        await work.themes.replace(_run(_found("Trees", [a], trees.id)), LATER)
        assert await work.themes.changes_since_last_run() == (0, LATER)
        assert await work.themes.undo(decided.decision, LATEST)
        assert await work.themes.changes_since_last_run() == (1, LATER)


async def test_what_was_planned_before_is_done_unless_facilitators_decided_meanwhile(
    storage: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[Clustering] = []

    def count(clustering: Clustering, kept: Kept) -> list[PlannedTheme]:
        plans.append(clustering)
        return planned_themes(clustering, kept)

    monkeypatch.setattr(theme_run, "planned_themes", count)
    async with storage.writing() as work:
        a, b, c = await _add(work, 3)
    run = _run(_found("Trees", [a, b]), unassigned=(c,))
    for decides, made in ((False, 1), (True, 3)):
        async with storage.reading() as work:
            plan = await work.themes.plan(run, NOW)
        async with storage.writing() as work:
            await _add(work, 1)
            if decides:
                (trees,) = await work.themes.all()
                await work.themes.decide(NewDecision(DecisionKind.PIN, None, trees.id), LATER)
            await work.themes.replace(run, NOW, plan)
        assert len(plans) == made


async def test_the_words_of_ideas_that_were_erased_do_not_stay_in_the_names_of_themes(
    storage: SqlStorage,
) -> None:
    async with storage.writing() as work:
        a, b, c, d = await _add(work, 4)
        trees, buses = _found("Trees", [a, b]), _found("Buses", [c, d])
        await work.themes.replace(_run(trees, buses), NOW)
        await work.themes.replace(_run(unassigned=(a, b, c, d)), LATER)
    _erase(storage, a, b, c)
    async with storage.writing() as work:
        await work.themes.replace(_run(unassigned=(d,)), LATEST)
        assert [theme.label for theme in await work.themes.known()] == ["Buses"]
    with closing(sqlite3.connect(storage.path)) as connection:
        rows = connection.execute("SELECT label, keywords, keywords_of FROM themes ORDER BY id").fetchall()
    assert rows == [("", "[]", "{}"), ("Buses", '["buses", "tree"]', "{}")]


def _erase(storage: SqlStorage, *ideas: IdeaId) -> None:
    with closing(sqlite3.connect(storage.path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for idea in ideas:
            connection.execute("DELETE FROM ideas WHERE id = ?", (idea,))
