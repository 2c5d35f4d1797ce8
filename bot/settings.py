"""What a town may set, in config.toml or in MORGEN_… environment variables."""

import hashlib
import hmac
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot import setting_values as values
from bot.frame_settings import FrameSettings
from bot.setting_faults import Fault, SettingsError
from bot.setting_sources import Reading, read
from cocreation.ideas.ids import Language
from cocreation.ideas.notice import NIGHT
from cocreation.ideas.schedule import Schedule
from cocreation.ideas.setting import Origin
from cocreation.ideas.town import Town

__all__ = ["Fault", "Settings", "SettingsError", "load", "reading"]

TELEGRAM_URL = f"https://{values.TELEGRAM_HOST}/bot"
_TELEGRAM_TOKEN = re.compile(r"\d+:[\w-]{35}", re.ASCII)
_ANY_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
MaybeSecret = Annotated[SecretStr | None, BeforeValidator(lambda value: value or None)]


class _Section(BaseModel):
    """A part of the settings. A field's description completes 'it must be …'."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TownSettings(_Section):
    """[town]"""

    name: values.Text = Field(
        default="My town", min_length=1, max_length=100, description="a name of 1 to 100 letters"
    )
    languages: values.Languages = Field(
        default=(Language("nl"), Language("fr"), Language("de"), Language("en")),
        description='a list of languages, the first one first, such as ["nl", "en"]',
    )
    time_zone: values.TimeZone = Field(
        default=ZoneInfo("Europe/Brussels"), description="the name of a time zone, such as Europe/Brussels"
    )
    facilitator_chat: values.MaybeChatNumber = Field(
        default=None, description="the id of a chat, a whole number such as -1001234567890"
    )
    administrators: values.UserNumbers = Field(
        default=frozenset(), description="a list of people's Telegram ids, such as [123456789]"
    )
    contact: values.MaybeText = Field(
        default=None,
        max_length=300,
        description="an e-mail address, telephone number or address of a page, at most 300 letters",
    )
    ideas_in_ten_minutes: values.WholeNumber = Field(
        default=10, ge=1, le=1_000_000, description="a whole number between 1 and 1000000"
    )
    quiet_hours: values.Hours = Field(default=NIGHT, description="two hours, such as '21-8', or 'none'")
    watched_words: values.Words = Field(
        default=(), description="a list of at most 500 words of 2 to 60 letters"
    )
    helplines: values.Helplines = Field(
        default=(),
        description="a list of at most 20 such as ['Tele-Onthaal | 106 | anybody']: name, number, for whom",
    )


class TelegramSettings(_Section):
    """[telegram]. Fields that depend on another come after it."""

    mode: Literal["polling", "webhook"] = Field(default="polling", description="'polling' or 'webhook'")
    base_url: values.ApiUrl = Field(
        default=TELEGRAM_URL, description=f"an address that ends in /bot, such as {TELEGRAM_URL}"
    )
    base_file_url: values.ApiUrl = Field(
        default_factory=lambda known: known["base_url"].removesuffix("/bot") + "/file/bot",
        description=f"an address that ends in /bot, such as https://{values.TELEGRAM_HOST}/file/bot",
    )
    display_name: values.MaybeText = Field(
        default=None,
        max_length=64,
        description="the name above the chat, at most 64 letters, or nothing to leave what it is",
    )
    token: MaybeSecret = Field(
        default=None, description="what @BotFather gave: a number, a colon and 35 letters"
    )
    webhook_url: values.MaybePublicUrl = Field(
        default=None,
        validate_default=True,
        description="the https:// address at which Telegram reaches this bot when the mode is 'webhook'",
    )
    webhook_secret: MaybeSecret = Field(default=None, description="1 to 256 letters A-Z a-z, digits, _ and -")

    @field_validator("token")
    @classmethod
    def _token_has_its_form(cls, token: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if token is None:
            return None
        text = token.get_secret_value().strip()
        form = _TELEGRAM_TOKEN if _is_telegrams(info) else _ANY_TOKEN
        if not form.fullmatch(text):
            raise ValueError("copy it again, without quotes or spaces")
        return SecretStr(text)

    @field_validator("webhook_url")
    @classmethod
    def _telegram_reaches_the_webhook(cls, url: str | None, info: ValidationInfo) -> str | None:
        if url is None:
            if info.data.get("mode") == "webhook":
                raise ValueError("it is not given")
            return None
        parts = values.split_url(url)
        if _is_telegrams(info):
            if parts.scheme != "https":
                raise ValueError("Telegram calls https:// alone")
            if parts.port not in {None, *values.WEBHOOK_PORTS}:
                raise ValueError("Telegram calls the ports 443, 80, 88 and 8443 alone")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _secret_has_its_form(cls, secret: SecretStr | None) -> SecretStr | None:
        if secret is not None and not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("make one with: openssl rand -hex 32")
        return secret

    def secret_for_webhook(self) -> str:
        """What Telegram sends along with each update: `webhook_secret`, or one made from the token."""
        if self.webhook_secret is not None:
            return self.webhook_secret.get_secret_value()
        token = self.token.get_secret_value() if self.token else ""
        return hmac.new(token.encode(), b"morgen webhook", hashlib.sha256).hexdigest()


class StorageSettings(_Section):
    """[storage]"""

    url: values.SqliteUrl = Field(
        default="sqlite:///data/morgen.db",
        description="the address of an SQLite file, such as sqlite:///data/morgen.db",
    )
    media: Path = Field(
        default_factory=lambda known: Path(known["url"].removeprefix("sqlite:///")).parent / "media",
        description="a folder",
    )

    @property
    def database(self) -> Path:
        return Path(self.url.removeprefix("sqlite:///"))

    @property
    def outgoing(self) -> Path:
        """Where files wait that are made to be sent once."""
        return self.database.parent / "outgoing"


class DigestSettings(_Section):
    """[digest]"""

    schedule: values.DayAndTime = Field(
        default=Schedule.parse("monday 08:00"),
        description="a day and a time, such as 'monday 08:00' or 'daily 17:30'",
    )
    language: values.MaybeLanguageCode = Field(default=None, description="one language, such as 'nl'")


class BoardSettings(_Section):
    """[board]"""

    enabled: bool = Field(default=True, description="true or false")
    host: values.HostName = Field(
        default="127.0.0.1", description="the host to listen on, such as 127.0.0.1 or 0.0.0.0"
    )
    port: values.WholeNumber = Field(
        default=8080, ge=1, le=65535, description="a whole number between 1 and 65535"
    )
    public_url: values.MaybePublicUrl = Field(
        default=None,
        description="the address at which people open the board, such as https://ideas.example.org",
    )


class LogSettings(_Section):
    """[log]"""

    format: Literal["text", "json"] = Field(default="text", description="'text' or 'json'")
    level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="'debug', 'info', 'warning' or 'error'"
    )


class Settings(BaseSettings):
    """All of it. `load` reads it; the constructor takes values as they are given and looks nowhere else."""

    model_config = SettingsConfigDict(
        env_prefix="MORGEN_",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        enable_decoding=False,
        extra="forbid",
        frozen=True,
    )

    town: TownSettings = Field(default_factory=TownSettings)
    telegram: TelegramSettings = Field(default_factory=TelegramSettings)
    storage: StorageSettings = Field(default_factory=StorageSettings)
    digest: DigestSettings = Field(default_factory=DigestSettings)
    board: BoardSettings = Field(default_factory=BoardSettings)
    frames: FrameSettings = Field(default_factory=FrameSettings)
    log: LogSettings = Field(default_factory=LogSettings)

    _in_environment: frozenset[str] = PrivateAttr(default=frozenset())
    """The keys that the environment gives, which the file's value, if it has one, does not reach."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Nothing but what the caller gives: `load` merges the sources itself, to name each fault's."""
        return (init_settings,)

    def comes_from(self, key: str) -> Origin:
        """Where a value such as that of 'town.languages' comes from; what is given as nothing is not."""
        section, _, name = key.partition(".")
        part = getattr(self, section)
        if name not in part.model_fields_set or getattr(part, name) in (None, (), frozenset()):
            return Origin.DEFAULT
        return Origin.ENVIRONMENT if key in self._in_environment else Origin.FILE

    def town_profile(self) -> Town:
        """The town as the chat and the board know it."""
        return Town(
            name=self.town.name,
            languages=self.town.languages,
            time_zone=self.town.time_zone,
            facilitator_chat=self.town.facilitator_chat,
            administrators=self.town.administrators,
            digest_language=self.digest.language or self.town.languages[0],
            board_url=self.board.public_url if self.board.enabled else None,
            contact=self.town.contact,
            ideas_in_ten_minutes=self.town.ideas_in_ten_minutes,
            schedule=self.digest.schedule,
            quiet=self.town.quiet_hours if self.town.quiet_hours.start != self.town.quiet_hours.end else None,
            watched_words=self.town.watched_words,
            helplines=self.town.helplines,
            frames=self.frames.all,
        )


def _is_telegrams(info: ValidationInfo) -> bool:
    """Whether the bot talks to Telegram itself, not to a server of one's own that is laxer."""
    url = info.data.get("base_url")
    return url is not None and values.split_url(url).hostname == values.TELEGRAM_HOST


def load(config: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of the file and the environment. Raises SettingsError with every fault in them.

    A token that is missing is none of these faults: backup, export and others do without one.
    """
    found = reading(config, environ)
    if found.faults:
        raise SettingsError(found.faults)
    return found.settings


def reading(config: Path | None = None, environ: Mapping[str, str] | None = None) -> Reading[Settings]:
    """What `load` reads, with its faults beside what is sound."""
    found = read(Settings, config, os.environ if environ is None else environ)
    found.settings._in_environment = found.from_environment
    return found
