"""Facilitators make processes in a guided chat, decide what becomes of them, and dates act by themselves."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.bot.town import FACILITATORS, GRIET, LIEN, Json, Town, a_town
from tests.handlers.acting import asks, buttons, forges, wrote
from tests.handlers.test_replies import last, reply_in_group
from tests.handlers.test_welcome import follow
from tests.journeys.ledger import actions

NAME, GOAL = "Ons <plein>", "Wat wil je & wil je niet op het plein?"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with a_town(tmp_path, town={"administrators": [LIEN]}) as town:
        town.wake()
        yield town


async def press(town: Town, label: str, words: str) -> Json:
    """Press a button of the group's newest message; it has these words then."""
    town.press(LIEN, town.shown(FACILITATORS)[-1], label, FACILITATORS)
    return await last(town, words)


async def guided(town: Town) -> Json:
    """As far as the question when it opens."""
    await asks(town, LIEN, "/process", FACILITATORS)
    question = await press(town, "Nieuw proces", "1 van 6")
    reply_in_group(town, question, NAME)
    question = await last(town, "2 van 6")
    reply_in_group(town, question, GOAL)
    return await last(town, "3 van 6")


async def made(town: Town) -> Json:
    """A process that is open and closes in two weeks."""
    await guided(town)
    await press(town, "Nu", "4 van 6")
    card = town.shown(FACILITATORS)[-1]
    town.press(LIEN, card, buttons(card)[0], FACILITATORS)
    await last(town, "5 van 6")
    await press(town, "Ideeën verzamelen → De stad antwoordt", "6 van 6")
    return await press(town, "Aanmaken", "Het proces is aangemaakt")


async def state(town: Town) -> str:
    return str((await town.rows("SELECT state FROM processes"))[0][0])


async def test_a_process_is_made_in_six_questions_that_a_restart_does_not_forget(town: Town) -> None:
    await guided(town)
    await town.rest()
    town.wake()
    question = await press(town, "Nu", "4 van 6")
    reply_in_group(town, question, "gisteren")
    await last(town, "geen dag")
    reply_in_group(town, question, "1/1/2020")
    await last(town, "niet voor de eerste")
    await press(town, "Terug", "3 van 6")
    await press(town, "Nu", "4 van 6")
    tomorrow = datetime.now(UTC).date() + timedelta(days=40)
    reply_in_group(town, question, f"{tomorrow:%d/%m/%Y}")
    await last(town, "5 van 6")
    reply_in_group(town, question, "stemmen")
    await last(town, "een van de knoppen")
    await press(town, "Ideeën verzamelen → Bespreken → De stad antwoordt", "6 van 6")
    card = await press(town, "Aanmaken", "Het proces is aangemaakt")
    assert NAME in card["text"]
    assert GOAL in card["text"]
    assert "Ideeën verzamelen:" in card["text"]
    kinds = await town.rows("SELECT kind FROM process_phases WHERE starts_at < ends_at ORDER BY starts_at")
    assert kinds == [("collect",), ("discuss",), ("answer",)]
    assert await town.rows("SELECT name, goal, state, opening_waits, closing_waits FROM processes") == [
        (NAME, GOAL, "open", 0, 1)
    ]
    page = await press(town, "Processen", "1 · 🟢")
    assert "0 ideeën" in page["text"]


async def test_what_need_not_be_said_is_passed_over_by_buttons(town: Town) -> None:
    await asks(town, LIEN, "/process", FACILITATORS)
    reply_in_group(town, await press(town, "Nieuw proces", "1 van 6"), NAME)
    await last(town, "2 van 6")
    await pass_over(town, "1:1:d:g:-", "3 van 6")
    await pass_over(town, "1:1:d:o:2", "4 van 6")
    await press(town, "Terug", "3 van 6")
    await pass_over(town, "1:1:d:o:-", "4 van 6")
    await pass_over(town, "1:1:d:c:-", "5 van 6")
    assert not await town.rows("SELECT 1 FROM processes")


async def pass_over(town: Town, begins: str, words: str) -> None:
    """Press the first button of the group's newest message whose data begin so."""
    card = town.shown(FACILITATORS)[-1]
    town.press_data(LIEN, card, next(d for d in actions(card) if d.startswith(begins)), FACILITATORS)
    await last(town, words)


async def test_a_chat_that_is_cancelled_makes_nothing_and_old_buttons_say_so(town: Town) -> None:
    await guided(town)
    await press(town, "Annuleren", "niets aangemaakt")
    assert not await town.rows("SELECT 1 FROM processes UNION SELECT 1 FROM conversations")
    await forges(town, LIEN, town.shown(FACILITATORS)[-1], "1:1:d:o:now", FACILITATORS)
    await last(town, "opzijgelegd")
    await press(town, "Processen", "Er is er nog geen")
    await press(town, "Nieuw proces", "1 van 6")
    await asks(town, LIEN, "/process", FACILITATORS)
    await press(town, "Nieuw proces", "1 van 6")
    assert any("opzijgelegd" in text for text in town.texts(FACILITATORS))
    assert not await town.rows("SELECT 1 FROM processes")


async def test_a_process_pauses_closes_is_archived_and_each_is_undone(town: Town) -> None:
    await made(town)
    await press(town, "Pauzeren", "Het pauzeert")
    await press(town, "Ongedaan maken", "Ongedaan gemaakt")
    assert await state(town) == "open"
    await press(town, "Pauzeren", "Het pauzeert")
    await press(town, "Openen", "Het is open")
    said = await forges(town, LIEN, town.shown(FACILITATORS)[-1], "1:1:u:2", FACILITATORS)
    assert "sindsdien" in said
    assert await state(town) == "open"
    await asks(town, LIEN, "/process", FACILITATORS)
    await press(town, "1 · ", "Open gegaan")
    await forges(town, LIEN, town.shown(FACILITATORS)[-1], "1:1:s:1:open", FACILITATORS)
    await last(town, "Dat was al zo")
    await press(town, "Sluiten", "Het is gesloten")
    await press(town, "Archiveren", "in het archief")
    await press(town, "Processen", "Processen van")
    await press(town, "Archief (1)", "Gearchiveerd")
    await press(town, "1 · ", GOAL)
    await press(town, "Uit het archief", "Het is gesloten")
    assert await town.rows("SELECT count(*), count(undone_at), count(by_id) FROM process_changes") == [
        (6, 1, 6)
    ]


async def test_each_part_of_a_process_is_changed_later(town: Town) -> None:
    await made(town)
    await press(town, "Wijzigen", "Wat wil je wijzigen")
    question = await press(town, "Naam", "Hoe heet het")
    await press(town, "Annuleren", "Open")
    for label, written, words in (
        ("Naam", "Het plein", "Het plein"),
        ("Doel", "Schaduw", "Schaduw"),
        ("Laatste dag", "31/12/2099", "31 december 2099"),
        ("Openingsdag", "1/1/2099", "1 januari 2099"),
    ):
        await press(town, "Wijzigen", "Wat wil je wijzigen")
        await press(town, label, "Antwoord op dit bericht")
        reply_in_group(town, question, written)
        await last(town, "Aangepast")
        assert words in town.texts(FACILITATORS)[-1]
    await press(town, "Wijzigen", "Wat wil je wijzigen")
    await press(town, "Fasen", "andere dagen")
    await press(town, "Stemmen", "Aangepast")
    await press(town, "📅 Stemmen", "Van wanneer")
    reply_in_group(town, question, "3/3/2099 - 9/3/2099")
    await last(town, "Stemmen: 3–9 maart")
    await press(town, "🔗 Link", "?start=process_1")
    await press(town, "◂ Het plein", "Schaduw")
    assert await town.rows("SELECT state, opening_waits FROM processes") == [("open", 1)]


@pytest.mark.parametrize(
    ("state", "said"), [("paused", "pauzeert"), ("closed", "is gesloten"), ("archived", "is gesloten")]
)
async def test_an_idea_at_the_link_of_a_process_that_takes_none_is_the_towns(
    town: Town, state: str, said: str
) -> None:
    await made(town)
    await town.rest()
    town.run_sql(f"UPDATE processes SET state = '{state}'")
    town.wake()
    follow(town, GRIET, "process_1")
    await town.reads(GRIET, said)
    await wrote(town, GRIET, "Bomen op het plein")
    assert await town.rows("SELECT text, process_id FROM ideas") == [("Bomen op het plein", None)]


async def test_who_opened_the_link_in_time_is_told_that_the_process_stopped(town: Town) -> None:
    await made(town)
    follow(town, GRIET, "process_1")
    await town.reads(GRIET, GOAL)
    await press(town, "Sluiten", "Het is gesloten")
    town.write(GRIET, "Bomen op het plein")
    await town.reads(GRIET, "neemt geen ideeën meer aan")
    assert await town.rows("SELECT text, process_id FROM ideas") == [("Bomen op het plein", None)]
    assert not await town.rows("SELECT 1 FROM conversations")


async def test_a_day_that_came_while_the_bot_slept_closes_the_process_once_and_says_so(town: Town) -> None:
    await made(town)
    for _ in range(2):
        await town.rest()
        town.run_sql("UPDATE processes SET closes_at = '2026-01-01T00:00:00.000000+00:00'")
        town.wake()
        await town.reads(FACILITATORS, "dit proces is nu gesloten")
    await asks(town, LIEN, "/process", FACILITATORS)
    assert sum("dit proces is nu gesloten" in text for text in town.texts(FACILITATORS)) == 1
    await press(town, "1 · ", "De laatste dag was")
    assert await town.rows("SELECT was, state, by_id FROM process_changes") == [("open", "closed", None)]
