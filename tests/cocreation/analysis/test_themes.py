"""What holds for the themes of any ideas, here of those that people sent to two towns and two invented."""

import random
from collections import Counter
from itertools import chain

import pytest

from cocreation.analysis.encoding import installed_encoder
from cocreation.analysis.engine import find_themes
from cocreation.analysis.labels import LEAST_IDEAS, LEAST_SHARE, SEPARATOR
from cocreation.analysis.text import stems
from cocreation.ideas.ids import IdeaId, Language
from cocreation.ideas.theme import IdeaText
from examples import LANGUAGES
from tests.cocreation.analysis.clusterings import (
    example_ideas,
    example_themes,
    ideas_of,
    members,
    remembered,
    themes_of,
)

SETS = [pytest.param(LANGUAGES, id="all"), *[pytest.param((code,), id=code) for code in ("nl", "fr", "de")]]


@pytest.mark.parametrize("languages", SETS)
def test_each_idea_is_in_one_theme_or_in_none(languages: tuple[str, ...]) -> None:
    found = example_themes(*languages)
    everywhere = sorted(chain(*members(found), found.unassigned))
    assert everywhere == [idea.id for idea in example_ideas(*languages)]


@pytest.mark.parametrize("languages", SETS)
def test_a_large_majority_has_a_theme(languages: tuple[str, ...]) -> None:
    assert len(example_themes(*languages).unassigned) <= 0.4 * len(example_ideas(*languages))


@pytest.mark.parametrize("languages", SETS)
def test_themes_are_several_and_large_enough_to_be_worth_a_name(languages: tuple[str, ...]) -> None:
    sizes = [len(theme.members) for theme in example_themes(*languages).themes]
    assert 4 <= len(sizes) <= 30
    assert min(sizes) >= 3
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("languages", SETS)
def test_labels_are_short_unlike_each_other_and_say_something(languages: tuple[str, ...]) -> None:
    labels = [theme.label for theme in example_themes(*languages).themes]
    parts = [part.casefold() for label in labels for part in label.split(" · ")]
    assert len({label.casefold() for label in labels}) == len(labels)
    assert all(2 <= len(label.replace(" · ", " ").split()) <= 4 for label in labels)
    assert all(any(stems(part, Language(code)) for code in languages) for part in parts)
    assert len(set(parts)) == len(parts)


@pytest.mark.parametrize("languages", SETS)
def test_a_label_is_made_of_words_of_the_theme(languages: tuple[str, ...]) -> None:
    texts = {idea.id: idea.text.casefold() for idea in example_ideas(*languages)}
    for theme in example_themes(*languages).themes:
        said = " ".join(texts[member.idea] for member in theme.members)
        assert all(word.casefold() in said for word in theme.label.replace(" · ", " ").split())


def test_a_label_is_in_the_language_of_most_of_its_ideas() -> None:
    ideas = {idea.id: idea for idea in example_ideas(*LANGUAGES)}
    for theme in example_themes(*LANGUAGES).themes:
        here = [ideas[member.idea] for member in theme.members]
        languages = Counter(idea.language for idea in here)
        ((usual, count),) = languages.most_common(1)
        if count > 0.6 * len(here):
            said = " ".join(idea.text.casefold() for idea in here if idea.language == usual)
            assert theme.label.split(" · ")[0].casefold() in said


@pytest.mark.parametrize("languages", SETS)
def test_quotes_are_members_and_scores_say_how_central_they_are(languages: tuple[str, ...]) -> None:
    for theme in example_themes(*languages).themes:
        scores = [member.score for member in theme.members]
        assert scores == sorted(scores, reverse=True)
        assert 0 <= scores[-1] <= scores[0] <= 1
        assert 1 <= len(theme.quotes) <= 3
        assert len(set(theme.quotes)) == len(theme.quotes)
        assert set(theme.quotes) <= {member.idea for member in theme.members}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_ideas_changes_nothing(seed: int) -> None:
    ideas = list(example_ideas("nl"))
    random.Random(seed).shuffle(ideas)
    assert themes_of(ideas) == example_themes("nl")


def test_the_numbers_of_the_ideas_change_nothing() -> None:
    ideas = example_ideas("nl")
    turned = [IdeaText(IdeaId(1000 - idea.id), idea.text, idea.language) for idea in ideas]
    again = [{1000 - idea for idea in theme} for theme in members(themes_of(turned))]
    assert again == members(example_themes("nl"))


def test_themes_go_on_when_a_tenth_more_ideas_come() -> None:
    ideas = list(example_ideas("en"))
    random.Random(3).shuffle(ideas)
    before = themes_of(ideas[: len(ideas) * 10 // 11])
    after = themes_of(ideas, remembered(before))
    going_on = [theme for theme in after.themes if theme.known is not None]
    known = {theme.id: theme for theme in remembered(before)}
    kept = sum(
        len(known[theme.known].members & {member.idea for member in theme.members})
        for theme in going_on
        if theme.known is not None
    )
    same_label = [theme for theme in going_on if theme.known and known[theme.known].label == theme.label]
    assert len({theme.known for theme in going_on}) == len(going_on)
    assert len(going_on) >= 0.8 * len(before.themes)
    assert len(same_label) >= 0.8 * len(going_on)
    assert kept >= 0.7 * sum(len(theme.members) for theme in before.themes)


def test_without_anything_new_every_theme_goes_on_under_its_name() -> None:
    before = remembered(example_themes("nl"))
    after = themes_of(example_ideas("nl"), before)
    going_on = {theme.known: theme for theme in after.themes}
    for theme in before:
        assert going_on[theme.id].label == theme.label
    kept = [theme.members & {member.idea for member in going_on[theme.id].members} for theme in before]
    assert sum(map(len, kept)) >= 0.85 * sum(len(theme.members) for theme in before)


def test_ideas_that_are_gone_do_not_end_their_theme() -> None:
    before = remembered(example_themes("de"))
    fewer = [idea for idea in example_ideas("de") if idea.id % 5]
    after = themes_of(fewer, before)
    going_on = {theme.known for theme in after.themes}
    assert len(going_on - {None}) >= 0.7 * len(before)


def test_the_stages_are_told() -> None:
    heard: list[str] = []
    find_themes(
        encoder=installed_encoder(),
        ideas=ideas_of([idea.text for idea in example_ideas("nl")[:20]]),
        on_stage=heard.append,
    )
    assert heard == ["encoding", "clustering", "naming"]


@pytest.mark.parametrize("own", ["nl", "en"])
def test_a_theme_is_named_in_the_towns_language_where_enough_people_write_in_it(own: str) -> None:
    ideas = example_ideas("nl", "en")
    spoken = {idea.id: idea.language for idea in ideas}
    words = " ".join(idea.text.casefold() for idea in ideas if idea.language == own)
    found = find_themes(ideas, encoder=installed_encoder(), languages=[Language(own)])
    sizes = [(theme, sum(spoken[member.idea] == own for member in theme.members)) for theme in found.themes]
    own_themes = [
        theme for theme, size in sizes if size >= max(LEAST_IDEAS, LEAST_SHARE * len(theme.members))
    ]
    assert own_themes
    for theme in own_themes:
        assert all(part.casefold() in words for part in theme.label.split(SEPARATOR))
