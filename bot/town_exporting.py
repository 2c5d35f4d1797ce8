"""Makes the files that facilitators asked for, in a process of its own, and sends them to their chats."""

import asyncio
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import structlog

from bot.settings import StorageSettings
from bot.sheets.order import Order
from bot.sheets.workbook import TooManyRowsError
from bot.sheets.writing import write_file
from bot.worker import Worker
from cocreation.ideas.export import ExportFormat, WaitingExport
from cocreation.ideas.messages import File, FileKind, Message, SendFiles, Show
from cocreation.ideas.town import Town
from cocreation.ports import Clock
from handlers.export_cards import caption, not_made, nothing_left, too_large, too_long
from locales import Translator, translator
from storage.engine import SqlStorage
from storage.errors import StorageUnavailable
from storage.media_store import FileMediaStore

LARGEST = 49_000_000
"""Bytes: Telegram takes 50 MB from a bot, https://core.telegram.org/bots/api#senddocument"""

MAKING = "making-"
"""Begins the names of folders in which files are made."""

IDLE = 10.0
"""Seconds after which the process ends that nobody needs."""

log = structlog.get_logger(__name__)


def write_export(database: str, media: Path, order: Order, format: ExportFormat, path: Path) -> int:
    """In the process: how many ideas the file has that was written. Raises OSError and StorageError."""
    return asyncio.run(_write(database, FileMediaStore(media), order, format, path))


def _prepare() -> None:
    """Nothing: what is written brings with it what it needs."""


async def _write(database: str, media: FileMediaStore, order: Order, format: ExportFormat, path: Path) -> int:
    storage = SqlStorage(database)
    await storage.join()
    try:
        async with storage.reading() as work:
            return await write_file(work, order, format, path, media)
    finally:
        await storage.close()


class TownExporting:
    """One file at a time; what was asked for is kept until it is on its way, so that a restart makes it."""

    def __init__(
        self,
        storage: SqlStorage,
        places: StorageSettings,
        *,
        town: Callable[[], Town],
        clock: Clock,
        largest: int = LARGEST,
    ) -> None:
        self._storage = storage
        self._places = places
        self._outgoing = FileMediaStore(places.outgoing)
        self._worker = Worker(_prepare, (), IDLE)
        self._town = town
        self._clock = clock
        self._largest = largest
        self._is_swept = False

    def close(self) -> None:
        """End the process."""
        self._worker.close()

    async def make_waiting(self) -> None:
        if not self._is_swept:
            await asyncio.to_thread(self._sweep)
            self._is_swept = True
        while (export := await self._next()) is not None:
            t = translator(export.asked.language)
            try:
                await self._make(export, t)
            except StorageUnavailable:
                raise
            except TooManyRowsError:
                await self._say(export, too_long(t))
            except Exception:  # one file must not keep the others waiting
                log.error("an export could not be made", exc_info=True)
                await self._say(export, not_made(t))

    def _sweep(self) -> None:
        """Leave nothing half-made that a kill left behind: it holds everybody's words."""
        for folder in self._places.outgoing.glob(f"{MAKING}*"):
            rmtree(folder, ignore_errors=True)

    async def _next(self) -> WaitingExport | None:
        async with self._storage.reading() as work:
            return await work.town_exports.next_waiting()

    async def _make(self, export: WaitingExport, t: Translator) -> None:
        order, format = await self._order(export), export.asked.format
        places = self._places
        await asyncio.to_thread(places.outgoing.mkdir, mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=places.outgoing, prefix=MAKING) as folder:
            path = Path(folder) / f"export{format.ending}"
            count = await self._worker.call(write_export, places.url, places.media, order, format, path)
            size = (await asyncio.to_thread(path.stat)).st_size
            if count == 0:
                await self._say(export, nothing_left(t))
                return
            if size > self._largest:
                await self._say(export, too_large(size, format, t))
                return
            kept = await self._outgoing.keep(await asyncio.to_thread(path.read_bytes), format.ending)
        await self._send(export, order, kept, count)

    async def _order(self, export: WaitingExport) -> Order:
        asked, selection = export.asked, export.asked.selection
        async with self._storage.reading() as work:
            theme = None if selection.theme is None else await work.listings.theme_label(selection.theme)
            process = None if selection.process is None else await work.processes.name(selection.process)
        return Order(self._town(), asked.language, selection, self._clock(), theme, process)

    async def _send(self, export: WaitingExport, order: Order, path: str, count: int) -> None:
        asked, now = export.asked, self._clock()
        day = order.town.local(now).date()
        file = File(once=path, name=f"{_plain(order.town.name)}-{day}{asked.format.ending}")
        message = caption(count, asked.selection, order.town, order.words)
        async with self._storage.writing() as work:
            is_wanted = await work.town_exports.settle(export.id)
            if is_wanted:
                post = SendFiles(asked.chat, FileKind.DOCUMENT, (file,), message, asked.thread, export=asked)
                await work.outbox.put(post, now)
        if not is_wanted:  # who asked was forgotten meanwhile, or somebody whose words are in it
            await self._outgoing.forget(path)

    async def _say(self, export: WaitingExport, message: Message) -> None:
        asked = export.asked
        async with self._storage.writing() as work:
            if await work.town_exports.settle(export.id):
                post = Show(asked.chat, message, is_new=True, thread=asked.thread)
                await work.outbox.put(post, self._clock())


def _plain(name: str) -> str:
    """The town's name as every file system takes it."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-") or "export"
