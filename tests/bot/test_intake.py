"""Nothing that reached the bot is lost and nothing counts twice, whatever is killed or broken."""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import httpx
import pytest

from bot.connection import make_bot
from bot.faults import StartError
from bot.intake import Intake, Polling
from sandbox import people
from sandbox.faults import Fault
from sandbox.server import serve
from storage.engine import SqlStorage
from tests.bot.town import GRIET, YASMINE, Town, a_town, a_world, free_port, settings_for

ROOT = Path(__file__).parents[2]
SECRET = "a-secret-of-the-test"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


@asynccontextmanager
async def a_process(town: Town) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as a process of its own, set up by environment variables alone; killed at the end."""
    storage, telegram = town.settings.storage, town.settings.telegram
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "MORGEN_TELEGRAM__TOKEN": town.sandbox.token,
        "MORGEN_TELEGRAM__BASE_URL": telegram.base_url,
        "MORGEN_TELEGRAM__BASE_FILE_URL": telegram.base_file_url,
        "MORGEN_STORAGE__URL": storage.url,
        "MORGEN_TOWN__IDEAS_IN_TEN_MINUTES": "1000",
        "MORGEN_BOARD__PORT": str(free_port()),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=storage.database.parent, env=environ
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.mark.parametrize("answered_at_the_kill", [1, 250])
async def test_kill_9_in_the_middle_of_500_updates_loses_and_doubles_nothing(
    tmp_path: Path, answered_at_the_kill: int
) -> None:
    world = a_world()
    writers = [world.add_person(f"R{number}", language_code="nl").id for number in range(20)]
    async with serve(world, page=False) as sandbox:
        town = Town(sandbox, settings_for(sandbox, tmp_path))
        for number in range(500):
            town.write(writers[number % 20], f"Idee nummer {number} voor het plein")
        async with a_process(town) as process:
            await town.until(lambda: len(world.calls.matching("sendMessage")) >= answered_at_the_kill)
            process.send_signal(signal.SIGKILL)
            await process.wait()
        async with a_process(town):
            await town.until(lambda: all_answered(town, writers))
        kept = await town.rows("SELECT text FROM ideas ORDER BY text")
    assert [text for (text,) in kept] == sorted(
        f"Idee nummer {number} voor het plein" for number in range(500)
    )
    for writer in writers:
        answers = Counter(text.splitlines()[2] for text in town.texts(writer))
        assert answers.total() - len(answers) <= 1, "in a chat at most the reply in flight comes twice"
        assert len(answers) == 25


def all_answered(town: Town, writers: list[int]) -> bool:
    return all(len({text.splitlines()[2] for text in town.texts(writer)}) == 25 for writer in writers)


async def test_an_update_that_comes_twice_counts_once(town: Town) -> None:
    sent = town.write(GRIET, "Een fontein om in te spelen")
    await town.answer(GRIET, 1)
    async with httpx.AsyncClient(base_url=town.sandbox.url) as client:
        again = await client.post("/sandbox/updates", json={"message": sent})
        assert again.status_code == 200
    town.write(GRIET, "/help")
    await town.reads(GRIET, "/ideas")
    assert await town.rows("SELECT count(*) FROM ideas") == [(1,)]


async def test_an_update_that_cannot_be_read_goes_to_the_dead_letters_and_the_rest_goes_on(
    town: Town,
) -> None:
    town.write(GRIET, "/start")
    await town.answer(GRIET, 1)
    message = {"message_id": 1, "date": 1, "chat": {"id": GRIET, "type": "private"}, "poll": {"id": "7"}}
    town.world.updates.add_raw({"message": message})
    town.write(YASMINE, "Un banc sur la place")
    await town.answer(YASMINE, 1)
    apology = await town.answer(GRIET, 2)
    assert "opnieuw" in apology["text"]
    assert await town.rows("SELECT origin, chat_id, error FROM dead_letters") == [
        ("inbox", GRIET, "unreadable")
    ]


async def test_a_handler_that_fails_is_tried_again_and_then_apologises(town: Town) -> None:
    message = {"message_id": 9, "date": 1, "chat": {"id": GRIET, "type": "private"}, "text": "Van niemand"}
    town.world.updates.add_raw({"message": message})
    town.write(GRIET, "Van mij")
    apology = await town.answer(GRIET, 1)
    assert "opnieuw" in apology["text"]
    await town.reads(GRIET, "Van mij")
    assert await town.rows("SELECT error, attempts > 0 FROM dead_letters") == [("handling failed", 1)]


async def test_what_telegram_sends_without_a_chat_is_passed_over(town: Town) -> None:
    town.world.updates.add_raw({"something_new": {"from": "the future"}})
    town.world.updates.add_raw({"message": "not even an object"})
    town.write(GRIET, "/start")
    await town.answer(GRIET, 1)


async def test_order_is_kept_per_chat(town: Town) -> None:
    for number in range(60):
        town.write(GRIET if number % 2 else YASMINE, f"Idee {number}")
    for chat in (GRIET, YASMINE):
        await town.answer(chat, 30)
        numbers = [int(text.split("Idee ")[1].split()[0]) for text in town.texts(chat)]
        assert numbers == sorted(numbers)


async def test_of_two_that_take_turns_in_fetching_the_newcomer_gives_up(
    storage: SqlStorage, tmp_path: Path
) -> None:
    async with a_town(tmp_path) as town, make_bot(town.settings.telegram) as bot:
        for _ in range(4):
            town.world.faults.add(Fault("getUpdates", status=409))
            town.world.faults.add(Fault("getUpdates", delay=0.01))
            town.write(GRIET, "so that a request in between succeeds")
        clock = partial(datetime.now, UTC)
        polling = Polling(bot, Intake(storage, 1, clock, lambda: None), clock)
        with pytest.raises(StartError, match=r"token of its own \(telegram\.token\)"):
            await polling.run()


async def test_one_who_was_there_first_goes_on(storage: SqlStorage, tmp_path: Path) -> None:
    moments = (datetime(2026, 11, 24, 8, tzinfo=UTC) + timedelta(minutes=step) for step in count())
    async with a_town(tmp_path) as town, make_bot(town.settings.telegram) as bot:
        for _ in range(4):
            town.world.faults.add(Fault("getUpdates", status=409))
        arrived = asyncio.Event()
        clock = partial(next, moments)
        polling = asyncio.create_task(Polling(bot, Intake(storage, 1, clock, arrived.set), clock).run())
        town.write(GRIET, "Een fontein om in te spelen")
        async with asyncio.timeout(60):
            await arrived.wait()
        polling.cancel()
        await asyncio.wait((polling,))


async def test_webhook_mode_keeps_an_update_before_it_says_yes(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/telegram"
    telegram = {"mode": "webhook", "webhook_url": url, "webhook_secret": SECRET}
    async with a_town(tmp_path, telegram=telegram, board={"port": port}) as town:
        town.wake()
        town.write(GRIET, "Een fontein om in te spelen")
        await town.answer(GRIET, 1)
        assert town.world.webhook is not None
        people.block(town.world, YASMINE, is_blocked=False)
        raw = {"update_id": 1, "message": {"text": "not even a message"}}
        async with httpx.AsyncClient() as stranger:
            for headers in ({}, {HEADER: "wrong"}):
                assert (await stranger.post(url, json=raw, headers=headers)).status_code == 401
            right = {HEADER: SECRET}
            assert (await stranger.post(url, content=b"[", headers=right)).status_code == 400
            assert (await stranger.post(url, json=["x"], headers=right)).status_code == 400
            assert (await stranger.post(url, content=b"x" * 2_000_000, headers=right)).status_code == 400
            assert (await stranger.get(url)).status_code == 404
            assert (await stranger.post(url, json=raw, headers=right)).status_code == 200
            half = b'{"update_id": 2, "message": {"text": "half an emoji \\ud83d"}}'
            assert (await stranger.post(url, content=half, headers=right)).status_code == 200
        kept = await town.rows("SELECT count(*) FROM inbox WHERE update_id IN (1, 2)")
    assert kept == [(2,)]


async def test_polling_takes_over_from_a_webhook_that_was_left(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        async with make_bot(town.settings.telegram) as bot:
            await bot.set_webhook("http://127.0.0.1:9/gone")
        town.wake()
        town.write(GRIET, "Een fontein om in te spelen")
        await town.answer(GRIET, 1)
        assert town.world.webhook is None
