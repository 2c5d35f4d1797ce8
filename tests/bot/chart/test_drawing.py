"""The picture is a picture, and has on it what the chart says."""

import io
import warnings

import pytest
from PIL import Image

from bot.chart.drawing import draw_chart, drawable, theme_hues, width_of
from bot.chart.layout import lay_out
from cocreation.ideas.chart import Chart, Ranked
from cocreation.ideas.theme import COLOURS

TICKS = tuple(f"{day} Oct" for day in range(1, 9))


def a_chart(*rows: Ranked) -> Chart:
    return Chart("New ideas per week", "5 October – 29 November", TICKS, rows, "A theme")


def ranked(name: str, colour: int, *counts: int) -> Ranked:
    return Ranked(name, colour, counts, tuple(map(str, counts)))


SHADE = ranked("Shade", 5, 4, 0, 6, 1, 2, 3, 8, 31)


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def test_each_bar_is_drawn_where_the_layout_has_it_in_its_themes_colour() -> None:
    chart = a_chart(SHADE, ranked("Night bus", 9, 0, 0, 0, 0, 0, 0, 2, 5))
    layout = lay_out(chart, width_of)
    drawn = opened(draw_chart(chart))
    assert (drawn.format, drawn.size) == ("PNG", (layout.width, layout.height))
    picture = drawn.convert("RGB")
    for bar in layout.bars:
        middle = round((bar.box.left + bar.box.right) / 2), round((bar.box.top + bar.box.bottom) / 2)
        hue = bytes.fromhex(theme_hues()[bar.colour][1:])
        assert (picture.getpixel(middle) == tuple(hue)) == bar.is_now
        above = middle[0], round(bar.box.top) - 2
        assert picture.getpixel(above) != picture.getpixel(middle)


@pytest.mark.parametrize(
    "name", ["طريق آمن إلى المدرسة", "🚲🚲", "$x^2$ \\frac", "a" * 400, "é\u0301 \x00\n", ""]
)
def test_names_of_all_kinds_are_drawn_without_a_complaint(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = draw_chart(a_chart(ranked(name, 1, 0, 0, 0, 0, 0, 0, 0, 3)))
    assert opened(drawn).width == 1080


def test_what_the_font_lacks_is_left_out_of_names() -> None:
    assert drawable("Fiets 🚲 en\u200d 中 trein\n") == "Fiets en trein"


def test_words_take_no_more_room_than_the_layout_gave_them() -> None:
    wide = opened(draw_chart(a_chart(ranked("W" * 200, 1, 0, 0, 0, 0, 0, 0, 0, 3)))).convert("L")
    name = lay_out(a_chart(ranked("W" * 200, 1, 0, 0, 0, 0, 0, 0, 0, 3)), width_of).texts[2]
    strip = wide.crop((0, round(name.box.top), wide.width - 150, round(name.box.bottom)))
    dark = strip.point(lambda grey: 255 if grey < 120 else 0).getbbox()
    assert dark is not None
    assert abs(dark[2] - name.box.right) < 8
    assert dark[0] >= name.box.left - 2


def test_the_colours_are_those_of_the_board() -> None:
    assert len(theme_hues()) == len(set(theme_hues())) == COLOURS
