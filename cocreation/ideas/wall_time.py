"""Moments as a town's clock shows them, for cells that know no time zone."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

_SECOND_PASS = 1000
"""Microseconds. Nobody sees them, and in the hour that the clock goes through twice they tell which it is."""


def on_the_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """What the clock in the zone shows, to the second, without the zone."""
    local = moment.astimezone(zone)
    return local.replace(tzinfo=None, fold=0, microsecond=_SECOND_PASS if local.fold else 0)


def from_the_clock(shown: datetime, zone: ZoneInfo) -> datetime:
    """The moment in UTC that `on_the_clock` shows like that."""
    is_second = shown.microsecond >= _SECOND_PASS / 2
    return shown.replace(microsecond=0, fold=int(is_second), tzinfo=zone).astimezone(UTC)
