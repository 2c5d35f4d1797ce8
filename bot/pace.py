"""How many requests are under way at once."""

import asyncio
from types import TracebackType
from typing import Self


class Pace:
    """One request at a time; where one takes longer than `patience` seconds the next goes too, up to `most`.

    What is under way when the process is killed may arrive twice, so it should be little; a distant or slow
    server must not hold up everybody all the same. First come, first served.
    """

    def __init__(self, most: int, patience: float) -> None:
        self._most = most
        self._patience = patience
        self._turn = asyncio.Lock()
        self._landed = asyncio.Event()
        self._under_way = 0
        self._began = 0.0

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        async with self._turn:
            while self._under_way:
                self._landed.clear()
                rest = self._began + self._patience - loop.time()
                if self._under_way < self._most and rest <= 0:
                    break
                await self._wait(rest if self._under_way < self._most else None)
            self._under_way += 1
            self._began = loop.time()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._under_way -= 1
        self._landed.set()

    async def _wait(self, seconds: float | None) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._landed.wait()
        except TimeoutError:
            return
