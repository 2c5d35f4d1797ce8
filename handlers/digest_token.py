"""A period as the buttons of a digest name it: microseconds, so that the digest counts the very same."""

import re
from datetime import UTC, datetime, timedelta

from cocreation.errors import NotFoundError
from cocreation.ideas.period import Period

_FORM = re.compile(r"(\d{1,17})_(\d{1,17})(o?)")
_BEGIN = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = timedelta(microseconds=1)


def token_of(period: Period) -> str:
    first, last = ((moment - _BEGIN) // _STEP for moment in (period.start, period.end))
    return f"{first}_{last}{'o' if period.is_open else ''}"


def period_from(token: str) -> Period:
    """Raises NotFoundError for what no button says."""
    found = _FORM.fullmatch(token)
    if found is None:
        raise NotFoundError
    try:
        start, end = (_BEGIN + int(told) * _STEP for told in found.groups()[:2])
    except OverflowError:
        raise NotFoundError from None
    if not 0 <= (end - start).days <= _LONGEST or start.year < _EARLIEST:
        raise NotFoundError
    return Period(start, end, bool(found[3]))


_LONGEST, _EARLIEST = 36_600, 1999
"""Days, and a year: eight times as much before it is still a date."""
