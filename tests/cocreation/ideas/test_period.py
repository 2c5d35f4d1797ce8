"""Periods of the same length, on the town's clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.period import Period, Span

BRUSSELS = ZoneInfo("Europe/Brussels")


def local(year: int, month: int, day: int, hour: int = 8, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BRUSSELS).astimezone(UTC)


@pytest.mark.parametrize("end", [local(2026, 4, 13), local(2026, 11, 9)])
def test_weeks_before_a_clock_change_begin_at_the_same_time_on_the_clock(end: datetime) -> None:
    week = Period((end.astimezone(BRUSSELS) - timedelta(days=7)).astimezone(UTC), end)
    starts = [each.start.astimezone(BRUSSELS) for each in week.earlier(BRUSSELS, 8)]
    assert {(start.weekday(), start.hour, start.minute) for start in starts} == {(0, 8, 0)}
    assert len({start.utcoffset() for start in starts}) == 2


def test_before_a_month_comes_a_month_and_before_a_quarter_a_quarter() -> None:
    march = Period(local(2026, 3, 1), local(2026, 4, 1))
    assert march.earlier(BRUSSELS, 3) == (
        Period(local(2026, 2, 1), local(2026, 3, 1)),
        Period(local(2026, 1, 1), local(2026, 2, 1)),
        Period(local(2025, 12, 1), local(2026, 1, 1)),
    )
    quarter = Period(local(2026, 1, 1), local(2026, 4, 1))
    assert quarter.earlier(BRUSSELS, 1) == (Period(local(2025, 10, 1), local(2026, 1, 1)),)


def test_a_month_from_the_thirty_first_ends_with_shorter_months() -> None:
    period = Period(local(2026, 5, 31), local(2026, 7, 31))
    assert [each.start for each in period.earlier(BRUSSELS, 2)] == [local(2026, 3, 31), local(2026, 1, 31)]
    august = Period(local(2026, 7, 31), local(2026, 8, 31))
    assert august.earlier(BRUSSELS, 1)[0].start == local(2026, 6, 30)


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        (local(2026, 3, 28), local(2026, 3, 29), Span.DAY),
        (local(2026, 3, 23), local(2026, 3, 30), Span.WEEK),
        (local(2026, 10, 19), local(2026, 10, 26), Span.WEEK),
        (local(2026, 2, 1), local(2026, 3, 1), Span.MONTH),
        (local(2026, 10, 1), local(2026, 11, 1), Span.MONTH),
        (local(2026, 3, 16), local(2026, 3, 30), Span.OTHER),
    ],
)
def test_a_length_has_a_name(start: datetime, end: datetime, span: Span) -> None:
    assert Period(start, end).span(BRUSSELS) is span


def test_what_comes_after_it_begins_where_it_ends() -> None:
    period = Period(local(2026, 3, 23), local(2026, 3, 30))
    assert period.after().start == period.end
    assert period.after().end > local(2100, 1, 1)


moments = st.integers(0, 10**9).map(lambda seconds: local(2000, 1, 1) + timedelta(seconds=seconds))


@given(start=moments, minutes=st.integers(1, 60 * 24 * 800), count=st.integers(0, 8))
def test_earlier_periods_touch_and_go_back_in_time(start: datetime, minutes: int, count: int) -> None:
    period = Period(start, start + timedelta(minutes=minutes))
    chain = [period, *period.earlier(BRUSSELS, count)]
    assert len(chain) == count + 1
    assert [each.start for each in chain[:-1]] == [each.end for each in chain[1:]]
    assert all(each.start < each.end for each in chain)
