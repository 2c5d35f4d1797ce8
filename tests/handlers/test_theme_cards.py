"""The bars of a theme's trend."""

from hypothesis import given
from hypothesis import strategies as st

from handlers.theme_cards import sparkline

BARS = "▁▂▃▄▅▆▇█"


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
def test_bars_are_as_high_as_the_counts(counts: list[int]) -> None:
    bars = [BARS.index(bar) for bar in sparkline(counts)]
    assert len(bars) == len(counts)
    assert all(
        one <= other
        for one, two in zip(bars, counts, strict=True)
        for other, more in zip(bars, counts, strict=True)
        if two <= more
    )
    assert all((bar > 0) == (count > 0) for bar, count in zip(bars, counts, strict=True))
    assert max(bars) == (len(BARS) - 1 if any(counts) else 0)
