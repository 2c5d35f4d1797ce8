"""A map of themes: circles that lie apart, and names that cover nothing, the same for the same themes."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin, sqrt
from typing import Literal

from board.lettering import width_of, wrapped
from cocreation.ideas.theme import Spot

LARGEST = 0.23
"""A radius, as a share of the canvas' shorter side."""
APART = 3.0
ROUNDS = 400
ASLANT = 0.15
GOLDEN_ANGLE = pi * (3 - sqrt(5))

LINE_HEIGHT = 1.18
LETTERS_INSIDE = (1.4, 1.2, 1.0, 0.88)
SMALL_LETTERS_INSIDE = (0.8,)
NUMBER = 0.8
"""Sizes of letters, as shares of the canvas' own."""
MOST_LINES_INSIDE, MOST_LINES_BESIDE = 4, 3
WIDEST_BESIDE = 11.0
"""Em, of a line."""
GAP = 0.4
"""Em, between a circle and a name beside it."""
MOST_BESIDE = 24
"""Names; where many circles are small, more would be a thicket."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """How large a map is, and its letters; in units that are pixels where it is as wide as drawn.

    `filled` is the share of it that circles cover, at most but for their smallest radius.
    """

    width: float
    height: float
    letters: float
    filled: float = 0.34


@dataclass(frozen=True, slots=True)
class Dot:
    """A theme to draw."""

    label: str
    size: int
    spot: Spot


Anchor = Literal["start", "middle", "end"]
"""Which part of a line lies at its `x`, as SVG calls it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a name, its letters standing on `y`."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A circle with its name or the first part of it, inside or beside; else with its number or nothing."""

    x: float
    y: float
    radius: float
    letters: float = 0.0
    lines: tuple[Line, ...] = ()
    anchor: Anchor = "middle"
    is_beside: bool = False
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def is_within(self, canvas: Canvas) -> bool:
        return (
            self.left >= 0 and self.top >= 0 and self.right <= canvas.width and self.bottom <= canvas.height
        )

    def covers(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def touches(self, x: float, y: float, radius: float) -> bool:
        across = max(self.left - x, 0, x - self.right)
        down = max(self.top - y, 0, y - self.bottom)
        return hypot(across, down) < radius


def draw(dots: Sequence[Dot], canvas: Canvas) -> list[Drawn]:
    """The dots, largest first, as circles with names. A number is a dot's place among them, from 1 on."""
    radii = _radii(dots, canvas)
    centres = _apart([dot.spot for dot in dots], radii, canvas)
    circles = [(round(x, 1), round(y, 1), round(r, 1)) for (x, y), r in zip(centres, radii, strict=True)]
    firsts = Counter(_first_part(dot.label) for dot in dots)
    taken: list[_Box] = []
    drawn: list[Drawn] = []
    for number, (dot, circle) in enumerate(zip(dots, circles, strict=True), start=1):
        first = _first_part(dot.label)
        names = [dot.label] if first == dot.label or firsts[first] > 1 else [dot.label, first]
        named = (_named(name, circle, circles, taken, canvas) for name in names)
        drawn.append(next(filter(None, named), None) or _numbered(number, circle, canvas))
    return drawn


def _first_part(label: str) -> str:
    return label.split(" · ", maxsplit=1)[0]


def _radii(dots: Sequence[Dot], canvas: Canvas) -> list[float]:
    """Areas follow the sizes, but nobody is too small to be seen and pressed, as far as there is room."""
    room = canvas.filled * canvas.width * canvas.height
    total = sum(dot.size for dot in dots) or 1
    largest = LARGEST * min(canvas.width, canvas.height)
    scale = min(room / total, pi * largest**2 / max((dot.size for dot in dots), default=1))
    smallest = min(canvas.letters, sqrt(room / (pi * len(dots)))) if dots else 0
    return [max(smallest, sqrt(dot.size * scale / pi)) for dot in dots]


def _apart(spots: Sequence[Spot], radii: Sequence[float], canvas: Canvas) -> list[tuple[float, float]]:
    """Near their spots, but inside the canvas and with air between them."""
    xs = [radius + spot.x * (canvas.width - 2 * radius) for spot, radius in zip(spots, radii, strict=True)]
    ys = [radius + spot.y * (canvas.height - 2 * radius) for spot, radius in zip(spots, radii, strict=True)]
    for _ in range(ROUNDS):
        if not _pushed(xs, ys, radii):
            break
        for i, radius in enumerate(radii):
            xs[i] = min(max(xs[i], radius), canvas.width - radius)
            ys[i] = min(max(ys[i], radius), canvas.height - radius)
    return list(zip(xs, ys, strict=True))


def _pushed(xs: list[float], ys: list[float], radii: Sequence[float]) -> bool:
    """Push each pair that is too near apart, the smaller one further; whether there was one."""
    was_too_near = False
    order = sorted(range(len(xs)), key=lambda i: xs[i] - radii[i])
    for place, i in enumerate(order):
        for j in order[place + 1 :]:
            if xs[j] - radii[j] > xs[i] + radii[i] + APART:
                break
            across, down = xs[j] - xs[i], ys[j] - ys[i]
            distance = hypot(across, down)
            missing = radii[i] + radii[j] + APART - distance
            if missing <= 0.05:
                continue
            was_too_near = True
            if distance < 1e-6:
                # Who lies on the same spot leaves it in a direction of their own.
                angle = GOLDEN_ANGLE * max(i, j)
                across, down, distance = cos(angle), sin(angle), 1.0
            # Slightly aslant, so that three in a row against an edge get past each other.
            across, down = across - ASLANT * down, down + ASLANT * across
            share = radii[j] ** 2 / (radii[i] ** 2 + radii[j] ** 2)
            for k, part in ((i, -missing * share), (j, missing * (1 - share))):
                xs[k] += across / distance * part
                ys[k] += down / distance * part
    return was_too_near


Circle = tuple[float, float, float]


def _named(
    label: str, circle: Circle, circles: Sequence[Circle], taken: list[_Box], canvas: Canvas
) -> Drawn | None:
    return (
        _named_inside(label, circle, canvas, LETTERS_INSIDE)
        or _named_beside(label, circle, circles, taken, canvas)
        or _named_inside(label, circle, canvas, SMALL_LETTERS_INSIDE)
    )


def _named_inside(label: str, circle: Circle, canvas: Canvas, sizes: Sequence[float]) -> Drawn | None:
    x, y, radius = circle
    for share in sizes:
        letters = share * canvas.letters
        for count in range(1, MOST_LINES_INSIDE + 1):
            texts = wrapped(label, count)
            if len(texts) == count and _fits(texts, letters, radius - letters * 0.3):
                return Drawn(x, y, radius, round(letters, 1), _lines(texts, x, y, letters))
    return None


def _fits(texts: Sequence[str], letters: float, radius: float) -> bool:
    """Whether the corners of each line lie in a circle around the middle of them all."""
    half = len(texts) * LINE_HEIGHT * letters / 2
    for place, text in enumerate(texts):
        top = abs(place * LINE_HEIGHT * letters - half)
        bottom = abs((place + 1) * LINE_HEIGHT * letters - half)
        if hypot(width_of(text) * letters / 2, max(top, bottom) - 0.15 * letters) > radius:
            return False
    return True


def _named_beside(
    label: str, circle: Circle, circles: Sequence[Circle], taken: list[_Box], canvas: Canvas
) -> Drawn | None:
    x, y, radius = circle
    letters = canvas.letters
    if len(taken) == MOST_BESIDE:
        return None
    # A name that lay nearer to another circle would be taken for that one's.
    others = [(at, down, r + GAP * letters) for at, down, r in circles if (at, down, r) != circle]
    for count in range(1, MOST_LINES_BESIDE + 1):
        texts = wrapped(label, count)
        width = max(map(width_of, texts)) * letters
        if len(texts) != count or (count < MOST_LINES_BESIDE and width > WIDEST_BESIDE * letters):
            continue
        height = count * LINE_HEIGHT * letters
        for box, anchor in _around(x, y, radius + GAP * letters, width, height):
            is_free = (
                box.is_within(canvas)
                and not any(map(box.covers, taken))
                and not any(box.touches(*other) for other in others)
            )
            if is_free:
                taken.append(box)
                edge = {"start": box.left, "middle": (box.left + box.right) / 2, "end": box.right}[anchor]
                lines = _lines(texts, edge, (box.top + box.bottom) / 2, letters)
                return Drawn(x, y, radius, letters, lines, anchor, is_beside=True)
    return None


def _around(
    x: float, y: float, distance: float, width: float, height: float
) -> Iterator[tuple[_Box, Anchor]]:
    """Boxes that touch a circle from outside, the easiest to read first."""
    slant = distance * 0.75
    right, left, wide = x + distance, x - distance - width, x - width / 2
    places: tuple[tuple[float, float, Anchor], ...] = (
        (right, y - height / 2, "start"),
        (left, y - height / 2, "end"),
        (wide, y + distance, "middle"),
        (wide, y - distance - height, "middle"),
        (x + slant, y + slant, "start"),
        (x + slant, y - slant - height, "start"),
        (x - slant - width, y + slant, "end"),
        (x - slant - width, y - slant - height, "end"),
    )
    for edge, top, anchor in places:
        yield _Box(edge, top, edge + width, top + height), anchor


def _numbered(number: int, circle: Circle, canvas: Canvas) -> Drawn:
    x, y, radius = circle
    letters = NUMBER * canvas.letters
    if hypot(width_of(str(number)) * letters / 2, letters * 0.36) > radius:
        return Drawn(x, y, radius)
    return Drawn(x, y, radius, round(letters, 1), _lines([str(number)], x, y, letters), is_numbered=True)


def _lines(texts: Sequence[str], x: float, y: float, letters: float) -> tuple[Line, ...]:
    """Lines around a middle. A small letter's middle is about a third of its size above where it stands."""
    first = y - (len(texts) - 1) / 2 * LINE_HEIGHT * letters + letters * 0.35
    return tuple(
        Line(text, round(x, 1), round(first + place * LINE_HEIGHT * letters, 1))
        for place, text in enumerate(texts)
    )
