"""The kinds of messages that people send besides words: places, stickers, polls, contacts, files."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from sandbox import files
from sandbox.errors import BotApiError, SandboxError
from sandbox.markup import utf16_length
from sandbox.people import text_content
from sandbox.sound import seconds_of
from sandbox.values import Json, StoredFile
from sandbox.world import World

MAX_CAPTION = 1024
_THUMBNAIL = 320
_DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}
_WEBP = bytes.fromhex("524946461a000000574542505650384c0d0000002f00000010071011118888fe0700")


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as a person's phone hands it over."""

    content: bytes
    name: str | None
    mime_type: str | None
    seconds: int | None = None


def content_of(world: World, asked: Json) -> Json:
    """Make the content of a message from what was asked; raises SandboxError for an unknown kind."""
    kind = asked.get("kind") or "text"
    make = _KINDS.get(kind)
    if make is None:
        raise SandboxError(f"kind is one of {', '.join(_KINDS)}")
    return make(world, asked)


def _text(world: World, asked: Json) -> Json:
    return text_content(str(asked.get("text") or ""))


def _coordinates(asked: Json) -> Json:
    latitude, longitude = float(asked["latitude"]), float(asked["longitude"])
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise SandboxError("this place is not on earth")
    return {"latitude": latitude, "longitude": longitude}


def _location(world: World, asked: Json) -> Json:
    return location_content(asked)


def location_content(asked: Json) -> Json:
    """Make a place; with a `live_period` in seconds it is a live location, which the person may move."""
    place = _coordinates(asked)
    if asked.get("live_period"):
        place["live_period"] = int(asked["live_period"])
    return {"location": place}


def _venue(world: World, asked: Json) -> Json:
    place = _coordinates(asked)
    title, address = str(asked.get("title") or "Grote Markt"), str(asked.get("address") or "Grote Markt 1")
    return {"location": place, "venue": {"location": place, "title": title, "address": address}}


def _sticker(world: World, asked: Json) -> Json:
    stored = world.files.add("document", _WEBP, mime_type="image/webp")
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    return {"sticker": {**stored.brief(), **shape, "emoji": str(asked.get("emoji") or "🌳")}}


def _poll(world: World, asked: Json) -> Json:
    options = [str(option) for option in asked.get("options") or ["Ja", "Nee"]]
    return {
        "poll": {
            "id": str(secrets.randbits(62)),
            "question": str(asked.get("question") or asked.get("text") or "?"),
            "options": [
                {"persistent_id": str(number), "text": option, "voter_count": 0}
                for number, option in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
    }


def _contact(world: World, asked: Json) -> Json:
    number = str(asked.get("phone_number") or "+32470000000")
    return {"contact": {"phone_number": number, "first_name": str(asked.get("first_name") or "Griet")}}


def _dice(world: World, asked: Json) -> Json:
    emoji = str(asked.get("emoji") or "🎲")
    if emoji not in _DICE:
        raise SandboxError(f"dice are {' '.join(_DICE)}")
    return {"dice": {"emoji": emoji, "value": 1 + secrets.randbelow(_DICE[emoji])}}


def _game(world: World, asked: Json) -> Json:
    with Image.new("RGB", (320, 180), "seagreen") as drawn:
        written = BytesIO()
        drawn.save(written, "JPEG")
    sizes = files.add_photo(world.files, files.photo_sizes(written.getvalue()))
    title = str(asked.get("title") or "Bomen planten")
    return {"game": {"title": title, "description": str(asked.get("description") or title), "photo": sizes}}


_KINDS: Mapping[str, Callable[[World, Json], Json]] = {
    "text": _text,
    "location": _location,
    "venue": _venue,
    "sticker": _sticker,
    "poll": _poll,
    "contact": _contact,
    "dice": _dice,
    "game": _game,
}


async def file_content(world: World, kind: str, sent: SentFile, caption: Any) -> Json:  # noqa: ANN401
    """Make the content of a message with a file.

    `kind` is `photo`, `document`, `voice`, `video`, `audio`, `animation` or `video_note`. Raises SandboxError
    for another one, and the Bot API's 400 for what is no photo.
    """
    words = _caption(caption)
    if kind == "photo":
        sizes = await asyncio.to_thread(files.photo_sizes, sent.content)
        return {"photo": files.add_photo(world.files, sizes), **words}
    if kind == "document":
        return {**await _document(world, sent), **words}
    if kind not in _SOUNDS_AND_FILMS:
        raise SandboxError(f"a file is sent as photo, document, {', '.join(_SOUNDS_AND_FILMS)}")
    mime_type, show = _SOUNDS_AND_FILMS[kind]
    stored = world.files.add(
        kind,
        sent.content,
        name=None if kind in {"voice", "video_note"} else sent.name,
        mime_type=_specific(sent.mime_type) or mime_type,
        seconds=sent.seconds or seconds_of(sent.content),
    )
    if kind == "video_note":
        return {kind: show(stored)}
    beside = {"document": files.document(stored)} if kind == "animation" else {}
    return {kind: show(stored), **beside, **words}


def _specific(mime_type: str | None) -> str | None:
    return None if mime_type == "application/octet-stream" else mime_type


def _video_note(stored: StoredFile) -> Json:
    return {"length": 240, "duration": stored.seconds or files.UNKNOWN_SECONDS, **stored.brief()}


_SOUNDS_AND_FILMS: Mapping[str, tuple[str, Callable[[StoredFile], Json]]] = {
    "voice": ("audio/ogg", files.voice),
    "video": ("video/mp4", files.film),
    "audio": ("audio/mpeg", files.music),
    "animation": ("video/mp4", files.film),
    "video_note": ("video/mp4", _video_note),
}


async def _document(world: World, sent: SentFile) -> Json:
    """A document; of a picture Telegram makes a small photo to show beside it."""
    stored = world.files.add("document", sent.content, name=sent.name, mime_type=sent.mime_type)
    shown = files.document(stored)
    if stored.mime_type.startswith("image/"):
        try:
            sizes = await asyncio.to_thread(files.photo_sizes, sent.content)
        except BotApiError:
            return {"document": shown}
        small = next((one for one in reversed(sizes) if max(one[1]) <= _THUMBNAIL), sizes[0])
        shown["thumbnail"] = files.add_photo(world.files, [small])[0]
    return {"document": shown}


def _caption(caption: Any) -> Json:  # noqa: ANN401 - as it came
    text = str(caption or "").strip()
    if not text:
        return {}
    if utf16_length(text) > MAX_CAPTION:
        raise SandboxError(f"a caption has at most {MAX_CAPTION} characters")
    return text_content(text, field="caption", entities="caption_entities")
