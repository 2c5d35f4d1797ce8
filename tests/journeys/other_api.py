"""A second Bot API, which knows nothing of the sandbox: what https://core.telegram.org/bots/api says of the
five methods that a conversation needs, and a line that is as bad as it may be."""

import asyncio
import json
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # the manual's own example
BOT = {"id": 110201543, "is_bot": True, "first_name": "Other", "username": "other_bot"}
TROUBLE = 0.3
"""Share of calls that go wrong."""

Json = dict[str, Any]


class RefusalError(Exception):
    """An answer with ok: false."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.body: Json = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.body["parameters"] = parameters


@dataclass
class OtherApi:
    """One bot, private chats, and updates that are given until a later offset confirms them."""

    chance: random.Random
    is_bad: bool = True
    url: str = ""
    updates: list[Json] = field(default_factory=list)
    chats: dict[int, dict[int, Json]] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)
    """How often each press was answered."""
    sent: list[tuple[int, str]] = field(default_factory=list)
    """Every message of the bot as it was first."""
    troubles: dict[str, int] = field(default_factory=dict)
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _confirmed: list[Json] = field(default_factory=list)
    _numbers: int = 0

    def write(self, person: int, text: str) -> None:
        message = self._keep(person, {"from": _person(person), "text": text})
        self._tell({"message": message})

    def press(self, person: int, message: Json, data: str) -> str:
        self._numbers += 1
        query = str(self._numbers)
        self.answers[query] = 0
        content = {"id": query, "from": _person(person), "chat_instance": "1", "data": data}
        self._tell({"callback_query": content | {"message": message}})
        return query

    async def serve_call(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != TOKEN:
            return web.json_response(RefusalError(401, "Unauthorized").body, status=401)
        method, given = request.match_info["method"], await request.post()
        trouble = self._trouble(method)
        if trouble == "cut before":
            return _cut(request)
        body: Json
        try:
            if trouble == "429":
                raise RefusalError(429, "Too Many Requests: retry after 1", retry_after=1)
            if trouble == "500":
                raise RefusalError(500, "Internal Server Error")
            body = {"ok": True, "result": await self._do(method, given)}
        except RefusalError as refusal:
            body = refusal.body
        if trouble == "cut after":
            return _cut(request)
        return web.json_response(body, status=body.get("error_code", 200))

    def _trouble(self, method: str) -> str | None:
        if not self.is_bad or self.chance.random() > TROUBLE:
            return None
        kinds = ["429", "500", "cut before"]
        # The Bot API has no number by which it knows a request again: a message whose arrival nobody learns
        # of has to be sent twice. All else can be repeated.
        if method != "sendMessage":
            kinds.append("cut after")
        kind = min(kinds, key=self._times)
        self.troubles[kind] = self._times(kind) + 1
        return kind

    def _times(self, trouble: str) -> int:
        return self.troubles.get(trouble, 0)

    async def _do(self, method: str, given: Mapping[str, Any]) -> object:
        match method:
            case "getMe":
                return BOT
            case "getUpdates":
                return await self._updates(int(given.get("offset", 0)), float(given.get("timeout", 0)))
            case "sendMessage":
                chat, text = int(given["chat_id"]), str(given["text"])
                self.sent.append((chat, text))
                return self._keep(chat, {"from": BOT, "text": text, **_markup(given)})
            case "editMessageText":
                return self._edit(int(given["chat_id"]), int(given["message_id"]), given)
            case "answerCallbackQuery":
                return self._answer(str(given["callback_query_id"]))
        raise RefusalError(404, "Not Found")

    async def _updates(self, offset: int, timeout: float) -> list[Json]:  # noqa: ASYNC109 - the API's
        self._confirmed += [update for update in self.updates if update["update_id"] < offset]
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        if not self.updates:
            self._arrived.clear()
            try:
                async with asyncio.timeout(timeout):
                    await self._arrived.wait()
            except TimeoutError:
                return []
        again: list[Json] = []
        if self.is_bad and self._confirmed and self.chance.random() < 2 * TROUBLE:
            # "An update is considered confirmed as soon as getUpdates is called with an offset higher than
            # its update_id": servers that lost that note bring it once more.
            again = self._confirmed[-5:]
            self.troubles["redelivery"] = self._times("redelivery") + 1
        return again + self.updates[:100]

    def _edit(self, chat: int, number: int, given: Mapping[str, Any]) -> Json:
        message = self.chats.get(chat, {}).get(number)
        if message is None:
            raise RefusalError(400, "Bad Request: message to edit not found")
        changed = {key: value for key, value in message.items() if key != "reply_markup"}
        changed |= {"text": str(given["text"]), **_markup(given)}
        if changed == message:
            raise RefusalError(400, "Bad Request: message is not modified")
        self.chats[chat][number] = changed
        return changed

    def _answer(self, query: str) -> bool:
        if self.answers.get(query) != 0:
            raise RefusalError(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        self.answers[query] = 1
        return True

    def _keep(self, chat: int, content: Json) -> Json:
        self._numbers += 1
        about = {"id": chat, "type": "private", "first_name": "Person"}
        message = {"message_id": self._numbers, "date": 1_770_000_000, "chat": about, **content}
        self.chats.setdefault(chat, {})[self._numbers] = message
        return message

    def _tell(self, update: Json) -> None:
        self._numbers += 1
        self.updates.append({"update_id": self._numbers, **update})
        self._arrived.set()


def _person(number: int) -> Json:
    return {"id": number, "is_bot": False, "first_name": "Person", "language_code": "nl"}


def _markup(given: Mapping[str, Any]) -> Json:
    return {"reply_markup": json.loads(given["reply_markup"])} if "reply_markup" in given else {}


def _cut(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


@asynccontextmanager
async def serve_other(seed: int) -> AsyncIterator[OtherApi]:
    """Serve it on a free port until the block ends."""
    api = OtherApi(random.Random(seed))
    application = web.Application()
    application.router.add_route("*", "/bot{token}/{method}", api.serve_call)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    api.url = f"http://127.0.0.1:{port}"
    try:
        yield api
    finally:
        await runner.cleanup()
