"""Days as people write them."""

import re
from datetime import date

from cocreation.errors import NoDayError

_DAY = re.compile(
    r"(?<!\d)(?:(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
    r"|(?P<day>\d{1,2})\s?(?P<mark>[/.-])\s?(?P<month>\d{1,2})(?:\s?(?P=mark)\s?(?P<year>\d{4}|\d{2}))?)(?!\d)"
)
_LATEST = 2199


def read_days(text: str, today: date) -> list[date]:
    """The days in a text such as '1/12', '1.12.2026' or '2026-12-01', in their order.

    One without a year is the next one to come, or the next after the one before it. Raises NoDayError.
    """
    found: list[date] = []
    for match in _DAY.finditer(text):
        found.append(_day(match, max([today, *found])))
    if not found:
        raise NoDayError
    return found


def read_day(text: str, today: date) -> date:
    """The one day in a text. Raises NoDayError."""
    found = read_days(text, today)
    if len(found) != 1:
        raise NoDayError
    return found[0]


def _day(match: re.Match[str], after: date) -> date:
    try:
        if match["iso"]:
            year, month, day = map(int, match["iso"].split("-"))
            return _sane(date(year, month, day))
        month, day = int(match["month"]), int(match["day"])
        if match["year"]:
            year = int(match["year"])
            return _sane(date(year if year > 99 else 2000 + year, month, day))
        return _next(month, day, after)
    except ValueError:
        raise NoDayError from None


def _next(month: int, day: int, after: date) -> date:
    """29 February may take eight years."""
    for year in range(after.year, after.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= after:
            return found
    raise NoDayError


def _sane(day: date) -> date:
    if not 2000 <= day.year <= _LATEST:
        raise NoDayError
    return day
