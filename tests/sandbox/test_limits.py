"""Flood limits, when they are on: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits"""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.errors import BotApiError
from sandbox.limits import FloodLimits
from sandbox.server import serve
from sandbox.world import World
from tests.sandbox.playing import DESK, GRIET, LIEN, FakeClock, Play, inhabit

RULE = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def world(clock: FakeClock) -> World:
    return inhabit(World(clock=clock, limits=True))


async def sent_until_refused(play: Play, chat_id: int) -> tuple[int, int]:
    """Count what fits; gives it with the seconds to wait."""
    for number in range(200):
        answer = await play.answer("sendMessage", chat_id=chat_id, text="x")
        if not answer["ok"]:
            assert answer["error_code"] == 429
            seconds: int = answer["parameters"]["retry_after"]
            assert answer["description"] == f"Too Many Requests: retry after {seconds}"
            return number, seconds
    raise AssertionError("nothing was refused")


async def test_a_chat_takes_about_a_message_a_second(play: Play, clock: FakeClock) -> None:
    burst, seconds = await sent_until_refused(play, GRIET)
    assert burst <= 5
    clock.forward(seconds)
    assert (await sent_until_refused(play, GRIET))[0] == 1


async def test_one_chat_does_not_limit_another(play: Play) -> None:
    await sent_until_refused(play, GRIET)
    await play.say("x", LIEN)


async def test_a_group_takes_20_messages_a_minute(play: Play, clock: FakeClock) -> None:
    assert (await sent_until_refused(play, DESK))[0] == 20
    clock.forward(60)
    assert (await sent_until_refused(play, DESK))[0] == 20


async def test_30_messages_a_second_go_out_in_all(play: Play, world: World) -> None:
    for number in range(40):
        world.add_person(f"Buur {number}", id=5000 + number, started=True)
    outcomes = [
        (await play.answer("sendMessage", chat_id=5000 + number, text="x"))["ok"] for number in range(40)
    ]
    assert outcomes == [True] * 30 + [False] * 10


async def test_actions_and_deletions_are_not_limited(play: Play) -> None:
    message = await play.say("x")
    await sent_until_refused(play, GRIET)
    await play.do("sendChatAction", chat_id=GRIET, action="typing")
    await play.do("deleteMessage", chat_id=GRIET, message_id=message["message_id"])


@RULE
@given(
    chat_id=st.sampled_from([GRIET, DESK]),
    pauses=st.lists(st.floats(0, 30), max_size=6),
    start=st.floats(0, 1),
)
def test_after_the_seconds_to_wait_the_next_message_fits(
    chat_id: int, pauses: list[float], start: float
) -> None:
    clock = FakeClock()
    clock.forward(start)
    limits = FloodLimits(clock)
    for pause in [*pauses, 0.0]:
        clock.forward(pause)
        refused = _fill(limits, chat_id)
        assert refused >= 1
        clock.forward(refused)
        limits.check(chat_id)


def _fill(limits: FloodLimits, chat_id: int) -> int:
    while True:
        try:
            limits.check(chat_id)
        except BotApiError as error:
            assert error.parameters is not None
            return int(error.parameters["retry_after"])


@pytest.fixture
async def unlimited(clock: FakeClock) -> AsyncIterator[Play]:
    async with serve(inhabit(World(clock=clock)), page=False) as sandbox, aiohttp.ClientSession() as session:
        yield Play(sandbox, session)


async def test_without_limits_everything_goes_out(unlimited: Play) -> None:
    for _ in range(40):
        await unlimited.say("x")
