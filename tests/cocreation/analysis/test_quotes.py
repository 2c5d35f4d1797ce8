"""Which ideas are quoted for a theme."""

import codecs

import numpy as np
import pytest

from cocreation.analysis.quotes import QUOTES, is_whole, quotes_of
from cocreation.ideas.ids import Language

EN = Language("en")


def quoted(
    texts: list[str], vectors: list[list[float]], languages: list[Language] | None = None
) -> list[int]:
    units = np.array(vectors, dtype=np.float32)
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    scores = units @ np.array([1.0] + [0.0] * (units.shape[1] - 1))
    return quotes_of(np.arange(len(texts)), texts, units, scores, languages)


def test_quotes_are_central_and_unlike_each_other() -> None:
    texts = [f"Please plant a tree in street {number}." for number in range(4)]
    assert quoted(texts, [[1, 0.1], [1, 0.11], [1, -0.4], [0.1, 1]]) == [0, 2, 1]


def test_a_whole_sentence_goes_before_what_breaks_off() -> None:
    whole = [
        "We want a tree in this street.",
        "More trees, more shade for us!",
        "Trees for the square (soon).",
    ]
    texts = ["We want trees because the", "A tree in the street, and…", *whole]
    assert sorted(quoted(texts, [[1, 0], [1, 0], [1, 0.2], [1, 0.3], [1, 0.4]], [EN] * 5)) == [2, 3, 4]


def test_what_breaks_off_is_quoted_where_there_is_nothing_else() -> None:
    assert len(quoted(["We want trees because the"] * 5, [[1, 0]] * 5, [EN] * 5)) == QUOTES


def test_nobody_is_quoted_swearing_while_others_speak() -> None:
    swear = codecs.decode("fuvg", "rot13")
    texts = [f"This {swear} bin is always full.", "The bin at the corner is full."]
    assert quoted(texts, [[1, 0], [1, 1]], [EN, EN]) == [1]


@pytest.mark.parametrize(
    "text",
    [
        "More trees.",
        "Why no bus?",
        "Great idea! 👍",
        'He said "no."',
        "New playground for toddlers",
        "Bins…full?",
    ],
)
def test_a_sentence_or_a_title_is_whole(text: str) -> None:
    assert is_whole(text, EN)


@pytest.mark.parametrize("text", ["Trees and…", "First,", "A bench in the", "We want more...", "word " * 30])
def test_what_breaks_off_is_not_whole(text: str) -> None:
    assert not is_whole(text, EN)
