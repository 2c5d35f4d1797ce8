"""Facilitators merge, pin and hide themes, move ideas, and undo it; two of them at once, and weeks later."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errands import joined
from cocreation.ideas.idea import NewIdea
from cocreation.ideas.ids import IdeaId, Language, ThemeId
from cocreation.ideas.theme import Clustering
from cocreation.services.decide_themes import hide_theme, merge_themes, move_idea, pin_theme
from cocreation.services.find_themes import KeptMeaning
from cocreation.services.refresh_themes import refresh_themes
from tests.bot.town import FACILITATORS, GRIET, LIEN, Json, Town
from tests.handlers.acting import asks, buttons, forges, toasts
from tests.handlers.themes_in_hand import NEVER, a_town_with_themes, inside, newest, opened, pressed, replies

BEFORE = {"Bomen": 5, "Fietsen": 3, "Bussen": 1}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town_with_themes(tmp_path) as running:
        yield running


def says(message: Json, label: str) -> str:
    """What a button says to the bot."""
    rows = message["reply_markup"]["inline_keyboard"]
    return next(str(button["callback_data"]) for row in rows for button in row if label in button["text"])


async def test_two_themes_are_seen_side_by_side_merged_into_either_and_parted_again(town: Town) -> None:
    card = await opened(town)
    choices = await pressed(town, "Samenvoegen", "Met welk thema?")
    assert buttons(choices)[:2] == ["Bussen · 1", "Fietsen · 3"]
    preview = await pressed(town, "Fietsen", "Samen 8 ideeën")
    assert "Bomen\n5 ideeën" in preview["text"] and "Fietsen\n3 ideeën" in preview["text"]
    assert await inside(town) == BEFORE
    merged = await pressed(town, "🔗 Fietsen", "“Bomen” hoort nu bij dit thema: samen 8 ideeën")
    assert merged["message_id"] == card["message_id"]
    assert await inside(town) == {"Fietsen": 8, "Bussen": 1}
    await pressed(town, "↩️", "Ongedaan gemaakt", "Fietsen\n3 ideeën")
    assert await inside(town) == BEFORE


async def test_a_merge_can_be_thought_over(town: Town) -> None:
    await opened(town)
    await pressed(town, "Samenvoegen", "Met welk thema?")
    await pressed(town, "Fietsen", "Samen 8 ideeën")
    await pressed(town, "Een ander thema", "Met welk thema?")
    await pressed(town, "Bussen", "Samen 6 ideeën")
    await pressed(town, "Annuleren", "Bomen\n5 ideeën")
    await pressed(town, "Samenvoegen", "Met welk thema?")
    await pressed(town, "◂", "Bomen\n5 ideeën")
    assert await inside(town) == BEFORE


async def test_other_themes_to_choose_from_come_on_pages(tmp_path: Path) -> None:
    async with a_town_with_themes(tmp_path, more=7) as town:
        await opened(town)
        first = await pressed(town, "Samenvoegen", "Met welk thema?")
        second = await pressed(town, "▸")
        assert len(buttons(second)) == 3 + 2
        await pressed(town, "◂", "Met welk thema?")
        assert buttons(town.shown(FACILITATORS)[-1]) == buttons(first)
        await pressed(town, "Het thema", "Bomen")
        await pressed(town, "1", "Meer bomen")
        await pressed(town, "Verplaatsen", "Waar hoort dit idee?")
        await pressed(town, "▸")
        await pressed(town, "◂")
        await pressed(town, "Het idee", "Meer bomen")
        page = await asks(town, LIEN, "/themes", FACILITATORS)
        assert "▸" not in str(buttons(page))


async def test_a_pinned_theme_says_so_and_is_let_go_again(town: Town) -> None:
    await opened(town, 3)
    await pressed(town, "Vastzetten", "met het ene idee")
    assert any("met het ene idee" in toast for toast in toasts(town))
    await pressed(town, "◂", "📌 vastgezet · 1 idee")
    await pressed(town, "3", "📌 vastgezet")
    await pressed(town, "Losmaken", "Niet meer vastgezet")
    await pressed(town, "Vastzetten", "Vastgezet")
    await pressed(town, "↩️", "Niet meer vastgezet")
    assert await town.rows("SELECT count(*) FROM theme_decisions WHERE undone_at IS NULL") == [(0,)]


async def test_a_hidden_theme_is_none_for_residents_and_stays_within_reach(town: Town) -> None:
    await opened(town)
    await pressed(town, "Verbergen", "Alleen de begeleiders zien dit thema")
    page = await asks(town, LIEN, "/themes", FACILITATORS)
    assert "3 thema’s, waarvan 1 verborgen" in page["text"]
    assert "3 · Bomen\n🙈 verborgen" in page["text"]
    await asks(town, GRIET, "/start")
    await asks(town, GRIET, "/ideas")
    town.press(GRIET, town.shown(GRIET)[-1], "☰")
    menu = await newest(town, "Welke ideeën", chat=GRIET)
    town.press(GRIET, menu, "thema")
    lists = await newest(town, "Kies een thema", chat=GRIET)
    assert "Bomen" not in str(buttons(lists)) and "Fietsen" in str(buttons(lists))
    await pressed(town, "3", "🙈 verborgen")
    await pressed(town, "Weer tonen", "Iedereen ziet het thema weer")
    await pressed(town, "Verbergen", "Verborgen.")
    await pressed(town, "↩️", "Iedereen ziet het thema weer")
    assert await inside(town) == BEFORE


async def test_an_idea_goes_to_another_theme_or_out_of_all_and_back(town: Town) -> None:
    await opened(town)
    await pressed(town, "2", "Schaduw & bomen")
    choices = await pressed(town, "Verplaatsen", "Waar hoort dit idee?")
    assert buttons(choices)[:2] == ["Bussen · 1", "Fietsen · 3"]
    await pressed(town, "Fietsen", "“Schaduw & bomen” staat nu bij “Fietsen”", "Bomen\n4 ideeën")
    assert await inside(town) == {"Bomen": 4, "Fietsen": 4, "Bussen": 1}
    await pressed(town, "↩️", "Bomen\n5 ideeën")
    await pressed(town, "2", "Schaduw & bomen")
    await pressed(town, "Verplaatsen", "Waar hoort dit idee?")
    await pressed(town, "Uit alle thema’s", "hoort nu bij geen enkel thema")
    assert await inside(town) == {"Bomen": 4, "Fietsen": 3, "Bussen": 1}
    log = await pressed(town, "Beslissingen", "ging uit alle thema’s", "ongedaan gemaakt op")
    assert "“Schaduw & bomen” ging naar “Fietsen”" in log["text"]
    await pressed(town, "◂", "Bomen\n4 ideeën")
    await pressed(town, "Beslissingen")
    await pressed(town, "↩️ 1", "Bomen\n5 ideeën")


async def test_the_last_idea_of_a_theme_takes_it_along_and_brings_it_back(town: Town) -> None:
    await opened(town, 3)
    await pressed(town, "1", "Een nachtbus")
    await pressed(town, "Verplaatsen", "Waar hoort dit idee?")
    gone = await pressed(town, "Bomen", "“Bussen” bestaat niet meer")
    assert "staat nu bij “Bomen”" in gone["text"]
    await pressed(town, "↩️", "Bussen\n1 idee")
    assert await inside(town) == BEFORE


async def test_a_later_decision_says_that_it_takes_the_place_of_an_earlier_one(town: Town) -> None:
    await opened(town)
    await pressed(town, "Vastzetten", "Vastgezet")
    await pressed(town, "2", "Schaduw & bomen")
    await pressed(town, "Verplaatsen")
    await pressed(town, "Fietsen", "Voor 1 idee komt dit in de plaats van wat eerder beslist was.")


async def test_what_two_facilitators_do_at_once_counts_once(town: Town) -> None:
    card = await opened(town)
    pin, hide = says(card, "Vastzetten"), says(card, "Verbergen")
    async with joined(town.settings) as storage, storage.writing() as work:
        moment = datetime.now(UTC)
        await pin_theme(work, ThemeId(1), by=None, now=moment)
        await hide_theme(work, ThemeId(1), by=None, now=moment)
        await move_idea(work, IdeaId(1), ThemeId(2), by=None, now=moment)
    await forges(town, LIEN, card, pin, FACILITATORS)
    await newest(town, "al vastgezet")
    await forges(town, LIEN, town.shown(FACILITATORS)[-1], hide, FACILITATORS)
    await newest(town, "al verborgen")
    await forges(town, LIEN, town.shown(FACILITATORS)[-1], "1:E:1:move:1:2", FACILITATORS)
    await newest(town, "staat nu bij “Fietsen”")
    assert await town.rows("SELECT count(*) FROM theme_decisions") == [(3,)]
    for said, told in ((says(card_of(town), "Weer tonen"), "weer"), ("1:E:1:hide:-", "niet verborgen")):
        await forges(town, LIEN, card_of(town), said, FACILITATORS)
        await newest(town, told)
    for told in ("Niet meer vastgezet", "is niet vastgezet"):
        await forges(town, LIEN, card_of(town), "1:E:1:pin:-", FACILITATORS)
        await newest(town, told)


def card_of(town: Town) -> Json:
    return town.shown(FACILITATORS)[-1]


async def test_old_buttons_of_a_merged_theme_lead_to_where_its_ideas_are(town: Town) -> None:
    card = await opened(town, 2)
    old = [says(card, label) for label in ("Samenvoegen", "Vastzetten", "Hernoemen")]
    async with joined(town.settings) as storage, storage.writing() as work:
        await merge_themes(work, ThemeId(2), ThemeId(1), by=None, now=datetime.now(UTC))
    for said in old:
        await forges(town, LIEN, card_of(town), said, FACILITATORS)
        await newest(town, "“Fietsen” bestaat niet meer. De ideeën staan nu bij “Bomen”.")
    await pressed(town, "◂", "2 thema’s")
    await forges(town, LIEN, card_of(town), "1:E:2", FACILITATORS)
    await newest(town, "bestaat niet meer")
    await pressed(town, "openen", "Bomen\n8 ideeën")
    log = await pressed(town, "Beslissingen", "“Fietsen” kwam erbij")
    await forges(town, LIEN, log, "1:u:1:0", FACILITATORS)
    await newest(town, "Ongedaan gemaakt", "Fietsen\n3 ideeën")


async def test_a_theme_that_faded_says_so_wherever_it_is_asked_for(town: Town) -> None:
    card = await opened(town, 3)
    pin = says(card, "Vastzetten")
    async with joined(town.settings) as storage, storage.writing() as work:
        await work.themes.replace(Clustering((), ()), NEVER)
    await forges(town, LIEN, card_of(town), pin, FACILITATORS)
    gone = await newest(town, "“Bussen” bestaat niet meer.")
    assert "openen" not in str(buttons(gone))
    await forges(town, LIEN, gone, "1:E:3:new", FACILITATORS)
    await town.until(lambda: len(town.shown(FACILITATORS)) > 1)
    await newest(town, "“Bussen” bestaat niet meer.")
    assert await town.rows("SELECT count(*) FROM theme_decisions") == [(0,)]


async def test_a_name_and_a_merge_hold_in_the_next_search_for_themes(town: Town) -> None:
    await opened(town)
    question = await pressed(town, "Hernoemen", "Schrijf de nieuwe naam")
    replies(town, question, "Groen & fietsers")
    await newest(town, "Hiervoor was het “Bomen”")
    await pressed(town, "Samenvoegen", "Met welk thema?")
    await pressed(town, "Fietsen", "Samen 8 ideeën")
    await pressed(town, "🔗 Groen", "“Fietsen” hoort nu bij dit thema")
    await town.rest()
    async with joined(town.settings) as storage:
        async with storage.writing() as work:
            for number in range(6):
                moment = datetime.now(UTC)
                await work.ideas.add(NewIdea(f"Een zwembad met {number} banen", moment))
        engine = KeptMeaning(storage, None, [Language("nl")])
        town.run_sql("UPDATE theme_runs SET finished_at = '2026-01-01T00:00:00.000000+00:00'")
        assert await refresh_themes(storage, engine, lambda: datetime.now(UTC)) is not None
    themes = await inside(town)
    assert themes["Groen & fietsers"] >= 8 and "Fietsen" not in themes
    town.run_sql("UPDATE theme_runs SET finished_at = '2100-01-01T00:00:00.000000+00:00'")
    town.wake()
    page = await asks(town, LIEN, "/themes", FACILITATORS)
    assert "1 · Groen & fietsers" in page["text"]
