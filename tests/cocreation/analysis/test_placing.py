"""A new idea finds its theme, its look-alikes and what was said before, among ideas that are known."""

from functools import cache

import numpy as np

from cocreation.analysis.encoding import Vectors, installed_encoder
from cocreation.analysis.hashing import WordsEncoder
from cocreation.analysis.neighbourhood import Neighbourhood
from cocreation.analysis.placing import KnownIdea, ThemeIndex
from cocreation.analysis.shelf import Shelf, principal_axes
from cocreation.ideas.ids import IdeaId, Language, ThemeId
from cocreation.ideas.placed import Findings
from cocreation.ideas.theme import IdeaText

EN, FR = Language("en"), Language("fr")
GREEN, TRAFFIC, CULTURE = ThemeId(1), ThemeId(2), ThemeId(3)
SAID = {
    GREEN: ["More trees along the avenue", "Plant flowers in the park", "Shade and benches under the trees"],
    TRAFFIC: ["Slower cars near the school", "A safe cycle path to school", "Fewer lorries in the street"],
    CULTURE: ["A concert on the square", "Open the library on Sunday", "A stage for young musicians"],
}


def idea(number: int, text: str, language: Language = EN) -> KnownIdea:
    return KnownIdea(IdeaId(number), text, language)


KNOWN = [
    idea(number, text) for number, text in enumerate((t for texts in SAID.values() for t in texts), start=1)
]
THEMES = {known.id: theme for known, theme in zip(KNOWN, [t for t in SAID for _ in range(3)], strict=True)}


@cache
def meaning(text: str) -> Vectors:
    encoder = installed_encoder()
    assert encoder is not None
    vector: Vectors = encoder.encode([text])[0]
    return vector


def index() -> ThemeIndex:
    return ThemeIndex(KNOWN, np.vstack([meaning(known.text) for known in KNOWN]), THEMES)


def test_a_new_idea_goes_to_the_theme_that_it_is_about_in_any_language() -> None:
    for text, language, theme in (
        ("Trees in front of the station", EN, GREEN),
        ("Des arbres et des fleurs dans le parc", FR, GREEN),
        ("The cars drive too fast here", EN, TRAFFIC),
        ("Un festival de musique", FR, CULTURE),
    ):
        place = index().place(idea(20, text, language), meaning(text))
        assert place is not None
        assert place.theme == theme
        assert 0 < place.score <= 1
        assert 0 <= place.sure <= 1


def test_without_a_theme_or_a_word_there_is_no_place() -> None:
    new = idea(20, "More trees")
    assert (
        ThemeIndex(KNOWN, np.vstack([meaning(known.text) for known in KNOWN])).place(new, meaning(new.text))
        is None
    )
    alone = ThemeIndex(KNOWN, WordsEncoder().encode([known.text for known in KNOWN]), THEMES)
    far = "Zzz"
    assert alone.place(idea(20, far), WordsEncoder().encode([far])[0]) is None


def test_themes_can_be_learnt_anew() -> None:
    known = index()
    new = idea(20, "Trees in front of the station")
    known.assign({idea: CULTURE if theme == GREEN else theme for idea, theme in THEMES.items()})
    place = known.place(new, meaning(new.text))
    assert place is not None
    assert place.theme == CULTURE


def test_look_alikes_are_the_nearest_others_best_first() -> None:
    own = KNOWN[0]
    found = index().look_alikes(own, meaning(own.text), count=3)
    assert found[0].idea == 3
    assert own.id not in [alike.idea for alike in found]
    assert [alike.likeness for alike in found] == sorted((alike.likeness for alike in found), reverse=True)


def test_a_typing_error_capitals_and_a_translation_are_duplicates_and_a_neighbour_is_not() -> None:
    for text, language in (
        ("A safe cycle path to shcool", EN),
        ("A SAFE CYCLE PATH TO SCHOOL!!", EN),
        ("Une piste cyclable sûre vers l'école", FR),
    ):
        found = index().duplicates(idea(20, text, language), meaning(text))
        assert [alike.idea for alike in found] == [5], text
    other = "Cycle paths are too narrow"
    assert index().duplicates(idea(20, other), meaning(other)) == []


def test_an_idea_that_is_added_is_found_and_its_new_words_take_the_place_of_the_old() -> None:
    known = index()
    text = "A swimming pool for all"
    known.add(idea(20, text), meaning(text))
    again = idea(21, "A swimming pool for everybody")
    assert known.look_alikes(again, meaning(again.text))[0].idea == 20
    known.add(idea(20, "Lower taxes"), meaning("Lower taxes"))
    assert len(known) == len(KNOWN) + 1
    assert known.duplicates(again, meaning(again.text)) == []


def test_an_idea_that_is_dropped_is_not_found_and_all_others_are_as_before() -> None:
    whole = index()
    for gone in (KNOWN[0], KNOWN[4], KNOWN[-1]):
        known = index()
        known.drop({gone.id, IdeaId(99)})
        assert gone.id not in known
        assert len(known) == len(KNOWN) - 1
        assert known.duplicates(gone, meaning(gone.text)) == []
        for own in KNOWN:
            vector = meaning(own.text)
            before = [a for a in whole.look_alikes(own, vector, len(KNOWN)) if a.idea != gone.id]
            after = known.look_alikes(own, vector, len(KNOWN))
            assert [a.idea for a in after] == [a.idea for a in before]
            again = known.duplicates(idea(20, own.text.upper()), vector)
            assert [a.idea for a in again] == ([own.id] if own != gone else [])
        known.assign(THEMES)
        new = idea(20, "Trees and flowers")
        place = known.place(new, meaning(new.text))
        assert place is not None
        assert place.theme == GREEN
        known.add(gone, meaning(gone.text))
        assert known.look_alikes(gone, meaning(gone.text))[0].idea != gone.id
        assert known.duplicates(idea(20, gone.text), meaning(gone.text))[0].idea == gone.id


def test_an_index_can_lose_all_its_ideas() -> None:
    known = index()
    known.drop(THEMES)
    assert len(known) == 0
    assert known.look_alikes(KNOWN[0], meaning(KNOWN[0].text)) == []
    assert known.duplicates(KNOWN[0], meaning(KNOWN[0].text)) == []


def neighbourhood(*texts: str) -> Neighbourhood:
    """One that knows these ideas, numbered from 1."""
    near = Neighbourhood(WordsEncoder(), (EN,))
    ideas = said(1, *texts)
    near.fill(ideas, near.encode(ideas))
    return near


def said(first: int, *texts: str) -> list[IdeaText]:
    return [IdeaText(IdeaId(number), text, EN) for number, text in enumerate(texts, start=first)]


def find(near: Neighbourhood, first: int, *texts: str) -> list[Findings]:
    ideas = said(first, *texts)
    vectors = near.encode(ideas)
    near.learn(ideas, vectors)
    return list(near.find(ideas, vectors))


PATH, POOL = "A safe cycle path to school", "A swimming pool for all of us"


def test_what_is_forgotten_is_not_found_and_does_not_hide_what_is_there() -> None:
    near = neighbourhood(PATH, PATH, POOL)
    (first,) = find(near, 10, PATH)
    assert first.duplicate is not None
    assert first.duplicate.of == 1
    near.forget([IdeaId(1), IdeaId(10)])
    (found,) = find(near, 11, PATH)
    assert found.duplicate is not None
    assert found.duplicate.of == 2
    assert [alike.idea for alike in found.look_alikes] == [2]


def test_ideas_that_come_together_are_found_among_each_other() -> None:
    found = find(neighbourhood(POOL), 10, PATH, PATH)
    assert [each.duplicate and (each.duplicate.idea, each.duplicate.of) for each in found] == [(11, 10)] * 2


def test_a_neighbourhood_is_filled_anew_when_all_are_gone() -> None:
    near = neighbourhood(PATH, POOL)
    near.forget([IdeaId(2)])
    assert not near.is_to_be_filled
    near.forget([IdeaId(1), IdeaId(2)])
    assert near.is_to_be_filled


def test_ideas_without_words_are_not_like_each_other_nor_like_any_other() -> None:
    empty = ("😀", "https://town.example/plan", "", "www.town.example", "12 345")
    near = neighbourhood(*empty, PATH)
    nothing = Findings(None, (), None)
    assert find(near, 10, *empty) == [nothing] * len(empty)
    mixed = find(near, 20, "😀", PATH, "")
    assert [each == nothing for each in mixed] == [True, False, True]
    assert [alike.idea for alike in mixed[1].look_alikes] == [6]
    new = Neighbourhood(WordsEncoder(), (EN,))
    assert find(new, 1, *empty) == [nothing] * len(empty)
    assert new.is_to_be_filled


def test_an_idea_that_loses_its_words_is_not_found_any_more() -> None:
    near = neighbourhood(PATH, POOL)
    find(near, 1, "😀")
    (found,) = find(near, 10, PATH)
    assert found.duplicate is None
    find(near, 1, PATH)
    (found,) = find(near, 11, PATH)
    assert found.duplicate is not None
    assert found.duplicate.of == 1


def test_an_index_that_has_grown_by_half_is_outgrown() -> None:
    known = index()
    for number in range(20, 24):
        known.add(idea(number, f"Idea {number}"), meaning(f"Idea {number}"))
    assert not known.is_outgrown
    known.add(idea(30, "One more"), meaning("One more"))
    assert known.is_outgrown


def test_a_shelf_finds_nearly_what_comparing_all_finds() -> None:
    random = np.random.default_rng(5)
    low = random.normal(size=(3000, 40)) @ random.normal(size=(40, 256))
    rows = (low / np.linalg.norm(low, axis=1, keepdims=True)).astype(np.float32)
    shelf = Shelf(principal_axes(rows[:1000]))
    for start in range(0, len(rows), 700):
        shelf.add(rows[start : start + 700])
    for row in range(0, 3000, 300):
        found, cosines = shelf.nearest(rows[row], 6)
        exact = np.sort(rows @ rows[row])[::-1][:6]
        assert found[0] == row
        assert np.allclose(cosines, exact, atol=0.01)
