"""Which tokens the sandbox takes: never one that a real bot might have."""

import re

from sandbox.errors import RealTokenError, SandboxError

DEFAULT_TOKEN = "7000000001:sandbox-morgen"  # noqa: S105 - opens nothing outside this machine

_REAL = re.compile(r"\d+:(?!sandbox-)[A-Za-z0-9_-]{35}")
_SANDBOX = re.compile(r"(\d{1,15}):sandbox-[A-Za-z0-9_-]+")


def is_real(token: str) -> bool:
    """Tell whether a token has the form of those that BotFather gives."""
    return _REAL.fullmatch(token) is not None


def bot_id(token: str) -> int:
    """Read the bot's id off a sandbox token; refuse every other form without repeating it."""
    if is_real(token):
        raise RealTokenError(
            "This token looks like a real bot's. The sandbox takes only its own, such as " + DEFAULT_TOKEN
        )
    match = _SANDBOX.fullmatch(token)
    if match is None:
        raise SandboxError("A sandbox token is <digits>:sandbox-<letters, digits, _ or ->.")
    return int(match[1])
