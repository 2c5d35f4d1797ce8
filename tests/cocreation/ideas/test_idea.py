"""People's words: cleaned without loss, and cut where a reader would cut them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.idea import clean_text, has_words, shorten
from cocreation.ideas.ids import new_token

FAMILY = "👨‍👩‍👧‍👦"
BELGIUM = "🇧🇪"
WAVE = "👋🏽"
HEART = "❤️"


@given(text=st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(text=st.text())
def test_what_is_cleaned_is_composed_and_free_of_control_characters(text: str) -> None:
    cleaned = clean_text(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert all(c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs") for c in cleaned)
    assert cleaned == cleaned.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Meer bomen\r\nop de Markt \n", "Meer bomen\nop de Markt"),
        ("Cafe\u0301", "Café"),
        ("a\x00b\x1b\ud83db", "abb"),
        ("\u200b\ufeff \u2060", ""),
        ("\u00a0bank\u2003", "bank"),
        (FAMILY, FAMILY),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_words_and_line_breaks_stay_and_what_nobody_sees_goes(text: str, expected: str) -> None:
    assert clean_text(text) == expected


@pytest.mark.parametrize("text", ["bank", "5", "é", "木", "شجرة", "👍 ja"])
def test_a_letter_or_a_digit_of_any_script_makes_words(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize("text", ["", "👍", f"{FAMILY}{BELGIUM}", "?!…", "🇧🇪 ❤️"])
def test_emoji_and_signs_make_none(text: str) -> None:
    assert not has_words(text)


@given(text=st.text(), limit=st.integers(1, 60))
def test_what_is_cut_is_never_longer_than_the_limit_and_a_beginning_of_the_text(
    text: str, limit: int
) -> None:
    cut = shorten(text, limit)
    assert len(cut) <= limit
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


@given(text=st.text(max_size=40))
def test_what_fits_is_left_alone(text: str) -> None:
    assert shorten(text, 40) == text


@given(words=st.lists(st.text("abc", min_size=1, max_size=8), min_size=9), limit=st.integers(20, 30))
def test_words_stay_whole(words: list[str], limit: int) -> None:
    text = " ".join(words)
    if len(text) > limit:
        head = shorten(text, limit).removesuffix("…").split(" ")
        assert head == words[: len(head)]


@pytest.mark.parametrize("cluster", [FAMILY, BELGIUM, WAVE, HEART, "n̈", "1️⃣", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"])
def test_an_emoji_a_flag_and_an_accented_letter_stay_whole(cluster: str) -> None:
    text = cluster * 10
    for limit in range(len(cluster) + 1, len(text)):
        head = shorten(text, limit).removesuffix("…")
        assert head.replace(cluster, "") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aaaa bbbb cccc", "aaaa bbbb…"),
        ("aaaa bbb,\ncccc", "aaaa bbb…"),
        ("aaaaaaaaaaaaaa", "aaaaaaaaa…"),
        ("a bbbbbbbbbbbbbb", "a bbbbbbb…"),
    ],
)
def test_a_cut_looks_for_a_blank_and_leaves_no_loose_comma(text: str, expected: str) -> None:
    assert shorten(text, 10) == expected


def test_a_token_fits_an_address_and_none_is_like_another() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(len(token) == 22 and token.replace("-", "").replace("_", "").isalnum() for token in tokens)
