"""The screens point out what they say they do, in any writing, and nothing of what people write all day."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.moderation import Sign
from cocreation.ideas.screening import Screen

PLAIN = Screen()
TOWN = Screen(["Fûck", "domme gans", "rot*"], ["Mok*"], ["ideas@town.example"])


@pytest.mark.parametrize(
    "text",
    [
        "Bel mij op 0478 12 34 56",
        "Bel mij op 0478/12.34.56.",
        "+32 478 12 34 56",
        "0032478123456 is mijn nummer",
        "Mon numéro : 06 12 34 56 78",
        "04.12.20.26.78",
        "Ruf an: 030/1234567",
        "(016) 12 34 56",
        "+49 (0)30 123456",
        "+31 6 12345678",
    ],
)
def test_telephone_numbers_are_seen(text: str) -> None:
    assert PLAIN.signs(text) == {Sign.TELEPHONE}


@pytest.mark.parametrize(
    "text",
    [
        "Op 01/02/2026 om 10:00 en op 3.12.2026 18 uur",
        "Le 01.02.2026 10h00",
        "Het kost 100 000 000 euro, of €0123456789",
        "Tussen 1980 en 2026, huisnummers 12-14 en 3300 Tienen",
        "Bus 380, 390 en 480 rijden om 07.10, 07.40 en 08.10",
        "0,123456789 kilometer",
        "50.846557, 4.351697",
        "https://town.example/0478123456",
        "Een bank per 10 000 inwoners",
    ],
)
def test_dates_amounts_and_places_are_no_telephone_numbers(text: str) -> None:
    assert PLAIN.signs(text) == set()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Schrijf naar lien.peeters@post.example", Sign.EMAIL),
        ("Stort op BE68 5390 0754 7034", Sign.ACCOUNT),
        ("NL91ABNA0417164300", Sign.ACCOUNT),
        ("FR14 2004 1010 0505 0001 3M02 606 graag", Sign.ACCOUNT),
        ("DE89 3704 0044 0532 0130 00", Sign.ACCOUNT),
        ("www.een.example https://twee.example t.me/drie", Sign.LINKS),
        ("DIT IS TOCH NIET NORMAAL MEER HIER IN TIENEN", Sign.SHOUTING),
        ("FUCK de bomen", Sign.WORDS),
        ("een Domme   Gans!", Sign.WORDS),
        ("wat een rotzooi", Sign.WORDS),
        ("mokkel", Sign.BARRED),
    ],
)
def test_each_rule_sees_what_it_is_for(text: str, sign: Sign) -> None:
    assert TOWN.signs(text) == {sign}


@pytest.mark.parametrize(
    "text",
    [
        "Schrijf naar Ideas@Town.example",
        "BE68 5390 0754 7035 heeft verkeerde controlecijfers",
        "https://een.example en www.twee.example",
        "NMBS, TEC, SNCB en STIB",
        "EEN BANK",
        "Een grot, een ganzendomme en een parapluie",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert TOWN.signs(text) == set()


@given(st.text(alphabet=string.ascii_lowercase + " .,!?éèüß'\n", max_size=300))
def test_small_letters_alone_are_never_suspect(text: str) -> None:
    assert PLAIN.signs(text) == set()


@given(st.text(max_size=400))
def test_no_text_is_too_odd_for_the_screens(text: str) -> None:
    assert TOWN.signs(text) <= set(Sign)


@given(
    st.sampled_from(["", "Bel ", "(", "numéro:"]),
    st.sampled_from(["0478123456", "0612345678", "+32478123456"]),
    st.sampled_from(["", " graag", ".", ")"]),
    st.sampled_from(["", " ", "/", "."]),
)
def test_a_number_is_seen_however_it_is_grouped(before: str, digits: str, after: str, between: str) -> None:
    head, rest = digits[:-6], digits[-6:]
    written = between.join([head, rest[:2], rest[2:4], rest[4:]])
    assert Sign.TELEPHONE in PLAIN.signs(before + written + after)


@given(st.lists(st.text(max_size=12), max_size=4))
def test_whatever_a_town_lists_can_be_looked_for(words: list[str]) -> None:
    Screen(words, words).signs("een bank in het park")
