"""Dates and durations as people say them, by the patterns of CLDR.

CLDR keeps most patterns with short names of days and months only. Widening them is what UTS 35 asks for when
a skeleton is missing ("Missing Skeleton Fields", https://www.unicode.org/reports/tr35/tr35-dates.html).
"""

import re
from datetime import date, datetime, timedelta
from math import inf
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta

_QUOTED_OR_SHORT = re.compile(r"'[^']*'|\bE\b|\b[ML]{3}\b")
_SKELETONS_OF_A_DAY = ("MMMMEEEEd", "MMMMEd", "MMMEd")
_UNITS: tuple[tuple[timedelta, timedelta, Literal["month", "day", "hour", "minute"]], ...] = (
    (timedelta(days=60), timedelta(days=30), "month"),
    (timedelta(days=2), timedelta(days=1), "day"),
    (timedelta(hours=1), timedelta(hours=1), "hour"),
    (timedelta(), timedelta(minutes=1), "minute"),
)
"""From this length on, this long a unit, this name in Babel."""


def day(day: date, locale: Locale) -> str:
    """'Thursday 3 December'."""
    patterns = locale.datetime_skeletons
    found = next((patterns[name].pattern for name in _SKELETONS_OF_A_DAY if name in patterns), None)
    return format_date(day, _widened(found) if found else "full", locale)


def day_and_year(day: date, locale: Locale) -> str:
    """'3 December 2026'."""
    return format_date(day, "long", locale)


def short_day(day: date, locale: Locale) -> str:
    """'3 Dec'."""
    return format_skeleton("MMMd", day, locale=locale)


def short_month(day: date, locale: Locale) -> str:
    """'Dec'."""
    return format_date(day, "LLL", locale)


def month(day: date, locale: Locale) -> str:
    """'December 2026'."""
    return format_skeleton("yMMMM", day, locale=locale)


def moment(local: datetime, locale: Locale) -> str:
    """'Thursday 3 December, 16:30'."""
    clock = format_time(local, "short", locale=locale)
    joined = str(locale.datetime_formats["long"])
    return joined.replace("{1}", day(local.date(), locale)).replace("{0}", clock)


def day_range(first: date, last: date, locale: Locale) -> str:
    """'23–29 November', '30 November – 6 December', with the years where they differ."""
    if first == last:
        return format_date(first, _widened(locale.datetime_skeletons["MMMd"].pattern), locale)
    skeleton = "MMMd" if first.year == last.year else "yMMMd"
    start, end = locale.interval_formats[skeleton][_greatest_difference(first, last)]
    return format_date(first, _widened(start), locale) + format_date(last, _widened(end), locale)


def duration(length: timedelta, locale: Locale) -> str:
    """'19 days': whole units, at least one minute."""
    length = abs(length)
    size, unit = next((size, unit) for least, size, unit in _UNITS if length >= least)
    # No threshold is ever reached, which leaves the choice of the unit to its granularity.
    return format_timedelta(length - length % size or length, unit, inf, locale=locale)


def _greatest_difference(first: date, last: date) -> str:
    if first.year != last.year:
        return "y"
    return "M" if first.month != last.month else "d"


def _widened(pattern: str) -> str:
    """The pattern with names of days and months in full."""
    return _QUOTED_OR_SHORT.sub(lambda found: _in_full(found[0]), pattern)


def _in_full(field: str) -> str:
    return field if field.startswith("'") else field[0] * 4
