"""What a button says to the bot: 'version:verb:arguments', at most 64 bytes."""

import re
from enum import StrEnum

from cocreation.errors import NotFoundError

VERSION = "1"
NEW_MESSAGE = "new"
"""The argument of a button whose own message must stay as it is."""

ON, OFF = "+", "-"
"""What a button of two states asks for: pressed twice, or on an older card, it asks for the same. Without
them it asks for the other state."""


class Verb(StrEnum):
    """What a button can ask for. The letters stay for good: old buttons keep working."""

    WITHDRAW = "w"
    RETURN = "r"
    HINT = "h"
    LANGUAGE = "l"
    BROWSE = "b"
    SUPPORT = "s"
    THEMES = "t"
    WHY_IDEA = "i"
    WHY_THEME = "y"
    PROPOSE_SPLIT = "c"
    SPLIT = "d"
    UNDO_SPLIT = "u"
    CANCEL = "x"
    PRIVACY = "N"
    WELCOME = "W"
    OFFER = "O"
    GROUP_LANGUAGE = "U"
    MORE = "m"
    EDIT = "e"
    PHOTO = "P"
    PLACE = "L"
    ANONYMOUS = "a"
    JOIN = "j"
    WHOSE = "o"
    TRANSCRIBE = "V"
    SUPPORT_NEIGHBOUR = "K"
    OPEN = "k"
    WAITING = "A"
    REPLY = "R"
    STATUS = "T"
    NOTICES = "v"
    QUIET = "Q"
    LIST = "B"
    FOLLOW = "f"
    SEARCH = "z"
    NEAR = "n"
    COMMENTS = "q"
    COMMENT = "g"
    COMMENT_ACT = "G"
    REPORT = "p"
    HIDE = "H"
    SHOW_PHOTOS = "I"
    FORGET = "F"
    MINE = "M"
    SETTINGS = "S"
    MYDATA = "D"
    THEME = "E"
    MODERATE = "C"
    EXPORT = "X"
    DIGEST = "J"
    TOWN = "Y"
    ROLES = "Z"
    FRAMES = "0"
    PROCESSES = "1"
    TEMPLATES = "2"
    TO_FACILITATORS = "4"
    THEME_REPLY = "7"
    REPLY_PHOTO = "5"
    ANSWERING = "6"


def action(verb: Verb, *arguments: int | str) -> str:
    """The callback data for a button."""
    return ":".join([VERSION, verb, *map(str, arguments)])


def pattern(verb: Verb) -> str:
    """The regular expression by which a handler recognises its buttons."""
    return rf"^{VERSION}:{verb}(:|$)"


def arguments(data: str | None) -> list[str]:
    """What stands behind the verb."""
    return (data or "").split(":")[2:]


def number(data: str | None, at: int = 0) -> int:
    """An argument that is a number. Raises NotFoundError for a button nobody made."""
    found = arguments(data)
    if at >= len(found) or not re.fullmatch(r"\d{1,15}", found[at]):
        raise NotFoundError
    return int(found[at])


def wanted(data: str | None, at: int = 1) -> bool | None:
    """Whether a button of two states asks for ON; those of an earlier version do not say."""
    found = arguments(data)[at : at + 1]
    return {ON: True, OFF: False}.get(found[0]) if found else None
