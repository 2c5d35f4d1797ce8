"""Text as the Bot API reads it: HTML to text and entities, lengths in UTF-16 code units.

Source: https://core.telegram.org/bots/api#formatting-options
"""

import re
from dataclasses import dataclass, field

from sandbox.errors import BotApiError, bad_request
from sandbox.values import Json

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
}
_NAMES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_LITERAL = ("code", "pre")
_CHARACTER = re.compile(r"&(?:#([0-9]{1,8})|#[xX]([0-9a-fA-F]{1,7})|(lt|gt|amp|quot));?")
_SPACE = re.compile(r"\s*")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"[^\s=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_QUOTED = {'"': re.compile(r'([^"]*)"'), "'": re.compile(r"([^']*)'")}


def utf16_length(text: str) -> int:
    """Count UTF-16 code units, as the Bot API counts offsets and lengths."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """Give the part of a text that an entity covers."""
    if text.isascii():
        return text[offset : offset + length]
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "surrogatepass")


def _decode(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return _NAMES[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = 0 < code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if is_character else match[0]


def unescape(text: str) -> str:
    """Replace the four named entities and the numeric ones; anything else stays as it is."""
    return _CHARACTER.sub(_decode, text) if "&" in text else text


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    position: int
    attributes: dict[str, str | None]


@dataclass(slots=True)
class _HtmlReader:
    source: str
    at: int = 0
    parts: list[str] = field(default_factory=list)
    length: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    def read(self) -> tuple[str, list[Json]]:
        while (bracket := self.source.find("<", self.at)) >= 0:
            self._add(self.source[self.at : bracket])
            self.at = bracket + 1
            if self.source.startswith("/", self.at):
                self._end(bracket)
            else:
                self._start(bracket)
        self._add(self.source[self.at :])
        if self.open:
            raise _cannot_parse(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        return "".join(self.parts), self.entities

    def _add(self, source: str) -> None:
        text = unescape(source)
        self.parts.append(text)
        self.length += utf16_length(text)

    def _fail(self, reason: str, position: int) -> BotApiError:
        return _cannot_parse(
            f"{reason} at byte offset {len(self.source[:position].encode(errors='replace'))}"
        )

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]

    def _start(self, bracket: int) -> None:
        tag = self._take(_NAME).lower()
        if self.at >= len(self.source):
            raise self._fail("Unclosed start tag", bracket)
        if tag not in _TYPES:
            raise self._fail(f'Unsupported start tag "{tag}"', bracket)
        attributes: dict[str, str | None] = {}
        while self._has_attribute(tag, bracket):
            name, value = self._attribute(tag, bracket)
            attributes[name] = value
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise self._fail('Tag "span" must have class "tg-spoiler"', bracket)
        self.open.append(_Open(tag, self.length, len(self.parts), attributes))

    def _has_attribute(self, tag: str, bracket: int) -> bool:
        self._take(_SPACE)
        if self.at >= len(self.source):
            raise self._fail(f'Unclosed start tag "{tag}"', bracket)
        if self.source[self.at] == ">":
            self.at += 1
            return False
        return True

    def _attribute(self, tag: str, bracket: int) -> tuple[str, str | None]:
        name = self._take(_ATTRIBUTE).lower()
        if not name:
            raise self._fail(f'Empty attribute name in the tag "{tag}"', bracket)
        self._take(_SPACE)
        if not self.source.startswith("=", self.at):
            if tag == "blockquote" and name == "expandable":
                return name, None
            raise self._fail(
                f'Expected equal sign in declaration of an attribute of the tag "{tag}"', bracket
            )
        self.at += 1
        self._take(_SPACE)
        return name, self._value(tag, bracket)

    def _value(self, tag: str, bracket: int) -> str:
        quote = self.source[self.at : self.at + 1]
        if quote in _QUOTED:
            match = _QUOTED[quote].match(self.source, self.at + 1)
            if match is None:
                raise self._fail(f'Unclosed start tag "{tag}"', bracket)
            self.at = match.end()
            return unescape(match[1])
        begin = self.at
        value = self._take(_TOKEN).lower()
        if self.at >= len(self.source):
            raise self._fail(f'Unclosed start tag "{tag}"', bracket)
        if not (self.source[self.at].isspace() or self.source[self.at] == ">"):
            raise self._fail("Unexpected end of name token", begin)
        return value

    def _end(self, bracket: int) -> None:
        if not self.open:
            raise self._fail("Unexpected end tag", bracket)
        self.at += 1
        found = self._take(_NAME).lower()
        self._take(_SPACE)
        if not self.source.startswith(">", self.at):
            raise self._fail("Unclosed end tag", bracket)
        self.at += 1
        opened = self.open.pop()
        if found and found != opened.tag:
            offset = len(self.source[:bracket].encode(errors="replace"))
            raise _cannot_parse(
                f'Unmatched end tag at byte offset {offset}, expected "</{opened.tag}>", found "</{found}>"'
            )
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: Json = {
            "type": _TYPES[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if opened.tag == "a":
            target = opened.attributes.get("href") or "".join(self.parts[opened.position :])
            if not _add_target(entity, target):
                return
        elif opened.tag == "tg-emoji":
            if not (opened.attributes.get("emoji-id") or "").isdigit():
                raise _cannot_parse("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = opened.attributes["emoji-id"]
        elif opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        elif opened.tag == "code":
            self._set_language(entity, opened)
        self.entities.append(entity)

    def _set_language(self, entity: Json, opened: _Open) -> None:
        language = opened.attributes.get("class") or ""
        if language.startswith("language-") and self.open and self.open[-1].tag == "pre":
            entity["language"] = language.removeprefix("language-")


def _cannot_parse(reason: str) -> BotApiError:
    return bad_request(f"can't parse entities: {reason}")


def _add_target(entity: Json, target: str) -> bool:
    user = re.fullmatch(r"tg://user\?id=(\d+)", target)
    if user:
        entity["type"] = "text_mention"
        entity["user"] = {"id": int(user[1]), "is_bot": False, "first_name": ""}
        return True
    url = clean_url(target)
    if url is None:
        return False
    entity["url"] = url
    return True


def clean_url(url: str) -> str | None:
    """Complete a link as the Bot API does (scheme, slash after the host); None when it is not one."""
    match = re.fullmatch(r"(?:(https?|tg|ton|tonsite)://)?([^\s/?#]+)([/?#]\S*)?", url, re.IGNORECASE)
    if match is None:
        return None
    scheme, host, rest = match.groups()
    if scheme and scheme.lower() in {"tg", "ton", "tonsite"}:
        return url
    is_host = re.fullmatch(
        r"(?:[^@]+@)?(?:[^\s.:@]+\.)+[^\s.:@]{1,}(?::\d{1,5})?|localhost(?::\d{1,5})?", host
    )
    if is_host is None or (host.startswith("localhost") and not scheme):
        return None
    return f"{(scheme or 'http').lower()}://{host}{rest or '/'}"


def _ordered(entities: list[Json]) -> list[Json]:
    """Sort outer before inner, drop what stands twice and what code may not contain."""
    outer_first = reversed(entities)
    kept: list[Json] = []
    until: dict[str, int] = {}
    for entity in sorted(outer_first, key=lambda entity: (entity["offset"], -entity["length"])):
        end = entity["offset"] + entity["length"]
        family = entity["type"].removeprefix("expandable_")
        if any(entity["offset"] < until.get(literal, 0) for literal in _LITERAL):
            _name_language(kept[-1], entity)
            continue
        if entity["offset"] < until.get(family, 0):
            continue
        until[family] = end
        kept.append(entity)
    return kept


def _name_language(outer: Json, inner: Json) -> None:
    covers = outer["type"] == "pre" and outer["length"] == inner["length"]
    if covers and "language" in inner:
        outer["language"] = inner["language"]


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Read HTML into text and entities; raises the Bot API's `can't parse entities` with its byte offset."""
    if "<" not in source:
        return unescape(source), []
    text, entities = _HtmlReader(source).read()
    return text, _ordered(entities)


def strip(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Take white space off both ends, as sent messages lose it, and move the entities along."""
    right = text.rstrip()
    stripped = right.lstrip()
    if len(stripped) == len(text):
        return text, entities
    shift = len(right) - len(stripped)
    length = utf16_length(stripped)
    moved = []
    for entity in entities:
        begin = max(entity["offset"] - shift, 0)
        end = min(entity["offset"] + entity["length"] - shift, length)
        if end > begin:
            moved.append({**entity, "offset": begin, "length": end - begin})
    return stripped, moved
