"""Webhooks keep the rules of https://core.telegram.org/bots/api#setwebhook"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.values import Json
from sandbox.world import World
from tests.sandbox.playing import GRIET, LIEN, Play, until
from tests.sandbox.test_polling import waiting

SECRET = "a-Secret_1"


@dataclass
class Listener:
    """A bot's own web server; `answers` are given in turn, and then 200 with nothing."""

    url: str = ""
    requests: list[web.Request] = field(default_factory=list)
    bodies: "asyncio.Queue[Json]" = field(default_factory=asyncio.Queue)
    answers: list[web.Response] = field(default_factory=list)
    before_answer: Callable[[Json], Awaitable[object]] | None = None

    async def receive(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.requests.append(request)
        self.bodies.put_nowait(body)
        if self.before_answer is not None:
            await self.before_answer(body)
        return self.answers.pop(0) if self.answers else web.Response()

    async def text(self) -> Any:
        return (await self.bodies.get())["message"]["text"]


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    app = web.Application()
    there = Listener()
    app.router.add_post("/hook", there.receive)
    async with TestServer(app, host="127.0.0.1") as server:
        there.url = str(server.make_url("/hook"))
        yield there


async def delivered(play: Play) -> None:
    """Come back once everything was taken by the webhook."""
    await until(lambda: not len(play.sandbox.world.updates))


async def test_an_update_is_posted_as_json(play: Play, listener: Listener) -> None:
    await play.do("setWebhook", url=listener.url)
    await play.write(GRIET, "Meer bomen")
    body = await listener.bodies.get()
    assert body["message"]["text"] == "Meer bomen"
    assert isinstance(body["update_id"], int)
    assert listener.requests[0].content_type == "application/json"


async def test_the_secret_token_is_in_the_header(play: Play, listener: Listener) -> None:
    await play.do("setWebhook", url=listener.url, secret_token=SECRET)
    await play.write(GRIET, "Meer bomen")
    await listener.bodies.get()
    assert listener.requests[0].headers["X-Telegram-Bot-Api-Secret-Token"] == SECRET


async def test_without_a_secret_token_there_is_no_header(play: Play, listener: Listener) -> None:
    await play.do("setWebhook", url=listener.url)
    await play.write(GRIET, "Meer bomen")
    await listener.bodies.get()
    assert "X-Telegram-Bot-Api-Secret-Token" not in listener.requests[0].headers


@pytest.mark.parametrize(
    ("secret", "reason"),
    [
        ("é", "secret token contains unallowed characters"),
        ("a b", "secret token contains unallowed characters"),
        ("a" * 257, "secret token is too long"),
    ],
)
async def test_a_secret_token_is_1_to_256_of_the_allowed_characters(
    play: Play, secret: str, reason: str
) -> None:
    refused = await play.refused("setWebhook", url="http://127.0.0.1:9/", secret_token=secret)
    assert refused == f"Bad Request: {reason}"
    await play.do("setWebhook", url="http://127.0.0.1:9/", secret_token="a" * 256)


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/", "/hook", "http://"])
async def test_a_webhook_needs_an_http_url(play: Play, url: str) -> None:
    assert await play.refused("setWebhook", url=url) == "Bad Request: invalid webhook URL specified"


async def test_the_sandbox_posts_to_this_machine_alone(play: Play) -> None:
    refused = await play.refused("setWebhook", url="https://bot.example/hook")
    assert refused.startswith("Bad Request: bad webhook: ")


async def test_an_update_from_before_is_delivered_too(play: Play, listener: Listener) -> None:
    await play.write(GRIET, "eerder")
    await play.do("setWebhook", url=listener.url)
    assert await listener.text() == "eerder"


async def test_pending_updates_are_dropped_on_demand(play: Play, listener: Listener) -> None:
    await play.write(GRIET, "eerder")
    await play.do("setWebhook", url=listener.url, drop_pending_updates=True)
    await play.write(GRIET, "later")
    assert await listener.text() == "later"


async def test_an_update_that_was_taken_is_not_given_again(play: Play, listener: Listener) -> None:
    await play.do("setWebhook", url=listener.url)
    await play.write(GRIET, "Meer bomen")
    await delivered(play)
    await play.do("deleteWebhook")
    assert await play.updates() == []


async def test_an_update_is_tried_again_after_a_failure(play: Play, listener: Listener) -> None:
    listener.answers.append(web.Response(status=500))
    await play.do("setWebhook", url=listener.url)
    await play.write(GRIET, "Meer bomen")
    assert [await listener.text(), await listener.text()] == ["Meer bomen", "Meer bomen"]
    info = await play.do("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    assert info["last_error_date"] == play.sandbox.world.now()


async def test_the_updates_of_a_chat_come_one_after_the_other(play: Play, listener: Listener) -> None:
    steps: list[str] = []
    released = asyncio.Event()

    async def wait(body: Json) -> None:
        steps.append(f"begin {body['message']['text']}")
        await released.wait()
        steps.append(f"end {body['message']['text']}")

    listener.before_answer = wait
    await play.do("setWebhook", url=listener.url)
    for number in range(3):
        await play.write(GRIET, str(number))
    await play.write(LIEN, "elders")
    await until(lambda: len(steps) == 2)
    assert steps == ["begin 0", "begin elders"]
    released.set()
    await delivered(play)
    assert [step for step in steps if "elders" not in step] == [
        f"{step} {number}" for number in range(3) for step in ("begin", "end")
    ]


async def test_a_slow_chat_does_not_hold_up_another(play: Play, listener: Listener) -> None:
    released = asyncio.Event()

    async def griet_waits(body: Json) -> None:
        if body["message"]["from"]["id"] == GRIET:
            await released.wait()

    listener.before_answer = griet_waits
    await play.do("setWebhook", url=listener.url)
    await play.write(GRIET, "traag")
    await play.write(LIEN, "snel")
    assert {await listener.text(), await listener.text()} == {"traag", "snel"}
    released.set()


async def test_a_response_may_itself_be_a_call(play: Play, listener: Listener) -> None:
    reply = {"method": "sendMessage", "chat_id": GRIET, "text": "Bedankt"}
    listener.answers.append(web.json_response(reply))
    await play.do("setWebhook", url=listener.url)
    await play.write(GRIET, "Meer bomen")
    await play.look("calls?method=sendMessage&at_least=1&wait=10")
    messages = (await play.look(f"chats/{GRIET}/messages"))["messages"]
    assert [message["text"] for message in messages] == ["Meer bomen", "Bedankt"]


async def test_the_webhook_tells_how_it_is(play: Play, world: World) -> None:
    world.updates.add_raw({"message": {}})
    assert await play.do("getWebhookInfo") == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 1,
    }
    url = "http://127.0.0.1:9/hook"
    await play.do("setWebhook", url=url, max_connections=7, allowed_updates=["message"])
    info = await play.do("getWebhookInfo")
    assert info["url"] == url
    assert info["max_connections"] == 7
    assert info["allowed_updates"] == ["message"]


async def test_an_empty_url_removes_the_webhook(play: Play) -> None:
    await play.do("setWebhook", url="http://127.0.0.1:9/hook")
    await play.do("setWebhook", url="")
    assert (await play.do("getWebhookInfo"))["url"] == ""


async def test_setting_a_webhook_ends_a_long_poll(play: Play) -> None:
    poll = await waiting(play, timeout=50)
    await play.do("setWebhook", url="http://127.0.0.1:9/hook")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"


async def test_removing_a_webhook_lets_a_long_poll_be(play: Play) -> None:
    poll = await waiting(play, timeout=50)
    await play.do("setWebhook", url="")
    await play.do("deleteWebhook")
    await play.write(GRIET, "Meer bomen")
    assert (await poll)["ok"]


async def test_what_was_delivered_is_posted_once_more_on_demand(play: Play, listener: Listener) -> None:
    await play.do("setWebhook", url=listener.url)
    await play.write(GRIET, "Meer bomen")
    first = await listener.bodies.get()
    await delivered(play)
    assert await play.act("updates/redeliver", last=5) == {"redelivered": 1}
    assert await listener.bodies.get() == first
