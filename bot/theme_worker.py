"""Finds themes in a process of its own: numbers never hold up the chat, and their memory is given back."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from types import MappingProxyType

from cocreation.ideas.ids import Language
from cocreation.ideas.theme import Clustering, Holds, IdeaText, KnownTheme

IDLE_SECONDS = 120.0
"""A worker that nobody needs for so long ends: it holds some 400 MiB, and starts anew in two seconds."""
NICENESS = 10


class ThemeWorker:
    """See `cocreation.ports.ThemeEngine`. `languages` are those of the town."""

    def __init__(self, languages: Sequence[Language]) -> None:
        self._languages = tuple(languages)
        self._pool: ProcessPoolExecutor | None = None
        self._rest: asyncio.TimerHandle | None = None

    async def find_themes(
        self, ideas: Sequence[IdeaText], known: Sequence[KnownTheme] = (), holds: Holds = MappingProxyType({})
    ) -> Clustering:
        """Raises BrokenProcessPool when the worker is killed; the next call starts another."""
        loop = asyncio.get_running_loop()
        if self._rest is not None:
            self._rest.cancel()
        pool = self._pool = self._pool or _start()
        try:
            with _interrupts_held_back():
                found = loop.run_in_executor(
                    pool, _find, tuple(ideas), tuple(known), dict(holds), self._languages
                )
            return await found
        except BrokenProcessPool:
            self.close()
            raise
        finally:
            self._rest = loop.call_later(IDLE_SECONDS, self.close)

    def close(self) -> None:
        """End the worker, whatever it does."""
        if self._rest is not None:
            self._rest.cancel()
        pool, self._pool = self._pool, None
        if pool is not None:
            processes = list((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.terminate()


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """A process that begins meanwhile never hears Ctrl-C: the terminal sends it to parent and child alike."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _prepare)


def _prepare() -> None:
    """In the worker: make way for the parent, and end when it is gone."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _find(
    ideas: Sequence[IdeaText], known: Sequence[KnownTheme], holds: Holds, languages: Sequence[Language]
) -> Clustering:
    # scikit-learn loads here alone
    from cocreation.analysis.encoding import installed_encoder  # noqa: PLC0415
    from cocreation.analysis.engine import find_themes  # noqa: PLC0415

    return find_themes(ideas, known, holds, encoder=installed_encoder(), languages=languages)
