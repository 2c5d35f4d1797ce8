"""What dates make of a process, and how its phases share its days."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.ids import PhaseId, ProcessId
from cocreation.ideas.process import (
    Phase,
    PhaseKind,
    Plan,
    Process,
    ProcessState,
    day_begins,
    last_day,
    phases_between,
    state_by_dates,
)

ZONES = st.sampled_from([ZoneInfo(name) for name in ("Europe/Brussels", "Africa/Cairo", "America/Santiago")])
DAYS = st.dates(date(2024, 1, 1), date(2030, 1, 1))
NOW = datetime(2026, 3, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)


def process(state: ProcessState, opens: datetime | None, closes: datetime | None) -> Process:
    return Process(ProcessId(1), "P", None, state, opens, closes, opens is not None, closes is not None)


@pytest.mark.parametrize(
    ("state", "opens", "closes", "after"),
    [
        (ProcessState.CLOSED, NOW, None, ProcessState.OPEN),
        (ProcessState.CLOSED, NOW + HOUR, None, ProcessState.CLOSED),
        (ProcessState.PAUSED, NOW - HOUR, None, ProcessState.PAUSED),
        (ProcessState.OPEN, None, NOW, ProcessState.CLOSED),
        (ProcessState.PAUSED, None, NOW, ProcessState.CLOSED),
        (ProcessState.ARCHIVED, NOW - HOUR, NOW, ProcessState.ARCHIVED),
        (ProcessState.CLOSED, NOW - HOUR, NOW, ProcessState.CLOSED),
        (ProcessState.OPEN, NOW - HOUR, NOW + HOUR, ProcessState.OPEN),
    ],
)
def test_a_date_opens_what_is_closed_and_closes_what_is_open_or_paused(
    state: ProcessState, opens: datetime | None, closes: datetime | None, after: ProcessState
) -> None:
    assert state_by_dates(process(state, opens, closes), NOW) is after


@given(zone=ZONES, first=DAYS, days=st.integers(1, 500), plan=st.sampled_from(Plan))
def test_phases_touch_and_fill_the_days_of_their_process(
    zone: ZoneInfo, first: date, days: int, plan: Plan
) -> None:
    start, end = day_begins(first, zone), day_begins(first + timedelta(days=days), zone)
    assert last_day(end, zone) == first + timedelta(days=days - 1)
    phases = phases_between(plan.kinds, start, end, zone)
    assert [phase.kind for phase in phases] == list(plan.kinds)
    if not phases or days < len(phases):
        assert not any(phase.has_days for phase in phases)
        return
    bounds = [(phase.start, phase.end) for phase in phases]
    assert (bounds[0][0], bounds[-1][1]) == (start, end)
    assert [end for _, end in bounds[:-1]] == [start for start, _ in bounds[1:]]
    assert all(a is not None and b is not None and a < b for a, b in bounds)


def test_an_open_process_takes_ideas_while_it_collects() -> None:
    collect = Phase(PhaseKind.COLLECT, NOW, NOW + HOUR, id=PhaseId(1))
    vote = Phase(PhaseKind.VOTE, NOW + HOUR, None, id=PhaseId(2))
    phased = Process(ProcessId(1), "P", phases=(collect, vote))
    taken = [phased.takes_ideas(NOW + HOUR * hours) for hours in (-1, 0, 1)]
    assert taken == [False, True, False]
    assert Process(ProcessId(1), "P", phases=(vote,)).takes_ideas(NOW + HOUR)
    assert not Process(ProcessId(1), "P", state=ProcessState.PAUSED).takes_ideas(NOW)
