"""Makes the pictures of digests in a process of its own, and sends them after the digests."""

from collections.abc import Callable

import structlog

from bot.chart.drawing import draw_chart
from bot.worker import Worker
from cocreation.ideas.digest_file import WaitingDigestFile
from cocreation.ideas.messages import File, FileKind, Message, SendFiles, Show
from cocreation.ideas.town import Town
from cocreation.ports import Clock, MediaStore
from cocreation.services.send_digests import digest_trend
from handlers.digest_files import not_drawn, nothing_to_draw
from handlers.digest_trend import chart_of, picture_caption
from locales import Translator, translator
from storage.engine import SqlStorage
from storage.errors import StorageUnavailable

IDLE = 10.0
"""Seconds after which the process ends that nobody needs."""

log = structlog.get_logger(__name__)


def _prepare() -> None:
    """Nothing: what is drawn brings with it what it needs."""


class DigestMaking:
    """One at a time; what is wanted is kept until it is on its way, so that a restart makes it."""

    def __init__(
        self, storage: SqlStorage, outgoing: MediaStore, *, town: Callable[[], Town], clock: Clock
    ) -> None:
        self._storage = storage
        self._outgoing = outgoing
        self._worker = Worker(_prepare, (), IDLE)
        self._town = town
        self._clock = clock

    def close(self) -> None:
        """End the process."""
        self._worker.close()

    async def make_waiting(self) -> None:
        while (file := await self._next()) is not None:
            t = translator(file.wanted.language)
            try:
                await self._make(file, t)
            except StorageUnavailable:
                raise
            except Exception:  # the digest has arrived all the same, and others wait for theirs
                log.error("a digest's file could not be made", format=file.wanted.format, exc_info=True)
                await self._say(file, not_drawn(t))

    async def _next(self) -> WaitingDigestFile | None:
        async with self._storage.reading() as work:
            return await work.digest_files.next_waiting()

    async def _make(self, file: WaitingDigestFile, t: Translator) -> None:
        town = self._town()
        async with self._storage.reading() as work:
            trend = await digest_trend(work, file.wanted.period, town.time_zone)
        if not trend.rows:
            await self._say(file, nothing_to_draw(t))
            return
        drawn = await self._worker.call(draw_chart, chart_of(trend, town, t))
        await self._send(file, drawn, picture_caption(trend, town, t), FileKind.PHOTO)

    async def _send(self, file: WaitingDigestFile, content: bytes, below: Message, kind: FileKind) -> None:
        """That it waits no more and that it is to be sent are one: a kill in between changes neither."""
        wanted, now = file.wanted, self._clock()
        path = await self._outgoing.keep(content, wanted.format.ending)
        sent = File(once=path, name=self._name(file))
        post = SendFiles(wanted.chat, kind, (sent,), below, wanted.thread, wanted.priority)
        async with self._storage.writing() as work:
            is_wanted = await work.digest_files.settle(file.id)
            if is_wanted:
                await work.outbox.put(post, now)
        if not is_wanted:  # who asked was forgotten meanwhile
            await self._outgoing.forget(path)

    def _name(self, file: WaitingDigestFile) -> str:
        day = self._town().local(file.wanted.period.start).date()
        return f"digest-{day}{file.wanted.format.ending}"

    async def _say(self, file: WaitingDigestFile, message: Message) -> None:
        wanted = file.wanted
        async with self._storage.writing() as work:
            if await work.digest_files.settle(file.id) and wanted.is_asked:
                post = Show(wanted.chat, message, is_new=True, thread=wanted.thread)
                await work.outbox.put(post, self._clock())
