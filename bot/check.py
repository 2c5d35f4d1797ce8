"""Checks all that a start needs, so that an administrator mends everything at once."""

import os
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from bot.frame_settings import KEY as FRAMES
from bot.setting_sources import CONFIG_KEY
from bot.setting_values import is_loopback, split_url
from bot.settings import Fault, Settings, SettingsError, reading
from bot.town_now import TownNow
from cocreation.analysis.installed import DISTRIBUTION, EncoderError, is_meaning_known
from cocreation.ideas.ids import ChatId
from storage.errors import StorageError
from storage.migrate import database_version
from storage.schema import VERSION
from storage.settings import chosen_in

TOKEN_MISSING = Fault(
    "telegram.token",
    "telegram.token is missing. Write /newbot to @BotFather in Telegram and put the token that it gives into "
    "config.toml ([telegram] token) or into the environment variable MORGEN_TELEGRAM__TOKEN. "
    "To try Morgen without one: morgen demo",
)


def check(config: Path | None = None, environ: Mapping[str, str] | None = None) -> list[Fault]:
    """Everything that keeps `run` from starting: in the settings, the folders, the database and the encoder.

    Nothing is changed on the disk and nothing is sent.
    """
    found = reading(config, environ)
    faults = list(found.faults)
    if found.is_whole and found.settings.telegram.token is None and not found.has_fault("telegram.token"):
        faults.append(TOKEN_MISSING)
    if found.is_whole and not found.has_fault("storage.url"):
        faults += _database_faults(found.settings.storage.database)
    if found.is_whole and not found.has_fault("storage.media") and not found.has_fault("storage.url"):
        faults += _folder_faults("storage.media", found.settings.storage.media)
    if found.is_whole and not found.has_fault(FRAMES):
        faults += _frame_faults(found.settings)
    return faults + _encoder_faults()


def warnings(config: Path | None = None, environ: Mapping[str, str] | None = None) -> list[Fault]:
    """What a start survives, but a town would rather know."""
    found = reading(config, environ)
    return [
        *_missing_comforts(found.settings, _facilitator_chat(found.settings)),
        *_exposed(found.settings),
        *_readable_secret(found.file, found.settings),
    ]


def _database_faults(database: Path) -> list[Fault]:
    key = "storage.url"
    if faults := _folder_faults(key, database.parent):
        return faults
    if not database.exists():
        return []
    if not database.is_file():
        return [Fault(key, f"{key} must name a file; {database} is not one")]
    if not os.access(database, os.R_OK | os.W_OK):
        return [Fault(key, f"{key}: this user may not read and write {database}")]
    return _version_faults(key, database)


def _version_faults(key: str, database: Path) -> list[Fault]:
    try:
        version = database_version(database)
    except StorageError as error:
        return [Fault(key, f"{key}: {error}")]
    if version is not None and version > VERSION:
        told = f"has version {version}, this program knows {VERSION}"
        return [Fault(key, f"{key}: {database} {told}; start the newer Morgen that wrote it")]
    return []


def _frame_faults(settings: Settings) -> list[Fault]:
    try:
        settings.frames.all  # noqa: B018
    except SettingsError as error:
        return list(error.faults)
    return []


def _folder_faults(key: str, folder: Path) -> list[Fault]:
    """Whether files can be written in the folder, or in the nearest one above it that is there."""
    standing = folder.absolute()
    while not standing.exists() and standing != standing.parent:
        standing = standing.parent
    if not standing.is_dir():
        return [Fault(key, f"{key}: {standing} is a file, and a folder is needed there")]
    try:
        # Asking for the permission is not enough: a disk may be read-only or full.
        with tempfile.TemporaryFile(dir=standing):
            return []
    except OSError as error:
        return [Fault(key, f"{key}: this user cannot write in {standing} ({error.strerror})")]


def _encoder_faults() -> list[Fault]:
    try:
        is_meaning_known()
    except EncoderError as error:
        return [Fault("themes", str(error))]
    return []


def _facilitator_chat(settings: Settings) -> ChatId | None:
    """Also where it was chosen in the chat."""
    chosen = chosen_in(settings.storage.database)
    return TownNow(settings).town_with(chosen).facilitator_chat


def _missing_comforts(settings: Settings, facilitator_chat: ChatId | None) -> list[Fault]:
    found = []
    if facilitator_chat is None:
        text = (
            "town.facilitator_chat is not given: unless it is chosen by /settings in that chat, the digest "
            "and what people report go in private to each administrator and facilitator of the town who has "
            "written to the bot. Write /id to the bot in that chat for its number"
        )
        found.append(Fault("town.facilitator_chat", text))
    if settings.town.contact is None:
        text = "town.contact is not given: the privacy notice cannot say whom to write to"
        found.append(Fault("town.contact", text))
    if settings.board.enabled and settings.board.public_url is None:
        text = "board.public_url is not given: the chat shows no links to the board"
        found.append(Fault("board.public_url", text))
    with suppress(EncoderError):  # that is a fault
        if not is_meaning_known():
            text = f"{DISTRIBUTION} is not installed: themes are found by words alone, not by meaning"
            found.append(Fault("themes", text))
    return found


def _exposed(settings: Settings) -> list[Fault]:
    parts = split_url(settings.telegram.base_url)
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        text = "telegram.base_url begins with http://: the token and people's words travel in the clear"
        return [Fault("telegram.base_url", text)]
    return []


def _readable_secret(file: Path | None, settings: Settings) -> list[Fault]:
    if file is None or settings.telegram.token is None or not file.is_file():
        return []
    if file.stat().st_mode & stat.S_IROTH:
        text = f"every user of this machine may read {file}, and a token may stand in it: chmod o= {file}"
        return [Fault(CONFIG_KEY, text)]
    return []
