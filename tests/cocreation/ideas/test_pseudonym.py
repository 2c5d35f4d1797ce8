"""Pseudonyms are two pleasant words that agree with each other."""

from itertools import islice
from random import Random

import pytest

from cocreation.ideas.ids import Language
from cocreation.ideas.pseudonym import pseudonyms
from cocreation.ideas.pseudonym_words import WORDS

LANGUAGES = sorted(WORDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_thousands_of_them(language: str) -> None:
    words = WORDS[language]
    nouns = [noun for group in words.nouns for noun in group]
    assert len(nouns) >= 60 <= len(words.adjectives)
    assert len(set(nouns)) == len(nouns)
    assert len({adjective[0] for adjective in words.adjectives}) == len(words.adjectives)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_adjective_has_a_form_for_every_kind_of_noun(language: str) -> None:
    words = WORDS[language]
    assert {len(adjective) for adjective in words.adjectives} == {len(words.nouns)}


@pytest.mark.parametrize(
    ("language", "noun", "names"),
    [
        ("nl", "Vos", "Zachte Vos"),
        ("fr", "Merle", "Merle doux"),
        ("fr", "Alouette", "Alouette douce"),
        ("de", "Dachs", "Sanfter Dachs"),
        ("de", "Amsel", "Sanfte Amsel"),
        ("de", "Reh", "Sanftes Reh"),
        ("en", "Badger", "Gentle Badger"),
    ],
)
def test_the_adjective_goes_with_the_noun(language: str, noun: str, names: str) -> None:
    words = WORDS[language]
    forms = [form for form, group in enumerate(words.nouns) if noun in group]
    adjective = words.adjectives[0]
    assert [words.pattern.format(adjective=adjective[form], noun=noun) for form in forms] == [names]


def test_who_finds_many_names_taken_gets_a_number() -> None:
    drawn = list(islice(pseudonyms(Language("nl"), Random(7)), 40))
    assert not any(name[-1].isdecimal() for name in drawn[:12])
    assert all(name[-1].isdecimal() for name in drawn[12:])


def test_a_language_without_words_borrows_english_ones() -> None:
    english = {adjective[0] for adjective in WORDS["en"].adjectives}
    assert next(pseudonyms(Language("es"))).split()[0] in english
