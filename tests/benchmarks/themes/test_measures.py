"""How themes are measured."""

import math
from pathlib import Path

import pytest

from benchmarks.themes import measures
from benchmarks.themes.exchange import ALONE
from benchmarks.themes.sets import LabelledSet, NoSetsError, labelled_sets


def test_who_is_alone_is_a_group_of_its_own() -> None:
    assert measures.each_its_own([0, ALONE, 1, ALONE]) == [0, 3, 1, 5]


def test_the_same_division_by_other_names_agrees_fully() -> None:
    groups, labels = [0, 0, 1, 1, 2, 2], ["c", "c", "a", "a", "b", "b"]
    assert measures.mutual_information(groups, labels) == pytest.approx(1)
    assert measures.rand_index(groups, labels) == pytest.approx(1)


def test_leaving_everybody_alone_is_worth_nothing() -> None:
    assert measures.mutual_information([ALONE] * 6, list("aabbcc")) == pytest.approx(0, abs=1e-9)
    assert measures.rand_index([ALONE] * 6, list("aabbcc")) == pytest.approx(0, abs=1e-9)


def test_leaving_some_alone_is_worth_less_than_sorting_them() -> None:
    labels = list("aaaabbbb")
    assert measures.mutual_information([0, 0, 0, ALONE, 1, 1, 1, ALONE], labels) < 1


def test_the_share_of_the_assigned() -> None:
    assert measures.assigned([0, ALONE, 3, ALONE]) == 0.5


def test_two_divisions_are_compared_on_what_both_hold() -> None:
    assert measures.agreement({1: 0, 2: 0, 3: 1, 4: 1, 9: 5}, {1: 7, 2: 7, 3: 2, 4: 2, 8: 2}) == 1


def test_words_that_are_never_together_have_the_least_npmi() -> None:
    assert measures.npmi(2, 2, 0, 10) == -1


def test_words_that_are_always_together_have_the_most_npmi() -> None:
    assert measures.npmi(3, 3, 3, 10) == pytest.approx(1)
    assert measures.npmi(10, 10, 10, 10) == 1


def test_words_that_meet_by_chance_have_no_npmi() -> None:
    assert measures.npmi(5, 4, 2, 10) == pytest.approx(0)


def test_npmi_is_that_of_its_paper() -> None:
    together, one, other = 0.3, 0.5, 0.4
    expected = math.log(together / (one * other)) / -math.log(together)
    assert measures.npmi(5, 4, 3, 10) == pytest.approx(expected)


def test_a_keyword_of_several_words_counts_as_its_words() -> None:
    assert measures.top_words(["Public transport", "bus", "transport hub"]) == [
        ("public", 0),
        ("transport", 0),
        ("bus", 1),
        ("hub", 2),
    ]


def test_words_of_one_keyword_are_no_pair() -> None:
    texts = ["public transport", "a bus", "public transport"]
    assert measures.coherence([["public transport", "bus"]], texts) == -1
    assert measures.coherence([["public transport"]], texts) is None


def test_coherence_is_the_mean_over_the_themes() -> None:
    texts = ["tree shade", "tree shade", "bike lane", "bike road"]
    assert measures.coherence([["tree", "shade"]], texts) == pytest.approx(1)
    assert measures.coherence([["tree", "shade"], ["lane", "road"]], texts) == pytest.approx(0)


def test_stop_words_can_be_left_out() -> None:
    texts = ["the tree", "the tree", "shade"]
    assert measures.coherence([["the", "tree", "shade"]], texts, without={"the"}) == -1


def test_diversity_is_the_share_of_different_words() -> None:
    assert measures.diversity([["tree", "shade"], ["tree", "bike"]]) == 0.75
    assert measures.diversity([[]]) is None


def test_only_the_first_words_of_a_theme_count() -> None:
    words = [f"word{number}" for number in range(20)]
    assert len(measures.top_words(words)) == measures.TOP_WORDS


def test_a_theme_that_came_or_went_is_a_change() -> None:
    before, after = {1: 7, 2: 7, 3: None, 4: None}, {1: 7, 2: None, 3: 7, 4: None, 5: 7}
    assert measures.changed(before, after) == 0.5
    assert measures.changed({}, after) is None


def test_a_move_that_is_explained_does_not_count() -> None:
    before, after = {1: 7, 2: 7, 3: 7, 4: 8}, {1: 7, 2: 9, 3: 8, 4: 8}
    assert measures.changed(before, after, explained={(7, 9)}) == 0.25


def test_every_labelled_set_of_a_folder_is_found(tmp_path: Path) -> None:
    (tmp_path / "town.csv").write_text("id,text,label,lang\n1,Trees,green,en\n2,Unsorted,,en\n")
    (tmp_path / "unlabelled.csv").write_text("id,text,label,lang\n1,Trees,,en\n")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    assert labelled_sets(tmp_path) == [LabelledSet("town", ("Trees",), ("green",), ("en",))]


def test_a_folder_without_sets_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(NoSetsError, match="holds no labelled sets"):
        labelled_sets(tmp_path / "absent")
