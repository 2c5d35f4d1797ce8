"""Photos, documents and places that the bot sends, and files it fetches.

Source: https://core.telegram.org/bots/api#sending-files
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from sandbox import files
from sandbox.errors import bad_request
from sandbox.methods.messages import change, editable
from sandbox.methods.outgoing import caption_content, deliver, open_chat
from sandbox.params import Params, Upload
from sandbox.values import Json, StoredFile
from sandbox.world import World

_REPLACED = ("photo", "document", "caption", "caption_entities")


async def send_photo(world: World, params: Params) -> Json:
    """sendPhoto."""
    caption = caption_content(params)
    chat = open_chat(world, params)
    content = await _photo(world, params, params.values.get("photo"), "photo")
    return deliver(world, chat, params, {**content, **caption})


def send_document(world: World, params: Params) -> Json:
    """sendDocument."""
    caption = caption_content(params)
    chat = open_chat(world, params)
    content = _document(world, params, params.values.get("document"), "document")
    return deliver(world, chat, params, {**content, **caption})


async def edit_message_media(world: World, params: Params) -> Json:
    """editMessageMedia, with photos and documents."""
    media = params.json("media")
    if not isinstance(media, dict) or media.get("type") not in ("photo", "document"):
        raise bad_request("can't parse InputMedia: unsupported type specified")
    message = editable(world, params)
    if "text" in message:
        raise bad_request("there is no media in the message to edit")
    caption = caption_content(Params(media))
    make = _photo(world, params, media.get("media"), "") if media["type"] == "photo" else None
    content = await make if make else _document(world, params, media.get("media"), "")
    return change(world, message, params, {**dict.fromkeys(_REPLACED), **content, **caption})


def send_location(world: World, params: Params) -> Json:
    """sendLocation."""
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("wrong latitude or longitude specified")
    location = {"latitude": latitude, "longitude": longitude}
    return deliver(world, open_chat(world, params), params, {"location": location})


def _given(world: World, params: Params, value: Any, name: str) -> Upload | StoredFile:  # noqa: ANN401
    """Find what a file parameter means: an uploaded part, attach://part, or a file_id."""
    if name in params.uploads:
        return params.uploads[name]
    text = value if isinstance(value, str) else ""
    if not text:
        raise bad_request(f"there is no {name or 'media'} in the request")
    if text.startswith("attach://"):
        upload = params.uploads.get(text.removeprefix("attach://"))
        if upload is None:
            raise bad_request("file must be non-empty")
        return upload
    if text.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = world.files.find(text)
    if stored is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return stored


async def _photo(world: World, params: Params, value: Any, name: str) -> Json:  # noqa: ANN401
    given = _given(world, params, value, name)
    if isinstance(given, Upload):
        sizes = await asyncio.to_thread(files.photo_sizes, given.content)
        return {"photo": files.add_photo(world.files, sizes)}
    if given.width is None:
        raise bad_request("can't use file of type Document as Photo")
    return {"photo": [files.photo_size(given)]}


def _document(world: World, params: Params, value: Any, name: str) -> Json:  # noqa: ANN401
    given = _given(world, params, value, name)
    if isinstance(given, StoredFile):
        if given.width is not None:
            raise bad_request("can't use file of type Photo as Document")
        return {"document": files.document(given)}
    if len(given.content) > files.MAX_UPLOAD:
        raise bad_request("file is too big")
    stored = world.files.add("document", given.content, name=given.name, mime_type=given.mime_type)
    return {"document": files.document(stored)}


def get_file(world: World, params: Params) -> Json:
    """getFile: the file_path is good for /file/bot<token>/<file_path>."""
    file_id = params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = world.files.find(file_id)
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > files.MAX_DOWNLOAD:
        raise bad_request("file is too big")
    return {**stored.brief(), "file_path": stored.path}


METHODS: Mapping[str, Callable[[World, Params], Any]] = {
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendLocation": send_location,
    "editMessageMedia": edit_message_media,
    "getFile": get_file,
}
