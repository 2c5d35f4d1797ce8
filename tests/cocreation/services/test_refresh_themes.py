"""Themes are found anew beside a town that goes on writing."""

import asyncio
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from cocreation.ideas.idea import IdeaView, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, MessageId
from cocreation.ideas.resident import Resident
from cocreation.ideas.theme import Clustering, FoundTheme, Holds, IdeaText, KnownTheme, Member
from cocreation.ports import Work
from cocreation.services.decide_themes import hide_theme, move_idea, split_theme, undo_decision
from cocreation.services.refresh_themes import refresh_themes, show_decision
from storage import unseen
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)


class OneTheme:
    """An engine for which everything is about trees; people write while it thinks."""

    def __init__(self, town: SqlStorage, decides: bool = False) -> None:
        self.town = town
        self.decides = decides
        self.runs = 0

    async def find_themes(
        self, ideas: Sequence[IdeaText], known: Sequence[KnownTheme] = (), holds: Holds | None = None
    ) -> Clustering:
        self.runs += 1
        async with self.town.writing() as work:
            await work.ideas.add(NewIdea("Written meanwhile", NOW + timedelta(minutes=self.runs)))
            if self.decides:
                await move_idea(work, ideas[0].id, None, by=None, now=NOW + timedelta(minutes=self.runs))
        goes_on = next((theme.id for theme in known), None)
        members = tuple(Member(idea.id, 0.5) for idea in ideas)
        return Clustering((FoundTheme(goes_on, "Trees", ("tree",), members, ()),), ())


class NewTheme:
    """An engine that knows no earlier themes."""

    async def find_themes(
        self, ideas: Sequence[IdeaText], known: Sequence[KnownTheme] = (), holds: Holds | None = None
    ) -> Clustering:
        members = tuple(Member(idea.id, 0.5) for idea in ideas)
        return Clustering((FoundTheme(None, "Trees", ("tree",), members, ()),), ())


class DiskFullError(Exception):
    pass


class FullDisk:
    """A database that fails after some transactions."""

    def __init__(self, storage: SqlStorage, written: int) -> None:
        self.reading = storage.reading
        self._storage = storage
        self._left = written

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqlWork]:
        async with self._storage.writing() as work:
            yield work
            self._left -= 1
            if self._left < 0:
                raise DiskFullError


@pytest.fixture
def _short_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unseen, "IDEAS_AT_ONCE", 1)


async def _add(work: SqlWork, count: int) -> list[IdeaId]:
    return [await work.ideas.add(NewIdea(f"Idea {number}", NOW)) for number in range(count)]


async def test_a_second_process_finds_themes_while_the_first_writes(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _add(work, 3)
    worker = SqlStorage(f"sqlite:///{storage.path}")
    await worker.join()
    engine = OneTheme(storage)
    assert await refresh_themes(worker, engine, lambda: NOW) == ideas
    async with storage.reading() as work:
        (theme,) = await work.themes.all()
        assert (theme.size, await work.themes.changes_since_last_run()) == (3, (1, NOW))
    later = NOW + timedelta(hours=1)
    assert await refresh_themes(worker, engine, lambda: later) == [IdeaId(4)]
    await worker.close()


async def test_nothing_is_done_when_nothing_has_changed(storage: SqlStorage) -> None:
    engine = OneTheme(storage)
    assert await refresh_themes(storage, engine, lambda: NOW) is None
    assert engine.runs == 0


async def test_what_a_facilitator_decides_while_themes_are_found_stands(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _add(work, 3)
    assert await refresh_themes(storage, OneTheme(storage, decides=True), lambda: NOW) == ideas[1:]


async def test_killed_while_it_writes_it_leaves_the_last_themes(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        ideas = await _add(work, 3)
        found = FoundTheme(None, "Buses", ("bus",), tuple(Member(idea, 0.5) for idea in ideas[:2]), ())
        await work.themes.replace(Clustering((found,), (ideas[2],)), NOW)
        before = await work.themes.all(), await work.themes.known()
    program = f"""
        import asyncio, os, signal
        from datetime import UTC, datetime
        from sqlalchemy import Engine, event
        from cocreation.ideas.theme import Clustering, FoundTheme, Member
        from storage.engine import SqlStorage

        @event.listens_for(Engine, "after_cursor_execute")
        def die(connection, cursor, statement, *rest):
            if statement.startswith("INSERT INTO theme_runs"):
                os.kill(os.getpid(), signal.SIGKILL)

        async def replace():
            storage = SqlStorage("sqlite:///{storage.path}")
            await storage.join()
            async with storage.writing() as work:
                found = FoundTheme(None, "Trees", (), tuple(Member(idea, 0.9) for idea in {ideas}), ())
                await work.themes.replace(Clustering((found,), ()), datetime.now(UTC))

        asyncio.run(replace())
    """
    command = [sys.executable, "-c", textwrap.dedent(program)]
    ended = await asyncio.to_thread(subprocess.run, command, check=False)
    async with storage.reading() as work:
        after = await work.themes.all(), await work.themes.known()
    assert (ended.returncode, after) == (-9, before)


@pytest.mark.usefixtures("_short_steps")
@pytest.mark.parametrize("written", range(5))
async def test_a_run_that_fails_between_two_transactions_leaves_the_last_themes(
    storage: SqlStorage, written: int
) -> None:
    async with storage.writing() as work:
        ideas = await _add(work, 4)
        found = FoundTheme(None, "Buses", ("bus",), tuple(Member(idea, 0.5) for idea in ideas[:2]), ())
        await work.themes.replace(Clustering((found,), (ideas[2],)), NOW)
        before = await work.themes.all(), await work.themes.known(), await work.themes.quotes()
    later = NOW + timedelta(hours=1)
    with pytest.raises(DiskFullError):
        await refresh_themes(FullDisk(storage, written), NewTheme(), lambda: later)
    async with storage.reading() as work:
        after = await work.themes.all(), await work.themes.known(), await work.themes.quotes()
    assert after == before
    assert await refresh_themes(storage, NewTheme(), lambda: later) == ideas[2:]
    async with storage.reading() as work:
        assert [theme.label for theme in await work.themes.all()] == ["Trees"]
        assert len(await work.themes.known()) == 2


async def test_cards_show_what_a_decision_made_of_their_themes_and_what_its_undoing_did(
    storage: SqlStorage,
) -> None:
    shown: list[str | None] = []

    async def render(work: Work, view: IdeaView, author: Resident, now: datetime) -> None:
        shown.append(view.theme_label)

    async with storage.writing() as work:
        ann = (await work.residents.meet(ChatId(1), Language("nl"), NOW)).id
        said = [NewIdea(f"{n}", NOW, ann, chat=ChatId(1), message=MessageId(n)) for n in range(4)]
        ideas = [await work.ideas.add(idea) for idea in said]
        found = FoundTheme(None, "Trees", (), tuple(Member(idea, 0.5) for idea in ideas[:3]), ())
        await work.themes.replace(Clustering((found,), (ideas[3],)), NOW)
        (theme,) = await work.themes.all()
        decided = await split_theme(work, theme.id, ideas[:1], "Parks", by=None, now=NOW)
        await show_decision(work, decided.decision, render, NOW)
        hidden = await hide_theme(work, theme.id, by=None, now=NOW)
        await show_decision(work, hidden.decision, render, NOW)
        await undo_decision(work, decided.decision, now=NOW)
        await show_decision(work, decided.decision, render, NOW + timedelta(days=1))
        await show_decision(work, decided.decision, render, NOW + timedelta(days=3))
    assert shown == ["Parks", "Trees", "Trees", None, None, None, None, None]
