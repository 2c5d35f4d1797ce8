"""Ends what forgetting a person begins: files, the search index, the database's log, names of themes."""

import asyncio
from datetime import timedelta

import structlog

from cocreation.ideas.erasure import Erasure
from cocreation.ideas.ids import ErasureId
from cocreation.ports import Clock
from storage.engine import SqlStorage
from storage.media_store import FileMediaStore

LEFT_BEHIND = timedelta(hours=1)
"""A stored file that no idea has after so long was left by a kill, and one to be sent that no post names."""

log = structlog.get_logger(__name__)


class Forgetting:
    """Works through the erasures that are pending. Each step may be done again: a restart goes on."""

    def __init__(
        self, storage: SqlStorage, media: FileMediaStore, outgoing: FileMediaStore, clock: Clock
    ) -> None:
        self._storage = storage
        self._media = media
        self._outgoing = outgoing
        self._clock = clock
        self._swept: frozenset[ErasureId] = frozenset()

    async def go_on(self) -> None:
        """As far as it goes now; what is under way elsewhere is waited for until the next call."""
        for erasure in await self._pending():
            await self._forget_files(erasure)
            await self._leave(erasure)
        without_chat = [erasure for erasure in await self._pending() if erasure.chat is None]
        done = [erasure for erasure in without_chat if not erasure.is_in_themes]
        if not done and self._swept >= {erasure.id for erasure in without_chat}:
            return
        if await self._sweep():
            self._swept = frozenset(erasure.id for erasure in without_chat)
            await self._end(done)

    async def _pending(self) -> list[Erasure]:
        async with self._storage.reading() as work:
            return list(await work.erasures.pending())

    async def _forget_files(self, erasure: Erasure) -> None:
        if not (erasure.media or erasure.outgoing):
            return
        for path in erasure.media:
            await self._media.forget(path)
        for path in erasure.outgoing:
            await self._outgoing.forget(path)
        async with self._storage.writing() as work:
            await work.erasures.files_are_gone(erasure.id)

    async def _leave(self, erasure: Erasure) -> None:
        if erasure.chat is None and not erasure.is_in_themes:
            return
        async with self._storage.writing() as work:
            if erasure.chat is not None:
                await work.erasures.leave_chat(erasure)
            await work.erasures.leave_themes()

    async def _sweep(self) -> bool:
        """Leave nothing where rows are gone already; whether that is so."""
        async with self._storage.reading() as work:
            named, to_send = await work.erasures.media_named(), await work.outbox.files_once()
        before = self._clock() - LEFT_BEHIND
        await asyncio.to_thread(self._media.forget_others, named, before)
        await asyncio.to_thread(self._outgoing.forget_others, to_send, before)
        is_first, is_more = True, True
        while is_more:
            # A little at a time: people who write go in between.
            async with self._storage.writing() as work:
                is_more = await work.erasures.merge_search(is_first)
            is_first = False
        return await self._storage.empty_log()

    async def _end(self, done: list[Erasure]) -> None:
        if not done:
            return
        async with self._storage.writing() as work:
            await work.erasures.end(done)
        await self._storage.empty_log()
        log.info("erasures are done everywhere", count=len(done))
