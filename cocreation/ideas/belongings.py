"""All that is kept of a person, as they may have it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cocreation.ideas.ids import IdeaId, Token
from cocreation.ideas.resident import Resident

AT_MOST_EVERY = timedelta(minutes=10)
"""Putting it together takes a while, and it hardly changes."""

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Mention:
    """A published idea of somebody else, which the person supports, follows, reported or commented on."""

    token: Token
    text: str


@dataclass(frozen=True, slots=True)
class Belongings:
    """`rows` are by what they are called in docs/my-data.md, each with its columns by name; moments are aware
    UTC, what only programs read is bytes."""

    resident: Resident
    rows: Mapping[str, Rows]
    mentioned: Mapping[IdeaId, Mention]


@dataclass(frozen=True, slots=True)
class Asked:
    """When the person last asked for it, and when it was made, if it is."""

    at: datetime
    made_at: datetime | None
