"""`morgen export`: what the terminal asks for, as a file."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errands import joined, town_in
from bot.faults import StartError
from bot.runtime import now
from bot.settings import Settings
from bot.sheets.order import Order
from bot.sheets.workbook import TooManyRowsError
from bot.sheets.writing import write_file, write_table
from cocreation.ideas.export import ExportFormat, Selection
from cocreation.ideas.ids import Language, ThemeId
from cocreation.ideas.town import Town
from storage.media_store import FileMediaStore
from storage.work import SqlWork


@dataclass(frozen=True, slots=True)
class Wish:
    """What was typed. `since` and `until` are midnights without a zone, both days included; a theme is a name
    or a number."""

    format: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    theme: str | None = None
    process: str | None = None
    language: str | None = None
    photos: bool = False


async def export_town(settings: Settings, file: Path, wish: Wish) -> int:
    """How many ideas were written. Raises StartError where that cannot be, and StorageError."""
    format = _format(file, wish.format)
    if wish.photos and format is not ExportFormat.ZIP:
        raise StartError("photos come along in a ZIP: let the file end in .zip, or say --format zip")
    async with joined(settings) as storage, storage.reading() as work:
        town = await town_in(settings, work)
        language = _language(town, wish.language)
        selection = await _selection(work, town, wish)
        order = Order(town, language, selection, now(), wish.theme, wish.process)
        photos = FileMediaStore(settings.storage.media) if wish.photos else None
        try:
            if format is None:
                return await write_table(work, selection, file)
            return await write_file(work, order, format, file, photos)
        except OSError as error:
            raise StartError(f"{file} cannot be written: {error.strerror or error}") from None
        except TooManyRowsError:
            raise StartError(
                "a workbook has 1,048,576 rows at most: take a shorter period, or csv or jsonl"
            ) from None


def _format(file: Path, told: str | None) -> ExportFormat | None:
    """None is the ideas alone as CSV, which is what a file that ends in .csv can hold."""
    ending = file.suffix.lower().removeprefix(".")
    chosen = told or (ending if ending in set(ExportFormat) else ExportFormat.CSV)
    if chosen == ExportFormat.CSV and ending != "zip":
        return None
    return ExportFormat(chosen)


def _language(town: Town, told: str | None) -> Language:
    if told is not None and told not in town.languages:
        raise StartError(f"the town speaks {', '.join(town.languages)}, not {told}")
    return Language(told) if told else town.digest_language


async def _selection(work: SqlWork, town: Town, wish: Wish) -> Selection:
    start = None if wish.since is None else wish.since.replace(tzinfo=town.time_zone).astimezone(UTC)
    end = None
    if wish.until is not None:
        end = (wish.until + timedelta(days=1)).replace(tzinfo=town.time_zone).astimezone(UTC)
    if start is not None and end is not None and start >= end:
        raise StartError("--from is after --to")
    theme = None if wish.theme is None else await _theme(work, wish.theme)
    if wish.process is None:
        return Selection(start, end, theme)
    process = await work.processes.called(wish.process)
    if process is None:
        names = ", ".join(await work.processes.names()) or "none yet"
        raise StartError(f"there is no process called '{wish.process}'; the town has: {names}")
    return Selection(start, end, theme, process)


async def _theme(work: SqlWork, told: str) -> ThemeId:
    themes = await work.themes.all()
    found = [theme.id for theme in themes if theme.label.casefold() == told.casefold()]
    found += [theme.id for theme in themes if str(theme.id) == told]
    if not found:
        raise StartError(f"there is no theme called '{told}'; give its name, or the number in its link")
    return found[0]
