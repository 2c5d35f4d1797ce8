"""A theme lies on the goals of its ideas, by their share."""

from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.frame import GoalKey, included_frames
from cocreation.ideas.framing import FEWEST_IDEAS, LEAST_SHARE, MOST_AT_ONCE, goals_by_share, known_goals

SDGS = included_frames()[0]
KEYS = [goal.key for goal in SDGS.goals]


@given(st.dictionaries(st.sampled_from([*KEYS, GoalKey("gone")]), st.integers(0, 30)), st.integers(0, 10))
def test_a_theme_lies_on_the_two_goals_that_most_of_its_ideas_have(
    counts: dict[GoalKey, int], others: int
) -> None:
    size = max(counts.values(), default=0) + others
    goals = goals_by_share(SDGS, counts, size)
    left = [counts[goal] for goal in counts if goal in KEYS and goal not in goals]
    assert goals == known_goals(SDGS, goals)
    assert len(goals) <= MOST_AT_ONCE
    assert all(counts[goal] >= max(LEAST_SHARE * size, FEWEST_IDEAS) for goal in goals)
    if len(goals) < MOST_AT_ONCE:
        assert all(count < LEAST_SHARE * size or count < FEWEST_IDEAS for count in left)
    else:
        assert max(left, default=0) <= min(counts[goal] for goal in goals)
