"""What a new decision overrules."""

from cocreation.ideas.decision import overruled
from cocreation.ideas.ids import DecisionId, IdeaId, ThemeId

OLD, OLDER = DecisionId(2), DecisionId(1)
TREES, BUSES = ThemeId(1), ThemeId(2)


def test_ideas_that_are_put_elsewhere_count_against_what_held_them() -> None:
    standing = {
        IdeaId(1): (OLD, TREES),
        IdeaId(2): (OLD, TREES),
        IdeaId(3): (OLDER, None),
        IdeaId(4): (OLDER, BUSES),
    }
    new = dict.fromkeys(map(IdeaId, range(1, 6)), BUSES)
    assert overruled(new, standing) == {OLD: 2, OLDER: 1}


def test_a_decision_that_says_the_same_overrules_nothing() -> None:
    assert (
        overruled({IdeaId(1): None, IdeaId(2): TREES}, {IdeaId(1): (OLD, None), IdeaId(2): (OLD, TREES)})
        == {}
    )
