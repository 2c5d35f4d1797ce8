"""A town answers in the language nearest to the person's."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from cocreation.ideas.ids import ChatId, Language
from cocreation.ideas.town import Town

TOWN = Town(
    name="Wilgenbeke",
    languages=(Language("nl"), Language("fr")),
    time_zone=ZoneInfo("Europe/Brussels"),
    facilitator_chat=ChatId(-5),
    administrators=frozenset({7}),
    digest_language=Language("nl"),
    board_url=None,
)


@pytest.mark.parametrize(
    ("code", "language"),
    [("fr", "fr"), ("fr-BE", "fr"), ("FR", "fr"), ("nl-be", "nl"), ("tr", "nl"), ("", "nl"), (None, "nl")],
)
def test_a_phone_gets_its_language_or_the_towns_first(code: str | None, language: str) -> None:
    assert TOWN.speaks(code) == language


@pytest.mark.parametrize(
    ("chat", "user", "is_facilitator"), [(-5, 1, True), (9, 7, True), (9, 1, False), (7, 9, False)]
)
def test_facilitators_write_in_their_chat_and_administrators_anywhere(
    chat: int, user: int, is_facilitator: bool
) -> None:
    assert TOWN.is_facilitator(ChatId(chat), user) is is_facilitator


def test_the_clock_is_the_towns() -> None:
    assert TOWN.local(datetime(2026, 7, 1, 6, tzinfo=UTC)).hour == 8
