"""Whoever asks for what is kept of them gets a file in the chat."""

import io
import json
from zipfile import ZipFile

from tests.bot.town import GRIET, YASMINE, Json, Town
from tests.handlers.acting import asks, forges, wrote


async def _file(town: Town, person: int) -> Json:
    def has_file() -> list[Json]:
        return [message for message in town.shown(person) if "document" in message]

    await town.until(has_file)
    return has_file()[-1]


def _unpacked(town: Town, message: Json) -> ZipFile:
    stored = town.world.files.find(message["document"]["file_id"])
    assert stored is not None
    return ZipFile(io.BytesIO(town.world.files.read(stored)))


async def test_a_file_comes_with_all_that_one_wrote(town: Town) -> None:
    await wrote(town, GRIET, "Een bank bij de rivier", "Meer bomen op het plein")
    await wrote(town, YASMINE, "Des bancs au soleil")
    assert "zo meteen" in (await asks(town, GRIET, "/mydata"))["text"]
    message = await _file(town, GRIET)
    assert "alles wat van je bewaard is" in message["caption"]
    archive = _unpacked(town, message)
    data = json.loads(archive.read("data.json"))
    assert [idea["text"] for idea in data["ideas"]] == ["Een bank bij de rivier", "Meer bomen op het plein"]
    assert "Des bancs" not in archive.read("data.json").decode()
    town.press(GRIET, message, "Vergeet mij")
    assert "Dit verdwijnt" in (await town.answer(GRIET, 5))["text"]


async def test_it_is_still_sent_after_a_restart(town: Town) -> None:
    await wrote(town, GRIET, "Een bank bij de rivier")
    await town.rest()
    town.run_sql("INSERT INTO exports SELECT id, created_at, NULL FROM residents")
    town.wake()
    assert _unpacked(town, await _file(town, GRIET)).namelist() == ["my-data.html", "data.json"]


async def test_the_button_under_me_asks_for_it_and_says_when_there_was_one(town: Town) -> None:
    await wrote(town, GRIET, "Een bank bij de rivier")
    page = await asks(town, GRIET, "/me")
    assert "zo meteen" in await forges(town, GRIET, page, "1:D")
    await _file(town, GRIET)
    assert "net gekregen" in await forges(town, GRIET, page, "1:D")


async def test_who_is_not_known_stays_so(town: Town) -> None:
    assert "niets van je" in (await asks(town, GRIET, "/mydata"))["text"]
    assert await town.rows("SELECT 1 FROM residents") == []
