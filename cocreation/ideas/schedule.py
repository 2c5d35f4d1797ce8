"""When a digest is due: days and a time on the town's clock, such as 'monday 08:00'."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from cocreation.ideas.period import Period

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAILY, MONTHLY, SECOND, FIRST = "daily", "monthly", "every second", "first"
LATEST_DAY = 28
"""Of a month: each has it."""

_TIME = r"(?:\s+at)?\s+(\d{1,2}):(\d{2})"
_FORM = re.compile(
    rf"(?:(?P<daily>{DAILY})|{MONTHLY}\s+(?P<day>\d{{1,2}})"
    rf"|(?P<rhythm>every\s+second\s+|{FIRST}\s+)?(?P<weekday>{'|'.join(WEEKDAYS)})){_TIME}"
)


class Rhythm(StrEnum):
    """How often. A plain schedule is weekly, or daily where it has no weekday."""

    PLAIN = "plain"
    FORTNIGHTLY = "fortnightly"
    FIRST = "first"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Schedule:
    """On `weekday` (Monday is 0), or daily when that is None, at `at` on the town's clock.

    A fortnightly one is due in every second week, counted on through the years; a FIRST one on the first
    such weekday of a month, a MONTHLY one on `day` of it.
    """

    weekday: int | None
    at: time
    rhythm: Rhythm = Rhythm.PLAIN
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "Schedule":
        """Read 'monday 08:00', 'daily 17:30', 'every second monday 08:00', 'first monday 08:00' or
        'monthly 1 08:00'. Raises ValueError with the forms that work."""
        match = _FORM.fullmatch(text.strip().lower())
        hour, minute = (int(match[match.re.groups - 1]), int(match[match.re.groups])) if match else (24, 0)
        if match and hour < 24 and minute < 60:
            at = time(hour, minute)
            if match["daily"]:
                return cls(None, at)
            if match["day"] is None:
                rhythm = {"e": Rhythm.FORTNIGHTLY, "f": Rhythm.FIRST}.get((match["rhythm"] or "-")[0])
                return cls(WEEKDAYS.index(match["weekday"]), at, rhythm or Rhythm.PLAIN)
            if 1 <= int(match["day"]) <= LATEST_DAY:
                return cls(None, at, Rhythm.MONTHLY, int(match["day"]))
        raise ValueError(
            "write days and a time, such as 'monday 08:00', 'daily 17:30', 'every second monday 08:00', "
            "'first monday 08:00' or 'monthly 1 08:00'"
        )

    def __str__(self) -> str:
        return f"{self.days} {self.at:%H:%M}"

    @property
    def days(self) -> str:
        """The part before the time."""
        if self.rhythm is Rhythm.MONTHLY:
            return f"{MONTHLY} {self.day}"
        if self.weekday is None:
            return DAILY
        lead = {Rhythm.FORTNIGHTLY: f"{SECOND} ", Rhythm.FIRST: f"{FIRST} "}.get(self.rhythm, "")
        return f"{lead}{WEEKDAYS[self.weekday]}"

    def last_due(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The latest moment, at or before `now`, at which a digest was due (aware UTC).

        A wall time that a clock change skips falls an hour later, one that it repeats is the first of the
        two: `datetime` with fold=0 gives both (PEP 495).
        """
        day = now.astimezone(zone).date() + timedelta(days=1)
        while True:
            if self._falls_on(day):
                due = self._moment(day, zone)
                if due <= now:
                    return due
            day -= timedelta(days=1)

    def next_due(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The first moment after `now` at which a digest is due (aware UTC)."""
        day = now.astimezone(zone).date() - timedelta(days=1)
        while True:
            if self._falls_on(day):
                due = self._moment(day, zone)
                if due > now:
                    return due
            day += timedelta(days=1)

    def is_too_soon(self, last: datetime, due: datetime, zone: ZoneInfo) -> bool:
        """Whether less than half a period is over at `due`, since the schedule was another one at `last`."""
        whole = self.period_ending(due, zone)
        return due - last < (whole.end - whole.start) / 2

    def period_ending(self, end: datetime, zone: ZoneInfo) -> Period:
        """The period from the due moment before `end` to `end`."""
        return Period(self.last_due(end - timedelta(microseconds=1), zone), end)

    def period_until(self, now: datetime, zone: ZoneInfo) -> Period:
        """The last day, seven days, fourteen days or month, to the same time on the town's clock, as they
        stand now."""
        local = now.astimezone(zone)
        if self.rhythm in (Rhythm.FIRST, Rhythm.MONTHLY):
            month = local.date().replace(day=1) - timedelta(days=1)
            last = min(local.day, monthrange(month.year, month.month)[1])
            start = local.replace(year=month.year, month=month.month, day=last)
        else:
            fortnight = 14 if self.rhythm is Rhythm.FORTNIGHTLY else 7
            start = local - timedelta(days=1 if self.weekday is None else fortnight)
        return Period(start.astimezone(UTC), now, is_open=True)

    def _falls_on(self, day: date) -> bool:
        if self.rhythm is Rhythm.MONTHLY:
            return day.day == self.day
        is_day = self.weekday is None or day.weekday() == self.weekday
        if self.rhythm is Rhythm.FORTNIGHTLY:
            # The first of January of the year 1 was a Monday.
            return is_day and (day.toordinal() - 1) // 7 % 2 == 0
        return is_day and (self.rhythm is Rhythm.PLAIN or day.day <= 7)

    def _moment(self, day: date, zone: ZoneInfo) -> datetime:
        return datetime.combine(day, self.at, zone).astimezone(UTC)


MONDAY_MORNING = Schedule(0, time(8))
