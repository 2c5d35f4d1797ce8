"""Why an idea is in its theme, what makes a theme one, and where it could be split."""

from dataclasses import replace
from functools import cache

import pytest

from cocreation.analysis.encoding import Encoder, installed_encoder
from cocreation.analysis.hashing import WordsEncoder
from cocreation.analysis.landscape import Landscape
from cocreation.analysis.splitting import propose_split
from cocreation.analysis.why import why_idea, why_theme
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import IdeaText, KnownTheme
from cocreation.ideas.why import Certainty, WhyIdea
from tests.cocreation.analysis.clusterings import example_ideas, example_themes, ideas_of, remembered

LANGUAGES = ("nl", "fr", "de", "en")
TREES = ["Meer bomen op het plein", "Bomen planten langs de straat", "Oude bomen op het plein bewaren"]
BUSES = ["De bus rijdt te laat in de avond", "Een bus naar het station", "Vaker een bus naar het dorp"]


def installed() -> Encoder:
    encoder = installed_encoder()
    if encoder is None:
        pytest.skip("no encoder is installed")
    return encoder


@cache
def examples() -> tuple[Landscape, tuple[KnownTheme, ...]]:
    return Landscape(example_ideas(*LANGUAGES), installed()), tuple(remembered(example_themes(*LANGUAGES)))


def small_town(encoder: Encoder | None = None) -> tuple[Landscape, list[KnownTheme]]:
    ideas = ideas_of([*TREES, *BUSES])
    trees = KnownTheme(ThemeId(1), "Bomen", frozenset(idea.id for idea in ideas[:3]))
    buses = KnownTheme(ThemeId(2), "Bus", frozenset(idea.id for idea in ideas[3:]))
    return Landscape(ideas, encoder or WordsEncoder()), [trees, buses]


def explained(number: int, encoder: Encoder | None = None) -> WhyIdea:
    land, themes = small_town(encoder)
    why = why_idea(land, themes, {}, IdeaId(number))
    assert why is not None
    return why


def test_the_word_that_put_an_idea_there_is_named() -> None:
    why = explained(4)
    assert why.own is not None
    assert why.own.label == "Bus"
    assert why.reasons[0].words == "bus"
    assert why.reasons[0].lead < why.lead


def test_neighbours_are_of_the_same_theme_and_not_the_idea_itself() -> None:
    assert {neighbour.idea for neighbour in explained(2).neighbours} <= {IdeaId(1), IdeaId(3)}
    assert explained(2).neighbours


def test_words_alone_are_never_quite_sure() -> None:
    assert {explained(number).certainty for number in range(1, 7)} <= {Certainty.FAIRLY, Certainty.OPEN}


def test_where_the_engine_is_sure_a_new_idea_would_go_the_same_way() -> None:
    land, themes = examples()
    every = [why_idea(land, themes, {}, idea) for theme in themes for idea in sorted(theme.members)[::4]]
    sure = [why for why in every if why is not None and why.certainty is Certainty.SURE]
    assert len(sure) > len(every) / 2
    assert sum(why.lead > 0 for why in sure) == len(sure)


def test_what_is_left_without_a_word_is_what_the_engine_sees_without_it() -> None:
    land, themes = examples()
    idea = next(each for each in land.ideas if each.text.startswith("photovoltaikanlagen solten"))
    why = why_idea(land, themes, {}, idea.id)
    assert why is not None
    assert [reason.words for reason in why.reasons] == ["photovoltaikanlagen"]
    assert why.reasons[0].lead < 0 < why.lead


def test_an_idea_without_a_theme_has_no_reasons_but_a_nearest_theme() -> None:
    land, (trees, buses) = small_town()
    why = why_idea(land, [trees, replace(buses, members=buses.members - {IdeaId(4)})], {}, IdeaId(4))
    assert why is not None
    assert (why.own, why.reasons, why.neighbours) == (None, (), ())
    assert why.other is not None
    assert why.other.label == "Bus"


def test_a_facilitators_decision_is_told() -> None:
    land, themes = small_town()
    held = why_idea(land, themes, {IdeaId(1): ThemeId(1)}, IdeaId(1))
    out = why_idea(land, themes, {IdeaId(1): None}, IdeaId(1))
    assert held is not None and held.is_held
    assert out is not None and not out.is_held


def test_an_idea_that_is_gone_has_no_why() -> None:
    land, themes = small_town()
    assert why_idea(land, themes, {}, IdeaId(99)) is None


@pytest.mark.parametrize("text", ["🌳🌳🌳", "de het een", "bomen", "123 456"])
def test_an_idea_of_one_word_or_none_has_an_answer(text: str) -> None:
    ideas = [*ideas_of([*TREES, *BUSES]), IdeaText(IdeaId(7), text)]
    theme = KnownTheme(ThemeId(1), "Bomen", frozenset(map(IdeaId, (1, 2, 3, 7))))
    assert why_idea(Landscape(ideas, WordsEncoder()), [theme], {}, IdeaId(7)) is not None


def test_the_only_idea_of_a_theme_that_is_the_only_one_has_an_answer() -> None:
    land = Landscape(ideas_of(["Meer bomen"]), WordsEncoder())
    theme = KnownTheme(ThemeId(1), "Bomen", frozenset({IdeaId(1)}))
    why = why_idea(land, [theme], {}, IdeaId(1))
    assert why is not None
    assert why.certainty is Certainty.OPEN


def test_a_themes_words_are_counted_inside_and_outside() -> None:
    land, themes = small_town()
    why = why_theme(land, themes, ThemeId(1))
    assert why is not None
    words = {word.form: (word.here, word.elsewhere) for word in why.words}
    assert words["bomen"] == (3, 0)
    assert (why.size, why.here, why.elsewhere, why.others) == (3, 3, 0, 3)


def test_a_themes_words_stand_in_more_of_its_ideas_than_elsewhere() -> None:
    land, themes = examples()
    for theme in themes:
        why = why_theme(land, themes, theme.id)
        assert why is not None
        assert why.words
        assert all(word.here / why.size > word.elsewhere / why.others for word in why.words)
        assert why.nearest is None or why.nearest.likeness < why.closeness


def test_a_theme_that_is_gone_has_no_why_and_no_split() -> None:
    land, themes = small_town()
    assert why_theme(land, themes, ThemeId(9)) is None
    assert propose_split(land, themes, ThemeId(9)) is None
    assert why_theme(land, [], ThemeId(1)) is None


def test_two_themes_laid_together_are_cut_apart_again() -> None:
    land, themes = examples()
    energy = next(theme for theme in themes if "Energie" in theme.label)
    food = next(theme for theme in themes if "Lebensmittel" in theme.label)
    both = replace(energy, members=energy.members | food.members)
    split = propose_split(land, [both], both.id)
    assert split is not None and split.halves is not None
    one, two = (half.ideas for half in split.halves)
    assert one | two == both.members
    assert len(one) >= len(two)
    assert min(len(one & energy.members), len(two & food.members)) > 0.9 * min(len(one), len(two))
    assert {"Lebensmittel", "Energie"} <= {word.form for half in split.halves for word in half.words}
    assert all(half.quote and half.label for half in split.halves)


def test_a_theme_that_could_be_cut_anywhere_is_not_cut() -> None:
    land, themes = examples()
    found = [propose_split(land, themes, theme.id) for theme in themes]
    assert any(split is not None and split.halves is None for split in found)


@pytest.mark.parametrize("count", [1, 3, 5])
def test_a_few_ideas_are_not_cut(count: int) -> None:
    ideas = ideas_of([*TREES, *BUSES][:count])
    theme = KnownTheme(ThemeId(1), "Alles", frozenset(idea.id for idea in ideas))
    split = propose_split(Landscape(ideas, WordsEncoder()), [theme], theme.id)
    assert split is not None
    assert split.halves is None


def test_the_same_words_over_and_over_are_not_cut() -> None:
    ideas = ideas_of(["Meer bomen"] * 30)
    theme = KnownTheme(ThemeId(1), "Bomen", frozenset(idea.id for idea in ideas))
    split = propose_split(Landscape(ideas, WordsEncoder()), [theme], theme.id)
    assert split is not None
    assert split.halves is None
