"""Nothing on the picture overlaps or leaves it, whatever themes are called and however much came to them."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.chart.layout import SIDE, WIDTH, Box, Layout, lay_out
from cocreation.ideas.chart import Chart, Ranked

STEPS = 8


def measure(words: str, height: float, is_bold: bool) -> float:
    """A font whose letters are all as wide as the widest ones are."""
    return len(words) * height * (0.8 if is_bold else 0.7)


def a_row(name: str, counts: tuple[int, ...], colour: int = 0) -> Ranked:
    return Ranked(name, colour, counts, tuple(f"{count:,}" for count in counts))


counted = st.integers(0, 9) | st.integers(0, 9_999)
rows = st.builds(a_row, st.text(max_size=300), st.tuples(*[counted] * STEPS).filter(any), st.integers(0, 11))
charts = st.builds(
    Chart,
    st.text(max_size=120),
    st.text(max_size=120),
    st.tuples(*[st.text(min_size=1, max_size=20)] * STEPS),
    st.lists(rows, max_size=6).map(tuple),
    st.just("?"),
)


def inside(box: Box, layout: Layout) -> bool:
    return box.left >= 0 and box.top >= 0 and box.right <= layout.width and box.bottom <= layout.height


@given(charts)
def test_no_two_texts_overlap_and_all_stay_on_the_picture(chart: Chart) -> None:
    layout = lay_out(chart, measure)
    assert layout.width == WIDTH
    for one, other in combinations(layout.texts, 2):
        assert not one.box.overlaps(other.box), (one, other)
    for box in [each.box for each in layout.texts] + [each.box for each in layout.bars]:
        assert inside(box, layout)


@given(charts)
def test_no_bar_stands_behind_words_of_another_theme(chart: Chart) -> None:
    layout = lay_out(chart, measure)
    for bar in layout.bars:
        assert not any(bar.box.overlaps(text.box) for text in layout.texts)


@given(charts)
def test_bars_are_as_high_as_what_came_and_the_latest_are_marked(chart: Chart) -> None:
    layout = lay_out(chart, measure)
    shown = [(row, at) for row in chart.rows for at, count in enumerate(row.counts) if count]
    assert len(layout.bars) == len(shown)
    tall = {}
    for bar, (row, at) in zip(layout.bars, shown, strict=True):
        assert bar.is_now == (at == STEPS - 1)
        assert bar.colour == row.colour
        assert (layout.now.left < bar.box.left < layout.now.right) == bar.is_now
        tall[row.counts[at]] = bar.box.bottom - bar.box.top
    counts = sorted(tall)
    assert [tall[count] for count in counts] == sorted(tall.values())


def test_each_theme_has_its_name_and_what_came_now_beside_it() -> None:
    chart = Chart("Ideas", "Weeks", tuple("abcdefgh"), (a_row("Shade", (0, 0, 9, 1, 1, 1, 1, 3)),), "?")
    layout = lay_out(chart, measure)
    assert [text.words for text in layout.texts] == ["Ideas", "Weeks", "Shade", "3", "9", *"hgfedcba"]


def test_a_name_that_is_too_long_ends_in_an_ellipsis_before_the_column_of_now() -> None:
    chart = Chart("", "", tuple("abcdefgh"), (a_row("Shade " * 90, (0,) * 7 + (3,)),), "?")
    layout = lay_out(chart, measure)
    name = next(text for text in layout.texts if "Shade" in text.words)
    assert name.words.endswith("Shade…") or name.words.endswith("…")
    assert name.box.left == SIDE
    assert name.box.right < layout.now.left
