"""Links to the bot: https://core.telegram.org/bots/features#deep-linking"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from sandbox.errors import SandboxError
from sandbox.people import set_bot_status, write
from sandbox.values import KICKED, LEFT, MEMBER, Json
from sandbox.world import World

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")
_HOSTS = frozenset({"t.me", "www.t.me", "telegram.me", "www.telegram.me"})


@dataclass(frozen=True, slots=True)
class DeepLink:
    """What a link to the bot asks for: a payload, in a group or in the private chat."""

    payload: str
    is_for_group: bool


def parse(address: str, username: str) -> DeepLink:
    """Read a t.me or tg:// link; raises SandboxError for one of another bot or with a wrong payload."""
    parts = urlsplit(address if "://" in address else f"https://{address}")
    asked = parse_qs(parts.query, keep_blank_values=True)
    if parts.scheme == "tg" and parts.netloc == "resolve":
        name = asked.get("domain", [""])[0]
    elif parts.scheme in {"http", "https"} and parts.hostname in _HOSTS:
        name = parts.path.strip("/")
    else:
        name = ""
    if name.lower() != username.lower():
        raise SandboxError(f"this is no link to @{username}")
    is_for_group = "startgroup" in asked
    payload = asked.get("startgroup" if is_for_group else "start", [""])[0]
    if not _PAYLOAD.fullmatch(payload):
        raise SandboxError("a payload has at most 64 of A-Z, a-z, 0-9, _ and -")
    return DeepLink(payload, is_for_group)


def follow(world: World, person_id: int, address: str, group: int | None = None) -> Json:
    """Let a person open a link and press START; gives the message that this sends.

    With `startgroup` the bot is added to `group` first, where it is not there yet.
    """
    link = parse(address, world.bot.username)
    if not link.is_for_group:
        return write(world, person_id, person_id, f"/start {link.payload}")
    if group is None:
        raise SandboxError("a startgroup link needs a chat_id to add the bot to")
    chat = world.chats.get(group)
    if chat is not None and chat.bot_status in {LEFT, KICKED}:
        set_bot_status(world, group, person_id, MEMBER)
    return write(world, group, person_id, f"/start@{world.bot.username} {link.payload}")
