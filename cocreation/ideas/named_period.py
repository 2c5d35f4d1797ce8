"""Periods as people name them: this week, last month, from one day to another, on the town's clock."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from cocreation.errors import PeriodAheadError, PeriodUnclearError
from cocreation.ideas.period import Period

FIRST_YEAR = 2000
"""Nobody asks for a digest of before."""
_DAY = timedelta(days=1)


class Named(StrEnum):
    """A period that has a name. The letters stand in buttons: they stay for good."""

    THIS_WEEK = "w"
    LAST_WEEK = "p"
    THIS_MONTH = "m"
    LAST_MONTH = "l"
    SINCE_DIGEST = "d"


def named_period(named: Named, now: datetime, zone: ZoneInfo, last_digest: datetime) -> Period:
    """What the name means at the moment `now`. Weeks begin on Monday; what is not over yet ends now."""
    today = now.astimezone(zone).date()
    monday, first = today - today.weekday() * _DAY, today.replace(day=1)
    match named:
        case Named.THIS_WEEK:
            return Period(midnight(monday, zone), now, is_open=True)
        case Named.LAST_WEEK:
            return Period(midnight(monday - 7 * _DAY, zone), midnight(monday, zone))
        case Named.THIS_MONTH:
            return Period(midnight(first, zone), now, is_open=True)
        case Named.LAST_MONTH:
            return Period(midnight((first - _DAY).replace(day=1), zone), midnight(first, zone))
        case Named.SINCE_DIGEST:
            return Period(min(last_digest, now), now, is_open=True)


def period_of_days(first: date, last: date, now: datetime, zone: ZoneInfo) -> Period:
    """From the beginning of one day to the end of another, in any order, and not beyond `now`.

    Raises PeriodAheadError for what is still to come, PeriodUnclearError for what is too long ago.
    """
    first, last = sorted((first, last))
    if first.year < FIRST_YEAR:
        raise PeriodUnclearError
    start = midnight(first, zone)
    if start >= now:
        raise PeriodAheadError
    if last >= now.astimezone(zone).date():
        return Period(start, now, is_open=True)
    return Period(start, midnight(last + _DAY, zone))


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When the day begins on the clock of `zone`, aware UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
