"""A stretch of time that a digest is about, and those of the same length before it on the town's clock."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
_END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)


class Span(StrEnum):
    """The lengths of a period that have a word of their own."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` (included) to `end` (not included), aware UTC.

    An open one ends at the moment at which somebody asks, and not with a day.
    """

    start: datetime
    end: datetime
    is_open: bool = False

    def earlier(self, zone: ZoneInfo, count: int) -> tuple["Period", ...]:
        """So many periods of the same length before this one, the latest first; they touch.

        The length is one on the clock of `zone`, and in months where a period is some: before March comes
        February, before the week in which the clocks change one from Monday to Monday.
        """
        starts = [self.start, *(self._moved(zone, back) for back in range(1, count + 1))]
        return tuple(Period(start, end) for end, start in pairwise(starts))

    def after(self) -> "Period":
        """All that came since it ended."""
        return Period(self.end, _END_OF_TIME)

    def span(self, zone: ZoneInfo) -> Span:
        """What its length is called."""
        start, end = _wall(self.start, zone), _wall(self.end, zone)
        if _months(start, end) == 1:
            return Span.MONTH
        return {1: Span.DAY, 7: Span.WEEK}.get(self.days, Span.OTHER)

    @property
    def days(self) -> int:
        """Its length in whole days, at least one, whatever a clock change adds or takes."""
        return max(1, round((self.end - self.start) / DAY))

    def _moved(self, zone: ZoneInfo, back: int) -> datetime:
        """Where the period begins that ends `back - 1` lengths before this one begins."""
        start, end = _wall(self.start, zone), _wall(self.end, zone)
        if months := _months(start, end):
            moved = _months_before(start, back * months)
        elif end - start >= DAY:
            moved = start - back * (end - start)
        else:
            return self.start - back * (self.end - self.start)
        return moved.replace(tzinfo=zone).astimezone(UTC)


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the clock on the wall shows."""
    return moment.astimezone(zone).replace(tzinfo=None)


def _months(start: datetime, end: datetime) -> int:
    """How many whole months lie between them; 0 where they are no whole ones."""
    if (start.day, start.time()) != (end.day, end.time()):
        return 0
    return 12 * (end.year - start.year) + end.month - start.month


def _months_before(moment: datetime, months: int) -> datetime:
    month = 12 * moment.year + moment.month - 1 - months
    year, month = month // 12, month % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
