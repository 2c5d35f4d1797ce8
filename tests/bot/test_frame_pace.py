"""Ideas are laid onto the frames in the themes' process, and again after a kill or a new idea."""

import os
import signal
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.frame_pace import FramePace
from bot.theme_worker import ThemeWorker
from cocreation.ideas.frame import FrameKey, GoalKey
from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import IdeaId, Language
from cocreation.ideas.town import Town
from storage.engine import SqlStorage

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
NL = Language("nl")
SDGS = FrameKey("sdgs")
TOWN = Town("Wilgenbeke", (NL,), ZoneInfo("Europe/Brussels"), None, frozenset(), NL, None)


async def add(storage: SqlStorage, text: str) -> IdeaId:
    async with storage.writing() as work:
        return await work.ideas.add(NewIdea(text, NOW, language=NL))


def processes(worker: ThemeWorker) -> list[int]:
    return [] if worker.pid is None else [worker.pid]


async def goals(storage: SqlStorage, idea: IdeaId) -> tuple[GoalKey, ...]:
    async with storage.reading() as work:
        found = await work.frames.of_ideas(SDGS, [idea])
    return found[idea].goals if idea in found else ()


async def test_ideas_are_laid_onto_the_frames_and_those_that_come_later_too(storage: SqlStorage) -> None:
    worker = ThemeWorker(f"sqlite:///{storage.path}", (NL,))
    pace = FramePace(storage, worker, lambda: TOWN, gather=0)
    try:
        await pace.tick()
        assert processes(worker) == [], "there is nothing to read yet"
        sun = await add(storage, "Meer zonnepanelen op het dak van de sporthal")
        await pace.tick()
        assert await goals(storage, sun) == (), "nobody told of it, and it is not looked for yet"
        pace.accept([])
        await pace.tick()
        assert GoalKey("7") in await goals(storage, sun)
        (running,) = processes(worker)
        os.kill(running, signal.SIGKILL)
        water = await add(storage, "Openbare toiletten en drinkwater op de markt")
        for _ in range(3):
            pace.accept([])
            with suppress(BrokenProcessPool):  # the first call hears of the kill
                await pace.tick()
        assert GoalKey("6") in await goals(storage, water)
    finally:
        worker.close()
