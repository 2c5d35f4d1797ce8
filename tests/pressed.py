"""Every button that a message of the bot carries is pressed by some test: a whole run fails if one never is.

Buttons are told apart by what they say with the numbers left out, such as '1:w:#'. What the random
neighbours of `tests.journeys` press counts for nothing, since no test looks at what comes of it.
"""

import os
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from handlers.actions import VERSION, Verb
from sandbox.values import Json
from sandbox.world import World
from tests.journeys.ledger import actions

RANDOM = "test_random_neighbours"
SHOWN, PRESSED = "buttons_shown", "buttons_pressed"
FORMER = frozenset({Verb.BROWSE, Verb.HINT, Verb.UNDO_SPLIT, Verb.STATUS})
"""No message carries these any more; those that once did keep working, and tests press them."""
_BUTTON = re.compile(rf"{VERSION}:[a-zA-Z0-9](:.*)?", re.DOTALL)
_LIST = re.compile(r"[a-z]\d*")
_NUMBER = re.compile(r"-?\d+")
_NUMBERED = re.compile(r"\S*\d\S*")


def shape(data: str) -> str:
    """What a button says, without numbers, and without the list to which it leads back."""
    version, verb, *said = data.split(":")
    if verb == Verb.LIST:
        said = said[:1]
    for at, (kind, start) in enumerate(pairwise(said)):
        if _LIST.fullmatch(kind) and _NUMBER.fullmatch(start):
            said = said[:at]
            break
    return ":".join([version, verb, *map(_masked, said)])


def _masked(argument: str) -> str:
    letter = argument[:1] if argument[:1].isalpha() and argument[1:].isdigit() else ""
    return f"{letter}#" if _NUMBERED.fullmatch(argument) else argument


class ButtonsPressed:
    """Watches the worlds of all tests. Under xdist each worker does, and tells the one that runs them."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self.shown: set[str] = set()
        self.pressed: set[str] = set()
        self._ours: set[tuple[int, int, int, str]] = set()

    def watch(self) -> Iterator[None]:
        """Listen to what worlds show and to what people press there."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(World, "post", self._watching(World.post, self._posted))
            patch.setattr(World, "replace", self._watching(World.replace, self._replaced))
            patch.setattr(World, "tell_bot", self._watching(World.tell_bot, self._told))
            yield

    @staticmethod
    def _watching(method: Callable[..., Any], look: Callable[..., None]) -> Callable[..., Any]:
        def watched(world: World, *args: Any, **kwargs: Any) -> Any:
            result = method(world, *args, **kwargs)
            look(world, result, *args)
            return result

        return watched

    def _posted(self, world: World, message: Json, *_: object) -> None:
        self._see(world, message)

    def _replaced(self, world: World, _: None, chat: object, message: Json) -> None:
        self._see(world, message)

    def _see(self, world: World, message: Json) -> None:
        for data in actions(message):
            if _BUTTON.fullmatch(data):
                self.shown.add(shape(data))
                self._ours.add((id(world), message["chat"]["id"], message["message_id"], data))

    def _told(self, world: World, _: None, kind: str, content: Json, chat: int) -> None:
        if kind != "callback_query" or RANDOM in os.environ.get("PYTEST_CURRENT_TEST", ""):
            return
        data, message = content["data"], content.get("message")
        if not _BUTTON.fullmatch(data):
            return
        # A forged button is none that the bot has shown.
        if message is None or (id(world), chat, message["message_id"], data) in self._ours:
            self.pressed.add(shape(data))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        told = getattr(node, "workeroutput", {})
        self.shown.update(told.get(SHOWN, ()))
        self.pressed.update(told.get(PRESSED, ()))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        output = getattr(self._config, "workeroutput", None)
        if output is not None:
            output[SHOWN], output[PRESSED] = sorted(self.shown), sorted(self.pressed)
        elif exitstatus == pytest.ExitCode.OK and self._is_whole() and self.missing():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self._is_whole() and (missing := self.missing()):
            terminalreporter.section("buttons that no test presses", red=True)
            for button in missing:
                terminalreporter.line(button)

    def missing(self) -> list[str]:
        """Buttons that were shown and not pressed, and those of which no test even shows one."""
        known = {each.split(":")[1] for each in self.shown}
        unseen = {
            f"{VERSION}:{verb} ({verb.name}, never shown)" for verb in Verb if verb not in known | FORMER
        }
        return sorted(self.shown - self.pressed | unseen)

    def _is_whole(self) -> bool:
        """Whether all tests run."""
        chosen = self._config.option
        is_all = self._config.args_source is pytest.Config.ArgsSource.TESTPATHS
        return is_all and not (chosen.keyword or chosen.markexpr or chosen.deselect or chosen.collectonly)
