"""When a digest is due: a day and a time on the town's clock, such as 'monday 08:00'."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cocreation.ideas.period import Period

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FORM = re.compile(r"(\w+)\s+(?:at\s+)?(\d{1,2}):(\d{2})")


@dataclass(frozen=True, slots=True)
class Schedule:
    """Weekly on `weekday` (Monday is 0), or daily when that is None, at `at` on the town's clock."""

    weekday: int | None
    at: time

    @classmethod
    def parse(cls, text: str) -> "Schedule":
        """Read 'monday 08:00' or 'daily 17:30'. Raises ValueError with the forms that work."""
        match = _FORM.fullmatch(text.strip().lower())
        if match:
            day, hour, minute = match[1], int(match[2]), int(match[3])
            if (day == "daily" or day in WEEKDAYS) and hour < 24 and minute < 60:
                return cls(None if day == "daily" else WEEKDAYS.index(day), time(hour, minute))
        raise ValueError("write a day and a time, such as 'monday 08:00' or 'daily 17:30'")

    def __str__(self) -> str:
        return f"{'daily' if self.weekday is None else WEEKDAYS[self.weekday]} {self.at:%H:%M}"

    def last_due(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The latest moment, at or before `now`, at which a digest was due (aware UTC).

        A wall time that a clock change skips falls an hour later, one that it repeats is the first of the
        two: `datetime` with fold=0 gives both (PEP 495).
        """
        day = now.astimezone(zone).date() + timedelta(days=1)
        while True:
            if self.weekday is None or day.weekday() == self.weekday:
                due = self._moment(day, zone)
                if due <= now:
                    return due
            day -= timedelta(days=1)

    def period_ending(self, end: datetime, zone: ZoneInfo) -> Period:
        """The period from the due moment before `end` to `end`."""
        return Period(self.last_due(end - timedelta(microseconds=1), zone), end)

    def period_until(self, now: datetime, zone: ZoneInfo) -> Period:
        """The last seven days or the last day, to the same time on the town's clock, as they stand now."""
        days = 1 if self.weekday is None else 7
        start = (now.astimezone(zone) - timedelta(days=days)).astimezone(UTC)
        return Period(start, now, is_open=True)

    def _moment(self, day: date, zone: ZoneInfo) -> datetime:
        return datetime.combine(day, self.at, zone).astimezone(UTC)


MONDAY_MORNING = Schedule(0, time(8))
