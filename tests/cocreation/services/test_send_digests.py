"""A digest leaves exactly once a period, whoever asks, however often, whatever was down."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreation.ideas.digest import MAIN, Digest
from cocreation.ideas.headline import HeadlineKind
from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import ChatId, Language, OutboxId
from cocreation.ideas.messages import Message, Priority, Show
from cocreation.ideas.period import Period
from cocreation.ideas.process import NewProcess, ProcessState
from cocreation.ideas.role import Charge, Role
from cocreation.ideas.schedule import Schedule
from cocreation.ideas.setting import Key
from cocreation.ideas.town import Town
from cocreation.services.send_digests import coming_period, digest_of, period_until, send_due_digest
from storage.engine import SqlStorage

BRUSSELS = ZoneInfo("Europe/Brussels")
FACILITATORS = ChatId(-5)
MONDAY = Schedule.parse("monday 08:00")
TOWN = Town(
    "Wilgenbeke", (Language("nl"),), BRUSSELS, FACILITATORS, frozenset(), Language("nl"), board_url=None
)
WITHOUT_CHAT = Town("Wilgenbeke", (Language("nl"),), BRUSSELS, None, frozenset(), Language("nl"), None)
SECOND = timedelta(seconds=1)
WEEK = timedelta(days=7)
DUE = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
"""A Monday, 08:00 on the town's clock."""


class Rendered:
    """A renderer that remembers what it was given."""

    def __init__(self) -> None:
        self.digests: list[Digest] = []

    def __call__(self, digest: Digest) -> Message:
        self.digests.append(digest)
        return Message(f"digest {len(self.digests)}")


def broken(digest: Digest) -> Message:
    raise ZeroDivisionError


async def send(
    storage: SqlStorage,
    now: datetime,
    render: Rendered | None = None,
    town: Town = TOWN,
    schedule: Schedule = MONDAY,
) -> bool:
    return await send_due_digest(storage, town, schedule, render or Rendered(), now)


async def outgoing(storage: SqlStorage) -> Sequence[Show]:
    async with storage.reading() as work:
        rows = await work.outbox.waiting(OutboxId(0), 1000)
    return [row.post for row in rows if isinstance(row.post, Show)]


async def last_end(storage: SqlStorage) -> datetime | None:
    async with storage.reading() as work:
        return await work.digests.last_end(MAIN)


async def test_a_town_that_starts_notes_where_it_begins_and_sends_nothing(storage: SqlStorage) -> None:
    assert not await send(storage, DUE + timedelta(days=3))
    assert await last_end(storage) == DUE
    assert await outgoing(storage) == []


async def test_the_first_digest_comes_at_the_next_due_moment(storage: SqlStorage) -> None:
    await send(storage, DUE)
    render = Rendered()
    sent = [await send(storage, DUE + WEEK + seconds * SECOND, render) for seconds in (-1, 0, 0, 1, 3600)]
    assert sent == [False, True, False, False, False]
    (post,) = await outgoing(storage)
    assert (post.chat, post.message.html, post.priority) == (FACILITATORS, "digest 1", Priority.PUSH)
    (digest,) = render.digests
    assert (digest.period, digest.is_late) == (Period(DUE, DUE + WEEK), False)


async def test_many_who_ask_at_once_send_one(storage: SqlStorage) -> None:
    await send(storage, DUE)
    sent = await asyncio.gather(*(send(storage, DUE + WEEK + n * SECOND) for n in range(10)))
    assert sum(sent) == 1
    assert len(await outgoing(storage)) == 1


async def test_one_who_asks_with_an_old_clock_sends_nothing(storage: SqlStorage) -> None:
    await send(storage, DUE)
    assert await send(storage, DUE + 3 * WEEK)
    sent = await asyncio.gather(*(send(storage, DUE + weeks * WEEK) for weeks in (3, 1, 2)))
    assert not any(sent)


async def test_a_restart_changes_nothing(tmp_path: Path) -> None:
    sent = []
    for now in (DUE, DUE + WEEK, DUE + WEEK, DUE + 2 * WEEK - SECOND, DUE + 2 * WEEK):
        storage = SqlStorage(f"sqlite:///{tmp_path}/morgen.db")
        await storage.open()
        sent.append(await send(storage, now))
        await storage.close()
    assert sent == [False, True, False, False, True]


async def test_after_a_downtime_one_late_digest_tells_everything_since(storage: SqlStorage) -> None:
    await send(storage, DUE)
    async with storage.writing() as work:
        for week in range(5):
            await work.ideas.add(NewIdea("Bomen", DUE + week * WEEK + timedelta(hours=1)))
    render = Rendered()
    assert await send(storage, DUE + 3 * WEEK + timedelta(days=2), render)
    assert await send(storage, DUE + 4 * WEEK, render)
    late, next_one = render.digests
    assert (late.period, late.is_late, late.counts.ideas) == (Period(DUE, DUE + 3 * WEEK), True, 3)
    assert late.made_at == DUE + 3 * WEEK + timedelta(days=2)
    assert (next_one.is_late, next_one.counts.ideas) == (False, 1)


async def test_an_empty_week_says_so(storage: SqlStorage) -> None:
    await send(storage, DUE)
    render = Rendered()
    assert await send(storage, DUE + WEEK, render)
    assert render.digests[0].headline.kind is HeadlineKind.NOTHING_YET


@pytest.mark.parametrize(("monday", "hours"), [((2026, 3, 30), 167), ((2026, 10, 26), 169)])
async def test_across_a_clock_change_the_weeks_touch(
    storage: SqlStorage, monday: tuple[int, int, int], hours: int
) -> None:
    end = datetime(*monday, 8, tzinfo=BRUSSELS).astimezone(UTC)
    render = Rendered()
    for minutes in range(-13 * 24 * 60, 8 * 24 * 60, 97):
        await send(storage, end + timedelta(minutes=minutes), render)
    periods = [digest.period for digest in render.digests]
    assert [period.end - period.start for period in periods] == [WEEK, timedelta(hours=hours), WEEK]
    assert [period.end for period in periods[:-1]] == [period.start for period in periods[1:]]


async def test_an_hour_that_comes_twice_has_one_digest(storage: SqlStorage) -> None:
    night = Schedule.parse("daily 02:30")
    change = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)
    sent = [
        await send(storage, change + timedelta(minutes=minutes), schedule=night)
        for minutes in range(-24 * 60, 4 * 60, 20)
    ]
    assert sum(sent) == 1


async def test_another_schedule_goes_on_where_the_last_digest_ended(storage: SqlStorage) -> None:
    render = Rendered()
    friday = Schedule.parse("friday 17:00")
    await send(storage, DUE)
    assert not await send(storage, DUE + timedelta(days=1), render, schedule=friday)
    assert await send(storage, DUE + timedelta(days=5), render, schedule=friday)
    assert render.digests[0].period == Period(DUE, datetime(2026, 5, 8, 15, 0, tzinfo=UTC))


@pytest.mark.parametrize(("words", "later"), [("monday 09:00", 1), ("tuesday 08:00", 24), ("daily 17:00", 9)])
async def test_another_hour_sends_no_second_digest_of_a_few_hours(
    storage: SqlStorage, words: str, later: int
) -> None:
    render = Rendered()
    schedule, due = Schedule.parse(words), DUE + WEEK + timedelta(hours=later)
    whole = timedelta(days=1) if schedule.weekday is None else WEEK
    await send(storage, DUE)
    assert await send(storage, DUE + WEEK)
    async with storage.reading() as work:
        coming = await coming_period(work, schedule, TOWN, due - SECOND)
    assert coming == Period(DUE + WEEK, due + whole)
    assert not await send(storage, due, render, schedule=schedule)
    assert await send(storage, due + whole, render, schedule=schedule)
    assert [digest.period for digest in render.digests] == [coming]


async def test_a_digest_that_cannot_be_written_leaves_no_trace_and_is_sent_later(storage: SqlStorage) -> None:
    await send(storage, DUE)
    with pytest.raises(ZeroDivisionError):
        await send_due_digest(storage, TOWN, MONDAY, broken, DUE + WEEK)
    assert await last_end(storage) == DUE
    assert await outgoing(storage) == []
    assert await send(storage, DUE + WEEK + SECOND)


async def test_a_town_without_a_chat_for_it_has_no_digest(storage: SqlStorage) -> None:
    assert not await send(storage, DUE, town=WITHOUT_CHAT)
    assert await last_end(storage) is None


async def test_without_a_chat_it_goes_to_each_who_has_the_town_in_hand(storage: SqlStorage) -> None:
    people = [ChatId(number) for number in (7, 8, 9, 10)]
    async with storage.writing() as work:
        met = [(await work.residents.meet(chat, Language("nl"), DUE)).id for chat in people]
        process = await work.processes.add(NewProcess("Straat"), ProcessState.OPEN, DUE)
        for person, charge in zip(
            met[1:],
            (Charge(Role.ADMINISTRATOR), Charge(Role.FACILITATOR), Charge(Role.FACILITATOR, process)),
            strict=True,
        ):
            await work.facilitators.appoint(person, "N", charge, None, DUE)
    named = replace(WITHOUT_CHAT, administrators=frozenset({7}))
    sent = [await send(storage, DUE + weeks * WEEK, town=named) for weeks in (0, 1, 1)]
    assert sent == [False, True, False]
    assert [post.chat for post in await outgoing(storage)] == [7, 8, 9]


@settings(max_examples=4, deadline=None)
@given(hours=st.lists(st.integers(0, 30 * 24), min_size=1, max_size=12))
async def test_whatever_is_asked_when_periods_follow_each_other(
    tmp_path_factory: pytest.TempPathFactory, hours: list[int]
) -> None:
    storage = SqlStorage(f"sqlite:///{tmp_path_factory.mktemp('town')}/morgen.db")
    await storage.open()
    try:
        render = Rendered()
        await send(storage, DUE)
        for hour in hours:
            await send(storage, DUE + timedelta(hours=hour), render, schedule=Schedule.parse("daily 08:00"))
    finally:
        await storage.close()
    edges = [(digest.period.start, digest.period.end) for digest in render.digests]
    assert [start for start, _ in edges] == [DUE, *(end for _, end in edges)][: len(edges)]
    assert all(start < end for start, end in edges)


async def test_a_digest_on_demand_holds_what_was_just_written(storage: SqlStorage) -> None:
    now = DUE + timedelta(days=1)
    async with storage.writing() as work:
        await work.ideas.add(NewIdea("Lang geleden", DUE - 50 * WEEK))
        await work.ideas.add(NewIdea("Een fontein", now - SECOND))
    async with storage.reading() as work:
        digest = await digest_of(work, period_until(now, MONDAY, TOWN), BRUSSELS)
    assert [idea.text for idea in digest.waiting] == ["Lang geleden", "Een fontein"]
    assert (digest.counts.ideas, digest.total_ideas) == (1, 2)
    assert await last_end(storage) is None


async def test_a_schedule_that_is_changed_waits_for_its_own_next_moment(storage: SqlStorage) -> None:
    tuesday, wednesday = Schedule.parse("tuesday 08:00"), DUE + timedelta(days=2)
    await send(storage, DUE - WEEK)
    assert await send(storage, DUE)
    async with storage.writing() as work:
        lien = await work.residents.meet(ChatId(7), Language("nl"), DUE)
        await work.settings.change(Key.SCHEDULE, str(tuesday), lien.id, wednesday)
    render = Rendered()
    assert not await send(storage, wednesday + SECOND, render, schedule=tuesday)
    assert await send(storage, DUE + timedelta(days=8), render, schedule=tuesday)
    (digest,) = render.digests
    assert not digest.is_late
    assert digest.period == Period(DUE, DUE + timedelta(days=8))
