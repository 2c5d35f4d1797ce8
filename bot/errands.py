"""What a command does with the town's database and then ends, whether its bot is running or not."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.faults import StartError
from bot.runtime import now
from bot.settings import Settings
from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Message
from cocreation.services.export_ideas import ExportFormat, write_export
from cocreation.services.import_ideas import ImportReport, import_ideas
from cocreation.services.read_ideas import read_ideas
from cocreation.services.read_table import open_table
from cocreation.services.send_digests import digest_of, period_until
from handlers.digest import digest_message
from storage.engine import SqlStorage


@asynccontextmanager
async def joined(settings: Settings) -> AsyncIterator[SqlStorage]:
    """The town's database, beside its bot if that is running. Raises StorageError."""
    storage = SqlStorage(settings.storage.url)
    await storage.join()
    try:
        yield storage
    finally:
        await storage.close()


async def import_table(
    settings: Settings, file: Path, on_rows: Callable[[int], None]
) -> tuple[ImportReport, str]:
    """What was imported, and the encoding that the file was read as. Raises TableError and StorageError."""
    table = open_table(file)
    rows = read_ideas(table, settings.town.time_zone)
    async with joined(settings) as storage:
        report = await import_ideas(
            storage, rows, language=settings.town.languages[0], now=now(), on_rows=on_rows
        )
    return report, table.encoding_name


async def export_table(settings: Settings, file: Path, format: str | None) -> int:
    """How many ideas were written. Raises StartError when the file cannot be, and StorageError."""
    ending = file.suffix.lower().removeprefix(".")
    chosen = format or (ending if ending in set(ExportFormat) else ExportFormat.CSV)
    async with joined(settings) as storage, storage.reading() as work:
        try:
            return await write_export(work.ideas.all(), file, ExportFormat(chosen))
        except OSError as error:
            raise StartError(f"{file} cannot be written: {error.strerror or error}") from None


async def digest_now(settings: Settings, language: str | None) -> Message:
    """The digest of the period that ends now. Raises StartError for a language that the town lacks."""
    town = settings.town_profile()
    if language is not None and language not in town.languages:
        raise StartError(f"the town speaks {', '.join(town.languages)}, not {language}")
    async with joined(settings) as storage, storage.reading() as work:
        digest = await digest_of(work, period_until(now(), settings.digest.schedule, town))
    return digest_message(digest, Language(language) if language else town.digest_language, town)


async def migrate_database(settings: Settings) -> None:
    """Raises StorageError when a Morgen is running on it, or when it is newer than this program."""
    storage = SqlStorage(settings.storage.url)
    await storage.open()
    await storage.close()
