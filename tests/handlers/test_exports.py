"""Facilitators choose what they want as a file, and it comes to their chat."""

import asyncio
import io
import json
from datetime import UTC, datetime
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from bot.errands import joined
from cocreation.errors import NotFoundError
from cocreation.ideas.export import Selection
from cocreation.ideas.ids import Language
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.ideas.town import Town as TownProfile
from handlers.export_choice import Choice
from tests.bot.town import FACILITATORS, GRIET, LIEN, PATIENCE, YASMINE, Json, Town
from tests.handlers.acting import asks, buttons, forges, toasted, turned, wrote

NL = Language("nl")
TOWN = TownProfile("Tienen", (NL,), ZoneInfo("Europe/Brussels"), None, frozenset(), NL, None)


async def _file(town: Town, count: int = 1) -> tuple[Json, bytes]:
    def found() -> list[Json]:
        return [message for message in town.shown(FACILITATORS) if "document" in message]

    await town.until(lambda: len(found()) >= count)
    message = found()[-1]
    stored = town.world.files.find(message["document"]["file_id"])
    assert stored is not None
    return message, town.world.files.read(stored)


async def _nothing_waits_in(town: Town) -> None:
    """What was made to be sent goes a moment after it has arrived."""
    async with asyncio.timeout(PATIENCE):
        while list(town.settings.storage.outgoing.glob("*/*")):
            await town.rows("SELECT 1")


async def _pressed(town: Town, label: str, words: str) -> Json:
    """Press a button of the newest message in the facilitators' chat, which then has the words."""
    town.press(LIEN, town.shown(FACILITATORS)[-1], label, FACILITATORS)
    await town.until(lambda: words in json.dumps(town.shown(FACILITATORS)[-1], ensure_ascii=False))
    return town.shown(FACILITATORS)[-1]


async def _themes(town: Town, *labels: str) -> None:
    async with joined(town.settings) as storage, storage.writing() as work:
        ideas = [idea.id for idea in await work.ideas.texts()]
        found = [
            FoundTheme(None, label, ("woord",), (Member(idea, 1.0),), ())
            for label, idea in zip(labels, ideas, strict=True)
        ]
        await work.themes.replace(Clustering(tuple(found), ()), datetime.now(UTC))
        for number in range(9):
            await work._connection.exec_driver_sql(
                "INSERT INTO processes (name) VALUES (?)", (f"Labo {number}",)
            )


async def test_what_was_chosen_comes_as_a_file(town: Town) -> None:
    await wrote(town, GRIET, "=Een bank bij de rivier", "Meer bomen op het plein")
    await _themes(town, "Banken", "Bomen")
    card = await asks(town, LIEN, "/export", FACILITATORS)
    assert "2 ideeën · de hele tijd" in card["text"]
    assert buttons(card)[:6] == ["✓ XLSX", "CSV", "JSON", "📷 Foto’s", "✓ Alles", "Deze maand"]
    await _pressed(town, "Deze maand", "✓ Deze maand")
    await _pressed(town, "Eén thema", "Welk thema?")
    card = await _pressed(town, "Banken", "Thema: Banken")
    assert "1 idee ·" in card["text"]
    town.press(LIEN, card, "Maak het bestand", FACILITATORS)
    message, content = await _file(town)
    assert message["document"]["file_name"].startswith("wilgenbeke-20")
    assert "1 idee" in message["caption"]
    page = load_workbook(io.BytesIO(content))["Ideeën"]
    assert [page.cell(row, 2).value for row in (2, 3)] == ["=Een bank bij de rivier", None]
    await town.reads(FACILITATORS, "Het komt hier zo meteen")
    assert await town.rows("SELECT 1 FROM town_exports") == []
    await _nothing_waits_in(town)


async def test_a_process_is_chosen_from_pages(town: Town) -> None:
    await wrote(town, GRIET, "Een bank bij de rivier")
    await _themes(town, "Banken")
    card = await asks(town, LIEN, "/export", FACILITATORS)
    await _pressed(town, "Eén traject", "Welk traject?")
    await _pressed(town, "▸", "Labo 8")
    await _pressed(town, "◂", "Labo 1")
    await _pressed(town, "Labo 1", "Traject: Labo 1")
    card = town.shown(FACILITATORS)[-1]
    assert "geen ideeën in deze keuze" in await toasted(town, LIEN, card, "Maak het bestand", FACILITATORS)
    await _pressed(town, "Eén traject", "Welk traject?")
    await _pressed(town, "Alle trajecten", "1 idee")
    card = await _pressed(town, "JSON", "✓ JSON")
    town.press(LIEN, card, "Maak het bestand", FACILITATORS)
    _, content = await _file(town)
    assert b"Een bank bij de rivier" in content


async def test_it_is_still_made_after_a_restart_and_again_when_pressed_again(town: Town) -> None:
    await wrote(town, GRIET, "Een bank bij de rivier")
    card = await asks(town, LIEN, "/export", FACILITATORS)
    await town.rest()
    town.run_sql(
        "INSERT INTO town_exports (chat_id, language, format, asked_at) "
        f"SELECT {FACILITATORS}, 'nl', 'zip', created_at FROM residents LIMIT 1"
    )
    town.wake()
    _, content = await _file(town)
    assert ZipFile(io.BytesIO(content)).namelist() == ["ideas.xlsx", "ideas.jsonl"]
    assert "zo meteen" in await forges(town, LIEN, card, "1:X:g:jsonl.a.0.0", FACILITATORS)
    _, content = await _file(town, 2)
    assert json.loads(content.splitlines()[0])["text"] == "Een bank bij de rivier"


async def test_a_digests_button_opens_the_choice_for_its_period(town: Town) -> None:
    await wrote(town, GRIET, "Een bank bij de rivier")
    card = await asks(town, LIEN, "/export", FACILITATORS)
    count = len(town.shown(FACILITATORS))
    await forges(town, LIEN, card, "1:X:1777845600:1778450400", FACILITATORS)
    opened = await town.answer(FACILITATORS, count + 1)
    assert "0 ideeën · 4–10 mei" in opened["text"]
    assert "✓ 4–10 mei" in buttons(opened)
    assert "niet meer" in await forges(town, LIEN, card, "1:X:5:4", FACILITATORS)
    assert "niet meer" in await forges(town, LIEN, card, "1:X:c:docx.a.0.0", FACILITATORS)
    assert "niet meer" in await forges(town, LIEN, card, "1:X:c:xlsx.a.77.0", FACILITATORS)
    assert "niet meer" in await forges(town, LIEN, card, "1:X:z:xlsx.a.0.0", FACILITATORS)


async def test_nobody_else_exports(town: Town) -> None:
    await wrote(town, GRIET, "Een bank bij de rivier")
    refused = await asks(town, GRIET, "/export")
    assert "Alleen de begeleiders" in refused["text"]
    for data in (
        "1:X:g:xlsx.a.0.0",
        "1:X:1777845600:1778450400",
        "1:X:t0:xlsx.a.0.0",
        "1:X:p0:xlsx.a.0.0",
        "1:X",
    ):
        assert "Alleen de begeleiders" in await forges(town, GRIET, refused, data)
    assert await town.rows("SELECT 1 FROM town_exports") == []


async def test_who_has_one_process_in_hand_exports_that(town: Town) -> None:
    await wrote(town, GRIET, "Een bank bij de rivier")
    await wrote(town, YASMINE, "Des bancs au soleil")
    await _themes(town, "Banken", "Bomen")
    await town.rest()
    town.run_sql(
        "UPDATE ideas SET process_id = 2 WHERE id = 1",
        "INSERT INTO facilitators (resident_id, name, role, process_id, since) "
        "SELECT id, 'Yasmine', 'facilitator', 2, created_at FROM residents WHERE telegram_id = 1002",
    )
    town.wake()
    card = await asks(town, YASMINE, "/export")
    assert "Démarche\u00a0: Labo 1" in card["text"]
    assert "1 idée" in card["text"]
    refusal = await forges(town, YASMINE, card, "1:X:g:xlsx.a.0.0")
    assert "équipe" in refusal
    card = await asks(town, YASMINE, "/export")
    page = await turned(town, YASMINE, "Une démarche")
    assert buttons(page) == ["✓ Labo 1", "Retour"]
    await turned(town, YASMINE, "Retour", "1 idée")


@pytest.mark.parametrize(
    ("span", "start", "end"),
    [
        ("a", None, None),
        ("m", datetime(2026, 2, 28, 23, tzinfo=UTC), None),
        ("l", datetime(2026, 1, 31, 23, tzinfo=UTC), datetime(2026, 2, 28, 23, tzinfo=UTC)),
        ("d", datetime(2026, 3, 23, 7, tzinfo=UTC), None),
        ("0_86400", datetime(1970, 1, 1, tzinfo=UTC), datetime(1970, 1, 2, tzinfo=UTC)),
    ],
)
def test_a_period_is_one_on_the_towns_clock(span: str, start: datetime | None, end: datetime | None) -> None:
    choice = Choice.parse(f"csv.{span}.0.0")
    assert str(choice) == f"csv.{span}.0.0"
    now, last = datetime(2026, 3, 30, 8, tzinfo=UTC), datetime(2026, 3, 23, 7, tzinfo=UTC)
    assert choice.selection(TOWN, now, last) == Selection(start, end)


@pytest.mark.parametrize(
    "text", ["", "xlsx", "xlsx.q.0.0", "xlsx.5_4.0.0", "xlsx.a.-1.0", "x.a.0.0", "xlsx.a.0.0.0"]
)
def test_what_no_button_says_is_refused(text: str) -> None:
    with pytest.raises(NotFoundError):
        Choice.parse(text)
