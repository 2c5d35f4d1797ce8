"""A digest is due once a period on the town's clock, whatever the clocks do and whenever somebody looks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.schedule import WEEKDAYS, Rhythm, Schedule

BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY = Schedule.parse("monday 08:00")
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)

times = st.builds(time, hour=st.integers(0, 23), minute=st.integers(0, 59))
weekdays = st.integers(0, 6)
schedules = (
    st.builds(Schedule, weekday=st.none() | weekdays, at=times)
    | st.builds(
        Schedule, weekday=weekdays, at=times, rhythm=st.sampled_from([Rhythm.FORTNIGHTLY, Rhythm.FIRST])
    )
    | st.builds(Schedule, weekday=st.none(), at=times, rhythm=st.just(Rhythm.MONTHLY), day=st.integers(1, 28))
)
LONGEST = {Rhythm.FORTNIGHTLY: 14, Rhythm.FIRST: 35, Rhythm.MONTHLY: 31}
moments = st.builds(
    datetime(2025, 1, 1, tzinfo=UTC).__add__, st.timedeltas(timedelta(), timedelta(days=2000))
)
near_a_clock_change = st.builds(
    lambda change, offset: change + offset,
    st.sampled_from([datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)]),
    st.timedeltas(timedelta(days=-9), timedelta(days=9)),
)
nows = moments | near_a_clock_change


def local(year: int, month: int, day: int, hour: int, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, fold=fold, tzinfo=BRUSSELS).astimezone(UTC)


@given(schedule=schedules)
def test_what_is_written_reads_back_the_same(schedule: Schedule) -> None:
    assert Schedule.parse(str(schedule)) == schedule


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("monday 08:00", Schedule(0, time(8))),
        ("  Sunday   9:05 ", Schedule(6, time(9, 5))),
        ("friday at 17:30", Schedule(4, time(17, 30))),
        ("DAILY 00:00", Schedule(None, time())),
        ("Every second Monday at 08:00", Schedule(0, time(8), Rhythm.FORTNIGHTLY)),
        ("first friday 17:30", Schedule(4, time(17, 30), Rhythm.FIRST)),
        ("monthly 28 8:00", Schedule(None, time(8), Rhythm.MONTHLY, 28)),
    ],
)
def test_a_day_and_a_time_are_read_as_people_write_them(text: str, expected: Schedule) -> None:
    assert Schedule.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "monthly 0 08:00",
        "monthly 29 08:00",
        "every monday 08:00",
        "first 08:00",
        "first daily 08:00",
        "",
        "monday",
        "08:00",
        "monday 24:00",
        "monday 08:60",
        "mon 08:00",
        "monday 8",
        "monday 08:00 x",
    ],
)
def test_anything_else_is_refused_with_forms_that_work(text: str) -> None:
    with pytest.raises(ValueError, match="monday 08:00"):
        Schedule.parse(text)


@given(schedule=schedules, now=nows)
def test_the_last_due_moment_is_past_and_the_next_one_is_not(schedule: Schedule, now: datetime) -> None:
    due = schedule.last_due(now, BRUSSELS)
    assert due <= now
    usual = 1 if schedule.weekday is None else 7
    longest = timedelta(days=LONGEST.get(schedule.rhythm, usual)) + HOUR
    assert now - due < longest
    assert schedule.last_due(due, BRUSSELS) == due
    assert schedule.last_due(due - timedelta(microseconds=1), BRUSSELS) < due


@given(weekday=weekdays, at=times, now=nows)
def test_every_second_week_is_fourteen_days_on_the_clock_through_all_years(
    weekday: int, at: time, now: datetime
) -> None:
    schedule = Schedule(weekday, at, Rhythm.FORTNIGHTLY)
    due = schedule.last_due(now, BRUSSELS)
    before = schedule.period_ending(due, BRUSSELS).start
    days = (due.astimezone(BRUSSELS).date() - before.astimezone(BRUSSELS).date()).days
    assert days == 14


@given(now=nows, at=times, weekday=weekdays, day=st.integers(1, 28))
def test_a_monthly_one_is_due_once_in_each_month(now: datetime, at: time, weekday: int, day: int) -> None:
    for schedule in (Schedule(weekday, at, Rhythm.FIRST), Schedule(None, at, Rhythm.MONTHLY, day)):
        period = schedule.period_ending(schedule.last_due(now, BRUSSELS), BRUSSELS)
        first, last = period.start.astimezone(BRUSSELS), period.end.astimezone(BRUSSELS)
        assert 12 * (last.year - first.year) + last.month - first.month == 1
        on_day = schedule.rhythm is Rhythm.MONTHLY and last.day == day
        assert on_day or (last.day <= 7 and last.weekday() == weekday)


@given(schedule=schedules, now=nows)
def test_what_stands_now_is_about_as_long_as_a_period(schedule: Schedule, now: datetime) -> None:
    usual = 1 if schedule.weekday is None else 7
    shortest = {Rhythm.FORTNIGHTLY: 14, Rhythm.FIRST: 28, Rhythm.MONTHLY: 28}.get(schedule.rhythm, usual)
    longest = {Rhythm.FIRST: 31, Rhythm.MONTHLY: 31}.get(schedule.rhythm, shortest)
    length = schedule.period_until(now, BRUSSELS)
    assert timedelta(days=shortest) - HOUR <= length.end - length.start <= timedelta(days=longest) + HOUR


@given(schedule=schedules, now=nows)
def test_it_is_due_on_its_day_at_its_time_or_an_hour_later_where_that_is_skipped(
    schedule: Schedule, now: datetime
) -> None:
    due = schedule.last_due(now, BRUSSELS).astimezone(BRUSSELS)
    assert schedule.weekday in (None, due.weekday())
    late = datetime.combine(date.min, due.time()) - datetime.combine(date.min, schedule.at)
    assert late in (timedelta(), HOUR)
    if late:
        assert (due.month, schedule.at.hour) == (3, 2)
    else:
        assert due.fold == 0


@given(schedule=schedules, now=nows)
def test_periods_touch_and_never_overlap(schedule: Schedule, now: datetime) -> None:
    end = schedule.last_due(now, BRUSSELS)
    period = schedule.period_ending(end, BRUSSELS)
    assert period.end == end
    assert period.start < end
    assert schedule.last_due(period.start, BRUSSELS) == period.start
    inside = period.start + (end - period.start) / 2
    assert schedule.last_due(inside, BRUSSELS) == period.start


@given(schedule=schedules, looks=st.lists(nows, min_size=2, max_size=8))
def test_looking_later_never_finds_an_earlier_moment(schedule: Schedule, looks: list[datetime]) -> None:
    found = [schedule.last_due(now, BRUSSELS) for now in sorted(looks)]
    assert found == sorted(found)


def test_a_time_that_the_clocks_skip_falls_an_hour_later() -> None:
    night = Schedule.parse("sunday 02:30")
    assert night.last_due(local(2026, 3, 29, 12), BRUSSELS) == local(2026, 3, 29, 3, 30)
    assert night.last_due(local(2026, 3, 29, 3, 29), BRUSSELS) == local(2026, 3, 22, 2, 30)


def test_a_time_that_the_clocks_repeat_is_due_once() -> None:
    night = Schedule.parse("daily 02:30")
    first, second = local(2026, 10, 25, 2, 30), local(2026, 10, 25, 2, 30, fold=1)
    assert second - first == HOUR
    looks = [first + timedelta(minutes=5) * step for step in range(24)]
    assert {night.last_due(now, BRUSSELS) for now in looks} == {first}
    assert night.last_due(first - timedelta(minutes=1), BRUSSELS) == local(2026, 10, 24, 2, 30)


@pytest.mark.parametrize(("end", "hours"), [((2026, 3, 30), 167), ((2026, 4, 6), 168), ((2026, 10, 26), 169)])
def test_the_week_of_a_clock_change_is_an_hour_shorter_or_longer(
    end: tuple[int, int, int], hours: int
) -> None:
    period = MONDAY.period_ending(local(*end, 8), BRUSSELS)
    assert (period.end - period.start, period.days) == (timedelta(hours=hours), 7)


@given(now=nows)
def test_what_ends_now_began_at_the_same_time_a_week_or_a_day_ago(now: datetime) -> None:
    for schedule, days in ((MONDAY, 7), (Schedule.parse("daily 17:30"), 1)):
        period = schedule.period_until(now, BRUSSELS)
        assert (period.end, period.is_open, period.days) == (now, True, days)
        assert abs(now - period.start - timedelta(days=days)) <= HOUR


def test_every_day_of_the_week_has_its_turn() -> None:
    now = local(2026, 5, 10, 12)
    found = {Schedule(day, time(8)).last_due(now, BRUSSELS) for day in range(len(WEEKDAYS))}
    assert len(found) == 7
    assert all(now - WEEK < due <= now for due in found)


@pytest.mark.parametrize(
    "text",
    ["monday 08:00", "daily 02:30", "every second friday 08:00", "first monday 08:00", "monthly 3 08:00"],
)
@given(hours=st.integers(0, 300_000), seconds=st.integers(0, 3600))
def test_what_is_due_next_is_the_last_due_one_once_it_has_come(text: str, hours: int, seconds: int) -> None:
    now = datetime(2020, 1, 1, tzinfo=UTC) + hours * HOUR + timedelta(seconds=seconds)
    schedule = Schedule.parse(text)
    due = schedule.next_due(now, BRUSSELS)
    assert due > now
    assert schedule.last_due(due, BRUSSELS) == due
    assert schedule.last_due(due - timedelta(seconds=1), BRUSSELS) == schedule.last_due(now, BRUSSELS)
