"""Whatever people do, in whatever order, and whenever the bot is killed: what must hold holds.

`make test` plays 200 times 50 steps. By hand, another 2,000 times 100:
`MORGEN_JOURNEYS=long python -m pytest tests/journeys/test_random_neighbours.py -n 2 --timeout 0`.
`MORGEN_JOURNEYS=shrink` makes a game that fails shorter, for minutes.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.journeys.neighbours import Neighbours

PARTS = 8
"""Of a minute at most, so that workers share them."""
PROFILE = os.environ.get("MORGEN_JOURNEYS")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("part", range(PARTS))
def test_what_must_hold_holds_whatever_neighbours_do(part: int) -> None:
    usual = settings(
        max_examples=200 // PARTS,
        stateful_step_count=50,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink) if PROFILE == "shrink" else (Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    long = settings(usual, max_examples=2_000 // PARTS, stateful_step_count=100, derandomize=False)
    # Each part plays other games: hypothesis chooses them by the machine's name.
    machine = type(f"Neighbours{part}", (Neighbours,), {})
    run_state_machine_as_test(machine, settings=long if PROFILE == "long" else usual)
