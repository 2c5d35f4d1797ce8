"""How themes are named, of ideas invented for it; nobody knows their meaning, so that words alone decide."""

import codecs
from collections.abc import Sequence

import numpy as np
import pytest

from cocreation.analysis.forms import is_abuse, listed
from cocreation.analysis.labels import SEPARATOR, Naming, name_themes
from cocreation.ideas.ids import Language

EN, NL, FR, DE = (Language(code) for code in ("en", "nl", "fr", "de"))

TREES = [
    "We want more trees along the canal.",
    "Please plant trees in front of the library, for the shade.",
    "The old trees of the park give shade: keep them.",
    "Shade from trees would help everybody in July.",
]
BUSES = [
    "The bus should come every ten minutes.",
    "A night bus to the station on Fridays.",
    "Why does the bus stop running at eight?",
    "More seats at the bus stop, and a timetable.",
]
POOL = [
    "A longer opening of the swimming pool.",
    "The swimming pool needs warmer water.",
    "Free lessons in the swimming pool for children.",
    "Our swimming pool closes too early.",
]


def named(
    *themes: Sequence[str],
    languages: Sequence[Language] = (EN,),
    kept: dict[int, str] | None = None,
    preferred: Language | None = None,
) -> list[Naming]:
    """The namings of these themes; idea number i is in language number i, round and round."""
    texts = [text for theme in themes for text in theme]
    spoken = [languages[number % len(languages)] for theme in themes for number in range(len(theme))]
    groups = np.repeat(np.arange(len(themes)), [len(theme) for theme in themes])
    scores = np.ones(len(texts))
    return name_themes(texts, spoken, groups, scores, kept=kept or {}, meaning=None, preferred=preferred)


def said(naming: Naming) -> str:
    return " ".join([naming.label, *naming.keywords, *sum(naming.keywords_of.values(), ())]).casefold()


def test_a_name_says_what_its_theme_says_and_the_others_do_not() -> None:
    trees, buses, pool = named(TREES, BUSES, POOL)
    assert "trees" in trees.label.casefold()
    assert "bus" in buses.label.casefold()
    assert "swimming pool" in pool.label.casefold()


def test_a_name_has_two_to_four_words_and_a_capital() -> None:
    for naming in named(TREES, BUSES, POOL):
        assert 2 <= len(naming.label.replace(SEPARATOR, " ").split()) <= 4
        assert naming.label[0].isupper()


def test_no_word_stands_in_two_names_or_among_the_keywords_of_two_themes() -> None:
    namings = named(TREES, BUSES, POOL)
    parts = [part.casefold() for naming in namings for part in naming.label.split(SEPARATOR)]
    keywords = [keyword.casefold() for naming in namings for keyword in naming.keywords]
    assert len(set(parts)) == len(parts)
    assert len(set(keywords)) == len(keywords)


@pytest.mark.parametrize(
    "how",
    ["Mevrouw {} wil dit", "mijn buurman Jan {} wil dit", "Dit is het plan van Dr. {}", "{}, zegt meneer {}"],
)
def test_no_name_of_a_person_is_in_a_label_or_among_the_keywords(how: str) -> None:
    benches = [
        f"{how.replace('{}', 'Verstrepen')}: meer {what} bij de kerk." for what in ("banken", "stoelen")
    ]
    (naming, _) = named(benches * 3, ["Een bus naar het station."] * 3, languages=[NL])
    assert "verstrepen" not in said(naming)
    assert "jan" not in said(naming).split()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (NL, "Sofie en Mohammed houden van het zwembad."),
        (FR, "Sylvie et Mohamed veulent une piscine."),
        (DE, "Sabine und Mehmet wünschen sich ein Schwimmbad."),
        (EN, "Jessica and Mohamed want a swimming pool."),
    ],
)
def test_given_names_are_known_in_each_language(language: Language, text: str) -> None:
    (naming, _) = named([text, f"{text} Oui.", f"{text} Ja."], ["bus"] * 3, languages=[language])
    names = {"sofie", "mohammed", "sylvie", "mohamed", "sabine", "mehmet", "jessica"}
    assert not names & set(said(naming).replace(SEPARATOR, " ").split())


def test_a_given_name_that_is_a_word_here_is_a_word() -> None:
    herbs = ["Grow basil and sage in the square.", "The basil was lovely.", "We all want basil in pots."]
    (naming, _) = named(herbs, BUSES)
    assert "basil" in said(naming)


def test_abuse_is_in_no_label_and_no_keyword() -> None:
    swear = codecs.decode("fuvg", "rot13")
    angry = [f"This {swear} bin is full.", f"{swear.title()} bins!", f"Nobody empties the {swear} bin."]
    (naming, _) = named(angry, BUSES)
    assert swear not in said(naming)
    assert "bin" in said(naming)


@pytest.mark.parametrize("language", [NL, FR, DE, EN])
def test_the_lists_of_swear_words_have_no_words_that_towns_need(language: Language) -> None:
    harmless = "poep hondenpoep pot paal bomen pédale pipi connexion papa vögel vogel kinder butt bus"
    assert listed("abuse", Language(f"{language}.rot13"))
    assert not [word for word in harmless.split() if is_abuse(word, language)]


def test_the_towns_name_gives_way_to_what_people_want() -> None:
    bins = [
        "Put more bins in Greenfield.",
        "The bins of Greenfield overflow.",
        "In Greenfield the bins are too small.",
        "Recycling bins for Greenfield.",
    ]
    (naming, *_) = named(bins, [f"In Greenfield: {text}" for text in BUSES], POOL)
    assert "greenfield" not in naming.label.casefold()


def test_a_german_place_gives_way_although_every_noun_has_a_capital() -> None:
    bins = [
        "In Wien fehlen Mülleimer.",
        "Mehr Mülleimer in Wien.",
        "Mülleimer für Hunde in Wien.",
        "Größere Mülleimer!",
    ]
    (naming, _) = named(bins, ["Ein Bus zum Bahnhof."] * 3, languages=[DE])
    assert "wien" not in naming.label.casefold()
    assert "Mülleimer" in naming.label


@pytest.mark.parametrize("word", ["people", "neighborhood", "city", "project", "things"])
def test_words_of_any_town_do_not_name_a_theme(word: str) -> None:
    benches = [f"The {word} {text}" for text in ("need wooden benches", "with wooden benches", "like wood")]
    (naming, _) = named(benches, BUSES)
    assert word not in naming.label.casefold().split()


def test_days_and_hours_do_not_name_a_theme() -> None:
    market = [
        "Een markt op zondagnamiddag.",
        "Op zondagnamiddag ook markt.",
        "zondagnamiddag: markt op het plein",
    ]
    (naming, _) = named(market, ["Een bus naar het station."] * 3, languages=[NL])
    assert "zondag" not in naming.label.casefold()


def test_a_compound_speaks_for_its_last_part() -> None:
    gardens = [
        "Een moestuin voor de buurt.",
        "De pluktuin is leuk.",
        "Onze stadstuin aub.",
        "Een tuin voor ons.",
    ]
    (naming, _) = named(gardens, ["Een bus naar het station."] * 4, languages=[NL])
    assert naming.label.casefold().startswith("tuin")


def test_a_phrase_keeps_the_small_words_inside() -> None:
    fountains = [
        "Installer des fontaines à eau près des écoles.",
        "Il manque des fontaines à eau au parc.",
        "Les fontaines à eau sont trop rares.",
    ]
    (naming, _) = named(fountains, ["Un bus pour la gare."] * 3, languages=[FR])
    assert naming.label == "Fontaines à eau"


def test_an_adjective_alone_does_not_go_before_a_noun() -> None:
    streets = [
        "A safe crossing at the school.",
        "The safe crossing is gone.",
        "More safe crossings, and a crossing guard.",
    ]
    (naming, _) = named(streets, BUSES)
    assert "crossing" in naming.label.casefold().split(SEPARATOR)[0]


def test_keywords_come_in_each_language_that_a_few_ideas_have() -> None:
    trees = ["Meer bomen in de straat.", "Plus d'arbres dans la rue."] * 4
    buses = ["Een bus naar het station.", "Un bus pour la gare."] * 4
    (naming, _) = named(trees, buses, languages=[NL, FR], preferred=FR)
    assert set(naming.keywords_of) == {NL, FR}
    assert "bomen" in " ".join(naming.keywords_of[NL])
    assert "arbres" in " ".join(naming.keywords_of[FR])
    assert naming.keywords == naming.keywords_of[FR]


def test_a_label_stays_while_people_still_say_it() -> None:
    labels = [
        naming.label
        for naming in named(TREES, BUSES, POOL, kept={0: "Shade", 1: "Trams", 2: "Swimming pool"})
    ]
    assert labels[0] == "Shade"
    assert labels[1] != "Trams"
    assert labels[2] == "Swimming pool"


def test_a_kept_label_with_a_persons_name_goes() -> None:
    ideas = ["Mevrouw Verstrepen wil banken.", "Vraag het mevrouw Verstrepen: banken!", "Banken bij de kerk."]
    (naming, _) = named(ideas, ["Een bus naar het station."] * 3, languages=[NL], kept={0: "Verstrepen"})
    assert naming.label != "Verstrepen"


def test_the_order_of_the_ideas_changes_no_name() -> None:
    namings = named(TREES, BUSES, POOL)
    assert named(TREES[::-1], BUSES[::-1], POOL[::-1]) == namings


def test_a_theme_of_nothing_but_stop_words_has_a_name() -> None:
    (naming, _) = named(["the of and", "of the", "and"], BUSES)
    assert naming.label
    assert naming.keywords


def test_a_verb_that_asks_in_french_names_nothing() -> None:
    doors = ["La porte est-elle ouverte ?", "Pourquoi la porte reste-t-elle fermée ?", "La porte va-t-elle ?"]
    buses = ["Le bus est-il à l'heure ?", "Y a-t-il un bus ?", "Est-ce que le bus passe ?"]
    for naming in named(doors, buses, languages=[FR]):
        assert "est-" not in said(naming)
        assert "a-t-il" not in said(naming)
