"""Facilitators give themes names, by typing one or by taking one that is suggested."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errands import joined
from bot.runtime import now
from cocreation.ideas.ids import ThemeId
from cocreation.services.decide_themes import merge_themes, rename_theme
from tests.bot.town import FACILITATORS, LIEN, Town
from tests.handlers.acting import buttons, forges
from tests.handlers.themes_in_hand import (
    a_town_with_themes,
    inside,
    newest,
    opened,
    pressed,
    replies,
    text_at,
)

ASKS = "Schrijf de nieuwe naam"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town_with_themes(tmp_path) as running:
        yield running


async def test_a_typed_name_shows_in_the_same_message_with_who_and_when_and_is_undone(town: Town) -> None:
    card = await opened(town)
    question = await pressed(town, "Hernoemen", ASKS)
    assert question["message_id"] == card["message_id"]
    town.write(LIEN, "Dit is geen naam", FACILITATORS)
    replies(town, question, "  Groen & <schaduw> ")
    named = await newest(town, "Hiervoor was het “Bomen”", "Groen & <schaduw>\n5 ideeën")
    assert named["message_id"] == card["message_id"]
    ((by, at),) = await town.rows("SELECT by_id, decided_at FROM theme_decisions WHERE kind = 'rename'")
    assert by is not None and at[:2] == "20"
    await pressed(town, "↩️", "heet weer “Bomen”")
    assert "Bomen" in await inside(town)
    ((undone_by, undone_at),) = await town.rows("SELECT undone_by_id, undone_at FROM theme_decisions")
    assert (undone_by, undone_at is None) == (by, False)


async def test_a_suggested_name_is_taken_by_a_button_and_the_own_one_is_suggested_then(town: Town) -> None:
    await opened(town)
    question = await pressed(town, "Hernoemen", ASKS)
    assert buttons(question)[:3] == ["Bomen · schaduw", "Schaduw", "✖️ Annuleren"]
    await pressed(town, "Bomen · schaduw", "Hiervoor was het “Bomen”")
    again = await pressed(town, "Hernoemen", ASKS)
    assert buttons(again)[0] == "Bomen"
    await forges(town, LIEN, again, "1:E:1:name:0123456789a", FACILITATORS)
    await newest(town, ASKS)
    assert set(await inside(town)) == {"Bomen · schaduw", "Fietsen", "Bussen"}


@pytest.mark.parametrize(
    ("said", "fault"),
    [("…", "letters"), ("a" * 81, "telt er 81"), ("fietsen", "“Fietsen” heet"), ("Bomen", "heet al zo")],
)
async def test_what_is_no_new_name_is_told_and_changes_nothing(town: Town, said: str, fault: str) -> None:
    await opened(town)
    question = await pressed(town, "Hernoemen", ASKS)
    replies(town, question, said)
    await newest(town, fault)
    assert set(await inside(town)) == {"Bomen", "Fietsen", "Bussen"}
    assert await town.rows("SELECT count(*) FROM theme_decisions") == [(0,)]


async def test_after_a_refused_name_another_one_is_taken_even_after_a_restart(tmp_path: Path) -> None:
    async with a_town_with_themes(tmp_path, town={"administrators": [LIEN]}) as town:
        await opened(town, chat=LIEN)
        await pressed(town, "Hernoemen", ASKS, chat=LIEN)
        await town.rest()
        town.wake()
        town.write(LIEN, "?!")
        await newest(town, "letters", chat=LIEN)
        await town.rest()
        town.wake()
        town.write(LIEN, "Groen")
        await newest(town, "Hiervoor was het “Bomen”", chat=LIEN)
        await pressed(town, "Beslissingen", "Kreeg de naam “Groen”", "door jou", chat=LIEN)
        assert len(town.shown(LIEN)) == 1


async def test_cancelling_leaves_the_name_and_what_is_typed_then_is_no_name(town: Town) -> None:
    await opened(town)
    question = await pressed(town, "Hernoemen", ASKS)
    await pressed(town, "Annuleren", "week na week")
    replies(town, question, "Groen")
    town.write(LIEN, "/themes", FACILITATORS)
    await newest(town, "3 thema’s", "Bomen")
    assert await town.rows("SELECT count(*) FROM conversations") == [(0,)]


async def test_two_facilitators_at_once_are_asked_one_after_the_other_and_the_first_question_says_so(
    town: Town,
) -> None:
    await opened(town)
    first = await pressed(town, "Hernoemen", ASKS)
    await opened(town, 2)
    second = await pressed(town, "Hernoemen", ASKS)
    await town.until(lambda: "opzij" in text_at(town, first))
    replies(town, first, "Groen")
    replies(town, second, "Fietsers")
    await town.reads(FACILITATORS, "Hiervoor was het “Fietsen”")
    assert set(await inside(town)) == {"Bomen", "Fietsers", "Bussen"}


async def test_a_theme_that_was_merged_while_its_name_was_asked_for_says_where_its_ideas_are(
    town: Town,
) -> None:
    await opened(town, 2)
    question = await pressed(town, "Hernoemen", ASKS)
    async with joined(town.settings) as storage, storage.writing() as work:
        await merge_themes(work, ThemeId(2), ThemeId(1), by=None, now=now())
    replies(town, question, "Fietsers")
    await newest(town, "“Fietsen” bestaat niet meer", "nu bij “Bomen”")
    await pressed(town, "openen", "Bomen\n8 ideeën")


async def test_a_name_that_another_facilitator_gave_meanwhile_is_the_one_before(town: Town) -> None:
    await opened(town)
    question = await pressed(town, "Hernoemen", ASKS)
    async with joined(town.settings) as storage, storage.writing() as work:
        await rename_theme(work, ThemeId(1), "Parken", by=None, now=now())
    replies(town, question, "Groen")
    await newest(town, "Hiervoor was het “Parken”")
    await pressed(town, "↩️", "heet weer “Parken”")


async def test_an_undo_that_was_pressed_already_says_so(town: Town) -> None:
    await opened(town)
    question = await pressed(town, "Hernoemen", ASKS)
    replies(town, question, "Groen")
    named = await newest(town, "Hiervoor")
    undo = next(
        button["callback_data"]
        for row in named["reply_markup"]["inline_keyboard"]
        for button in row
        if "↩️" in button["text"]
    )
    await pressed(town, "↩️", "heet weer")
    card = town.shown(FACILITATORS)[-1]
    assert "geldt niet meer" in await forges(town, LIEN, card, undo, FACILITATORS)
