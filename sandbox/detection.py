"""Commands, links, mentions and hashtags that Telegram finds in plain text by itself."""

import re

from sandbox.markup import utf16_length
from sandbox.values import Json

_FOUND = re.compile(
    r"""(?P<bot_command>(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))
    | (?P<email>(?<![\w.@])[\w.+-]{1,64}@(?:[\w-]+\.)+[A-Za-z]{2,}\b)
    | (?P<url>(?:https?://[^\s<>"]+|(?<![\w.@])(?:[\w-]+\.)+(?:be|com|eu|net|nl|org|fr|de|brussels|vlaanderen)\b(?:/[^\s<>"]*)?))
    | (?P<mention>(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}\b)
    | (?P<hashtag>(?<![\w#])\#\w*[^\W\d]\w*)""",
    re.VERBOSE | re.IGNORECASE,
)
_HINTS = frozenset("/@#.")
_CLOSING = ".,;:!?)'\""
_CLOSED_TO_OTHERS = {"code", "pre", "text_link", "text_mention"}


def with_detected(text: str, entities: list[Json]) -> list[Json]:
    """Add what Telegram recognizes by itself, except inside code and links; ordered by offset."""
    if _HINTS.isdisjoint(text):
        return entities
    closed = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] in _CLOSED_TO_OTHERS
    ]
    found = []
    for match in _FOUND.finditer(text):
        words = match[0].rstrip(_CLOSING) if match.lastgroup == "url" else match[0]
        offset = utf16_length(text[: match.start()])
        length = utf16_length(words)
        if not any(begin < offset + length and offset < end for begin, end in closed):
            found.append({"type": match.lastgroup, "offset": offset, "length": length})
    if not found:
        return entities
    return sorted([*entities, *found], key=lambda entity: (entity["offset"], -entity["length"]))
