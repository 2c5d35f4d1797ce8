"""The map of themes: everything inside, nothing on top of each other, at any number of themes."""

from dataclasses import dataclass
from itertools import combinations
from math import hypot

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from board.lettering import width_of, wrapped
from board.theme_map import Canvas, Dot, Drawn, draw
from cocreation.ideas.theme import Spot

WIDE, NARROW = Canvas(1120, 600, 15), Canvas(340, 480, 12.5)
NAMES = (
    "Radwege", "Verkehr · Auto", "Boodschappen aan huis", "Geschwindigkeitsbegrenzungen", "Bus",
    "Flächen · Häuser · Wohnungen", "Plus d'arbres dans la rue", "公園と子供の遊び場", "🚲", "",
)  # fmt: skip

degrees = st.floats(0, 1)
dots = st.lists(
    st.builds(Dot, st.sampled_from(NAMES), st.integers(1, 5000), st.builds(Spot, degrees, degrees)),
    max_size=40,
).map(lambda found: sorted(found, key=lambda dot: -dot.size))


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def covers(self, other: "Box") -> bool:
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > 0.2 and down > 0.2


def _boxes(drawn: Drawn) -> list[Box]:
    boxes = []
    for line in drawn.lines:
        width = width_of(line.text) * drawn.letters
        left = line.x - {"start": 0, "middle": width / 2, "end": width}[drawn.anchor]
        boxes.append(Box(left, line.y - 0.8 * drawn.letters, left + width, line.y + 0.2 * drawn.letters))
    return boxes


def _many(count: int) -> list[Dot]:
    sizes = [max(3, 400 // (number + 1)) for number in range(count)]
    spots = [Spot((number * 0.618) % 1, (number * 0.377) % 1) for number in range(count)]
    return [
        Dot(NAMES[number % 6], size, spot)
        for number, (size, spot) in enumerate(zip(sizes, spots, strict=True))
    ]


@settings(max_examples=40, deadline=None)
@given(dots, st.sampled_from([WIDE, NARROW]))
def test_circles_and_names_are_inside_and_apart(dots: list[Dot], canvas: Canvas) -> None:
    drawn = draw(dots, canvas)
    assert len(drawn) == len(dots)
    for circle in drawn:
        assert -0.1 <= circle.x - circle.radius <= circle.x + circle.radius <= canvas.width + 0.1
        assert -0.1 <= circle.y - circle.radius <= circle.y + circle.radius <= canvas.height + 0.1
        for box in _boxes(circle):
            assert box.left >= -0.2
            assert box.top >= -0.2
            assert box.right <= canvas.width + 0.2
            assert box.bottom <= canvas.height + 0.2
    for one, other in combinations(drawn, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= 0.9 * (one.radius + other.radius)
        assert not any(mine.covers(theirs) for mine in _boxes(one) for theirs in _boxes(other))


@pytest.mark.parametrize("canvas", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("count", [1, 2, 15, 200, 300])
def test_a_name_lies_in_its_circle_or_beside_all(canvas: Canvas, count: int) -> None:
    drawn = draw(_many(count), canvas)
    for circle in drawn:
        for box in _boxes(circle):
            corners = [(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
            reach = max(hypot(x - circle.x, y - circle.y) for x, y in corners)
            if not circle.is_beside and not circle.is_numbered:
                assert reach <= circle.radius + 0.2
    named = [circle for circle in drawn if circle.lines and not circle.is_numbered]
    assert named, "even in a crowd the largest have names"


def test_a_name_too_long_is_its_first_part_where_that_says_which_theme_it_is() -> None:
    canvas = Canvas(150, 100, 12.5)
    labels = ("Verkehrsberuhigung · Tempo", "Radwege · Fahrradabstellanlagen", "Verkehrsberuhigung · Parken")
    spots = (Spot(0, 0.5), Spot(0.5, 0.5), Spot(1, 0.5))
    drawn = draw([Dot(label, 10, spot) for label, spot in zip(labels, spots, strict=True)], canvas)
    assert [[line.text for line in circle.lines] for circle in drawn] == [["1"], ["Radwege"], ["3"]]


def test_themes_on_one_spot_move_apart() -> None:
    drawn = draw([Dot("Radwege", 10, Spot(0.5, 0.5))] * 30, WIDE)
    assert len({(circle.x, circle.y) for circle in drawn}) == 30


def test_who_has_room_stays_where_they_lie() -> None:
    [left, right] = draw([Dot("Bus", 9, Spot(0.1, 0.5)), Dot("Bus", 9, Spot(0.9, 0.5))], WIDE)
    assert left.x < 0.25 * WIDE.width < 0.75 * WIDE.width < right.x
    assert left.y == right.y == WIDE.height / 2


def test_areas_follow_the_number_of_ideas() -> None:
    [large, small] = draw([Dot("Bus", 400, Spot(0.2, 0.5)), Dot("Bus", 100, Spot(0.8, 0.5))], WIDE)
    assert large.radius == pytest.approx(2 * small.radius, abs=0.2)


def test_a_number_is_the_place_in_the_list() -> None:
    drawn = draw(_many(200), WIDE)
    numbered = [(place, circle) for place, circle in enumerate(drawn, start=1) if circle.is_numbered]
    assert numbered
    assert all(circle.lines[0].text == str(place) for place, circle in numbered)


def test_the_map_is_the_same_each_time() -> None:
    assert draw(_many(120), NARROW) == draw(_many(120), NARROW)


def test_no_themes_are_an_empty_map() -> None:
    assert draw([], WIDE) == []


def test_lines_break_between_words_and_leave_no_dot_at_their_ends() -> None:
    assert wrapped("Flächen · Häuser · Wohnungen", 3) == ["Flächen", "Häuser", "Wohnungen"]
    assert wrapped("Geschwindigkeit", 2) == ["Geschwindigkeit"]
