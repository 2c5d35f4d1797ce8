"""A town's year in seconds: 52 digests, each once, and each number what its query counts."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest

from benchmarks.year.living import Living
from benchmarks.year.plan import ACCIDENT, EMPTY, WEEKS, ZONE, a_year, example_texts, monday
from cocreation.ideas.digest import Digest
from cocreation.ideas.headline import HeadlineKind, Pace
from cocreation.ideas.ids import OutboxId
from cocreation.ideas.messages import Message, Show
from cocreation.ideas.movement import ThemeActivity
from cocreation.ideas.period import Period
from cocreation.services.send_digests import LATE_AFTER, digest_of, send_due_digest
from handlers.digest import digest_message
from handlers.digest_numbers import numbers
from locales import translator
from sandbox.faults import Fault
from sandbox.markup import parse_html
from storage.engine import SqlStorage
from tests.bot.town import FACILITATORS, Town, a_town
from tests.docs.test_digest_queries import counted, told
from tests.journeys.on_monday import DYING

ROOT = Path(__file__).parents[2]
SECOND = timedelta(seconds=1)
SPRING, AUTUMN = 13, 43
"""The digests of the weeks in which the clocks change."""
LATE = {20: timedelta(days=1, hours=3), 30: timedelta(days=6), SPRING + 1: timedelta(minutes=11)}
"""How long the bot was down when a digest was due."""
COMPOSING, LEAVING, ARRIVED = SPRING, AUTUMN, 17
"""The digests in whose making, before whose leaving, and after whose arrival the bot is killed."""
THEMES_FOUND = {6, 13, 26, ACCIDENT, ACCIDENT + 1, 46}
SIZES, USUAL = "Size of each theme, and what is new in it", "Usual for each theme"
RESTARTED = range(5, WEEKS, 9)


@dataclass
class Year:
    """What has arrived so far, and how it was made."""

    town: Town
    living: Living
    storage: SqlStorage
    arrived: list[str] = field(default_factory=list)
    rendered: list[Digest] = field(default_factory=list)
    told: list[Digest] = field(default_factory=list)
    """What each digest should be, by the numbers at its moment."""

    @property
    def path(self) -> Path:
        return self.town.settings.storage.database

    async def tick(self, now: datetime) -> None:
        """What the clock does every twenty seconds; two that look at once send no more than one."""
        profile = self.town.settings.town_profile()
        render = partial(self._rendered, now)
        await asyncio.gather(
            *(send_due_digest(self.storage, profile, profile.schedule, render, now) for _ in range(2))
        )
        await self.empty_outbox()

    def _rendered(self, now: datetime, digest: Digest) -> Message:
        self.rendered.append(digest)
        profile = self.town.settings.town_profile()
        return digest_message(digest, profile.digest_language, profile)

    async def empty_outbox(self) -> None:
        """Let everything arrive that waits, whoever it is for."""
        async with self.storage.writing() as work:
            rows = await work.outbox.waiting(OutboxId(0), 1_000)
            for row in rows:
                if isinstance(row.post, Show) and row.post.chat == FACILITATORS:
                    self.arrived.append(parse_html(row.post.message.html)[0])
            await work.outbox.withdraw([row.id for row in rows])

    async def restart(self) -> None:
        await self.storage.close()
        await self.begin()

    async def begin(self) -> None:
        self.storage = SqlStorage(self.town.settings.storage.url)
        await self.storage.open()
        self.living.restart(self.storage)

    async def killed(self, week: int, now: datetime) -> None:
        """A process of its own sends the digest, is killed on the way, and another one comes after it."""
        await self.storage.close()
        before = len(self.town.shown(FACILITATORS))
        if week == COMPOSING:
            async with a_process(self.town, now, DYING) as process:
                assert await process.wait() == -signal.SIGKILL
        elif week == LEAVING:
            self.town.world.faults.add(Fault("sendMessage", status=502, times=1000))
            tries = len(self.town.world.calls.matching("sendMessage"))
            async with a_process(self.town, now):
                await self.town.until(lambda: len(self.town.world.calls.matching("sendMessage")) > tries)
            self.town.world.faults.clear()
        else:
            async with a_process(self.town, now):
                await self.town.answer(FACILITATORS, before + 1)
                await self.is_noted()
        later = now + timedelta(minutes=2)
        async with a_process(self.town, later):
            await self.town.answer(FACILITATORS, before + 1)
            await self.is_settled()
        self.arrived += self.town.texts(FACILITATORS)[before:]
        await self.begin()
        await self.tick(later + SECOND)

    async def is_noted(self) -> None:
        """Until the bot knows that its message has arrived, committed or not."""
        log = self.path.with_name(self.path.name + "-sent")
        async with asyncio.timeout(60):
            while not log.read_bytes() and await self.town.rows("SELECT 1 FROM outbox"):
                pass

    async def is_settled(self) -> None:
        async with asyncio.timeout(60):
            while await self.town.rows("SELECT 1 FROM outbox"):
                pass


@asynccontextmanager
async def a_process(town: Town, now: datetime, *dying: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A bot that wakes at that moment; killed at the end."""
    telegram = town.settings.telegram
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "MORGEN_TELEGRAM__TOKEN": town.sandbox.token,
        "MORGEN_TELEGRAM__BASE_URL": telegram.base_url,
        "MORGEN_TELEGRAM__BASE_FILE_URL": telegram.base_file_url,
        "MORGEN_STORAGE__URL": town.settings.storage.url,
        "MORGEN_TOWN__NAME": town.settings.town.name,
        "MORGEN_TOWN__FACILITATOR_CHAT": str(FACILITATORS),
    }
    command = (sys.executable, "-m", "tests.journeys.on_monday", now.isoformat(), *dying)
    process = await asyncio.create_subprocess_exec(
        *command, cwd=town.settings.storage.database.parent, env=environ
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


@pytest.mark.timeout(300)
async def test_a_year_has_52_digests_each_once_and_each_number_is_what_its_query_counts(
    tmp_path: Path,
) -> None:
    async with a_town(tmp_path) as town:
        profile = town.settings.town_profile()
        storage = SqlStorage(town.settings.storage.url)
        await storage.open()
        year = Year(town, Living(storage, profile, a_year(example_texts())), storage)
        await year.tick(monday(0))
        for week in range(1, WEEKS + 1):
            await live_a_week(year, week)
        await year.storage.close()
        ledger = await town.rows("SELECT period_end FROM digests ORDER BY period_end")
        pictures = await town.rows("SELECT count(*) FROM digest_files")
    assert len(set(year.arrived)) == WEEKS
    assert [datetime.fromisoformat(end) for (end,) in ledger] == [monday(week) for week in range(WEEKS + 1)]
    assert pictures == [(WEEKS,)]
    assert [at for at, digest in enumerate(year.told) if digest.is_empty] == [EMPTY]
    assert {at + 1 for at, text in enumerate(year.arrived) if "Te laat" in text} == set(LATE)
    accident = year.told[ACCIDENT].headline
    assert (accident.kind, accident.pace) == (HeadlineKind.THEME, Pace.BUSY)
    assert accident.share > accident.total / 3


async def live_a_week(year: Year, week: int) -> None:
    """To the moment after its digest, which is compared with what the queries count."""
    due, profile = monday(week), year.town.settings.town_profile()
    assert due.astimezone(ZONE).time() == time(8)
    if week in RESTARTED:
        await year.restart()
    await year.living.until(due - SECOND)
    await year.tick(due - SECOND)
    assert len(year.arrived) == week - 1
    if week in THEMES_FOUND:
        await year.living.find_themes()
    now = due + LATE.get(week, 7 * SECOND)
    await year.living.until(now)
    await year.empty_outbox()
    async with year.storage.reading() as work:
        digest = await digest_of(
            work, Period(monday(week - 1), due), ZONE, now=now, is_late=now - due > LATE_AFTER
        )
    if week in (COMPOSING, LEAVING, ARRIVED):
        await year.killed(week, now)
    else:
        await year.tick(now)
        assert year.rendered[-1] == digest
    await year.tick(now + 20 * SECOND)
    assert len(year.arrived) == week
    year.told.append(digest)
    compare(year, digest)
    if not digest.is_empty:
        said = numbers(digest, digest.period.span(ZONE), translator(profile.digest_language))
        assert parse_html(said)[0] in year.arrived[-1]


def compare(year: Year, digest: Digest) -> None:
    """Each number of this digest is counted again; it names no more themes than a reader can take in."""
    said, found = told(digest), counted(year.path, digest.period)
    for query, named in ((SIZES, [*_named(digest), *digest.largest]), (USUAL, _named(digest))):
        numbers = {theme.id for theme in named}
        found[query] = [row for row in found[query] if row[0] in numbers]
    assert said == found


def _named(digest: Digest) -> list[ThemeActivity]:
    return [news.theme for news in digest.themes]
