"""A link into the chat leads where it was meant to, and a stranger's does no harm."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cocreation.ideas.deep_link import (
    LONGEST_CODE,
    DeepLink,
    ToIdea,
    ToInlineHelp,
    ToInvitation,
    ToLab,
    ToProcess,
    ToPrompt,
    ToTheme,
    link,
    payload,
    read_payload,
)
from cocreation.ideas.ids import ProcessId, PromptId, ThemeId, Token, new_invitation_token, new_token

ALLOWED = re.compile(r"[A-Za-z0-9_-]{1,64}")
numbers = st.integers(1, 10**18 - 1)
codes = st.from_regex(rf"[A-Za-z0-9_-]{{1,{LONGEST_CODE}}}", fullmatch=True)
links: st.SearchStrategy[DeepLink] = st.one_of(
    st.builds(lambda _: ToIdea(new_token()), st.none()),
    st.builds(ToTheme, numbers.map(ThemeId)),
    st.builds(ToProcess, numbers.map(ProcessId)),
    st.builds(ToPrompt, numbers.map(PromptId)),
    st.builds(ToLab, codes),
    st.builds(lambda _: ToInvitation(new_invitation_token()), st.none()),
    st.just(ToInlineHelp()),
)
near_ones = st.from_regex(r"(idea|theme|process|prompt|lab|inv|inline)?_?[\w-]*", fullmatch=True)


@given(to=links)
def test_what_is_read_is_what_was_written_in_letters_that_telegram_takes(to: DeepLink) -> None:
    written = payload(to)
    assert ALLOWED.fullmatch(written)
    assert read_payload(written) == to


@given(text=st.text() | near_ones)
@example("theme_٣")
@example("theme_007")
@example("theme_99999999999999999999")
@example("lab_" + "x" * 61)
@example("idea_" + "x" * 22 + "\n")
@example("lab_")
def test_whatever_a_stranger_sends_is_one_of_ours_to_the_letter_or_nothing(text: str) -> None:
    found = read_payload(text)
    assert found is None or payload(found) == text


@pytest.mark.parametrize("text", ["", "_", "idea", "inline_", "INLINE", "theme_0", "theme_-1", "vote_7"])
def test_an_unknown_payload_leads_nowhere(text: str) -> None:
    assert read_payload(text) is None


@pytest.mark.parametrize(
    "to", [ToIdea(Token("short")), ToTheme(ThemeId(0)), ToLab("Klas 5B"), ToLab("x" * (LONGEST_CODE + 1))]
)
def test_a_name_that_no_link_can_carry_is_refused(to: DeepLink) -> None:
    with pytest.raises(ValueError, match="no link"):
        payload(to)


@given(to=links)
def test_a_link_carries_its_payload(to: DeepLink) -> None:
    parts = urlsplit(link("@wilgenbeke_bot", to))
    assert (parts.netloc, parts.path) == ("t.me", "/wilgenbeke_bot")
    assert parse_qs(parts.query) == {"start": [payload(to)]}


def test_a_link_to_the_chat_alone_is_as_short_as_can_be() -> None:
    assert link("wilgenbeke_bot") == "https://t.me/wilgenbeke_bot"


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("idea_AbCdEfGhIjKlMnOpQrStUw", ToIdea(Token("AbCdEfGhIjKlMnOpQrStUw"))),
        ("theme_12", ToTheme(ThemeId(12))),
        ("process_3", ToProcess(ProcessId(3))),
        ("prompt_5", ToPrompt(PromptId(5))),
        ("lab_KLAS-5B", ToLab("KLAS-5B")),
        ("inline", ToInlineHelp()),
    ],
)
def test_what_hangs_on_walls_by_now_stays_understood(text: str, to: DeepLink) -> None:
    assert read_payload(text) == to
