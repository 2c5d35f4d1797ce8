"""The kinds of value in the settings: each reads what a person wrote, or says what is wrong with it."""

import difflib
import ipaddress
import json
import re
import zoneinfo
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
)

from cocreation.ideas.helpline import Helpline
from cocreation.ideas.ids import ChatId, Language
from cocreation.ideas.notice import QuietHours
from cocreation.ideas.schedule import WEEKDAYS, Schedule
from locales import known_languages

TELEGRAM_HOST = "api.telegram.org"
WEBHOOK_PORTS = (443, 80, 88, 8443)
"""The ports that Telegram calls: core.telegram.org/bots/api#setwebhook."""
_LARGEST_ID = 2**52
"""Telegram's ids have at most 52 significant bits: core.telegram.org/bots/api#chat."""
_LOOPBACK_NAMES = ("localhost", "ip6-localhost")
_HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*\.?")


def nearest(word: str, known: Iterable[str]) -> str:
    """A question that names the known word most like this one, or nothing."""
    by_folded = {candidate.casefold(): candidate for candidate in known}
    close = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return f"did you mean {by_folded[close[0]]!r}?" if close else ""


def is_loopback(host: str | None) -> bool:
    """Whether the address never leaves this machine."""
    if host is None or host in _LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _blank_is_absent(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


def _is_a_number(value: object) -> object:
    # A bool is an int to Python, and yes is not a port.
    if isinstance(value, bool):
        raise ValueError("")
    return value


def _split(value: object) -> object:
    """A list as an environment variable holds it: JSON, or words with commas between them."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise ValueError("the brackets do not hold a JSON list") from None
    return [part.strip() for part in value.split(",") if part.strip()]


def _language(value: str) -> Language:
    code = value.lower().replace("_", "-")
    known = known_languages()
    if code in known:
        return Language(code)
    base = code.split("-")[0]
    hint = f"did you mean {base!r}?" if base in known else nearest(code, known)
    raise ValueError(f"known are {', '.join(known)}; {hint}".removesuffix("; "))


def _some_languages(value: tuple[Language, ...]) -> tuple[Language, ...]:
    if not value:
        raise ValueError("name at least one")
    return tuple(dict.fromkeys(value))


def _time_zone(value: object) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    if not isinstance(value, str):
        raise ValueError("")
    try:
        return ZoneInfo(value.strip())
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        zones = sorted(zoneinfo.available_timezones())
    city = value.replace(" ", "_").rsplit("/", 1)[-1].casefold()
    exact = [zone for zone in zones if zone.rsplit("/", 1)[-1].casefold() == city]
    raise ValueError(f"did you mean {exact[0]!r}?" if exact else nearest(value, zones))


def _chat_id(value: ChatId) -> ChatId:
    if value == 0 or abs(value) >= _LARGEST_ID:
        raise ValueError("Telegram has no chat with such an id")
    return value


def _user_id(value: int) -> int:
    if not 0 < value < _LARGEST_ID:
        raise ValueError("a person's id is positive; a negative one is a group's")
    return value


def _schedule(value: object) -> Schedule:
    if isinstance(value, Schedule):
        return value
    if not isinstance(value, str):
        raise ValueError("")
    try:
        return Schedule.parse(value)
    except ValueError:
        day, days = value.strip().split(" ")[0], ("daily", "monthly", "first", "every", *WEEKDAYS)
        raise ValueError("" if day.lower() in days else nearest(day, days)) from None


def _quiet_hours(value: object) -> QuietHours:
    if isinstance(value, QuietHours):
        return value
    if not isinstance(value, str):
        raise ValueError("")
    return QuietHours.parse(value)


def _split_lines(value: object) -> object:
    """A list as an environment variable holds it: JSON, or lines, or parts with semicolons between them."""
    if not isinstance(value, str) or value.lstrip().startswith("["):
        return _split(value)
    return [part.strip() for part in re.split(r"[\n;]", value) if part.strip()]


def _helpline(value: object) -> Helpline:
    if isinstance(value, Helpline):
        return value
    if not isinstance(value, str):
        raise ValueError("")
    return Helpline.parse(value)


def _each_once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _host(value: str) -> str:
    try:
        return str(ipaddress.ip_address(value.strip("[]")))
    except ValueError:
        # Four numbers that are not an address would pass for a name.
        if _HOST_NAME.fullmatch(value) and not re.fullmatch(r"[\d.]+", value):
            return value
    raise ValueError("give the host alone, without http:// and without a port")


def split_url(value: str) -> SplitResult:
    """The parts of an address that begins with http:// or https://. Raises ValueError in plain words."""
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ValueError("its host or its port cannot be read") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
        raise ValueError("begin with https:// (or http://) and a host")
    if any(character.isspace() for character in value):
        raise ValueError("there is a space in it")
    return parts


def _public_url(value: str) -> str:
    parts = split_url(value)
    if parts.query or parts.fragment or parts.username:
        raise ValueError("leave out what follows ? or #, and any name and password")
    return value.rstrip("/")


def _api_url(value: str) -> str:
    url = value.rstrip("/")
    parts = split_url(url)
    if not parts.path.endswith("/bot"):
        told = re.sub(r"/bot[^/]*$", "", url) if parts.path else url
        raise ValueError(f"the token is added by Morgen; write {told}/bot")
    return url


def _sqlite_url(value: str) -> str:
    scheme, separator, path = value.partition(":///")
    if not separator or scheme not in {"sqlite", "sqlite+aiosqlite"}:
        raise ValueError(
            "Morgen keeps its data in an SQLite file; a relative path has three slashes, an absolute four"
        )
    if not path or path.startswith(":memory:") or path.endswith("/"):
        raise ValueError("name a file after the three slashes")
    return f"sqlite:///{path}"


Text = Annotated[str, BeforeValidator(_stripped)]
MaybeText = Annotated[Text | None, BeforeValidator(_blank_is_absent)]
WholeNumber = Annotated[int, BeforeValidator(_is_a_number)]
LanguageCode = Annotated[Language, BeforeValidator(_stripped), AfterValidator(_language)]
MaybeLanguageCode = Annotated[LanguageCode | None, BeforeValidator(_blank_is_absent)]
Languages = Annotated[tuple[LanguageCode, ...], BeforeValidator(_split), AfterValidator(_some_languages)]
TimeZone = Annotated[ZoneInfo, PlainValidator(_time_zone)]
ChatNumber = Annotated[ChatId, BeforeValidator(_is_a_number), AfterValidator(_chat_id)]
MaybeChatNumber = Annotated[ChatNumber | None, BeforeValidator(_blank_is_absent)]
UserNumber = Annotated[int, BeforeValidator(_is_a_number), AfterValidator(_user_id)]
UserNumbers = Annotated[frozenset[UserNumber], BeforeValidator(_split)]
DayAndTime = Annotated[Schedule, PlainValidator(_schedule), PlainSerializer(str)]
Hours = Annotated[QuietHours, PlainValidator(_quiet_hours), PlainSerializer(str)]
Word = Annotated[Text, StringConstraints(min_length=2, max_length=60)]
Words = Annotated[
    tuple[Word, ...], BeforeValidator(_split), Field(max_length=500), AfterValidator(_each_once)
]
Line = Annotated[Helpline, PlainValidator(_helpline), PlainSerializer(str)]
Helplines = Annotated[tuple[Line, ...], BeforeValidator(_split_lines), Field(max_length=20)]
Paths = Annotated[tuple[Path, ...], BeforeValidator(_split)]
HostName = Annotated[Text, AfterValidator(_host)]
PublicUrl = Annotated[Text, AfterValidator(_public_url)]
MaybePublicUrl = Annotated[PublicUrl | None, BeforeValidator(_blank_is_absent)]
ApiUrl = Annotated[Text, AfterValidator(_api_url)]
SqliteUrl = Annotated[Text, AfterValidator(_sqlite_url)]
