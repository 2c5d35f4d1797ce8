"""Draws the picture with matplotlib, which only a process of its own imports: that takes a second."""

import io
import re
from dataclasses import replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from bot.chart.layout import Box, Ink, Layout, Text, lay_out
from cocreation.ideas.chart import Chart

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

PAPER, BAND, INK, QUIET, RULE = "#fbf8f1", "#f0eadd", "#211e1a", "#5d564c", "#cfc6b4"
"""The board's, by day."""
FAINT = 0.42
"""How much of its colour a bar of before has."""
DOTS_PER_INCH = 100.0
POINTS = 72 / DOTS_PER_INCH
EM = 0.76
"""Of a font's size that its capitals and the letters below the line take, for DejaVu Sans."""
_HUE = re.compile(r"\.colour-(\d+) \{ --hue: (#[0-9a-f]{6})")


def draw_chart(chart: Chart) -> bytes:
    """A PNG, 1,080 pixels wide. The letters are those of DejaVu Sans; what it lacks is left out."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    layout = lay_out(_drawable(chart), width_of)
    figure = Figure((layout.width / DOTS_PER_INCH, layout.height / DOTS_PER_INCH), dpi=DOTS_PER_INCH)
    FigureCanvasAgg(figure)
    figure.set_facecolor(PAPER)
    _draw_bars(figure, layout)
    for text in layout.texts:
        _write(figure, layout, text)
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=DOTS_PER_INCH, metadata={"Software": None})
    return written.getvalue()


def width_of(words: str, height: float, is_bold: bool) -> float:
    """In pixels, of letters of this height."""
    return _width(words, is_bold) * height


@cache
def theme_hues() -> tuple[str, ...]:
    """The colours of themes, as the board's style sheet has them for the day."""
    css = files("board").joinpath("static", "colours.css").read_text("utf-8")
    found: dict[int, str] = {}
    for number, hue in _HUE.findall(css):
        found.setdefault(int(number), hue)
    return tuple(found[number] for number in sorted(found))


def _draw_bars(figure: "Figure", layout: Layout) -> None:
    _fill(figure, layout, layout.now, BAND)
    for bar in layout.bars:
        hue = theme_hues()[bar.colour % len(theme_hues())]
        _fill(figure, layout, bar.box, hue if bar.is_now else _faint(hue))
    for ground in layout.grounds:
        _fill(figure, layout, ground, RULE)


def _fill(figure: "Figure", layout: Layout, box: Box, colour: str) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    corner = (box.left / layout.width, 1 - box.bottom / layout.height)
    wide, tall = (box.right - box.left) / layout.width, (box.bottom - box.top) / layout.height
    figure.add_artist(Rectangle(corner, wide, tall, facecolor=colour, linewidth=0))


def _write(figure: "Figure", layout: Layout, text: Text) -> None:
    line = text.box.bottom - (text.box.bottom - text.box.top) * 0.26
    figure.text(
        text.box.left / layout.width,
        1 - line / layout.height,
        text.words,
        color=INK if text.ink is Ink.STRONG else QUIET,
        fontproperties=_font(text.is_bold),
        fontsize=text.height * EM * POINTS,
        verticalalignment="baseline",
        parse_math=False,
    )


def _faint(hue: str) -> str:
    """The colour on the paper, thinned."""
    mixed = (
        round(FAINT * int(hue[at : at + 2], 16) + (1 - FAINT) * int(PAPER[at : at + 2], 16))
        for at in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _drawable(chart: Chart) -> Chart:
    """With what the font has letters for."""
    rows = tuple(replace(row, name=drawable(row.name) or chart.unnamed) for row in chart.rows)
    return replace(chart, title=drawable(chart.title), subtitle=drawable(chart.subtitle), rows=rows)


def drawable(words: str) -> str:
    """On one line, without the letters that the font lacks and what joins or paints them."""
    known = _letters()
    return " ".join("".join(letter if ord(letter) in known else " " for letter in words).split())


@cache
def _letters() -> frozenset[int]:
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415

    drawn = set(get_font(findfont(_font(True))).get_charmap())
    drawn &= set(get_font(findfont(_font(False))).get_charmap())
    return frozenset(code for code in drawn if chr(code).isprintable() and not 0xFE00 <= code <= 0xFE0F)


@cache
def _font(is_bold: bool) -> "FontProperties":
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    return FontProperties(family="DejaVu Sans", weight="bold" if is_bold else "normal")


@lru_cache(maxsize=1000)
def _width(words: str, is_bold: bool) -> float:
    """For letters one pixel high."""
    from matplotlib.textpath import TextPath  # noqa: PLC0415

    if not words.strip():
        return 0.0
    hundred = TextPath((0, 0), words, size=100, prop=_font(is_bold), usetex=False)
    return float(hundred.get_extents().x1) / 100 * EM
