"""Albums that the bot sends: https://core.telegram.org/bots/api#sendmediagroup"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.errors import bad_request
from sandbox.forwards import new_album_id
from sandbox.methods.media import media_content
from sandbox.methods.outgoing import caption_content, deliver, open_chat
from sandbox.params import Params
from sandbox.people import MAX_ALBUM
from sandbox.values import Json
from sandbox.world import World

_ALONE = frozenset({"document", "audio"})


async def send_media_group(world: World, params: Params) -> list[Json]:
    """sendMediaGroup, with photos, videos, documents and music; one message each, all or none."""
    chat = open_chat(world, params)
    media = params.json("media")
    if not isinstance(media, list) or not all(isinstance(one, dict) for one in media):
        raise bad_request("can't parse media JSON object")
    if not media:
        raise bad_request("there are no messages to send")
    if len(media) > MAX_ALBUM:
        raise bad_request("too many messages to send as an album")
    kinds = {str(one.get("type")) for one in media}
    if len(kinds) > 1 and kinds & _ALONE:
        raise bad_request("documents and music can't be mixed with other media types in an album")
    captions = [caption_content(Params(one)) for one in media]
    contents = [await media_content(world, params, one) for one in media]
    group = {"media_group_id": new_album_id()} if len(media) > 1 else {}
    shared = Params({key: value for key, value in params.values.items() if key != "reply_markup"})
    pairs = zip(contents, captions, strict=True)
    return [deliver(world, chat, shared, {**group, **content, **caption}) for content, caption in pairs]


METHODS: Mapping[str, Callable[[World, Params], Any]] = {"sendMediaGroup": send_media_group}
