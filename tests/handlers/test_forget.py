"""A person is forgotten: asked once, then nothing is left, and a new message begins anew."""

import asyncio
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
import structlog

from sandbox import people
from sandbox.faults import Fault
from sandbox.kinds import SentFile, file_content
from tests.bot.town import GRIET, LIEN, YASMINE, Json, Town, a_town
from tests.handlers.acting import forges, reply, turned
from tests.sandbox.pictures import picture

ID = 712345678901
"""Somebody's number that no other number looks like."""
WORDS = ("Regenboogbrug", "Sterrenwacht", "Vlinderkas", "Maanlicht", "Gerda Wolkenveld")


class Log:
    """What the bot logs, line by line."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._news = asyncio.Event()

    def __call__(self, _: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        self.lines.append(repr(event))
        self._news.set()
        raise structlog.DropEvent

    async def says(self, words: str) -> None:
        async with asyncio.timeout(100):
            while not any(words in line for line in self.lines):
                self._news.clear()
                await self._news.wait()


@pytest.fixture
def log() -> Iterator[Log]:
    usual = structlog.get_config()["processors"]
    written = Log()
    structlog.configure(processors=[structlog.processors.format_exc_info, written])
    yield written
    structlog.configure(processors=usual)


def _traces(folder: Path, log: Log, *words: str) -> list[str]:
    """Those of the words that a file or the log holds; numbers also as SQLite writes them."""
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    files.append("\n".join(log.lines).encode())
    written = {word: [word.encode()] for word in (*words, str(ID))}
    written[str(ID)].append(ID.to_bytes(6))
    return [word for word, ways in written.items() if any(way in file for way in ways for file in files)]


async def _send_photo(town: Town, caption: str) -> None:
    content = await file_content(town.world, "photo", SentFile(picture(), "a.jpg", "image/jpeg"), caption)
    town.send(ID, content)


async def _ask(town: Town, words: str = "Dit verdwijnt") -> Json:
    town.write(ID, "/forget")
    return await town.reads(ID, words)


async def _live(town: Town) -> None:
    """Write, correct, send a photo, support and be supported, comment, and leave a question open."""
    town.world.add_person("Gerda", id=ID, last_name="Wolkenveld", language_code="nl")
    message = town.write(ID, "Regenboogbrug over de spoorweg voor wie fietst")
    await town.reads(ID, "Regenboogbrug")
    people.edit(town.world, ID, ID, message["message_id"], text="Sterrenwacht op de heuvel voor iedereen")
    await town.reads(ID, "Sterrenwacht")
    await _send_photo(town, "Vlinderkas in het park naast de vijver")
    await town.reads(ID, "Vlinderkas")
    town.write(YASMINE, "Des bancs au soleil")
    await town.reads(YASMINE, "Des bancs au soleil")
    town.write(ID, "/ideas")
    await town.reads(ID, "Des bancs")


async def test_nothing_is_left_in_any_file(tmp_path: Path, log: Log) -> None:
    async with a_town(tmp_path) as town:
        town.wake()
        await _live(town)
        question = await _ask(town)
        assert "2 ideeën" in question["text"]
        assert set(_traces(tmp_path, log, *WORDS[:3])) == {*WORDS[:3], str(ID)}
        town.press(ID, question, "Alles wissen")
        await town.reads(ID, "Het is gewist")
        await log.says("erasures are done everywhere")
        assert _traces(tmp_path, log, *WORDS) == []
        assert [shown["text"] for shown in town.shown(ID)] == [
            "Het is gewist. Ik weet niets meer van je. Als je me weer schrijft, begin je opnieuw."
        ]


async def test_what_was_begun_ends_after_a_restart(tmp_path: Path, log: Log) -> None:
    async with a_town(tmp_path) as town:
        town.wake()
        await _live(town)
        question = await _ask(town)
        since = town.world.calls.last_seq
        town.world.faults.add(Fault("editMessageText", drop="before", times=100))
        town.press(ID, question, "Alles wissen")
        await town.until(lambda: len(town.world.calls.matching("editMessageText", ID, since)) > 1)
        await town.rest()
        town.world.faults.clear()
        town.wake()
        await town.reads(ID, "Het is gewist")
        await log.says("erasures are done everywhere")
        assert _traces(tmp_path, log, *WORDS) == []


async def test_who_was_forgotten_begins_anew(tmp_path: Path, log: Log) -> None:
    async with a_town(tmp_path) as town:
        town.wake()
        await _live(town)
        question = await _ask(town)
        town.press(ID, question, "Alles wissen")
        town.press(ID, question, "Alles wissen")
        town.write(ID, "Maanlicht boven het plein")
        await town.reads(ID, "Maanlicht")
        data = question["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        assert "te oud" in await forges(town, ID, town.shown(ID)[-1], data)
        await log.says("erasures are done everywhere")
        assert _traces(tmp_path, log, *WORDS) == ["Maanlicht", str(ID)]
        assert await town.rows("SELECT text FROM ideas ORDER BY id") == [
            ("Des bancs au soleil",),
            ("Maanlicht boven het plein",),
        ]


async def test_ideas_may_stay_without_a_name(tmp_path: Path, log: Log) -> None:
    async with a_town(tmp_path) as town:
        town.wake()
        await _live(town)
        town.press(ID, await _ask(town), "2 ideeën")
        await town.reads(ID, "Je ideeën blijven staan")
        await log.says("erasures are done everywhere")
        assert _traces(tmp_path, log, *WORDS) == ["Sterrenwacht", "Vlinderkas"]


async def test_a_stranger_stays_one(tmp_path: Path, log: Log) -> None:
    async with a_town(tmp_path) as town:
        town.wake()
        town.world.add_person("Gerda", id=ID, last_name="Wolkenveld", language_code="nl")
        await _ask(town, "Ik weet niets van je")
        await log.says("erasures are done everywhere")
        assert _traces(tmp_path, log, *WORDS) == []


async def test_who_thinks_better_of_it_keeps_everything(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.wake()
        await _live(town)
        town.press(ID, await _ask(town), "Alles bewaren")
        await town.reads(ID, "alles blijft")
        assert len(await town.rows("SELECT 1 FROM ideas")) == 3


async def test_cards_that_others_have_open_say_that_the_idea_is_gone(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.wake()
        await _live(town)
        town.write(YASMINE, "/ideas")
        await town.reads(YASMINE, "Vlinderkas")
        await turned(town, YASMINE, "2", "Vlinderkas")
        [(card,)] = await town.rows("SELECT 'card:' || id FROM ideas WHERE text LIKE '%Vlinderkas%'")
        await town.notes(YASMINE, card)
        town.press(ID, await _ask(town), "Alles wissen")
        await town.reads(YASMINE, "Cette idée n’est plus ici")
        assert not any("Vlinderkas" in text for text in town.texts(YASMINE))


async def test_messages_that_are_too_old_to_delete_stay(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.wake()
        await _live(town)
        question = await _ask(town)
        count = len(town.shown(ID))
        since = town.world.calls.last_seq
        town.world.faults.add(Fault("deleteMessages", status=400))
        town.world.faults.add(Fault("deleteMessage", status=400))
        town.press(ID, question, "Alles wissen")
        await town.reads(ID, "Het is gewist")
        tried = len(town.world.calls.matching("deleteMessage", ID, since))
        assert (tried > 1, len(town.shown(ID))) == (True, count - tried + 1)


async def test_threads_and_comments_that_others_have_open_lose_the_words(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        town.wake()
        await _live(town)
        card = await turned(town, ID, "1", "Des bancs")
        reply(town, ID, card, "Maanlicht op de bank")
        await town.reads(ID, "Je reactie is bewaard")
        town.write(LIEN, "/ideas")
        await town.reads(LIEN, "Des bancs")
        await turned(town, LIEN, "1", "Des bancs")
        await turned(town, LIEN, "💬", "Maanlicht")
        await town.notes(LIEN, "comments:3")
        town.write(YASMINE, "/ideas")
        await town.reads(YASMINE, "Vlinderkas")
        await turned(town, YASMINE, "2", "Vlinderkas")
        await turned(town, YASMINE, "💬 Commenter", "Vlinderkas")
        await town.notes(YASMINE, "comments:2")
        town.write(YASMINE, "Avec des papillons")
        await town.reads(YASMINE, "Votre commentaire est gardé")
        town.write(GRIET, "/ideas")
        await town.reads(GRIET, "Vlinderkas")
        await turned(town, GRIET, "2", "Vlinderkas")
        await turned(town, GRIET, "💬", "papillons")
        await turned(town, GRIET, "1", "Bij het idee")
        await town.notes(GRIET, "comment:2")
        town.press(ID, await _ask(town), "Alles wissen")
        await town.until(lambda: not any("Maanlicht" in text for text in town.texts(LIEN)))
        assert "Nog niemand" in town.texts(LIEN)[-1]
        await town.until(lambda: "Vlinderkas" not in town.texts(GRIET)[-1])
        await town.reads(YASMINE, "Cette idée n’est plus ici")
        assert not any("Vlinderkas" in text for text in town.texts(YASMINE))
