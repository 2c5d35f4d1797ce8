"""Files that the town sends."""

import io
import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from cocreation.ideas.ids import ChatId
from cocreation.ideas.messages import Button, File, FileKind, Message, SendFiles
from sandbox.faults import Fault
from storage.engine import SqlStorage
from storage.media_store import FileMediaStore
from tests.bot.town import GRIET, Town, a_town


def _photo(colour: str) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(content, "JPEG")
    return content.getvalue()


async def _meet(town: Town) -> None:
    """A bot may write to those who wrote to it."""
    town.wake()
    town.write(GRIET, "/start")
    await town.answer(GRIET, 1)
    await town.rest()


async def _post(town: Town, kind: FileKind, files: Sequence[File], *buttons: Button) -> None:
    storage = SqlStorage(town.settings.storage.url)
    await storage.open()
    async with storage.writing() as work:
        message = Message("<b>For you</b>", (buttons,) if buttons else ())
        await work.outbox.put(SendFiles(ChatId(GRIET), kind, tuple(files), message), datetime.now(UTC))
    await storage.close()


def _waiting(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_file_made_to_be_sent_arrives_once_and_is_gone(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await _meet(town)
        outgoing = town.settings.storage.outgoing
        made = await FileMediaStore(outgoing).keep(b"all of it", ".zip")
        await _post(town, FileKind.DOCUMENT, [File(once=made, name="my-data.zip")])
        town.world.faults.add(Fault("sendDocument", retry_after=1))
        town.world.faults.add(Fault("sendDocument", drop="before"))
        assert _waiting(outgoing)
        town.wake()
        message = await town.answer(GRIET, 2)
        assert (message["document"]["file_name"], message["caption"]) == ("my-data.zip", "For you")
        await town.rest()
        town.wake()
        town.write(GRIET, "/start")
        await town.answer(GRIET, 3)
        assert (len(town.shown(GRIET)), _waiting(outgoing)) == (3, [])


async def test_what_was_made_to_be_sent_and_is_in_no_post_goes_after_a_while(tmp_path: Path) -> None:
    store = FileMediaStore(tmp_path)
    old, named = [await store.keep(b"left by a kill", ".zip") for _ in range(2)]
    later = datetime.now(UTC) + timedelta(hours=1)
    store.forget_others(frozenset((named,)), later - timedelta(hours=2))
    assert await store.open(old)
    store.forget_others(frozenset((named,)), later)
    assert await store.open(named)
    with pytest.raises(FileNotFoundError):
        await store.open(old)


async def test_photos_come_as_one_album_and_a_voice_with_its_buttons(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await _meet(town)
        store = FileMediaStore(town.settings.storage.media)
        paths = [await store.keep(_photo(colour), ".jpg") for colour in ("red", "green")]
        await _post(town, FileKind.PHOTO, [File(path=path) for path in paths])
        town.wake()
        await town.answer(GRIET, 3)
        await town.rest()
        album: list[dict[str, Any]] = town.shown(GRIET)[1:]
        assert len({message["media_group_id"] for message in album}) == 1
        assert [message.get("caption") for message in album] == ["For you", None]
        assert len(_waiting(town.settings.storage.media)) == 2
        known = album[0]["photo"][-1]["file_id"]
        await _post(town, FileKind.PHOTO, [File(file_id=known)], Button("Again", "1:k:1"))
        town.wake()
        again = await town.answer(GRIET, 4)
        assert again["reply_markup"]["inline_keyboard"][0][0]["text"] == "Again"


async def test_a_file_that_is_no_more_leaves_a_dead_letter_and_holds_nothing_up(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        await _post(town, FileKind.DOCUMENT, [File(once="aa/bb.zip", name="my-data.zip")])
        town.write(GRIET, "/start")
        town.wake()
        await town.answer(GRIET, 1)
        assert await town.rows("SELECT error FROM dead_letters") == [("the file is gone",)]


async def test_what_a_killed_program_left_to_be_sent_is_gone_at_the_next_start(tmp_path: Path) -> None:
    async with a_town(tmp_path) as town:
        outgoing = town.settings.storage.outgoing
        left = outgoing / await FileMediaStore(outgoing).keep(b"everybody's words", ".zip")
        minutes_ago = (datetime.now(UTC) - timedelta(minutes=5)).timestamp()
        os.utime(left, (minutes_ago, minutes_ago))
        town.wake()
        town.write(GRIET, "/start")
        await town.answer(GRIET, 1)
        assert _waiting(outgoing) == []
