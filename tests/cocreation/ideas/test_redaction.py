"""What somebody wrote goes from what others are about to read, and nothing else does."""

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from cocreation.ideas.redaction import Redaction

_words = st.text(alphabet="abcdé&'<", min_size=1, max_size=6)
_texts = st.lists(_words, min_size=1, max_size=12).map(" ".join)


def test_a_quote_becomes_an_ellipsis_and_its_tags_stay() -> None:
    html = "<b>Theme: Trees</b>\n<blockquote>More shade on the market, please</blockquote>\n3 people"
    redacted = Redaction(["More shade  on\nthe market, please"]).of(html)
    assert redacted == "<b>Theme: Trees</b>\n<blockquote>…</blockquote>\n3 people"


def test_a_quote_that_was_shortened_goes_too() -> None:
    text = "A bench by the river where one can rest"
    assert Redaction([text]).of("1 · A bench by the… · 4 👍") == "1 · … · 4 👍"


def test_words_that_others_say_as_well_stay() -> None:
    html = "The market is open on Thursday"
    assert Redaction(["More shade on the market, please"]).of(html) == html


def test_a_short_text_goes_as_a_whole() -> None:
    assert Redaction(["Zachte Vos"]).of("<b>Zachte Vos</b>: zachte grond") == "<b>…</b>: zachte grond"


@given(_texts, st.lists(_texts, max_size=3))
def test_nothing_of_the_text_is_left(text: str, others: list[str]) -> None:
    html = f"<i>{escape(' '.join([*others, text]))}</i> {escape(text)}"
    redacted = Redaction([text]).of(html)
    assert Redaction([text]).of(redacted) == redacted
    assert (redacted == html) == (not any(c.isalnum() for c in text))
