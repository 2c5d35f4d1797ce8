"""The colours of themes can be told apart from the paper, and read on."""

import re

import pytest

from board.assets import FOLDER
from cocreation.ideas.theme import COLOURS

STYLE = (FOLDER / "colours.css").read_text(encoding="utf-8")
BOARD = (FOLDER / "board.css").read_text(encoding="utf-8")
RULE = re.compile(r"\.colour-(\d+) \{ --hue: (#\w{6}); --on-hue: (#\w{6}); \}")
DAY, NIGHT = (RULE.findall(part) for part in STYLE.split("@media (prefers-color-scheme: dark)"))
PAPERS = re.findall(r"--paper: (#\w{6});", BOARD)[:2]


def _luminance(colour: str) -> float:
    """As WCAG 2.2 defines it."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("rules", "paper"), list(zip((DAY, NIGHT), PAPERS, strict=True)), ids=["day", "night"]
)
def test_each_theme_has_a_colour_that_shows_and_can_be_written_on(
    rules: list[tuple[str, str, str]], paper: str
) -> None:
    assert [int(number) for number, _, _ in rules] == list(range(COLOURS))
    assert len({hue for _, hue, _ in rules}) == COLOURS
    for _, hue, letters in rules:
        assert contrast(hue, paper) >= 3
        assert contrast(hue, letters) >= 4.5
