"""Words alone tell what is alike as far as the same words go."""

import numpy as np

from cocreation.analysis.hashing import WordsEncoder


def likeness(one: str, other: str) -> float:
    first, second = WordsEncoder().encode([one, other])
    return float(first @ second)


def test_a_typo_an_ending_and_a_compound_stay_near() -> None:
    assert likeness("Meer bankjes in het park", "Meer bankejs in het park!") > 0.6
    assert likeness("a bench", "benches") > 0.4
    assert likeness("een fietsenstalling", "stalling") > 0.4


def test_other_words_are_far_and_small_words_say_nothing() -> None:
    assert abs(likeness("Een zwembad voor de kinderen", "Snellere treinen naar Brussel")) < 0.2
    assert abs(likeness("the pool of the town", "the train of the north")) < 0.2


def test_a_text_has_the_same_vector_in_whatever_company() -> None:
    alone = WordsEncoder().encode(["Plus d'arbres"])
    among = WordsEncoder().encode(["Meer bomen", "Plus d'arbres", ""])
    assert np.array_equal(alone[0], among[1])
    assert np.isclose(np.linalg.norm(alone), 1)
    assert not among[2].any()
