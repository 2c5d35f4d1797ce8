"""A town from its first message to a restart, over real HTTP."""

import asyncio
import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import httpx
import pytest

from bot.faults import StartError
from sandbox.faults import Fault
from sandbox.server import serve
from storage.errors import StorageError
from tests.bot.town import (
    FACILITATORS,
    GRIET,
    LIEN,
    YASMINE,
    Town,
    a_town,
    a_world,
    free_port,
    settings_for,
)

ROOT = Path(__file__).parents[2]


async def test_start_is_answered_in_the_persons_language(town: Town) -> None:
    town.write(YASMINE, "/start")
    welcome = await town.answer(YASMINE, 1)
    assert "Wilgenbeke" in welcome["text"]
    assert "Écrivez" in welcome["text"]


async def test_a_message_becomes_an_idea_with_a_card(town: Town) -> None:
    town.write(GRIET, "Meer schaduw op de Grote Markt")
    card = await town.answer(GRIET, 1)
    assert "Meer schaduw op de Grote Markt" in card["text"]
    assert await town.rows("SELECT text, state FROM ideas") == [
        ("Meer schaduw op de Grote Markt", "published")
    ]


async def test_a_button_edits_the_card_in_place(town: Town) -> None:
    town.write(GRIET, "Een fontein om in te spelen")
    card = await town.unfold(GRIET, await town.answer(GRIET, 1))
    town.press(GRIET, card, "Intrekken")
    withdrawn = await town.reads(GRIET, "24 uur")
    assert withdrawn["message_id"] == card["message_id"]
    assert len(town.shown(GRIET)) == 1
    town.press(GRIET, withdrawn, "Ongedaan maken")
    await town.until(lambda: "24 uur" not in town.texts(GRIET)[0])
    assert await town.rows("SELECT state FROM ideas") == [("published",)]


async def test_a_correction_in_the_chat_corrects_the_card(town: Town) -> None:
    from sandbox import people

    sent = town.write(GRIET, "Een bnk op het plein")
    card = await town.answer(GRIET, 1)
    people.edit(town.world, GRIET, GRIET, sent["message_id"], "Een bank op het plein")
    changed = await town.reads(GRIET, "Een bank op het plein")
    assert changed["message_id"] == card["message_id"]


async def test_only_facilitators_get_the_digest(town: Town) -> None:
    town.write(GRIET, "Meer schaduw op de Grote Markt")
    await town.answer(GRIET, 1)
    town.write(GRIET, "/digest")
    await town.answer(GRIET, 2)
    assert "Wilgenbeke" not in town.texts(GRIET)[-1]
    town.write(LIEN, "/digest", FACILITATORS)
    digest = await town.answer(FACILITATORS, 1)
    assert "Meer schaduw op de Grote Markt" in digest["text"]


async def test_the_id_of_a_chat_can_be_asked_for(town: Town) -> None:
    town.write(LIEN, "/id", FACILITATORS)
    answer = await town.answer(FACILITATORS, 1)
    assert str(FACILITATORS) in answer["text"]
    assert str(LIEN) in answer["text"]


async def test_a_restart_goes_on_where_it_stopped(town: Town) -> None:
    town.write(GRIET, "Een fontein om in te spelen")
    card = await town.unfold(GRIET, await town.answer(GRIET, 1))
    await town.rest()
    town.write(GRIET, "En een bank ernaast")
    town.press(GRIET, card, "Intrekken")
    town.wake()
    await town.answer(GRIET, 2)
    await town.reads(GRIET, "24 uur")
    assert await town.rows("SELECT state FROM ideas ORDER BY id") == [("withdrawn",), ("published",)]
    assert len(town.shown(GRIET)) == 2


async def test_the_board_shows_an_idea_and_answers_while_telegram_is_away(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.world.faults.add(Fault("getMe", status=502, times=2))
        town.wake()
        url = f"http://127.0.0.1:{town.settings.board.port}"
        await town.until(lambda: town.world.calls.matching("getMe"))
        async with httpx.AsyncClient(base_url=url) as visitor:
            assert (await visitor.get("/healthz")).status_code == 200
            town.write(GRIET, "Meer schaduw op de Grote Markt")
            await town.answer(GRIET, 1)
            page = await visitor.get("/nl/")
        assert "Meer schaduw op de Grote Markt" in page.text


async def test_a_second_process_on_the_database_is_one_clear_line(town: Town) -> None:
    town.write(GRIET, "/start")
    await town.answer(GRIET, 1)
    town.wake()
    with pytest.raises(StorageError, match="another Morgen is already running"):
        await town.rest()


async def test_a_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    port = free_port()
    async with serve(a_world(), port=port, page=False), a_town(tmp_path, board={"port": port}) as town:
        town.wake()
        with pytest.raises(StartError, match=rf"port {port} .* board\.port"):
            await town.rest()


async def test_a_refused_token_is_one_clear_line_without_the_token(tmp_path: Path) -> None:
    async with a_town(tmp_path, telegram={"token": "7000000001:sandbox-another"}) as town:
        town.wake()
        task, _ = town.runs[-1]
        await asyncio.wait((task,))
        with pytest.raises(StartError, match=r"check telegram\.token") as raised:
            await town.rest()
        assert "sandbox-another" not in str(raised.value)


async def test_the_environment_alone_is_enough(tmp_path: Path) -> None:
    async with serve(a_world(), page=False) as sandbox:
        town = Town(sandbox, settings_for(sandbox, tmp_path))
        environ = {
            "PATH": os.environ["PATH"],
            "MORGEN_TELEGRAM__TOKEN": sandbox.token,
            "MORGEN_TELEGRAM__BASE_URL": sandbox.base_url,
            "MORGEN_TELEGRAM__BASE_FILE_URL": sandbox.base_file_url,
            "MORGEN_STORAGE__URL": f"sqlite:///{tmp_path}/morgen.db",
            "MORGEN_TOWN__FACILITATOR_CHAT": str(FACILITATORS),
            "MORGEN_BOARD__PORT": str(free_port()),
            "PYTHONPATH": str(ROOT),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=tmp_path, env=environ, stderr=subprocess.PIPE
        )
        town.write(GRIET, "Meer schaduw op de Grote Markt")
        await town.answer(GRIET, 1)
        process.terminate()
        _, errors = await process.communicate()
    assert process.returncode == 0
    assert b"schaduw" not in errors
    assert str(GRIET).encode() not in errors


async def test_the_bot_introduces_itself_in_each_language_and_only_once(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        for _ in range(2):
            asked = len(town.world.calls.matching("getMyCommands"))
            town.wake()
            # For residents, for groups and for the facilitators, in no language and in four.
            await town.until(partial(is_introduced, town, asked + 15))
            await town.rest()
        descriptions = [call.params for call in town.world.calls.matching("setMyDescription")]
        # Dutch is what it says already where no other language is known.
        assert [said.get("language_code", "") for said in descriptions] == ["", "fr", "de", "en"]


def is_introduced(town: Town, asked: int) -> bool:
    return len(town.world.calls.matching("getMyCommands")) == asked


async def test_a_bot_api_without_menus_is_no_reason_to_stop(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.world.faults.add(Fault("getMyDescription", status=404))
        town.wake()
        town.write(GRIET, "Een bank op het plein")
        await town.answer(GRIET, 1)
