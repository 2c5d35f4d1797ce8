"""Photos of answers are kept as long as an answer has them, also in a backup."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import ReplyPhotoId
from cocreation.ideas.reply import Answer, NewReply, Status
from cocreation.services.correct_reply import correct_reply, take_back_reply
from storage.backup import backup
from storage.engine import SqlStorage
from storage.media_store import FileMediaStore
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


async def stored(work: SqlWork, path: str = "ab/photo.jpg") -> ReplyPhotoId:
    photo = await work.reply_photos.add("file", NOW)
    await work.reply_photos.stored(photo, path)
    return photo


async def test_what_no_answer_has_goes_and_what_one_has_or_had_stays(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea = await work.ideas.add(NewIdea("Bomen", NOW))
        used, unused = await stored(work), await stored(work, "ab/unused.jpg")
        reply = await work.replies.add(NewReply(idea, Status.DONE, "Yes", None, NOW, used))
        await correct_reply(work, reply, Answer(Status.DONE, "Yes, and no photo"), by=None, now=NOW)
        assert await work.reply_photos.forget_unused(NOW) == []
        assert await work.reply_photos.forget_unused(LATER) == ["ab/unused.jpg"]
        assert await work.reply_photos.get(unused) is None
        assert await work.erasures.media_named() == {"ab/photo.jpg"}
        await take_back_reply(work, reply, by=None, now=NOW)
        assert await work.reply_photos.forget_unused(LATER) == ["ab/photo.jpg"]


async def test_only_the_photo_of_an_answer_that_all_can_read_is_public(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        idea = await work.ideas.add(NewIdea("Bomen", NOW))
        photo, other = await stored(work), await stored(work)
        await work.replies.add(NewReply(idea, Status.DONE, "Yes", None, NOW, photo))
        assert await work.reply_photos.is_public(photo)
        assert not await work.reply_photos.is_public(other)
        await work.ideas.set_state(idea, IdeaState.HIDDEN, NOW)
        assert not await work.reply_photos.is_public(photo)


async def test_a_backup_holds_the_photos_of_answers(storage: SqlStorage, tmp_path: Path) -> None:
    path = await FileMediaStore(tmp_path / "media").keep(b"a picture", ".jpg")
    async with storage.writing() as work:
        await stored(work, path)
    report = await asyncio.to_thread(backup, storage.path, tmp_path / "media", tmp_path / "town.zip", NOW)
    assert (report.media, report.missing) == (1, ())
