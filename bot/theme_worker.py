"""The two processes in which numbers are crunched: one finds all themes anew, one places each new idea.

Both read and write the database themselves, so that the bot never holds the texts of a whole town. What
begins with an underscore runs there; only there numpy, scikit-learn and the encoder are loaded.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from bot.worker import Worker
from cocreation.ideas.frame import Frame
from cocreation.ideas.framing import Laid
from cocreation.ideas.ids import IdeaId, Language, ThemeId
from cocreation.ideas.placed import Placed
from cocreation.ideas.why import Split, WhyIdea, WhyTheme
from storage.errors import StorageUnavailable

if TYPE_CHECKING:
    from cocreation.analysis.framing import IdeaFraming
    from cocreation.services.explain_themes import ThemeExplainer
    from cocreation.services.place_ideas import Placing
    from storage.engine import SqlStorage
    from storage.work import SqlWork

T = TypeVar("T")

REFRESH_IDLE = 120.0
"""Seconds after which a process that nobody needs ends: it holds some 400 MiB, and starts anew in two."""
PLACE_IDLE = 900.0
"""This one holds less, and an idea that comes after it has ended waits for it."""

TRIES = 12
"""Times five seconds that a process waits for its turn to write."""
MODESTY = 4
"""After it wrote, it waits so many times as long before it does again: the chat mostly finds the way free."""


class _SpeakingWorker:
    """A process that knows the town's languages."""

    def __init__(self, url: str, languages: Sequence[Language], idle: float) -> None:
        self._url = url
        self._worker = Worker(_open, (url, tuple(languages)), idle)

    async def speak(self, languages: Sequence[Language]) -> None:
        """Let these be the languages of the town from now on."""
        self._worker.begin_with((self._url, tuple(languages)))
        if self.pid is not None:
            with suppress(BrokenProcessPool):
                await self._worker.call(_speak, tuple(languages))

    @property
    def pid(self) -> int | None:
        return self._worker.pid

    def close(self) -> None:
        self._worker.close()


class ThemeWorker(_SpeakingWorker):
    """Finds the themes anew, and says why they are so. `url` is the database's; `languages` are those of
    the town."""

    def __init__(self, url: str, languages: Sequence[Language]) -> None:
        super().__init__(url, languages, REFRESH_IDLE)

    async def refresh(self) -> Sequence[IdeaId] | None:
        """See `cocreation.services.refresh_themes`. Raises BrokenProcessPool when the process is killed;
        then nothing has changed, and the next call starts another."""
        return await self._worker.call(_refresh)

    async def why_idea(self, idea: IdeaId) -> WhyIdea | None:
        """See `cocreation.services.explain_themes`, here and below. They wait until a run is over, and raise
        BrokenProcessPool when the process is killed."""
        return await self._worker.call(_why_idea, idea)

    async def why_theme(self, theme: ThemeId) -> WhyTheme | None:
        return await self._worker.call(_why_theme, theme)

    async def propose_split(self, theme: ThemeId) -> Split | None:
        return await self._worker.call(_propose_split, theme)

    async def lay(self, frames: Sequence[Frame]) -> Laid:
        """See `cocreation.services.lay_ideas`. Raises BrokenProcessPool when the process is killed; the next
        call does again what was not written down."""
        return await self._worker.call(_lay, tuple(frames))


class Placer(_SpeakingWorker):
    """Places new ideas. The encoder and the ideas' vectors stay in its memory from one call to the next."""

    def __init__(self, url: str, languages: Sequence[Language]) -> None:
        super().__init__(url, languages, PLACE_IDLE)

    async def place(self) -> Placed:
        """See `cocreation.services.place_ideas`. Raises BrokenProcessPool when the process is killed; the
        next call starts another, which does again what was not written down."""
        return await self._worker.call(_place)


@dataclass(slots=True)
class _Process:
    """What one of the processes holds."""

    url: str
    languages: tuple[Language, ...]
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    storage: "_PatientStorage | None" = None
    placing: "Placing | None" = None
    explainer: "ThemeExplainer | None" = None
    framing: "tuple[tuple[Frame, ...], IdeaFraming] | None" = None

    def run(self, work: Callable[["_PatientStorage"], Awaitable[T]]) -> T:
        return self.loop.run_until_complete(self._run(work))

    async def _run(self, work: Callable[["_PatientStorage"], Awaitable[T]]) -> T:
        from storage.engine import SqlStorage  # noqa: PLC0415

        if self.storage is None:
            opened = SqlStorage(self.url)
            await opened.join()
            self.storage = _PatientStorage(opened)
        return await work(self.storage)


class _PatientStorage:
    """The database, for who would lose minutes of work if the chat kept it busy just then, and has the time
    to keep out of the chat's way."""

    def __init__(self, storage: "SqlStorage") -> None:
        self._storage = storage
        self._free_at = 0.0

    def reading(self) -> AbstractAsyncContextManager["SqlWork"]:
        return self._storage.reading()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator["SqlWork"]:
        await asyncio.sleep(self._free_at - time.monotonic())
        async with AsyncExitStack() as transaction:
            work = await self._begin(transaction)
            began = time.monotonic()
            yield work
        ended = time.monotonic()
        self._free_at = ended + MODESTY * (ended - began)

    async def _begin(self, transaction: AsyncExitStack) -> "SqlWork":
        for _ in range(TRIES - 1):
            with suppress(StorageUnavailable):
                return await transaction.enter_async_context(self._storage.writing())
        return await transaction.enter_async_context(self._storage.writing())


_here: list[_Process] = []


def _open(url: str, languages: tuple[Language, ...]) -> None:
    # A short text is encoded sooner by one thread than by two, and the other processor is the chat's.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _here.append(_Process(url, languages))


def _speak(languages: tuple[Language, ...]) -> None:
    (here,) = _here
    here.languages = languages
    here.placing = here.explainer = here.framing = None


def _refresh() -> Sequence[IdeaId] | None:
    from cocreation.analysis.encoding import installed_encoder  # noqa: PLC0415
    from cocreation.services.find_themes import KeptMeaning  # noqa: PLC0415
    from cocreation.services.refresh_themes import refresh_themes  # noqa: PLC0415

    (here,) = _here
    here.explainer = None  # what it remembers is out of date, and a run needs the room

    async def work(storage: _PatientStorage) -> Sequence[IdeaId] | None:
        engine = KeptMeaning(storage, installed_encoder(), here.languages)
        return await refresh_themes(storage, engine, _now)

    return here.run(work)


def _place() -> Placed:
    from cocreation.analysis.encoding import load_encoder  # noqa: PLC0415
    from cocreation.analysis.hashing import WordsEncoder  # noqa: PLC0415
    from cocreation.analysis.neighbourhood import Neighbourhood  # noqa: PLC0415
    from cocreation.services.place_ideas import Placing  # noqa: PLC0415

    (here,) = _here

    async def work(storage: _PatientStorage) -> Placed:
        if here.placing is None:
            encoder = load_encoder(threads=1) or WordsEncoder()
            here.placing = Placing(storage, Neighbourhood(encoder, here.languages), _now)
        return await here.placing.place_new_ideas()

    return here.run(work)


def _why_idea(idea: IdeaId) -> WhyIdea | None:
    return _explained(lambda explainer: explainer.why_idea(idea))


def _why_theme(theme: ThemeId) -> WhyTheme | None:
    return _explained(lambda explainer: explainer.why_theme(theme))


def _propose_split(theme: ThemeId) -> Split | None:
    return _explained(lambda explainer: explainer.propose_split(theme))


def _lay(frames: tuple[Frame, ...]) -> Laid:
    from cocreation.analysis.encoding import installed_encoder  # noqa: PLC0415
    from cocreation.analysis.framing import IdeaFraming  # noqa: PLC0415
    from cocreation.services.lay_ideas import lay_ideas  # noqa: PLC0415

    (here,) = _here
    if here.framing is None or here.framing[0] != frames:
        here.framing = frames, IdeaFraming(frames, installed_encoder(), here.languages)
    framing = here.framing[1]
    return here.run(lambda storage: lay_ideas(storage, framing))


def _explained(answer: Callable[["ThemeExplainer"], Awaitable[T]]) -> T:
    from cocreation.analysis.hashing import placing_encoder  # noqa: PLC0415
    from cocreation.services.explain_themes import ThemeExplainer  # noqa: PLC0415

    (here,) = _here

    async def work(storage: _PatientStorage) -> T:
        if here.explainer is None:
            here.explainer = ThemeExplainer(storage, placing_encoder(), here.languages)
        return await answer(here.explainer)

    return here.run(work)


def _now() -> datetime:
    return datetime.now(UTC)
