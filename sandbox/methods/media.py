"""Photos, documents, sounds and films that the bot sends, and files it fetches.

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
from sandbox.sound import seconds_of
from sandbox.values import Json, StoredFile
from sandbox.world import World

_SHOWN: Mapping[str, Callable[[StoredFile], Json]] = {
    "document": files.document,
    "voice": files.voice,
    "audio": files.music,
    "video": files.film,
}
_MIME_TYPES = {"voice": "audio/ogg", "audio": "audio/mpeg", "video": "video/mp4"}
_KINDS = ("photo", "document", "audio", "video")
_REPLACED = (*_KINDS, "caption", "caption_entities")


async def send_photo(world: World, params: Params) -> Json:
    """sendPhoto."""
    caption = caption_content(params)
    chat = open_chat(world, params)
    content = await _photo(world, params, params.values.get("photo"), "photo")
    return deliver(world, chat, params, {**content, **caption})


def send_document(world: World, params: Params) -> Json:
    """sendDocument."""
    return _send_file(world, params, "document")


def send_voice(world: World, params: Params) -> Json:
    """sendVoice."""
    return _send_file(world, params, "voice")


def send_audio(world: World, params: Params) -> Json:
    """sendAudio."""
    return _send_file(world, params, "audio")


def send_video(world: World, params: Params) -> Json:
    """sendVideo."""
    return _send_file(world, params, "video")


def _send_file(world: World, params: Params, kind: str) -> Json:
    caption = caption_content(params)
    chat = open_chat(world, params)
    content = _file(world, params, kind, params, kind)
    return deliver(world, chat, params, {**content, **caption})


async def edit_message_media(world: World, params: Params) -> Json | bool:
    """editMessageMedia; an inline message gets files by their file_id only."""
    media = params.json("media")
    if not isinstance(media, dict) or media.get("type") not in _KINDS:
        raise bad_request("can't parse InputMedia: unsupported type specified")
    message = editable(world, params)
    if not any(kind in message for kind in _KINDS):
        raise bad_request("there is no media in the message to edit")
    if params.text("inline_message_id") and params.uploads:
        raise bad_request("can't upload files to an inline message")
    caption = caption_content(Params(media))
    content = await media_content(world, params, media)
    return change(world, message, params, {**dict.fromkeys(_REPLACED), **content, **caption})


async def media_content(world: World, params: Params, media: Json) -> Json:
    """Make what an `InputMedia` shows, without its caption."""
    kind = str(media.get("type"))
    if kind not in _KINDS:
        raise bad_request("can't parse InputMedia: unsupported type specified")
    if kind == "photo":
        return await _photo(world, params, media.get("media"), "")
    return _file(world, params, kind, Params(media), "media")


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
    _check_kind(given, "photo")
    return {"photo": [files.photo_size(given)]}


def _file(world: World, params: Params, kind: str, about: Params, source: str) -> Json:
    """Make what a file shows; `about` tells of it, such as its length, and names it in the field `source`."""
    given = _given(world, params, about.values.get(source), source)
    if isinstance(given, StoredFile):
        _check_kind(given, kind)
        return {kind: _SHOWN[kind](given)}
    if len(given.content) > files.MAX_UPLOAD:
        raise bad_request("file is too big")
    told = about.integer("duration")
    seconds = None if kind == "document" else told or seconds_of(given.content)
    stored = world.files.add(
        kind,
        given.content,
        name=None if kind == "voice" else given.name,
        mime_type=given.mime_type or _MIME_TYPES.get(kind),
        seconds=seconds,
    )
    return {kind: _SHOWN[kind](stored)}


def _check_kind(stored: StoredFile, kind: str) -> None:
    known = files.kind_of(stored)
    if known != kind:
        raise bad_request(f"can't use file of type {known.title()} as {kind.title()}")


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
    "sendVoice": send_voice,
    "sendAudio": send_audio,
    "sendVideo": send_video,
    "editMessageMedia": edit_message_media,
    "getFile": get_file,
}
