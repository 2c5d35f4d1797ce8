"""What facilitators decided stands, whatever people write, engines find, and whoever restarts."""

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from cocreation.analysis.engine import find_themes
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import DecisionId, IdeaId, Language, ThemeId
from cocreation.ideas.theme import COLOURS, Clustering, FoundPart, FoundTheme, Member, Placement, Spot, Theme
from cocreation.services.decide_themes import (
    hide_theme,
    merge_themes,
    move_idea,
    pin_theme,
    rename_theme,
    split_theme,
    undo_decision,
)
from storage import unseen
from storage.engine import SqlStorage
from storage.work import SqlWork

T = TypeVar("T")
GROUPS = 4
SAYINGS = [
    f"{wish} {thing} {where}"
    for thing in ("trees", "buses", "benches")
    for wish in ("More", "Please plant or place new")
    for where in ("in the park", "near the school", "at the station", "on the market square")
]


@pytest.fixture(autouse=True, scope="module")
def _short_steps() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(unseen, "IDEAS_AT_ONCE", 3)
        patch.setattr(unseen, "THEMES_AT_ONCE", 1)
        yield


@dataclass
class Ruling:
    """A decision as the test remembers it: which ideas it put where, and what it called or hid."""

    id: DecisionId
    holds: Mapping[IdeaId, ThemeId | None]
    names: tuple[ThemeId, str] | None = None
    hides: ThemeId | None = None
    merges: tuple[ThemeId, ThemeId] | None = None
    pins: ThemeId | None = None


@dataclass(frozen=True)
class Run:
    """What an engine found, when it had read the ideas, and what was to be done with it at first."""

    found: Clustering
    began: datetime
    plan: object


@dataclass
class Town:
    """A town whose database is opened and closed at will."""

    path: Path
    runner: asyncio.Runner = field(default_factory=asyncio.Runner)
    now: datetime = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        self.storage = SqlStorage(f"sqlite:///{self.path}")
        self.runner.run(self.storage.open())

    def close(self) -> None:
        self.runner.run(self.storage.close())

    def write(self, act: Callable[[SqlWork], Awaitable[T]]) -> T:
        async def run() -> T:
            async with self.storage.writing() as work:
                return await act(work)

        self.now += timedelta(seconds=1)
        return self.runner.run(run())

    def read(self, act: Callable[[SqlWork], Awaitable[T]]) -> T:
        async def run() -> T:
            async with self.storage.reading() as work:
                return await act(work)

        return self.runner.run(run())


class Desk(RuleBasedStateMachine):
    """Facilitators decide while people write; themes are found by an engine that obeys nobody."""

    first = 6

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.town = Town(self.folder / "morgen.db")
        self.said = 0
        self.published: list[IdeaId] = []
        self.withdrawn: list[IdeaId] = []
        self.back: set[IdeaId] = set()
        self.rulings: list[Ruling] = []
        self.looks: dict[ThemeId, tuple[int, Spot | None]] = {}
        self.run: Run | None = None

    def teardown(self) -> None:
        self.town.close()
        self.town.runner.close()
        shutil.rmtree(self.folder)

    # -- people and engines

    @initialize(data=st.data())
    def begin(self, data: st.DataObject) -> None:
        self.arrive(self.first)
        self.refit(data)

    @rule(count=st.integers(1, 3))
    def arrive(self, count: int) -> None:
        for _ in range(count):
            words = SAYINGS[self.said % len(SAYINGS)]
            new = NewIdea(f"{words} {self.said // len(SAYINGS) or ''}".strip(), self.town.now)
            self.published.append(self.town.write(partial(_add, new)))
            self.said += 1

    @precondition(lambda self: self.published)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        idea = data.draw(st.sampled_from(self.published))
        self.published.remove(idea)
        self.withdrawn.append(idea)
        self._set_state(idea, IdeaState.WITHDRAWN)

    @precondition(lambda self: self.withdrawn)
    @rule(data=st.data())
    def bring_back(self, data: st.DataObject) -> None:
        idea = data.draw(st.sampled_from(self.withdrawn))
        self.withdrawn.remove(idea)
        self.published.append(idea)
        self.back.add(idea)
        self._set_state(idea, IdeaState.PUBLISHED)

    @precondition(lambda self: self.published)
    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        idea = data.draw(st.sampled_from(self.published))
        self.published.remove(idea)
        with closing(sqlite3.connect(self.town.path)) as connection, connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("DELETE FROM ideas WHERE id = ?", (idea,))

    @precondition(lambda self: self.run is None)
    @rule(data=st.data())
    def begin_run(self, data: st.DataObject) -> None:
        self.town.now += timedelta(seconds=1)
        found, began = self._find(data), self.town.now
        while self.town.write(lambda work: work.themes.forget_unseen()):
            pass
        plan = self.town.read(lambda work: work.themes.plan(found, began))
        self.run = Run(found, began, plan)

    @precondition(lambda self: self.run is not None)
    @rule(steps=st.integers(1, 6))
    def prepare(self, steps: int) -> None:
        assert self.run is not None
        plan = self.run.plan
        for _ in range(steps):
            self.town.write(lambda work: work.themes.prepare(plan))

    @precondition(lambda self: self.run is not None)
    @rule()
    def kill_run(self) -> None:
        self.run = None

    @precondition(lambda self: self.run is not None)
    @rule()
    def end_run(self) -> None:
        assert self.run is not None
        run, self.run = self.run, None
        self.town.write(lambda work: work.themes.replace(run.found, run.began, run.plan))
        self.back.clear()

    @precondition(lambda self: self.run is None)
    @rule(data=st.data())
    def refit(self, data: st.DataObject) -> None:
        self.begin_run(data)
        self.end_run()

    @precondition(lambda self: self.published)
    @rule(data=st.data())
    def place(self, data: st.DataObject) -> None:
        themes = self._known_ids()
        if themes:
            idea, theme = data.draw(st.sampled_from(self.published)), data.draw(st.sampled_from(themes))
            self.town.write(lambda work: work.themes.place([Placement(idea, theme, 0.5)]))

    @rule()
    def restart(self) -> None:
        self.town.close()
        self.town.open()

    # -- facilitators

    @rule(data=st.data(), label=st.sampled_from(["Groen", "Water", "Straat"]))
    def rename(self, data: st.DataObject, label: str) -> None:
        if theme := self._draw_theme(data):
            members = self._members(theme)
            now = self.town.now
            made = self.town.write(lambda work: rename_theme(work, theme, label, by=None, now=now))
            core = members[: max(3, (len(members) + 1) // 2)]
            self._remember(Ruling(made.decision, dict.fromkeys(core, theme), names=(theme, label)))

    @rule(data=st.data())
    def merge(self, data: st.DataObject) -> None:
        theme, into = self._draw_theme(data), self._draw_theme(data)
        if theme and into and theme != into:
            holds = dict.fromkeys([*self._seated(theme), *self._members(into)], into)
            now = self.town.now
            made = self.town.write(lambda work: merge_themes(work, theme, into, by=None, now=now))
            self._remember(Ruling(made.decision, holds, merges=(theme, into)))

    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        theme = self._draw_theme(data)
        members = self._members(theme) if theme else []
        if theme and len(members) > 1:
            part = data.draw(st.sets(st.sampled_from(sorted(members)), min_size=1, max_size=len(members) - 1))
            now = self.town.now
            made = self.town.write(lambda work: split_theme(work, theme, part, "Deel", by=None, now=now))
            (new,) = {self._places()[idea] for idea in part}
            assert new is not None and new != theme
            holds = {idea: new if idea in part else theme for idea in members}
            self._remember(Ruling(made.decision, holds, names=(new, "Deel")))

    @rule(data=st.data())
    def pin(self, data: st.DataObject) -> None:
        if theme := self._draw_theme(data):
            holds = dict.fromkeys(self._members(theme), theme)
            now = self.town.now
            made = self.town.write(lambda work: pin_theme(work, theme, by=None, now=now))
            self._remember(Ruling(made.decision, holds, pins=theme))

    @rule(data=st.data())
    def hide(self, data: st.DataObject) -> None:
        if theme := self._draw_theme(data):
            members = self._members(theme)
            now = self.town.now
            made = self.town.write(lambda work: hide_theme(work, theme, by=None, now=now))
            core = members[: max(3, (len(members) + 1) // 2)]
            self._remember(Ruling(made.decision, dict.fromkeys(core, theme), hides=theme))

    @precondition(lambda self: self.published)
    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        idea = data.draw(st.sampled_from(self.published))
        theme = self._draw_theme(data) if data.draw(st.booleans()) else None
        now = self.town.now
        made = self.town.write(lambda work: move_idea(work, idea, theme, by=None, now=now))
        self._remember(Ruling(made.decision, {idea: theme}))

    @precondition(lambda self: self.rulings)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        ruling = data.draw(st.sampled_from(self.rulings))
        now = self.town.now
        self.town.write(lambda work: undo_decision(work, ruling.id, now=now))
        self.rulings.remove(ruling)
        self.back.clear()

    # -- what always holds

    @invariant()
    def each_idea_is_where_the_latest_decision_put_it(self) -> None:
        places = self._places()
        latest: dict[IdeaId, ThemeId | None] = {}
        for ruling in self.rulings:
            latest.update(ruling.holds)
        merged = {ruling.merges[0]: ruling.merges[1] for ruling in self.rulings if ruling.merges}
        for idea in set(latest) & set(self.published) - self.back:
            theme = latest[idea]
            while theme in merged:
                theme = merged[theme]
            assert places[idea] == theme

    @invariant()
    def each_theme_is_called_pinned_and_hidden_as_decided(self) -> None:
        names: dict[ThemeId, str] = {}
        for ruling in self.rulings:
            if ruling.names:
                names[ruling.names[0]] = ruling.names[1]
        pinned, hidden = {r.pins for r in self.rulings}, {r.hides for r in self.rulings}
        for theme in self._themes():
            assert theme.label == names.get(theme.id, theme.label)
            assert theme.is_named == (theme.id in names)
            assert theme.is_pinned == (theme.id in pinned)
            assert theme.is_hidden == (theme.id in hidden)

    @invariant()
    def what_was_merged_away_does_not_come_back(self) -> None:
        gone = {ruling.merges[0] for ruling in self.rulings if ruling.merges}
        assert gone.isdisjoint(theme.id for theme in self._themes())

    @invariant()
    def nobody_sees_a_hidden_theme(self) -> None:
        shown = {theme.id for theme in self.town.read(lambda work: work.themes.all())}
        quotes = self.town.read(lambda work: work.themes.quotes())
        assert {view.theme for view in quotes} == shown
        assert {view.idea.id for view in quotes} <= set(self.published)
        hidden = {ruling.hides for ruling in self.rulings if ruling.hides is not None}
        assert hidden.isdisjoint(shown)
        assert [theme for theme in hidden if self._is_found(theme)] == []

    @invariant()
    def the_engine_hears_of_each_theme_that_holds_ideas(self) -> None:
        holds = self.town.read(lambda work: work.themes.holds())
        assert set(holds.values()) - {None} <= set(self._known_ids())
        assert set(holds) <= set(self.published)

    @invariant()
    def a_theme_keeps_its_colour_and_its_spot(self) -> None:
        for theme in self._themes():
            colour, spot = self.looks.get(theme.id, (theme.colour, None))
            assert theme.colour == colour and 0 <= colour < COLOURS
            assert spot is None or theme.spot == spot
            self.looks[theme.id] = (theme.colour, theme.spot)

    # -- looking

    def _find(self, data: st.DataObject) -> Clustering:
        return data.draw(clusterings(self.published, self._known_ids()))

    def _themes(self) -> list[Theme]:
        async def look(work: SqlWork) -> list[Theme]:
            return [*await work.themes.all(), *await work.themes.hidden()]

        return self.town.read(look)

    def _is_found(self, theme: ThemeId) -> bool:
        return self.town.read(lambda work: work.themes.get(theme)) is not None

    def _members(self, theme: ThemeId) -> list[IdeaId]:
        members = self.town.read(lambda work: work.themes.members(theme))
        assert members
        return [member.idea for member in members]

    def _seated(self, theme: ThemeId) -> list[IdeaId]:
        """What is in the theme, published or not."""
        with closing(sqlite3.connect(self.town.path)) as connection:
            rows = connection.execute("SELECT idea_id FROM theme_members WHERE theme_id = ?", (theme,))
            return [IdeaId(idea) for (idea,) in rows]

    def _places(self) -> dict[IdeaId, ThemeId | None]:
        places: dict[IdeaId, ThemeId | None] = dict.fromkeys(self.published)
        for theme in self._themes():
            places.update(dict.fromkeys(self._members(theme.id), theme.id))
        assert set(places) == set(self.published)
        return places

    def _known_ids(self) -> list[ThemeId]:
        return [theme.id for theme in self.town.read(lambda work: work.themes.known())]

    def _draw_theme(self, data: st.DataObject) -> ThemeId | None:
        themes = sorted(theme.id for theme in self._themes())
        return data.draw(st.sampled_from(themes)) if themes else None

    def _set_state(self, idea: IdeaId, state: IdeaState) -> None:
        now = self.town.now
        self.town.write(lambda work: work.ideas.set_state(idea, state, now))

    def _remember(self, ruling: Ruling) -> None:
        self.rulings.append(ruling)
        self.back.clear()


@st.composite
def clusterings(draw: st.DrawFn, ideas: Sequence[IdeaId], known: Sequence[ThemeId]) -> Clustering:
    """Any grouping of the ideas, going on from any of the known themes, each at most once."""
    groups: dict[int, list[IdeaId]] = {}
    for idea in sorted(ideas):
        groups.setdefault(draw(st.integers(-1, GROUPS - 1)), []).append(idea)
    unassigned = tuple(groups.pop(-1, ()))
    earlier: list[ThemeId] = list(draw(st.permutations(known))) if known else []
    themes = []
    for group, members in sorted(groups.items(), key=lambda pair: -len(pair[1])):
        may_go_on: bool = draw(st.booleans())
        goes_on = earlier.pop() if earlier and may_go_on else None
        scored = tuple(Member(idea, 1 - at / 100) for at, idea in enumerate(members))
        has_part: bool = draw(st.booleans())
        parts = (FoundPart(None, "Part", ("part",), frozenset(members[:2])),) if has_part else ()
        spot = Spot(draw(st.floats(0, 1)), 0.5)
        themes.append(
            FoundTheme(goes_on, f"Found {group}", ("found",), scored, (members[0],), spot, parts=parts)
        )
    return Clustering(tuple(themes), unassigned)


class DeskWithEngine(Desk):
    """The same with the engine that the town has, on words alone."""

    first = 16

    def _find(self, data: st.DataObject) -> Clustering:
        async def look(work: SqlWork) -> Clustering:
            ideas, known = await work.ideas.texts(), await work.themes.known()
            holds = await work.themes.holds()
            return find_themes(ideas, known, holds, encoder=None, languages=(Language("en"),))

        return self.town.read(look)


async def _add(new: NewIdea, work: SqlWork) -> IdeaId:
    return await work.ideas.add(new)


SOME = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestDesk = Desk.TestCase
TestDesk.settings = SOME
TestDeskWithEngine = DeskWithEngine.TestCase
TestDeskWithEngine.settings = settings(SOME, max_examples=5, stateful_step_count=15)
