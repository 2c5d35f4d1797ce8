"""The two processes in which numbers are crunched: one finds all themes anew, one places each new idea.

Both read and write the database themselves, so that the bot never holds the texts of a whole town. What
begins with an underscore runs there; only there numpy, scikit-learn and the encoder are loaded.
"""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.worker import Worker
from cocreation.ideas.ids import IdeaId, Language
from cocreation.ideas.placed import Placed

if TYPE_CHECKING:
    from cocreation.services.place_ideas import Placing
    from storage.engine import SqlStorage

REFRESH_IDLE = 120.0
"""Seconds after which a process that nobody needs ends: it holds some 400 MiB, and starts anew in two."""
PLACE_IDLE = 900.0
"""This one holds less, and an idea that comes after it has ended waits for it."""


class ThemeWorker:
    """Finds the themes anew. `url` is the database's; `languages` are those of the town."""

    def __init__(self, url: str, languages: Sequence[Language]) -> None:
        self._worker = Worker(_open, (url, tuple(languages)), REFRESH_IDLE)

    async def refresh(self) -> Sequence[IdeaId] | None:
        """See `cocreation.services.refresh_themes`. Raises BrokenProcessPool when the process is killed;
        then nothing has changed, and the next call starts another."""
        return await self._worker.call(_refresh)

    @property
    def pid(self) -> int | None:
        return self._worker.pid

    def close(self) -> None:
        self._worker.close()


class Placer:
    """Places new ideas. The encoder and the ideas' vectors stay in its memory from one call to the next."""

    def __init__(self, url: str, languages: Sequence[Language]) -> None:
        self._worker = Worker(_open, (url, tuple(languages)), PLACE_IDLE)

    async def place(self) -> Placed:
        """See `cocreation.services.place_ideas`. Raises BrokenProcessPool when the process is killed; the
        next call starts another, which does again what was not written down."""
        return await self._worker.call(_place)

    @property
    def pid(self) -> int | None:
        return self._worker.pid

    def close(self) -> None:
        self._worker.close()


@dataclass(slots=True)
class _Process:
    """What one of the processes holds."""

    loop: asyncio.AbstractEventLoop
    storage: "SqlStorage"
    languages: tuple[Language, ...]
    placing: "Placing | None" = None


_here: list[_Process] = []


def _open(url: str, languages: tuple[Language, ...]) -> None:
    # A short text is encoded sooner by one thread than by two, and the other processor is the chat's.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from storage.engine import SqlStorage  # noqa: PLC0415

    loop, storage = asyncio.new_event_loop(), SqlStorage(url)
    loop.run_until_complete(storage.join())
    _here.append(_Process(loop, storage, languages))


def _refresh() -> Sequence[IdeaId] | None:
    from cocreation.analysis.encoding import installed_encoder  # noqa: PLC0415
    from cocreation.services.find_themes import KeptMeaning  # noqa: PLC0415
    from cocreation.services.refresh_themes import refresh_themes  # noqa: PLC0415

    (here,) = _here
    engine = KeptMeaning(here.storage, installed_encoder(), here.languages)
    return here.loop.run_until_complete(refresh_themes(here.storage, engine, _now))


def _place() -> Placed:
    (here,) = _here
    here.placing = here.placing or _placing(here)
    return here.loop.run_until_complete(here.placing.place_new_ideas())


def _placing(here: _Process) -> "Placing":
    from cocreation.analysis.encoding import load_encoder  # noqa: PLC0415
    from cocreation.analysis.hashing import WordsEncoder  # noqa: PLC0415
    from cocreation.analysis.neighbourhood import Neighbourhood  # noqa: PLC0415
    from cocreation.services.place_ideas import Placing  # noqa: PLC0415

    encoder = load_encoder(threads=1) or WordsEncoder()
    return Placing(here.storage, Neighbourhood(encoder, here.languages), _now)


def _now() -> datetime:
    return datetime.now(UTC)
