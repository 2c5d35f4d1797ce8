"""A bot and its people, played over HTTP: by the Bot API on one side, by the control API on the other."""

import asyncio
import mimetypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
from telegram import Update

from sandbox.server import Sandbox
from sandbox.values import Json
from sandbox.world import World

GRIET, NOOR, LIEN, JONAS = 1001, 1002, 1003, 1004
LAB, DESK, SQUARE = -2001, -2002, -1_000_000_002_003


class FakeClock:
    """A clock that stands still until somebody moves it; seconds since 1970."""

    def __init__(self) -> None:
        self.now = 1_770_000_000.0

    def __call__(self) -> float:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += seconds


async def until(is_so: Callable[[], bool]) -> None:
    """Let the event loop, in which the server runs too, go on until something is so."""
    while not is_so():  # noqa: ASYNC110
        await asyncio.sleep(0)


def inhabit(world: World) -> World:
    """Let people and groups exist, with nothing yet to tell the bot.

    Griet and Lien wrote to the bot before, Noor and Jonas did not. The bot is a member of the group LAB,
    and an administrator of the group DESK and of the forum SQUARE.
    """
    world.add_person("Griet", id=GRIET, last_name="Peeters", language_code="nl", started=True)
    world.add_person("Noor", id=NOOR, username="noor_tienen", language_code="fr-BE")
    world.add_person("Lien", id=LIEN, role="facilitator", started=True)
    world.add_person("Jonas", id=JONAS)
    world.add_group("Jongerenlab", [GRIET, NOOR], admins=[LIEN], id=LAB)
    world.add_group("Participatie", [], admins=[LIEN], id=DESK, bot_status="administrator")
    world.add_group(
        "Plein",
        [GRIET],
        admins=[LIEN],
        id=SQUARE,
        type="supergroup",
        is_forum=True,
        bot_status="administrator",
    )
    world.updates.clear()
    return world


@dataclass(frozen=True, slots=True)
class Play:
    """A served world with both its doors open."""

    sandbox: Sandbox
    session: aiohttp.ClientSession

    @property
    def api(self) -> str:
        """The Bot API's address with the token."""
        return self.sandbox.base_url + self.sandbox.token

    async def answer(self, method: str, **params: Any) -> Json:
        """Call a method with a JSON body; gives the whole answer, after checking that it is well-formed."""
        async with self.session.post(f"{self.api}/{method}", json=params) as response:
            return await self._read(response)

    async def send_form(self, method: str, form: aiohttp.FormData) -> Json:
        """Call a method with a form, multipart when it has files; gives the whole answer."""
        async with self.session.post(f"{self.api}/{method}", data=form) as response:
            return await self._read(response)

    async def _read(self, response: aiohttp.ClientResponse) -> Json:
        assert response.content_type == "application/json"
        body: Json = await response.json()
        assert body["ok"] is (response.status == 200)
        if not body["ok"]:
            assert body["error_code"] == response.status
            assert body["description"]
        return body

    async def do(self, method: str, **params: Any) -> Any:
        """Call a method that succeeds; gives its result."""
        body = await self.answer(method, **params)
        assert body["ok"], body
        return body["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """Call a method that is refused; gives the description."""
        body = await self.answer(method, **params)
        assert not body["ok"], body
        return str(body["description"])

    async def say(self, text: str, chat_id: int = GRIET, **params: Any) -> Json:
        """Let the bot send a message; gives it."""
        message: Json = await self.do("sendMessage", chat_id=chat_id, text=text, **params)
        return message

    async def updates(self, **params: Any) -> list[Json]:
        """Call getUpdates; gives the updates."""
        found: list[Json] = await self.do("getUpdates", **params)
        return found

    async def act(self, path: str, **asked: Any) -> Json:
        """Do something as a person, by the control API; gives what it shows."""
        async with self.session.post(f"{self.sandbox.url}/sandbox/{path}", json=asked) as response:
            body: Json = await response.json()
            assert response.status == 200, body
            return body

    async def look(self, path: str) -> Json:
        """Look at something by the control API."""
        async with self.session.get(f"{self.sandbox.url}/sandbox/{path}") as response:
            body: Json = await response.json()
            assert response.status == 200, body
            return body

    async def write(self, person: int, text: str, chat: int | None = None, **more: Any) -> Json:
        """Let a person write, in their private chat unless another is given; gives the message."""
        return await self.act(f"chats/{chat or person}/send", **{"from": person}, text=text, **more)

    async def press(self, person: int, message: Json, data: str) -> str:
        """Let a person press a button; gives the callback query's id."""
        path = f"chats/{message['chat']['id']}/messages/{message['message_id']}/press"
        return str((await self.act(path, **{"from": person}, data=data))["callback_query_id"])

    async def upload(self, person: int, content: bytes, kind: str, name: str, **more: str) -> Json:
        """Let a person send a file; gives the message."""
        form = aiohttp.FormData({"from": str(person), "as": kind, **more})
        form.add_field("file", content, filename=name)
        address = f"{self.sandbox.url}/sandbox/chats/{person}/upload"
        async with self.session.post(address, data=form) as response:
            body: Json = await response.json()
            assert response.status == 200, body
            return body

    async def send_files(
        self,
        person: int,
        *files: tuple[bytes, str],
        act: str = "album",
        kind: str = "photo",
        chat: int | None = None,
        **more: str,
    ) -> Json:
        """Let a person send files, each with its name, as an album or by another act; gives the answer."""
        form = aiohttp.FormData({"from": str(person), "as": kind, **more})
        for content, name in files:
            form.add_field("file", content, filename=name, content_type=mimetypes.guess_type(name)[0])
        address = f"{self.sandbox.url}/sandbox/chats/{chat or person}/{act}"
        async with self.session.post(address, data=form) as response:
            body: Json = await response.json()
            assert response.status == 200, body
            return body

    async def refuses(self, path: str, **asked: Any) -> str:
        """Try to do as a person what cannot be done; gives the reason."""
        async with self.session.post(f"{self.sandbox.url}/sandbox/{path}", json=asked) as response:
            assert response.status == 400
            return str((await response.json())["error"])

    async def heard(self, **params: Any) -> list[Update]:
        """Call getUpdates; gives the updates as python-telegram-bot reads them, none with unknown fields."""
        read = [Update.de_json(update) for update in await self.updates(**params)]
        for update in read:
            assert not update.api_kwargs, update.api_kwargs
            assert update.effective_message is None or not update.effective_message.api_kwargs
        return read


def buttons(*rows: list[tuple[str, str]]) -> Json:
    """Make an inline keyboard of (text, callback_data)."""
    return {
        "inline_keyboard": [[{"text": text, "callback_data": data} for text, data in row] for row in rows]
    }
