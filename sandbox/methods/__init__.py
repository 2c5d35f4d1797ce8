"""The methods of the Bot API that the sandbox has, one file per kind."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from sandbox.methods import (
    album,
    callbacks,
    chats,
    identity,
    inline,
    media,
    messages,
    passing,
    places,
    polling,
    reacting,
)
from sandbox.params import Params
from sandbox.world import World

Method = Callable[[World, Params], Any | Awaitable[Any]]

METHODS: Mapping[str, Method] = {
    name.lower(): method
    for group in (
        polling,
        identity,
        messages,
        media,
        album,
        places,
        callbacks,
        inline,
        passing,
        reacting,
        chats,
    )
    for name, method in group.METHODS.items()
}
"""Every method by its name in small letters."""
