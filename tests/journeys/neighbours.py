"""Random people in a village, driven by hypothesis: `Neighbours` is a machine of what they may do next."""

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from sandbox import people
from sandbox.faults import Fault
from sandbox.server import serve
from sandbox.values import Json
from sandbox.world import World
from tests.bot.town import FACILITATORS, LIEN
from tests.journeys.acts import RESIDENTS, SQUARE, Acts, Shown, village_world
from tests.journeys.hurried import HurriedLoop
from tests.journeys.ledger import MARK, Ledger
from tests.journeys.village import Complaints, Village, VillageClock, complaints, new_database

T = TypeVar("T")
TOGETHER = 4
"""Acts at most that the bot meets at once."""

WHO = st.sampled_from(RESIDENTS)
WORDS = st.sampled_from(
    (
        "een bank op het plein",
        "<b>Plus & d'arbres</b>",
        "Ein Spielplatz",
        "trees 🌳 ",
        "👩‍👩‍👧",
        "'; --",
        "AND",
    )
)
BACK = st.one_of(st.integers(0, 6), st.integers(0, 300))
"""How many buttons back."""
COMMANDS = st.sampled_from(
    ("/start", "/ideas", "/me", "/help", "/mydata", "/forget", "/themes", "/digest", "/nothing", "/id")
)
TIMES = (
    timedelta(seconds=20),
    timedelta(minutes=3),
    timedelta(minutes=20),
    timedelta(hours=2),
    timedelta(hours=25),
    timedelta(weeks=3),
)
METHODS = st.sampled_from(("sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates", "*"))
FAULTS = (
    st.builds(Fault, METHODS, status=st.sampled_from((500, 502)), times=st.integers(1, 2))
    | st.builds(Fault, METHODS, retry_after=st.integers(1, 3))
    | st.builds(Fault, METHODS, drop=st.sampled_from(("before", "after")))
)


class Neighbours(RuleBasedStateMachine):
    """People act, up to four at once; then the bot comes to rest, and everything is looked at."""

    def __init__(self) -> None:
        super().__init__()
        self._runner = asyncio.Runner(loop_factory=HurriedLoop)
        self._parts = AsyncExitStack()
        self._complaints: Complaints = self._parts.enter_context(complaints())
        new_database()
        self._folder = Path(tempfile.mkdtemp(prefix="village-", dir=_fast()))
        self._ledger = Ledger()
        self._marks = 0
        self._together = 0
        self._is_sound = True
        self._written: dict[int, list[Json]] = {}
        self._village = self._do(self._begin())

    async def _begin(self) -> Village:
        clock = VillageClock()
        world = village_world(World(clock=clock.seconds))
        sandbox = await self._parts.enter_async_context(serve(world, page=False))
        loop = asyncio.get_running_loop()
        assert isinstance(loop, HurriedLoop)
        village = Village(loop, sandbox, clock, self._folder)
        self._acts = Acts(world)
        await village.wake()
        return village

    def teardown(self) -> None:
        try:
            if self._is_sound:
                self._come_to_rest()
        finally:
            self._do(self._end())
            self._runner.close()
            shutil.rmtree(self._folder)

    async def _end(self) -> None:
        await self._village.rest()
        await self._parts.aclose()

    @rule(person=WHO, words=WORDS)
    def write(self, person: int, words: str) -> None:
        text = self._new(person, words)
        self._ledger.write(person, MARK.findall(text))
        self._written.setdefault(person, []).append(self._acts.write(person, text))
        self._next()

    @precondition(lambda self: self._written)
    @rule(person=WHO, back=st.integers(0, 3))
    def write_the_same_again(self, person: int, back: int) -> None:
        message = self._earlier(person, back)
        if message is not None:
            self._ledger.write(person, ())
            self._ledger.repeat(MARK.findall(message["text"]))
            self._acts.write(person, message["text"])
            self._next()

    @precondition(lambda self: self._written)
    @rule(person=WHO, back=st.integers(0, 3), words=WORDS)
    def correct(self, person: int, back: int, words: str) -> None:
        message = self._earlier(person, back)
        if message is not None:
            text = self._new(person, words)
            # A message that became no idea stays none.
            self._ledger.may_stay.update(MARK.findall(text))
            self._acts.correct(person, message, text)
            self._next()

    @rule(person=WHO, count=st.integers(1, 3), words=WORDS | st.just(""))
    def send_photos(self, person: int, count: int, words: str) -> None:
        caption = self._new(person, words) if words else ""
        self._ledger.write(person, MARK.findall(caption))
        self._acts.photos(person, count, caption)
        self._next()

    @rule(person=WHO, act=st.sampled_from(("voice", "place", "dice")))
    def send_something_else(self, person: int, act: str) -> None:
        self._ledger.write(person, ())
        getattr(self._acts, act)(person)
        self._next()

    @rule(person=WHO, words=WORDS, source=st.sampled_from((*RESIDENTS, "Een buur", {"title": "Stad"})))
    def forward(self, person: int, words: str, source: Any) -> None:
        text = self._new(person, words)
        self._ledger.wrote.add(person)
        self._ledger.may_stay.update(MARK.findall(text))
        self._acts.forward(person, text, source)
        self._next()

    @rule(person=WHO, command=COMMANDS)
    def command(self, person: int, command: str) -> None:
        self._ledger.command(person, command)
        self._acts.write(person, command)
        self._next()

    @rule(command=st.sampled_from(("/digest", "/themes", "/waiting", "/help")), in_group=st.booleans())
    def command_at_the_desk(self, command: str, in_group: bool) -> None:
        self._acts.write(LIEN, command, FACILITATORS if in_group else None)
        self._next()

    @rule(person=WHO, words=WORDS)
    def write_in_a_group(self, person: int, words: str) -> None:
        text = self._new(person, words)
        self._ledger.must_stay.update(MARK.findall(text))
        self._acts.write(person, f"/idea {text}", SQUARE)
        self._next()

    @rule(person=WHO, other=WHO, words=WORDS)
    def offer_in_a_group(self, person: int, other: int, words: str) -> None:
        text = self._new(person, words)
        self._ledger.may_stay.update(MARK.findall(text))
        said = self._acts.write(person, text, SQUARE)
        self._acts.write(other, "/idea", SQUARE, answers=said["message_id"])
        self._next()

    @precondition(lambda self: self._acts.buttons)
    @rule(back=BACK)
    def press_as_the_right_person(self, back: int) -> None:
        button = self._button(back)
        person = button.chat if button.chat > 0 else self._members(button.chat)[back % 2 - 1]
        self._press(person, button)

    @precondition(lambda self: self._acts.buttons)
    @rule(back=BACK, at=BACK, person=st.sampled_from((*RESIDENTS, LIEN)))
    def press_as_the_wrong_person(self, back: int, at: int, person: int) -> None:
        """With what somebody else's button says, from a message of one's own; in a group, simply there."""
        button = self._button(back)
        if button.chat > 0:
            own = [each for each in self._acts.buttons if each.chat == person]
            if not own:
                return
            place = own[-1 - at % len(own)]
            button = Shown(place.chat, place.message, button.data)
        elif person not in self._members(button.chat):
            return
        self._press(person, button)

    @rule(person=WHO, is_blocked=st.booleans())
    def block(self, person: int, is_blocked: bool) -> None:
        if self._acts.world.chats[person].bot_status != "left":
            people.block(self._acts.world, person, is_blocked=is_blocked)
            self._next()

    @rule(person=WHO, words=st.sampled_from(("bank", "zq", "", "plein AND")))
    def type_inline(self, person: int, words: str) -> None:
        self._acts.ask_inline(person, words)
        self._next()

    @rule(count=st.integers(1, 8))
    def redeliver(self, count: int) -> None:
        self._acts.world.redeliver(count)
        self._next()

    @rule(fault=FAULTS)
    def disturb(self, fault: Fault) -> None:
        self._acts.world.faults.add(fault)
        self._ledger.is_disturbed = True
        self._next()

    @rule(time=st.sampled_from(TIMES))
    def let_time_pass(self, time: timedelta) -> None:
        self._come_to_rest()
        self._village.clock.now += time
        self._do(self._tick())
        self._come_to_rest()

    @rule()
    def restart(self) -> None:
        self._do(self._village.rest())
        self._do(self._village.wake())
        self._come_to_rest()

    @rule(moment=st.integers(0, 120))
    def kill(self, moment: int) -> None:
        self._ledger.is_disturbed = True
        self._do(self._kill(moment))
        self._come_to_rest()

    async def _kill(self, moment: int) -> None:
        for _ in range(moment):
            await asyncio.sleep(0)
        await self._village.kill()
        await self._village.wake()

    async def _tick(self) -> None:
        assert self._village.awake is not None
        await self._village.awake.tick()

    def _press(self, person: int, button: Shown) -> None:
        world = self._acts.world
        if person > 0 and world.chats[person].bot_status == "kicked":
            people.block(world, person, is_blocked=False)
        self._ledger.press(person, button.data, self._acts.press(person, button))
        self._next()

    def _button(self, back: int) -> Shown:
        buttons = self._acts.buttons
        return buttons[-1 - back % len(buttons)]

    def _members(self, chat: int) -> list[int]:
        return list(self._acts.world.chats[chat].members)

    def _earlier(self, person: int, back: int) -> Json | None:
        messages = self._written.get(person, [])
        if not messages:
            return None
        number = messages[-1 - back % len(messages)]["message_id"]
        return self._acts.world.chats[person].messages[number]

    def _new(self, person: int, words: str) -> str:
        self._marks += 1
        text = f"{words} zq{self._marks}"
        self._ledger.says(person, MARK.findall(text))
        return text

    def _next(self) -> None:
        self._together += 1
        if self._together >= TOGETHER:
            self._come_to_rest()

    def _come_to_rest(self) -> None:
        self._together = 0
        self._is_sound = False
        self._do(self._village.settle())
        self._acts.world.faults.clear()
        self._acts.look()
        assert self._complaints.said == []
        self._ledger.check(self._village, frozenset({FACILITATORS, LIEN}))
        self._is_sound = True

    def _do(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(coroutine)


def _fast() -> str | None:
    """Memory, where there is some to keep files in: a kill of the process loses nothing of it."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() else None
