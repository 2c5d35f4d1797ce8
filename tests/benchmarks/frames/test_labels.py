"""The labels are of goals that there are, and a measure counts what it says."""

import csv

import pytest

from benchmarks.frames.labels import FILE, FRAMES, labelled
from benchmarks.frames.measures import measure
from cocreation.ideas.frame import GoalKey, included_frames
from cocreation.ideas.framing import MOST_AT_ONCE

A, B, C = map(GoalKey, "abc")


@pytest.mark.parametrize(("name", "fewest"), list(zip(FRAMES, (150, 60, 60), strict=True)))
def test_the_labels_are_goals_of_the_frame_at_most_two_an_idea(name: str, fewest: int) -> None:
    (frame,) = [frame for frame in included_frames() if frame.key == name]
    ideas = labelled(name)
    assert len(ideas) >= fewest
    assert all(idea.goals <= {goal.key for goal in frame.goals} for idea in ideas)
    assert all(len(idea.goals) <= MOST_AT_ONCE for idea in ideas)
    assert abs(sum(idea.is_tuned_on for idea in ideas) - len(ideas) / 2) <= len(ideas) / 8


def test_every_text_has_its_source_and_a_licence_that_lets_it_stand_here() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    licences = {row["id"].rsplit("-", 1)[0]: row["licence"] for row in rows}
    assert licences == {
        "civic_austria_de": "CC BY 4.0",
        "civic_bg2050_visions_en": "CC BY 4.0",
        "civic_bowlinggreen_en": "CC BY 4.0",
        "civic_newzealand_en": "CC BY 4.0",
        "wilgenbeke-fr": "EUPL-1.2",
        "wilgenbeke-nl": "EUPL-1.2",
    }
    assert len({row["text"] for row in rows}) == len(rows)


def test_a_measure_counts_goals_and_ideas() -> None:
    found = measure([{A}, {A, B}, set(), {C}], [{A}, {B, C}, {B}, set()])
    assert found.precision == pytest.approx(2 / 4)
    assert found.recall == pytest.approx(2 / 4)
    assert found.f1 == pytest.approx(1 / 2)
    assert found.share == pytest.approx(3 / 4)
    assert found.right == pytest.approx(1 / 3)
