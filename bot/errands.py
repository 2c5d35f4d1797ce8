"""What a command does with the town's database and then ends, whether its bot is running or not."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from telegram.error import EndPointNotFound, InvalidToken, TelegramError

from bot.connection import make_bot
from bot.faults import StartError
from bot.poster import PaperSize, Poster, PosterFormat, draw_poster
from bot.runtime import now
from bot.settings import Settings, TelegramSettings
from bot.sheets.photos import bring_photos
from bot.sheets.reading import open_export
from bot.town_now import TownNow
from cocreation.ideas.deep_link import ToProcess
from cocreation.ideas.ids import Language
from cocreation.ideas.messages import Message
from cocreation.ideas.town import Town
from cocreation.services.import_content import OwnExport, import_content
from cocreation.services.import_ideas import ImportReport, import_ideas
from cocreation.services.read_ideas import read_ideas
from cocreation.services.read_table import open_table
from cocreation.services.send_digests import digest_of, period_until
from handlers.digest import digest_message
from storage.engine import SqlStorage
from storage.media_store import FileMediaStore
from storage.work import SqlWork


@asynccontextmanager
async def joined(settings: Settings) -> AsyncIterator[SqlStorage]:
    """The town's database, beside its bot if that is running. Raises StorageError."""
    storage = SqlStorage(settings.storage.url)
    await storage.join()
    try:
        yield storage
    finally:
        await storage.close()


async def town_in(settings: Settings, work: SqlWork) -> Town:
    """The town as the chat has set it too."""
    return TownNow(settings).town_with(await work.settings.chosen())


async def _town_now(settings: Settings) -> Town:
    if not settings.storage.database.exists():  # a poster, or a file that is no table, makes none
        return settings.town_profile()
    async with joined(settings) as storage, storage.reading() as work:
        return await town_in(settings, work)


async def import_table(
    settings: Settings, file: Path, on_rows: Callable[[int], None]
) -> tuple[ImportReport, str]:
    """What was imported, and what the file was read as. Raises TableError and StorageError."""
    with open_export(file) as export:
        if export is not None:
            return await _import_export(settings, export, on_rows), "an export of Morgen"
    table = open_table(file)
    town = await _town_now(settings)
    rows = read_ideas(table, town.time_zone)
    async with joined(settings) as storage:
        report = await import_ideas(storage, rows, language=town.languages[0], now=now(), on_rows=on_rows)
    return report, table.encoding_name


async def _import_export(
    settings: Settings, export: OwnExport, on_rows: Callable[[int], None]
) -> ImportReport:
    town = await _town_now(settings)
    zone, language = town.time_zone, town.languages[0]
    async with joined(settings) as storage:
        report, ideas = await import_content(
            storage, export, zone=zone, language=language, now=now(), on_rows=on_rows
        )
        await bring_photos(storage, FileMediaStore(settings.storage.media), export, ideas, now())
    return report


async def digest_now(settings: Settings, language: str | None) -> Message:
    """The digest of the period that ends now. Raises StartError for a language that the town lacks."""
    async with joined(settings) as storage, storage.reading() as work:
        town = await town_in(settings, work)
        if language is not None and language not in town.languages:
            raise StartError(f"the town speaks {', '.join(town.languages)}, not {language}")
        digest = await digest_of(work, period_until(now(), town.schedule, town), town.time_zone)
    return digest_message(digest, Language(language) if language else town.digest_language, town)


async def poster_for(
    settings: Settings, *, process: str | None, languages: tuple[Language, ...], username: str | None
) -> Poster:
    """What the poster of the town or of a process says. Without a username, Telegram is asked for it.

    Raises StartError for a process or a language that the town lacks or when Telegram does not answer, and
    StorageError.
    """
    town = await _town_now(settings)
    for language in languages:
        if language not in town.languages:
            raise StartError(f"the town speaks {', '.join(town.languages)}, not {language}")
    to = None if process is None else await _way_to(settings, process)
    name = username or await _username(settings.telegram)
    return Poster(town, name, languages or town.languages, to, process)


async def _way_to(settings: Settings, process: str) -> ToProcess:
    async with joined(settings) as storage, storage.reading() as work:
        found = await work.processes.called(process)
        if found is not None:
            return ToProcess(found)
        names = ", ".join(await work.processes.names()) or "none yet"
        raise StartError(f"there is no process called '{process}'; the town has: {names}")


async def _username(settings: TelegramSettings) -> str:
    if settings.token is None:
        raise StartError("telegram.token is missing: give it, or the bot's name with --username")
    bot = make_bot(settings)
    try:
        await bot.initialize()
        return bot.username
    except (InvalidToken, EndPointNotFound):
        # The library's own error quotes the token.
        raise StartError("Telegram does not know this token; check telegram.token") from None
    except TelegramError:
        raise StartError(
            "Telegram cannot be asked for the bot's name now; try again, or give it with --username"
        ) from None
    finally:
        await bot.shutdown()


def write_poster(poster: Poster, file: Path | None, format_: str | None, size: str) -> Path:
    """The file that was written: `file`, or poster.pdf or the like. Raises StartError when it cannot be."""
    ending = "" if file is None else file.suffix.lower().removeprefix(".")
    chosen = PosterFormat(format_ or (ending if ending in set(PosterFormat) else PosterFormat.PDF))
    written = file or Path(f"poster.{chosen}")
    try:
        written.write_bytes(draw_poster(poster, chosen, PaperSize(size)))
    except OSError as error:
        raise StartError(f"{written} cannot be written: {error.strerror or error}") from None
    return written


async def migrate_database(settings: Settings) -> None:
    """Raises StorageError when a Morgen is running on it, or when it is newer than this program."""
    storage = SqlStorage(settings.storage.url)
    await storage.open()
    await storage.close()
