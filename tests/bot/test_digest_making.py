"""A digest's picture comes once, after it, whatever is killed when; without it the digest arrives as well."""

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from bot.digest_making import DigestMaking
from cocreation.ideas.digest_file import DigestFormat, NewDigestFile
from cocreation.ideas.ids import ChatId, Language, OutboxId
from cocreation.ideas.messages import FileKind, Message, Post, Priority, SendFiles, Show
from cocreation.ideas.period import Period
from cocreation.ideas.schedule import Schedule
from cocreation.services.send_digests import send_due_digest
from storage.engine import SqlStorage
from storage.media_store import FileMediaStore
from tests.bot.sheets.material import NL, NOW, TOWN, fill

DESK = ChatId(-5)
WEEK = timedelta(days=7)
PERIOD = Period(NOW - WEEK, NOW + timedelta(hours=1))


class Office:
    """Where pictures and files are asked for and made."""

    def __init__(self, storage: SqlStorage, folder: Path) -> None:
        self.storage = storage
        self.outgoing = FileMediaStore(folder / "outgoing")
        self.folder = folder / "outgoing"
        self.making = [self._making()]

    def _making(self) -> DigestMaking:
        return DigestMaking(self.storage, self.outgoing, town=lambda: TOWN, clock=lambda: NOW)

    async def ask(
        self,
        format: DigestFormat = DigestFormat.PICTURE,
        *,
        language: Language = NL,
        period: Period = PERIOD,
        is_asked: bool = True,
    ) -> bool:
        async with self.storage.writing() as work:
            wanted = NewDigestFile(DESK, 7, language, format, period, is_asked)
            return await work.digest_files.want(wanted, NOW)

    async def make(self) -> None:
        await self.making[-1].make_waiting()

    def restart(self) -> None:
        self.making[-1].close()
        self.making.append(self._making())

    async def sent(self) -> list[Post]:
        async with self.storage.reading() as work:
            return [row.post for row in await work.outbox.waiting(OutboxId(0), 99)]

    async def content(self, post: Post) -> bytes:
        assert isinstance(post, SendFiles)
        return await self.outgoing.open(post.files[0].once or "")


@pytest.fixture
async def office(storage: SqlStorage, tmp_path: Path) -> AsyncIterator[Office]:
    await fill(storage)
    opened = Office(storage, tmp_path)
    yield opened
    for making in opened.making:
        making.close()


async def test_a_picture_is_made_once_and_says_in_words_what_it_shows(office: Office) -> None:
    assert await office.ask()
    assert not await office.ask()
    await office.make()
    await office.make()
    (post,) = await office.sent()
    assert isinstance(post, SendFiles)
    assert (post.chat, post.thread, post.kind) == (DESK, 7, FileKind.PHOTO)
    assert "Tienen · " in post.message.html
    assert Image.open(io.BytesIO(await office.content(post))).width == 1080
    assert len(list(office.folder.glob("*/*"))) == 1


async def test_a_due_digest_and_its_picture_come_in_this_order_and_once(office: Office) -> None:
    town, schedule = (
        replace(TOWN, facilitator_chat=DESK),
        Schedule(None, NOW.astimezone(TOWN.time_zone).time()),
    )

    async def send() -> bool:
        now = NOW + WEEK
        return await send_due_digest(office.storage, town, schedule, lambda digest: Message("digest"), now)

    async with office.storage.writing() as work:
        await work.digests.record("main", Period(NOW - WEEK, NOW), NOW)
    assert await send()
    office.restart()  # killed before the picture was begun
    assert not await send()
    await office.make()
    office.restart()
    await office.make()
    digest, picture = await office.sent()
    assert isinstance(digest, Show)
    assert isinstance(picture, SendFiles)
    assert digest.priority == picture.priority == Priority.PUSH
    assert picture.chat == town.facilitator_chat


async def test_killed_while_the_picture_is_kept_it_is_made_again_and_sent_once(office: Office) -> None:
    await office.ask(is_asked=False)

    async def killed(content: bytes, suffix: str) -> str:
        raise KeyboardInterrupt

    keep, office.outgoing.keep = office.outgoing.keep, killed  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        await office.make()
    assert await office.sent() == []
    office.outgoing.keep = keep  # type: ignore[method-assign]
    office.restart()
    await office.make()
    assert len(await office.sent()) == 1


async def test_where_drawing_fails_nothing_comes_with_the_digest_and_who_asked_is_told(
    office: Office,
) -> None:
    async with office.storage.writing() as work:
        await work._connection.exec_driver_sql("UPDATE themes SET keywords = 'broken'")
    await office.ask(is_asked=False)
    await office.make()
    assert await office.sent() == []
    await office.ask()
    await office.make()
    (post,) = await office.sent()
    assert isinstance(post, Show)
    assert "/digest" in post.message.html


async def test_without_themes_there_is_no_picture_and_who_asked_is_told(office: Office) -> None:
    long_ago = Period(NOW - 1000 * WEEK, NOW - 999 * WEEK)
    await office.ask(is_asked=False, period=long_ago)
    await office.make()
    assert await office.sent() == []
    await office.ask(period=long_ago)
    await office.make()
    (post,) = await office.sent()
    assert isinstance(post, Show)
