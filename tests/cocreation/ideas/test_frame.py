"""A frame is read from its file, and what is wrong with that is said in plain words."""

import pytest

from cocreation.ideas.frame import (
    LONGEST_FRAME_KEY,
    LONGEST_GOAL_KEY,
    FrameError,
    FrameKey,
    all_frames,
    included_frames,
    read_frame,
)
from cocreation.ideas.ids import Language
from locales import known_languages

SCHOOL = """
key = "school"
source = "the pupils' council"
name = { nl = "School", en = "School" }
[[goals]]
key = "yard"
name = { nl = "De speelplaats" }
words = { nl = ["speelplaats", "bomen"] }
[[goals]]
key = "lunch"
name = { nl = "Eten", en = "Lunch" }
words = { nl = ["soep"], en = ["soup"] }
"""


def test_the_included_frames_are_whole_in_every_language() -> None:
    frames = {frame.key: frame for frame in included_frames()}
    assert {key: len(frame.goals) for key, frame in frames.items()} == {
        "sdgs": 17,
        "qualities": 5,
        "organising": 8,
        "covenant": 3,
    }
    languages = set(known_languages())
    for frame in frames.values():
        assert frame.source
        assert set(frame.name) >= languages
        for goal in frame.goals:
            assert set(goal.name) >= languages, goal.key
            assert set(goal.words) >= languages, goal.key


def test_a_towns_own_frame_is_read_and_comes_after_the_others() -> None:
    school = read_frame(SCHOOL)
    assert [frame.key for frame in all_frames([school])][-1] == "school"
    assert school.name_in(Language("fr")) == "School"
    yard = school.goals[0]
    assert yard.name_in(Language("en")) == "De speelplaats"
    assert yard.words[Language("nl")] == ("speelplaats", "bomen")


def test_a_frame_with_the_key_of_an_included_one_takes_its_place() -> None:
    own = read_frame(SCHOOL.replace('"school"', '"covenant"'))
    frames = all_frames([own])
    assert [frame.key for frame in frames] == [frame.key for frame in included_frames()]
    assert frames[3] is own


def test_another_word_in_the_file_is_another_sign() -> None:
    assert read_frame(SCHOOL).sign != read_frame(SCHOOL.replace("soep", "brood")).sign
    assert read_frame(SCHOOL).key == FrameKey("school")


def test_the_longest_keys_fit_into_a_button() -> None:
    assert len(f"1:0:k:{'f' * LONGEST_FRAME_KEY}:{'g' * LONGEST_GOAL_KEY}:9995:i1234567890") <= 64


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[goals]]", "[[goals", "not written as TOML"),
        ('key = "school"', "", "the key of the frame must be 1 to 16 of a-z"),
        ('key = "school"', 'key = "My School"', "the key of the frame"),
        ('key = "yard"', 'key = "the-whole-yard-of-the-school"', "the key of goal 1 must be 1 to 20"),
        ('key = "lunch"', 'key = "yard"', "two goals have the key 'yard'"),
        ('source = "the pupils\' council"', "", "source must say where"),
        (
            'name = { nl = "De speelplaats" }',
            'name = "De speelplaats"',
            "the name of goal 1 must be given by",
        ),
        ('{ nl = "De speelplaats" }', '{ nl = "" }', "the name of goal 1 in nl"),
        ('{ nl = "De speelplaats" }', '{ Dutch = "x" }', "has the language 'Dutch'"),
        ('words = { nl = ["soep"], en = ["soup"] }', "", "the words of goal 2 must be given by language"),
        ('["soep"]', '"soep"', "the words of goal 2 in nl must be a list"),
        ('["soep"]', '["s"]', "each of 2 to 120 letters"),
        ("words = { nl", "word = { nl", "goal 1 has the key 'word'; known are key, name, words"),
        ("source =", "sauce =", "the frame has the key 'sauce'"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(old: str, new: str, said: str) -> None:
    with pytest.raises(FrameError, match=said):
        read_frame(SCHOOL.replace(old, new))


@pytest.mark.parametrize("goals", ["", "goals = 3", "goals = [1]"])
def test_a_frame_without_goals_is_none(goals: str) -> None:
    with pytest.raises(FrameError, match=r"goals|goal 1"):
        read_frame(f'key = "a"\nsource = "b"\nname = {{ en = "c" }}\n{goals}')
