"""Facilitators open themes: the list, a card with its ideas, what was decided."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.town import FACILITATORS, GRIET, LIEN, Town
from tests.handlers.acting import asks, buttons, forges
from tests.handlers.themes_in_hand import a_town_with_themes, newest, opened, pressed

NOBODY = "Alleen de begeleiders"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town_with_themes(tmp_path) as running:
        yield running


async def test_the_list_tells_size_and_news_and_a_number_opens_a_theme_and_leads_back(town: Town) -> None:
    page = await asks(town, LIEN, "/themes", FACILITATORS)
    assert "3 thema’s" in page["text"]
    assert "1 · Bomen\n5 ideeën, 1 nieuw" in page["text"]
    assert "3 · Bussen\n1 idee\n" in page["text"]
    card = await pressed(town, "2", "Fietsen\n3 ideeën")
    assert card["message_id"] == page["message_id"]
    await pressed(town, "◂", "3 thema’s")


async def test_a_card_has_the_words_the_trend_and_the_most_central_ideas_first(town: Town) -> None:
    card = await opened(town)
    assert "bomen, schaduw" in card["text"]
    assert "▁▁██▁███\nNieuwe ideeën, week na week: 0, 0, 1, 1, 0, 1, 1 en 1" in card["text"]
    assert "1 · “Meer bomen <op> het plein”\n2 · “Schaduw & bomen”" in card["text"]
    assert "Linden" not in card["text"]
    await pressed(town, "▸", "5 · “Linden”")
    await pressed(town, "◂", "1 · “Meer bomen")


async def test_an_idea_opens_to_be_answered_and_leads_back_to_its_page(town: Town) -> None:
    await opened(town)
    await pressed(town, "▸", "5 · “Linden”")
    idea = await pressed(town, "5", "Linden")
    await pressed(town, "◂", "5 · “Linden”")
    await pressed(town, "5", "Linden")
    town.press(LIEN, idea, "💬", FACILITATORS)
    answer = await newest(town, "Hoever staat de gemeente")
    assert answer["message_id"] != idea["message_id"]


async def test_a_card_can_come_below_a_message_that_stays_as_it_is(town: Town) -> None:
    page = await asks(town, LIEN, "/themes", FACILITATORS)
    await forges(town, LIEN, page, "1:E:2:new", FACILITATORS)
    card = await newest(town, "Fietsen", "week na week")
    assert card["message_id"] != page["message_id"]
    assert "3 thema’s" in page["text"]


async def test_a_facilitator_reads_alone_in_their_own_language(tmp_path: Path) -> None:
    async with a_town_with_themes(
        tmp_path, town={"administrators": [LIEN]}, digest={"language": "fr"}
    ) as town:
        card = await opened(town, chat=LIEN)
        assert "Hernoemen" in str(buttons(card))
        page = await asks(town, LIEN, "/themes", FACILITATORS)
        assert "3 thèmes" in page["text"]


@pytest.mark.parametrize(
    "said", ["1", "1:new", "1:p:0", "1:idea:1:0", "1:log", "1:name", "1:pin:+", "1:undo:1"]
)
async def test_strangers_learn_nothing_of_a_theme(town: Town, said: str) -> None:
    page = await asks(town, GRIET, "/start")
    assert NOBODY in await forges(town, GRIET, page, f"1:E:{said}")
    assert await town.rows("SELECT count(*) FROM theme_decisions") == [(0,)]


@pytest.mark.parametrize(
    "said", ["99", "99:name", "99:into:1", "1:into:99", "1:nonsense", "x", "1:with:1", "1:undo:9"]
)
async def test_what_nobody_made_is_told_and_changes_nothing(town: Town, said: str) -> None:
    page = await asks(town, LIEN, "/themes", FACILITATORS)
    assert await forges(town, LIEN, page, f"1:E:{said}", FACILITATORS) != ""
    assert await town.rows("SELECT count(*) FROM theme_decisions") == [(0,)]


async def test_an_idea_that_is_withdrawn_meanwhile_is_said_to_be_gone(town: Town) -> None:
    card = await opened(town)
    await town.rest()
    town.run_sql("UPDATE ideas SET state = 'withdrawn' WHERE id = 1")
    town.wake()
    town.press(LIEN, card, "1", FACILITATORS)
    await newest(town, "Dit idee is hier niet meer", "Bomen\n4 ideeën")


async def test_many_themes_come_on_pages_and_a_card_leads_back_to_its_own(tmp_path: Path) -> None:
    async with a_town_with_themes(tmp_path, more=9) as town:
        page = await asks(town, LIEN, "/themes", FACILITATORS)
        assert "12 thema’s" in page["text"]
        await pressed(town, "▸", "2 · Thema 12")
        await pressed(town, "2", "Een ander idee, 8")
        await pressed(town, "◂", "2 · Thema 12")
        await pressed(town, "◂", "1 · Bomen")
