"""Webhook delivery: in order per chat, several chats at once, again after failures.

Source: https://core.telegram.org/bots/api#setwebhook
"""

import asyncio

import aiohttp
import orjson

from sandbox.botapi import answer
from sandbox.errors import ConnectionCut
from sandbox.params import Params
from sandbox.updates import Pending
from sandbox.webhook import Webhook
from sandbox.world import World

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 60.0
_TIMEOUT = aiohttp.ClientTimeout(total=60)
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


async def deliver_webhooks(world: World) -> None:
    """Post updates to the webhook, while there is one, until cancelled."""
    connector = aiohttp.TCPConnector(limit=0)
    async with (
        aiohttp.ClientSession(timeout=_TIMEOUT, connector=connector) as session,
        asyncio.TaskGroup() as posts,
    ):
        courier = _Courier(world, session, posts)
        while True:
            world.updates.arrived.clear()
            courier.send_out()
            await world.updates.arrived.wait()


class _Courier:
    def __init__(self, world: World, session: aiohttp.ClientSession, posts: asyncio.TaskGroup) -> None:
        self._world = world
        self._session = session
        self._posts = posts
        self._under_way: set[int] = set()
        self._busy_chats: set[int | None] = set()

    def send_out(self) -> None:
        """Start posting what is not under way, one update of a chat at a time."""
        webhook = self._world.webhook
        if webhook is None:
            return
        for update in self._world.updates.pending():
            if len(self._under_way) >= webhook.max_connections:
                return
            if update.id not in self._under_way and update.chat_id not in self._busy_chats:
                self._under_way.add(update.id)
                self._busy_chats.add(update.chat_id)
                self._posts.create_task(self._deliver(webhook, update))

    async def _deliver(self, webhook: Webhook, update: Pending) -> None:
        pause = FIRST_PAUSE
        try:
            while self._world.webhook is webhook:
                failure = await self._post(webhook, update)
                if failure is None:
                    self._world.updates.confirm(update.id)
                    self._world.changed()
                    return
                webhook.last_error_date = self._world.now()
                webhook.last_error_message = failure
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        finally:
            self._under_way.discard(update.id)
            self._busy_chats.discard(update.chat_id)
            self._world.updates.arrived.set()

    async def _post(self, webhook: Webhook, update: Pending) -> str | None:
        headers = {"Content-Type": "application/json"}
        if webhook.secret_token is not None:
            headers[_SECRET_HEADER] = webhook.secret_token
        try:
            async with self._session.post(
                webhook.url, data=update.body, headers=headers, allow_redirects=False
            ) as response:
                if not 200 <= response.status < 300:
                    return f"Wrong response from the webhook: {response.status} {response.reason}"
                body = await response.read()
        except TimeoutError:
            return "Read timeout expired"
        except aiohttp.ClientError as error:
            return f"Connection failed: {type(error).__name__}"
        await self._do_what_the_response_asks(body)
        return None

    async def _do_what_the_response_asks(self, body: bytes) -> None:
        """A response may itself be a call: https://core.telegram.org/bots/api#making-requests-when-getting-updates"""
        try:
            asked = orjson.loads(body) if body else None
        except orjson.JSONDecodeError:
            return
        if isinstance(asked, dict) and isinstance(asked.get("method"), str):
            try:
                await answer(self._world, asked.pop("method"), Params(asked))
            except ConnectionCut:
                return
