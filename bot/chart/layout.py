"""Where everything of the picture stands: pure, so that nothing overlaps whatever the names are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from cocreation.ideas.chart import Chart, Ranked

WIDTH = 1080
"""Pixels; a phone shows a third of that."""
SIDE, TOP, BOTTOM = 44, 40, 34
TITLE, SUBTITLE, NAME, NOW, PEAK, TICK = 50, 36, 42, 42, 33, 33
"""Heights of letters in pixels."""
LINE = 1.3
"""A line of text, in heights of its letters."""
BARS, GAP, TICK_GAP = 80, 26, 12
SHARE = 0.72
"""Of a column's width that its bar takes."""
LEAST = 5
"""Pixels of the bar of one idea."""
AIR = 14
"""Pixels between two texts on one line."""
ELLIPSIS = "…"

Measure = Callable[[str, float, bool], float]
"""How wide a text of this height is, bold or not, in pixels."""


class Ink(Enum):
    """What a text or a bar is drawn in."""

    STRONG = auto()
    QUIET = auto()


@dataclass(frozen=True, slots=True)
class Box:
    """Pixels from the left and from the top."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class Text:
    """Words that fill a box, of letters of `height`."""

    words: str
    box: Box
    height: float
    is_bold: bool = False
    ink: Ink = Ink.STRONG


@dataclass(frozen=True, slots=True)
class Bar:
    """A count in one of the colours of themes; that of the period in question `is_now`."""

    box: Box
    colour: int
    is_now: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """`now` marks the period in question through all rows, `ground` is what the bars of a row stand on."""

    width: int
    height: int
    now: Box
    bars: tuple[Bar, ...]
    grounds: tuple[Box, ...]
    texts: tuple[Text, ...]


def lay_out(chart: Chart, measure: Measure) -> Layout:
    """One row for each theme, all on one scale."""
    head = _head(chart, measure)
    top = head[-1].box.bottom + GAP / 2
    most = max((count for row in chart.rows for count in row.counts), default=0)
    texts, bars, grounds = list(head), [], []
    at = top
    for row in chart.rows:
        placed = _Row(row, at, most, measure)
        texts += placed.texts()
        bars += placed.bars()
        grounds.append(placed.ground())
        at = placed.bottom + GAP
    floor = max(top, at - GAP) + TICK_GAP
    texts += _ticks(chart.ticks, floor, measure)
    last = column(len(chart.ticks) - 1, len(chart.ticks))
    now = Box(last.left - 4, top, WIDTH - SIDE + 4, floor)
    height = round(floor + TICK * LINE + BOTTOM)
    return Layout(WIDTH, height, now, tuple(bars), tuple(grounds), tuple(texts))


def column(at: int, count: int) -> Box:
    """Across, where a step stands; down it is all there is."""
    width = (WIDTH - 2 * SIDE) / count
    return Box(SIDE + at * width, 0, SIDE + (at + 1) * width, 0)


def fitted(words: str, room: float, height: float, is_bold: bool, measure: Measure) -> str:
    """The words, cut with an ellipsis where they are wider than there is room."""
    if measure(words, height, is_bold) <= room:
        return words
    fewest, most = 0, len(words)
    while fewest < most:
        middle = (fewest + most + 1) // 2
        if measure(words[:middle].rstrip() + ELLIPSIS, height, is_bold) <= room:
            fewest = middle
        else:
            most = middle - 1
    return words[:fewest].rstrip() + ELLIPSIS


def _head(chart: Chart, measure: Measure) -> list[Text]:
    placed, at, room = [], float(TOP), WIDTH - 2 * SIDE
    for words, height, is_bold, ink in (
        (chart.title, TITLE, True, Ink.STRONG),
        (chart.subtitle, SUBTITLE, False, Ink.QUIET),
    ):
        said = fitted(words, room, height, is_bold, measure)
        box = Box(SIDE, at, SIDE + measure(said, height, is_bold), at + height * LINE)
        placed.append(Text(said, box, height, is_bold, ink))
        at = box.bottom
    return placed


class _Row:
    """One theme: its name, below it the counts that stand out, below them the bars."""

    def __init__(self, row: Ranked, top: float, most: int, measure: Measure) -> None:
        self._row = row
        self._top = top
        self._most = most
        self._measure = measure
        self._bars_top = top + NAME * LINE + PEAK

    @property
    def bottom(self) -> float:
        return self._bars_top + BARS

    def texts(self) -> list[Text]:
        row, measure = self._row, self._measure
        now = self._above(len(row.counts) - 1, NOW, is_bold=True)
        room = min(now.box.left, column(len(row.counts) - 1, len(row.counts)).left) - AIR - SIDE
        name = fitted(row.name, room, NAME, True, measure)
        box = Box(SIDE, self._top, SIDE + measure(name, NAME, True), self._top + NAME * LINE)
        texts = [Text(name, box, NAME, True), now]
        peak = self._peak()
        if peak is not None and not any(peak.box.overlaps(each.box) for each in texts):
            texts.append(peak)
        return texts

    def bars(self) -> list[Bar]:
        last = len(self._row.counts) - 1
        return [
            Bar(self._bar(at), self._row.colour, at == last)
            for at, count in enumerate(self._row.counts)
            if count
        ]

    def ground(self) -> Box:
        return Box(SIDE, self.bottom, WIDTH - SIDE, self.bottom + 2)

    def _peak(self) -> Text | None:
        """The highest count, where it was an earlier one."""
        counts = self._row.counts
        most = max(counts[:-1], default=0)
        return self._above(counts.index(most), PEAK, is_bold=False) if most > counts[-1] else None

    def _above(self, at: int, height: float, *, is_bold: bool) -> Text:
        """The count above its bar, inside the picture."""
        words, bar, place = self._row.said[at], self._bar(at), column(at, len(self._row.counts))
        # Letters as small as it takes not to stand in the bar beside it.
        height *= min(1, (place.right - place.left) / max(1, self._measure(words, height, is_bold)))
        width = self._measure(words, height, is_bold)
        middle = (bar.left + bar.right) / 2
        left = min(max(middle - width / 2, SIDE), WIDTH - SIDE - width)
        bottom = bar.top - 2
        ink = Ink.STRONG if is_bold else Ink.QUIET
        return Text(words, Box(left, bottom - height * LINE, left + width, bottom), height, is_bold, ink)

    def _bar(self, at: int) -> Box:
        count, place = self._row.counts[at], column(at, len(self._row.counts))
        tall = max(LEAST, BARS * count / self._most) if count else 0
        inset = (place.right - place.left) * (1 - SHARE) / 2
        return Box(place.left + inset, self.bottom - tall, place.right - inset, self.bottom)


def _ticks(ticks: Sequence[str], top: float, measure: Measure) -> list[Text]:
    """The name of the last step, and of those before it for which it leaves room."""
    placed: list[Text] = []
    free = float(WIDTH - SIDE)
    for at in range(len(ticks) - 1, -1, -1):
        is_now = at == len(ticks) - 1
        words = fitted(ticks[at], WIDTH - 2 * SIDE, TICK, is_now, measure)
        width, place = measure(words, TICK, is_now), column(at, len(ticks))
        left = max((place.left + place.right - width) / 2, SIDE)
        if is_now:
            left = min(left, free - width)
        if left + width <= free:
            box = Box(left, top, left + width, top + TICK * LINE)
            placed.append(Text(words, box, TICK, is_now, Ink.STRONG if is_now else Ink.QUIET))
            free = left - AIR
    return placed
