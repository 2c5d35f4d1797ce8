"""A process of its own for one kind of work: it never holds up the chat, and gives its memory back."""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import Any, ParamSpec, TypeVar

NICENESS = 10

P = ParamSpec("P")
T = TypeVar("T")


class Worker:
    """Begins with the first call, ends when nobody needed it for `idle` seconds, and begins anew after that.

    `prepare` is called with `arguments` in the process, before anything else.
    """

    def __init__(self, prepare: Callable[..., object], arguments: tuple[Any, ...], idle: float) -> None:
        self._first = (prepare, arguments)
        self._idle = idle
        self._pool: ProcessPoolExecutor | None = None
        self._under_way = 0
        self._rest: asyncio.TimerHandle | None = None

    def begin_with(self, arguments: tuple[Any, ...]) -> None:
        """Prepare with these from the next start on."""
        self._first = (self._first[0], arguments)

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function gives in the process. Raises BrokenProcessPool when that is killed."""
        if kwargs:
            raise TypeError("a worker takes no keywords")
        loop = asyncio.get_running_loop()
        self._stay_awake()
        self._under_way += 1
        pool = self._pool = self._pool or _start(self._first)
        try:
            with _interrupts_held_back():
                future = loop.run_in_executor(pool, function, *args)
            return await future
        except BrokenProcessPool:
            if self._pool is pool:  # else another call has heard of it before, and began anew
                self.close()
            raise
        finally:
            self._under_way -= 1
            self._stay_awake()
            if self._under_way == 0 and self._pool is not None:
                self._rest = loop.call_later(self._idle, self.close)

    @property
    def pid(self) -> int | None:
        """The number of the process, while there is one."""
        processes = {} if self._pool is None else self._pool._processes or {}
        return next(iter(processes), None)

    def close(self) -> None:
        """End the process, whatever it does."""
        self._stay_awake()
        pool, self._pool = self._pool, None
        if pool is not None:
            processes = list((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.terminate()

    def _stay_awake(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """A process that begins meanwhile never hears Ctrl-C: the terminal sends it to parent and child alike."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(first: tuple[Callable[..., object], tuple[Any, ...]]) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin, first)


def _begin(prepare: Callable[..., object], arguments: tuple[Any, ...]) -> None:
    """In the process: make way for the parent, and end when it is gone."""
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    prepare(*arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
