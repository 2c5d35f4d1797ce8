"""A burst is the same text by many new people at once; a few people, days or words apart are none."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.burst import FEWEST_PEOPLE, WITHIN, Fresh, Supported, bursts, is_rush
from cocreation.ideas.ids import IdeaId, ResidentId

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
TEXT = "Bouw geen windmolens op de akker van Jan"


def fresh(number: int, text: str = TEXT, author: int | None = None, seconds: float = 0.0) -> Fresh:
    who = number if author is None else author
    return Fresh(IdeaId(number), ResidentId(who), text, NOW + timedelta(seconds=seconds))


def test_the_same_text_by_many_is_one_burst_and_others_are_not_in_it() -> None:
    said = [fresh(n, seconds=10.0 * n) for n in range(1, 8)]
    other = [fresh(n, f"Een bank nummer {n} bij de vijver graag", seconds=n) for n in range(20, 23)]
    assert bursts([*said, *other]) == [frozenset(each.idea for each in said)]


def test_a_few_changed_words_do_not_hide_it() -> None:
    texts = [TEXT, TEXT.upper(), f"{TEXT}!!", f"{TEXT} nu", f"Aub, {TEXT.lower()}"]
    assert bursts([fresh(n, text) for n, text in enumerate(texts, start=1)]) == [
        frozenset(map(IdeaId, range(1, 6)))
    ]


def test_few_people_short_texts_and_long_pauses_are_no_burst() -> None:
    many = range(1, FEWEST_PEOPLE + 1)
    assert bursts([fresh(n, author=n % 2) for n in range(1, 20)]) == []
    assert bursts([fresh(n) for n in many][1:]) == []
    assert bursts([fresh(n, "Een zwembad") for n in range(1, 30)]) == []
    apart = WITHIN.total_seconds()
    assert bursts([fresh(n, seconds=apart * n) for n in many]) == []
    assert bursts([]) == []


@given(st.integers(0, 30), st.integers(0, 2**32))
def test_the_order_of_what_came_changes_nothing(count: int, seed: int) -> None:
    chance = Random(seed)
    texts = [TEXT, f"{TEXT} en Piet", "Meer bomen langs de weg naar Leuven", "Een bank"]
    said = [
        fresh(n, chance.choice(texts), chance.randrange(9), chance.uniform(0, 2000)) for n in range(count)
    ]
    found = bursts(said)
    chance.shuffle(said)
    assert bursts(said) == found
    by_idea = {each.idea: each for each in said}
    for group in found:
        assert len({by_idea[idea].author for idea in group}) >= FEWEST_PEOPLE
    assert sum(map(len, found)) == len(set().union(*found)) if found else True


@given(st.lists(st.text(max_size=60), max_size=30))
def test_no_texts_are_too_odd(texts: list[str]) -> None:
    bursts([fresh(n, text) for n, text in enumerate(texts)])


def test_a_rush_is_made_by_people_who_had_just_come() -> None:
    assert is_rush(Supported(IdeaId(1), 18, 15))
    assert not is_rush(Supported(IdeaId(1), 14, 14))
    assert not is_rush(Supported(IdeaId(1), 60, 30))
