"""A bot that is awake: the parts that `bot.runtime` puts together, without the board and theme processes."""

import asyncio
from contextlib import AsyncExitStack, suppress
from functools import partial
from typing import Self

from telegram.ext import ExtBot

from bot.connection import make_bot, sign_in
from bot.delivery import Delivery
from bot.files import Files
from bot.handling import Handling
from bot.intake import Intake, Polling
from bot.media import MediaFetching
from bot.sending import Sender
from bot.settings import Settings
from bot.town_now import TownNow
from cocreation.ideas.messages import LanguageWish
from cocreation.ports import Clock
from cocreation.services.send_digests import send_due_digest
from cocreation.services.tell import tell_due
from handlers.application import build_application
from handlers.digest import digest_message
from handlers.group_language import grant
from handlers.notices import news_message
from handlers.offers import end_old
from storage.engine import SqlStorage
from storage.media_store import FileMediaStore
from storage.work import SqlWork


class Awake:
    """Everything between the Bot API and the database of one town; nothing of it survives its end."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._town = settings.town_profile()
        self._storage = SqlStorage(settings.storage.url)
        self._media = FileMediaStore(settings.storage.media)
        self._parts = AsyncExitStack()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> Self:
        await self._storage.open()
        self._parts.push_async_callback(self._storage.close)
        bot = self._bot = make_bot(self._settings.telegram)
        application = build_application(bot, lambda _: None, TownNow(self._settings))
        self._parts.push_async_callback(bot.shutdown)
        self._parts.push_async_callback(application.shutdown)
        await sign_in(application)
        handling = Handling(self._storage, application, lambda: self._town, self._clock)
        intake = Intake(self._storage, bot.id, self._clock, handling.wake)
        files = Files(bot, self._media, FileMediaStore(self._settings.storage.outgoing))
        grants = partial(self._decide, bot)
        self._delivery = Delivery(self._storage, Sender(bot), files, self._clock, grants)
        self._storage.on_posted(self._delivery.accept)
        for run in (Polling(bot, intake, self._clock).run(), handling.run(), self._delivery.run()):
            self._tasks.append(asyncio.create_task(run))
        return self

    async def tick(self) -> None:
        """What the clock does now and then."""
        now = self._clock()
        await MediaFetching(
            self._storage, self._bot, self._media, lambda: self._town, self._clock
        ).fetch_waiting()
        render = partial(digest_message, language=self._town.digest_language, town=self._town)
        await send_due_digest(self._storage, self._town, self._settings.digest.schedule, render, now)
        tell = partial(news_message, town=self._town)
        await tell_due(self._storage, self._town.time_zone, tell, now)
        async with self._storage.writing() as work:
            await end_old(work, town=self._town, now=now)

    async def rest(self) -> None:
        """End as Ctrl-C ends it."""
        polling, handling, delivery = self._tasks
        await _end(polling, handling)
        await self._delivery.finish()
        await _end(delivery)
        await self._parts.aclose()

    async def abandon(self) -> None:
        """End in the middle of everything."""
        await _end(*self._tasks)
        await self._parts.aclose()

    def failure(self) -> BaseException | None:
        """What ended one of its parts."""
        ended = [task for task in self._tasks if task.done() and not task.cancelled()]
        return next((error for task in ended if (error := task.exception()) is not None), None)

    async def _decide(self, bot: ExtBot[None], work: SqlWork, wish: LanguageWish, may: bool) -> None:
        await grant(work, wish, may, town=self._town, username=bot.username, now=self._clock())


async def _end(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
