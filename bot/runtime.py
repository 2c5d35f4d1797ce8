"""Builds the parts of a running town, starts them, and stops them in order."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import structlog
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount
from telegram.ext import ExtBot

from board.app import create_board
from bot.connection import make_bot, sign_in
from bot.delivery import Delivery
from bot.digest_making import DigestMaking
from bot.explaining import Explaining
from bot.exporting import Exporting
from bot.files import Files
from bot.forgetting import Forgetting
from bot.frame_pace import FramePace
from bot.handling import Handling
from bot.intake import Intake, Polling
from bot.media import MediaFetching
from bot.menu import introduce, leave, offer_to
from bot.reply_photos import ReplyPhotos
from bot.schedule import Ticks
from bot.sending import Sender
from bot.settings import Settings
from bot.speech import installed_transcriber
from bot.theme_pace import ThemePace
from bot.theme_worker import Placer, ThemeWorker
from bot.town_exporting import TownExporting
from bot.town_now import TownNow
from bot.web import serving
from bot.webhook import Webhook
from cocreation.ideas.idea import IdeaView
from cocreation.ideas.ids import ChatId
from cocreation.ideas.messages import LanguageWish, Show
from cocreation.ideas.resident import Resident
from cocreation.ideas.role import Rights
from cocreation.ideas.town import Town
from cocreation.ports import CardRenderer, MediaStore, Work
from cocreation.services.run_processes import let_dates_act
from cocreation.services.screen import look_for_suspects
from cocreation.services.send_digests import send_due_digest
from cocreation.services.tell import tell_due
from handlers.application import build_application
from handlers.context import TownApplication
from handlers.digest_buttons import sent_digest
from handlers.group_language import grant
from handlers.notices import news_message
from handlers.offers import end_old
from handlers.own_cards import card_with_theme
from handlers.process_bell import tell_of_process
from handlers.stale_cards import refresh_stale
from handlers.suspects import screen_of, tell_of_suspects
from storage.engine import SqlStorage
from storage.media_store import FileMediaStore
from storage.work import SqlWork

DIGEST_SECONDS = 20
PROCESS_SECONDS = 20
NOTICE_SECONDS = 1
CARD_SECONDS = 1
THEME_SECONDS = 2
FRAME_SECONDS = 1
SCREEN_SECONDS = 2
MEDIA_SECONDS = 2
EXPORT_SECONDS = 2
FORGET_SECONDS = 2
PRUNE_SECONDS = 6 * 3600
INBOX_REMEMBERS = timedelta(days=8)
"""Telegram keeps an update for a day at most: https://core.telegram.org/bots/api#getting-updates"""

Run = Coroutine[Any, Any, None]
Finish = Callable[[], Awaitable[None]]

log = structlog.get_logger(__name__)


def now() -> datetime:
    """The `Clock` of a running town."""
    return datetime.now(UTC)


async def run(
    settings: Settings,
    stopped: asyncio.Event,
    on_ready: Callable[[], None] = lambda: None,
    chat_url: str | None = None,
) -> None:
    """Run the town until `stopped` is set. Raises StartError or StorageError when it cannot run.

    `on_ready` is called once the bot is signed in. `chat_url` is where the board leads people who want to
    write, if that is not Telegram.
    """
    async with AsyncExitStack() as parts:
        storage = SqlStorage(settings.storage.url)
        await storage.open()
        parts.push_async_callback(storage.close)
        bot = make_bot(settings.telegram)
        town = await _town_now(settings, storage)
        worker = ThemeWorker(settings.storage.url, town().languages)
        parts.callback(worker.close)
        explaining = Explaining(storage, worker, town, now)
        application = build_application(bot, explaining.ask, town)
        parts.push_async_callback(_sign_off, application)
        handling = Handling(storage, application, town, now)
        intake = Intake(storage, int(bot.token.partition(":")[0]), now, handling.wake)
        webhook = _webhook(settings, intake)
        media = FileMediaStore(settings.storage.media)
        board = create_board(storage, town, now, media, lambda: chat_url or _telegram_url(bot))
        routes = _routes(settings, webhook, board)
        if routes:
            await parts.enter_async_context(serving(Starlette(routes=routes), settings.board))
        placer = Placer(settings.storage.url, town().languages)
        parts.callback(placer.close)
        themes = _themes(storage, worker, placer, town)
        outgoing = FileMediaStore(settings.storage.outgoing)
        ticks = _ticks(town, storage, application, media, themes)
        exporting = Exporting(storage, media, outgoing, town=town, clock=now)
        ticks.every(FRAME_SECONDS, "frames", _frames(storage, worker, town).tick)
        ticks.every(EXPORT_SECONDS, "export", exporting.make_waiting)
        _make_for_facilitators(settings, storage, town, ticks, parts)
        ticks.every(FORGET_SECONDS, "forget", Forgetting(storage, media, outgoing, now).go_on)
        parts.push_async_callback(ticks.stop)

        async def decide(work: SqlWork, wish: LanguageWish, may: bool) -> None:
            await grant(work, wish, may, town=town(), username=bot.username, now=now())

        files = Files(bot, media, outgoing)
        delivery = Delivery(storage, Sender(bot), files, now, decide)
        storage.on_posted(delivery.accept)
        storage.on_withdrawn(delivery.forget)

        signed_in = asyncio.Event()

        async def converse() -> None:
            await sign_in(application)
            signed_in.set()
            on_ready()
            ticks.start()
            arrivals = Polling(bot, intake, now).run() if webhook is None else webhook.run(bot)
            introduced = _keep_introducing(
                town, storage, bot, settings.telegram.display_name, (worker, placer)
            )
            await _together(arrivals, handling.run(), introduced, themes.run(), explaining.run())

        async def deliver() -> None:
            await signed_in.wait()
            await delivery.run()

        await _until(stopped, converse(), deliver(), delivery.finish)


def _make_for_facilitators(
    settings: Settings, storage: SqlStorage, town: TownNow, ticks: Ticks, parts: AsyncExitStack
) -> None:
    exporting = TownExporting(storage, settings.storage, town=town, clock=now)
    parts.callback(exporting.close)
    ticks.every(EXPORT_SECONDS, "town export", exporting.make_waiting)
    making = DigestMaking(storage, FileMediaStore(settings.storage.outgoing), town=town, clock=now)
    parts.callback(making.close)
    ticks.every(EXPORT_SECONDS, "digest files", making.make_waiting)


async def _town_now(settings: Settings, storage: SqlStorage) -> TownNow:
    town = TownNow(settings)
    async with storage.reading() as work:
        town.accept(await work.settings.chosen())
    storage.on_set(town.accept)
    return town


async def _keep_introducing(
    town: TownNow,
    storage: SqlStorage,
    bot: ExtBot[None],
    name: str | None,
    workers: Sequence[ThemeWorker | Placer],
) -> None:
    """What Telegram and the processes were told of the town, they are told again when it changes."""
    changed, spoken = asyncio.Event(), town().languages
    desks: set[ChatId] = set()
    town.on_changed(changed.set)
    storage.on_named(changed.set)
    while True:
        present = await _where_facilitators_are(storage, town())
        own = await _chats_of_facilitators(storage)
        before, desks = desks, {*own, *filter(None, [present.facilitator_chat])}
        for chat in before - desks:
            await leave(bot, present, chat)
        await introduce(bot, present, name)
        await offer_to(bot, present, own)
        await changed.wait()
        changed.clear()
        if town().languages != spoken:
            spoken = town().languages
            for worker in workers:
                await worker.speak(spoken)


async def _chats_of_facilitators(storage: SqlStorage) -> Mapping[ChatId, Rights]:
    """Their own chats, and what each may do."""
    async with storage.reading() as work:
        people = [await work.residents.get(each.resident) for each in await work.facilitators.all()]
        chats = [
            person.chat for person in people if person is not None and person.chat and not person.is_away
        ]
        return {chat: await work.facilitators.rights(chat) for chat in chats}


async def _where_facilitators_are(storage: SqlStorage, town: Town) -> Town:
    """The town with the number that its facilitators' group has, should that have become a supergroup."""
    if town.facilitator_chat is None:
        return town
    async with storage.reading() as work:
        present = await work.groups.present(town.facilitator_chat)
    if present != town.facilitator_chat:
        log.warning("the facilitators' group has a new chat id; set town.facilitator_chat", chat=present)
    return replace(town, facilitator_chat=present)


async def _until(stopped: asyncio.Event, conversation: Run, delivery: Run, finish: Finish) -> None:
    """Run both until asked to stop or until one fails; then take in nothing, and finish what is under way."""
    conversing = asyncio.create_task(conversation, name="conversation")
    delivering = asyncio.create_task(delivery, name="delivery")
    stopping = asyncio.create_task(stopped.wait(), name="stop")
    await asyncio.wait((conversing, delivering, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    try:
        await _ended(conversing)
    finally:
        await finish()
        await _ended(delivering)


async def _ended(task: asyncio.Task[None]) -> None:
    """End a task. Raises what it failed with before."""
    has_failed = task.done()
    task.cancel()
    await asyncio.wait((task,))
    if has_failed:
        task.result()


async def _together(*coroutines: Run) -> None:
    """Run them side by side; the first failure ends all and is raised as it is."""
    try:
        async with asyncio.TaskGroup() as tasks:
            for coroutine in coroutines:
                tasks.create_task(coroutine)
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from None


def _card_now(town: TownNow) -> CardRenderer:
    def card(work: Work, view: IdeaView, author: Resident, now: datetime) -> Awaitable[Show | None]:
        return card_with_theme(town(), work, view, author, now)

    return card


async def _send_digest(storage: SqlStorage, town: Town) -> bool:
    render = partial(sent_digest, language=town.digest_language, town=town)
    return await send_due_digest(storage, town, town.schedule, render, now())


async def _let_dates_act(storage: SqlStorage, town: Town) -> None:
    moment = now()
    await let_dates_act(storage, partial(tell_of_process, town=town, now=moment), moment)


async def _tell(storage: SqlStorage, town: Town) -> None:
    await tell_due(storage, town.time_zone, partial(news_message, town=town), now())


async def _look(storage: SqlStorage, application: TownApplication, town: Town) -> None:
    tell = partial(tell_of_suspects, town=town, application=application)
    await look_for_suspects(storage, screen_of(town), tell, now())


def _themes(storage: SqlStorage, worker: ThemeWorker, placer: Placer, town: TownNow) -> ThemePace:
    themes = ThemePace(storage, worker, placer, _card_now(town), now)
    storage.on_posted(themes.accept)
    return themes


def _frames(storage: SqlStorage, worker: ThemeWorker, town: TownNow) -> FramePace:
    frames = FramePace(storage, worker, town)
    storage.on_posted(frames.accept)
    return frames


def _ticks(
    town: TownNow,
    storage: SqlStorage,
    application: TownApplication,
    media: MediaStore,
    themes: ThemePace,
) -> Ticks:
    ticks = Ticks()
    bot = application.bot
    fetching = MediaFetching(storage, bot, media, town, now, transcriber=installed_transcriber())
    reply_photos = ReplyPhotos(storage, bot, media, now)
    ticks.every(DIGEST_SECONDS, "digests", lambda: _send_digest(storage, town()))
    ticks.every(PROCESS_SECONDS, "processes", lambda: _let_dates_act(storage, town()))
    ticks.every(NOTICE_SECONDS, "notices", lambda: _tell(storage, town()))
    ticks.every(CARD_SECONDS, "cards", lambda: refresh_stale(storage, application, town(), now()))
    ticks.every(THEME_SECONDS, "themes", themes.tick)
    ticks.every(SCREEN_SECONDS, "screen", lambda: _look(storage, application, town()))
    ticks.every(MEDIA_SECONDS, "media", fetching.fetch_waiting)
    ticks.every(MEDIA_SECONDS, "photos of answers", reply_photos.fetch_waiting)
    ticks.every(PRUNE_SECONDS, "prune", lambda: _prune(storage, town()))
    ticks.every(PRUNE_SECONDS, "unused photos", reply_photos.forget_unused)
    return ticks


async def _prune(storage: SqlStorage, town: Town) -> None:
    async with storage.writing() as work:
        await work.inbox.prune(now() - INBOX_REMEMBERS)
        await end_old(work, town=town, now=now())


def _webhook(settings: Settings, intake: Intake) -> Webhook | None:
    url = settings.telegram.webhook_url
    if settings.telegram.mode != "webhook" or url is None:
        return None
    return Webhook(url, settings.telegram.secret_for_webhook(), intake)


def _routes(settings: Settings, webhook: Webhook | None, board: Starlette) -> list[BaseRoute]:
    routes: list[BaseRoute] = [] if webhook is None else [webhook.route()]
    return [*routes, Mount("/", board)] if settings.board.enabled else routes


def _telegram_url(bot: ExtBot[None]) -> str | None:
    try:
        return f"https://t.me/{bot.username}"
    except RuntimeError:  # not signed in yet
        return None


async def _sign_off(application: TownApplication) -> None:
    await application.shutdown()
    # The library closes the clients only of a bot that had signed in.
    await application.bot.shutdown()
