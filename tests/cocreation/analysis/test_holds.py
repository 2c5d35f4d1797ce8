"""What facilitators decided holds in every run, whatever the ideas are like."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cocreation.analysis.engine import find_themes
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import Clustering, KnownTheme
from tests.cocreation.analysis.clusterings import (
    example_ideas,
    example_themes,
    members,
    remembered,
    themes_of,
)

SOME = example_ideas("en")[:60]


def _places(clustering: Clustering) -> dict[IdeaId, ThemeId | None]:
    return {m.idea: theme.known for theme in clustering.themes for m in theme.members}


@settings(max_examples=25, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from([idea.id for idea in SOME]),
        st.sampled_from([None, ThemeId(7), ThemeId(8), ThemeId(9)]),
        max_size=30,
    )
)
def test_each_held_idea_is_where_it_is_held(holds: dict[IdeaId, ThemeId | None]) -> None:
    places = _places(find_themes(SOME, (), holds, encoder=None))
    assert {idea: places.get(idea) for idea in holds} == holds


def test_an_idea_without_a_word_is_where_it_is_held_too() -> None:
    ideas = [*SOME[:-1], SOME[-1].__class__(SOME[-1].id, "🌳🌳")]
    assert _places(find_themes(ideas, (), {ideas[-1].id: ThemeId(7)}, encoder=None))[ideas[-1].id] == 7


@pytest.mark.parametrize(("one", "other"), [(0, 1), (1, 2), (4, 5)])
def test_merged_themes_stay_one_and_the_others_go_on(one: int, other: int) -> None:
    known = remembered(example_themes("en"))
    merged = known[one].members | known[other].members
    places = _places(themes_of(example_ideas("en"), known, dict.fromkeys(merged, known[other].id)))
    assert {places[idea] for idea in merged} == {known[other].id}
    others = [theme for theme in known if theme not in (known[one], known[other])]
    assert all(places[idea] == theme.id for theme in others for idea in theme.members)


@pytest.mark.parametrize(("source", "target"), [(0, 1), (3, 2), (4, 0)])
def test_an_idea_that_was_moved_takes_nobody_along(source: int, target: int) -> None:
    known = remembered(example_themes("en"))
    idea = min(known[source].members)
    places = _places(themes_of(example_ideas("en"), known, {idea: known[target].id}))
    assert places[idea] == known[target].id
    assert all(places[each] == theme.id for theme in known for each in theme.members - {idea})


def test_the_parts_of_a_split_stay_apart() -> None:
    known = remembered(example_themes("en"))
    whole = sorted(known[0].members)
    new = ThemeId(999)
    holds = {idea: new if place % 2 else known[0].id for place, idea in enumerate(whole)}
    places = _places(themes_of(example_ideas("en"), known, holds))
    assert {idea: places[idea] for idea in whole} == holds


def test_a_facilitators_name_stays_and_no_other_theme_takes_it() -> None:
    known = remembered(example_themes("nl"))
    name = known[3].label
    named = [
        KnownTheme(theme.id, name if place == 0 else "Iets", theme.members, is_named=place == 0)
        for place, theme in enumerate(known)
    ]
    after = themes_of(example_ideas("nl"), named, dict.fromkeys(known[0].members, known[0].id))
    labels = {theme.known: theme.label for theme in after.themes}
    assert labels[known[0].id] == name
    assert [*labels.values()].count(name) == 1


def test_a_held_theme_lives_with_a_single_idea_and_in_a_small_town() -> None:
    after = find_themes(SOME[:5], (), {SOME[0].id: ThemeId(7)}, encoder=None)
    assert [(theme.known, len(theme.members) >= 1) for theme in after.themes] == [(ThemeId(7), True)]
    assert SOME[0].id in members(after)[0]
