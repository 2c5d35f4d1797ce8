"""Faults happen on demand, to the calls that they are for, and as often as was asked."""

import asyncio

import aiohttp
import pytest

from sandbox.values import Json
from tests.sandbox.playing import GRIET, LIEN, Play


async def ask(play: Play, **fault: object) -> None:
    await play.act("faults", **fault)


async def test_too_many_requests_says_how_long_to_wait(play: Play) -> None:
    await ask(play, method="sendMessage", retry_after=7)
    assert await play.answer("sendMessage", chat_id=GRIET, text="x") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    assert (await play.look(f"chats/{GRIET}/messages"))["messages"] == []
    await play.say("x")


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (401, "Unauthorized"),
        (403, "Forbidden: bot was blocked by the user"),
        (404, "Not Found"),
        (500, "Internal Server Error"),
        (502, "Bad Gateway"),
    ],
)
async def test_a_status_is_answered_with_its_usual_words(play: Play, status: int, description: str) -> None:
    await ask(play, method="sendMessage", status=status)
    answer = await play.answer("sendMessage", chat_id=GRIET, text="x")
    assert (answer["error_code"], answer["description"]) == (status, description)


async def test_the_words_may_be_chosen(play: Play) -> None:
    await ask(play, method="getMe", status=403, description="Forbidden: user is deactivated")
    assert await play.refused("getMe") == "Forbidden: user is deactivated"


async def test_a_fault_happens_as_often_as_was_asked(play: Play) -> None:
    await ask(play, method="sendmessage", status=500, times=2)
    outcomes = [(await play.answer("sendMessage", chat_id=GRIET, text="x"))["ok"] for _ in range(3)]
    assert outcomes == [False, False, True]


async def test_a_fault_is_for_its_method_and_chat_alone(play: Play) -> None:
    await ask(play, method="sendMessage", chat_id=LIEN, status=500)
    await play.do("getMe")
    await play.say("x", GRIET)
    assert await play.refused("sendMessage", chat_id=LIEN, text="x") == "Internal Server Error"


async def test_a_fault_may_be_for_every_method(play: Play) -> None:
    await ask(play, method="*", status=502, times=2)
    assert [await play.refused("getMe"), await play.refused("getUpdates")] == ["Bad Gateway"] * 2


async def test_faults_happen_in_the_order_in_which_they_were_asked_for(play: Play) -> None:
    await ask(play, method="getMe", status=500)
    await ask(play, method="getMe", status=403, description="Forbidden: x")
    assert [await play.refused("getMe"), await play.refused("getMe")] == [
        "Internal Server Error",
        "Forbidden: x",
    ]


async def test_faults_can_be_forgotten(play: Play) -> None:
    await ask(play, method="getMe", status=500, times=9)
    async with play.session.delete(f"{play.sandbox.url}/sandbox/faults") as response:
        assert response.status == 200
    await play.do("getMe")


async def test_a_call_that_is_delayed_is_done_all_the_same_but_later(play: Play) -> None:
    await ask(play, method="sendMessage", delay=0.7)
    slow = asyncio.create_task(play.say("traag"))
    await play.do("getMe")
    assert not slow.done()
    assert (await slow)["text"] == "traag"
    assert [call["method"] for call in (await play.look("calls"))["calls"]] == ["getMe", "sendMessage"]


@pytest.mark.parametrize(("drop", "is_done"), [("before", False), ("after", True)])
async def test_a_connection_is_cut_before_or_after_the_call_is_done(
    play: Play, drop: str, is_done: bool
) -> None:
    await ask(play, method="sendMessage", drop=drop)
    with pytest.raises(aiohttp.ClientConnectionError):
        await play.say("x")
    messages = (await play.look(f"chats/{GRIET}/messages"))["messages"]
    assert [message["text"] for message in messages] == ["x"] * is_done
    await play.say("nog eens")


async def test_a_poll_can_be_cut_too_and_loses_nothing(play: Play) -> None:
    await play.write(GRIET, "Meer bomen")
    await ask(play, method="getUpdates", drop="after")
    with pytest.raises(aiohttp.ClientConnectionError):
        await play.updates()
    assert len(await play.updates()) == 1


@pytest.mark.parametrize(
    "fault",
    [
        {},
        {"method": "getMe", "status": 200},
        {"method": "getMe", "drop": "sometimes"},
        {"method": "getMe", "times": 0},
        {"method": "getMe", "delay": -1},
        {"method": "getMe", "colour": "red"},
    ],
)
async def test_a_fault_that_cannot_be_is_refused(play: Play, fault: Json) -> None:
    async with play.session.post(f"{play.sandbox.url}/sandbox/faults", json=fault) as response:
        assert response.status == 400
    await play.do("getMe")
