"""Periods with a name, on the town's clock, also where that jumps."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.errors import PeriodAheadError, PeriodUnclearError
from cocreation.ideas.named_period import Named, named_period, period_of_days

ZONES = [ZoneInfo(name) for name in ("Europe/Brussels", "America/Santiago", "Australia/Lord_Howe", "UTC")]
DAY = timedelta(days=1)

moments = st.integers(0, 90 * 365 * 86_400_000_000).map(
    lambda step: datetime(2001, 1, 1, tzinfo=UTC) + timedelta(microseconds=step)
)
zones = st.sampled_from(ZONES)
days = st.dates(date(2000, 1, 2), date(2090, 1, 1))


def begins_a_day(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether no moment before it, on the town's clock, is of the same day."""
    return (moment - timedelta(seconds=1)).astimezone(zone).date() < moment.astimezone(zone).date()


@given(moments, zones)
def test_the_week_before_ends_where_this_one_begins_on_a_monday(now: datetime, zone: ZoneInfo) -> None:
    last = named_period(Named.LAST_WEEK, now, zone, now)
    this = named_period(Named.THIS_WEEK, now, zone, now)
    assert last.end == this.start <= now == this.end
    assert (last.is_open, this.is_open) == (False, True)
    for start in (last.start, this.start):
        assert start.astimezone(zone).weekday() == 0
        assert begins_a_day(start, zone)
    assert this.end - this.start < 7 * DAY + timedelta(hours=2)
    assert last.end.astimezone(zone).date() - last.start.astimezone(zone).date() == 7 * DAY


@given(moments, zones)
def test_the_month_before_ends_where_this_one_begins_on_the_first(now: datetime, zone: ZoneInfo) -> None:
    last = named_period(Named.LAST_MONTH, now, zone, now)
    this = named_period(Named.THIS_MONTH, now, zone, now)
    assert last.end == this.start <= now == this.end
    assert {start.astimezone(zone).day for start in (last.start, this.start)} == {1}
    assert all(begins_a_day(start, zone) for start in (last.start, this.start))
    assert (last.end - DAY).astimezone(zone).month == last.start.astimezone(zone).month


@given(moments, st.timedeltas(-3 * DAY, 60 * DAY), zones)
def test_since_the_last_digest_never_ends_before_it_begins(
    now: datetime, ago: timedelta, zone: ZoneInfo
) -> None:
    period = named_period(Named.SINCE_DIGEST, now, zone, now - ago)
    assert period.start == min(now, now - ago)
    assert period.end == now


@given(days, days, zones)
def test_days_hold_all_of_their_hours_whatever_the_clocks_do(one: date, other: date, zone: ZoneInfo) -> None:
    period = period_of_days(one, other, datetime(2091, 1, 1, tzinfo=UTC), zone)
    first, last = sorted((one, other))
    for day, is_in in ((first - DAY, False), (first, True), (last, True), (last + DAY, False)):
        noon = datetime.combine(day, time(12), zone).astimezone(UTC)
        assert (period.start <= noon < period.end) == is_in
    assert begins_a_day(period.start, zone)
    assert begins_a_day(period.end, zone)


@given(moments, zones)
def test_what_is_not_over_ends_now(now: datetime, zone: ZoneInfo) -> None:
    today = now.astimezone(zone).date()
    period = period_of_days(today - DAY, today + 9 * DAY, now, zone)
    assert (period.end, period.is_open) == (now, True)


@pytest.mark.parametrize(
    ("day", "error"),
    [(date(2026, 11, 26), PeriodAheadError), (date(1999, 12, 31), PeriodUnclearError)],
)
def test_what_is_to_come_and_what_is_too_long_ago_is_refused(day: date, error: type[Exception]) -> None:
    with pytest.raises(error):
        period_of_days(day, day, datetime(2026, 11, 25, 12, tzinfo=UTC), ZONES[0])
