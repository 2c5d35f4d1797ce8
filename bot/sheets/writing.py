"""Writes one export, whole, into a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from bot.sheets.csv_files import CsvZipWriter, TableWriter
from bot.sheets.lines import LinesWriter
from bot.sheets.order import Order
from bot.sheets.workbook import WorkbookWriter
from cocreation.ideas.export import IDEAS, ExportFormat, Selection
from cocreation.ports import Work
from cocreation.services.export_content import write_content
from storage.media_store import FileMediaStore

WORKBOOK, LINES, PHOTOS = "ideas.xlsx", "ideas.jsonl", "photos"


async def write_file(
    work: Work, order: Order, format: ExportFormat, path: Path, photos: FileMediaStore | None = None
) -> int:
    """How many ideas were written. `photos` is where those are that a ZIP is to have. Raises OSError and
    TooManyRowsError; then there is no file, or the one that was there."""
    with _whole(path) as unfinished:
        match format:
            case ExportFormat.XLSX:
                return await _workbook(work, order, unfinished)
            case ExportFormat.CSV:
                writer = CsvZipWriter(order, unfinished)
                try:
                    return await write_content(work, order.selection, writer)
                finally:
                    writer.close()
            case ExportFormat.JSONL:
                return await _lines(work, order.selection, unfinished)
            case ExportFormat.ZIP:
                return await _archive(work, order, unfinished, photos)


async def write_table(work: Work, selection: Selection, path: Path) -> int:
    """The ideas alone as one CSV file. How many there are; raises OSError."""
    with _whole(path) as unfinished:
        writer = TableWriter(unfinished)
        try:
            return await write_content(work, selection, writer, (IDEAS,))
        finally:
            writer.close()


async def _workbook(work: Work, order: Order, path: Path) -> int:
    writer = WorkbookWriter(order)
    count = await write_content(work, order.selection, writer)
    writer.save(path)
    return count


async def _lines(work: Work, selection: Selection, path: Path) -> int:
    with path.open("w", encoding="utf-8", newline="") as file:
        return await write_content(work, selection, LinesWriter(file))


async def _archive(work: Work, order: Order, path: Path, photos: FileMediaStore | None) -> int:
    with TemporaryDirectory(dir=path.parent) as folder, ZipFile(path, "w", ZIP_STORED) as archive:
        book, lines = Path(folder) / WORKBOOK, Path(folder) / LINES
        count = await _workbook(work, order, book)
        await _lines(work, order.selection, lines)
        archive.write(book, WORKBOOK)
        archive.write(lines, LINES, ZIP_DEFLATED)
        if photos is not None:
            await _add_photos(work, order.selection, archive, photos)
    return count


async def _add_photos(work: Work, selection: Selection, archive: ZipFile, photos: FileMediaStore) -> None:
    async for photo in work.contents.photos(selection):
        try:
            content = await photos.open(photo.path)
        except FileNotFoundError:  # its author was forgotten just now
            continue
        archive.writestr(f"{PHOTOS}/{photo.idea}-{photo.number}{PurePosixPath(photo.path).suffix}", content)


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A file beside `path`, which takes its place when the block ends without an exception."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
