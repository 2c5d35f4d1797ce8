"""How fast the bot may write, by Telegram's rules and by what Telegram asks for."""

import asyncio
from contextlib import suppress

from aiolimiter import AsyncLimiter

from bot.chat_queue import ChatQueue
from cocreation.ideas.ids import ChatId
from cocreation.ideas.messages import Priority
from storage.outbox import OutboxRow

PUSHES_PER_SECOND = 25
PUSHES_PER_GROUP_MINUTE = 20
"""Below the limits of https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this:
30 messages a second over all, 20 a minute in one group."""
PUSH_PAUSE = 0.2
"""Seconds until a push that did not fit asks again."""
FLOODED_CHATS = 3
"""When so many chats are asked to wait, it is the bot that is too fast."""


class Floods:
    """Who was asked to wait. Several chats at once mean all of them."""

    def __init__(self) -> None:
        self._until: dict[ChatId, float] = {}
        self.not_before = 0.0

    def add(self, chat: ChatId, until: float) -> None:
        now = asyncio.get_running_loop().time()
        self._until = {known: end for known, end in self._until.items() if end > now} | {chat: until}
        if len(self._until) >= FLOODED_CHATS:
            self.not_before = min(self._until.values())


class Pushes:
    """What nobody waits for leaves room for what somebody does."""

    def __init__(self) -> None:
        self._all = AsyncLimiter(PUSHES_PER_SECOND, 1)
        self._groups: dict[ChatId, AsyncLimiter] = {}

    async def may_go(self, row: OutboxRow, queue: ChatQueue) -> bool:
        """Count a push; where it does not fit, wait a little, or until something may go before it."""
        if row.priority is not Priority.PUSH:
            return True
        limits = [self._all]
        if row.chat < 0:
            limits.append(self._groups.setdefault(row.chat, AsyncLimiter(PUSHES_PER_GROUP_MINUTE, 60)))
        if all(limit.has_capacity() for limit in limits):
            for limit in limits:
                await limit.acquire()
            return True
        queue.has_news.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(PUSH_PAUSE):
                await queue.has_news.wait()
        return False
