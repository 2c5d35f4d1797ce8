"""Files for facilitators are made once, beside the chat, and what goes wrong is said."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import StorageSettings
from bot.town_exporting import LARGEST, TownExporting
from cocreation.ideas.export import ExportFormat, NewExport, Selection
from cocreation.ideas.ids import ChatId, OutboxId, ThemeId
from cocreation.ideas.media import MediaKind, NewMedia
from cocreation.ideas.messages import Post, SendFiles, Show
from storage.engine import SqlStorage
from storage.media_store import FileMediaStore
from tests.bot.sheets.material import ANN, NL, NOW, TOWN, fill
from tests.sandbox.pictures import picture

DESK = ChatId(-5)
ALL = Selection()


class Office:
    """Where exports are asked for and made."""

    def __init__(self, storage: SqlStorage, folder: Path) -> None:
        self.storage = storage
        self.places = StorageSettings(url=f"sqlite:///{folder}/morgen.db", media=folder / "media")
        self.exporting = [self._exporting(LARGEST)]

    def _exporting(self, largest: int) -> TownExporting:
        return TownExporting(self.storage, self.places, town=lambda: TOWN, clock=lambda: NOW, largest=largest)

    async def ask(
        self,
        format: ExportFormat,
        selection: Selection = ALL,
        chat: ChatId = DESK,
    ) -> bool:
        async with self.storage.writing() as work:
            return await work.town_exports.ask(NewExport(chat, 7, NL, format, selection), NOW)

    async def make(self, largest: int | None = None) -> None:
        if largest is not None:
            self.exporting.append(self._exporting(largest))
        await self.exporting[-1].make_waiting()

    async def forget(self, chat: ChatId) -> None:
        async with self.storage.writing() as work:
            resident = await work.residents.find(chat)
            assert resident is not None
            await work.erasures.erase(resident, NOW)

    async def sent(self) -> list[Post]:
        async with self.storage.reading() as work:
            return [row.post for row in await work.outbox.waiting(OutboxId(0), 99)]


@pytest.fixture
async def office(storage: SqlStorage, tmp_path: Path) -> AsyncIterator[Office]:
    await fill(storage)
    opened = Office(storage, tmp_path)
    yield opened
    for exporting in opened.exporting:
        exporting.close()


async def test_each_is_made_once_and_sent_where_it_was_asked_for(office: Office) -> None:
    assert await office.ask(ExportFormat.XLSX)
    assert not await office.ask(ExportFormat.XLSX)
    assert await office.ask(ExportFormat.CSV)
    await office.make()
    await office.make()
    posts = [post for post in await office.sent() if isinstance(post, SendFiles)]
    assert [(post.chat, post.thread, post.files[0].name) for post in posts] == [
        (DESK, 7, "tienen-2026-05-04.xlsx"),
        (DESK, 7, "tienen-2026-05-04.zip"),
    ]
    assert posts[0].message.html == "Tienen · 3 ideeën · de hele tijd"
    folder = office.places.outgoing
    assert len(list(folder.glob("*/*"))) == 2
    assert list(folder.glob("making-*")) == []


async def test_photos_come_along_under_the_ideas_they_belong_to(office: Office) -> None:
    import io
    from zipfile import ZipFile

    store = FileMediaStore(office.places.media)
    photo = picture("teal")
    async with office.storage.writing() as work:
        (idea, *_) = await work.ideas.texts()
        view = await work.ideas.view(idea.id)
        assert view is not None
        for number in range(2):
            media = await work.media.add(NewMedia(idea.id, MediaKind.PHOTO, f"f{number}", f"u{number}"), NOW)
            await work.media.stored(media, await store.keep(photo, ".jpg"), len(photo))
        gone = await work.media.add(NewMedia(idea.id, MediaKind.PHOTO, "f3", "u3"), NOW)
        await work.media.stored(gone, "ab/gone.jpg", 1)
    await office.ask(ExportFormat.ZIP)
    await office.make()
    (post,) = await office.sent()
    assert isinstance(post, SendFiles)
    content = await FileMediaStore(office.places.outgoing).open(post.files[0].once or "")
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist()[2:] == [f"photos/{view.idea.token}-{number}.jpg" for number in (1, 2)]
        assert archive.read(archive.namelist()[2]) == photo


async def test_what_goes_wrong_is_said_and_the_next_one_is_made(office: Office) -> None:
    await office.ask(ExportFormat.JSONL, Selection(theme=ThemeId(1)))
    await office.ask(ExportFormat.JSONL, Selection(theme=ThemeId(77)))
    async with office.storage.writing() as work:
        await work._connection.exec_driver_sql("UPDATE themes SET keywords = 'broken'")
    await office.make()
    assert [post.message.html for post in await office.sent() if isinstance(post, Show)] == [
        "Het bestand kon niet gemaakt worden. Er is niets verloren: vraag het opnieuw met /export.",
        "Wat je wilde exporteren is er niet meer, dus er is geen bestand.",
    ]
    assert list(office.places.outgoing.glob("making-*")) == []


async def test_what_telegram_would_not_take_is_not_sent(office: Office) -> None:
    await office.ask(ExportFormat.ZIP)
    await office.make(largest=10)
    (post,) = await office.sent()
    assert isinstance(post, Show)
    assert post.thread == 7
    assert "Telegram neemt er hooguit 50" in post.message.html
    assert "zonder foto’s" in post.message.html
    assert "morgen export" in post.message.html
    assert list(office.places.outgoing.glob("*/*")) == []


async def test_who_is_forgotten_meanwhile_gets_nothing(office: Office) -> None:
    await office.ask(ExportFormat.JSONL, chat=ANN)
    await office.forget(ANN)
    await office.make()
    assert await office.sent() == []
    assert [path for path in office.places.outgoing.rglob("*") if path.is_file()] == []


async def test_what_was_half_made_when_the_program_was_killed_is_gone(office: Office) -> None:
    left = office.places.outgoing / "making-abc" / "export.zip"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"everybody's words")
    await office.make()
    assert list(office.places.outgoing.iterdir()) == []


async def test_what_waits_to_be_sent_is_made_anew_without_who_is_forgotten(office: Office) -> None:
    await office.ask(ExportFormat.JSONL)
    await office.make()
    (before,) = await office.sent()
    await office.forget(ANN)
    assert await office.sent() == []
    await office.make()
    (post,) = await office.sent()
    assert isinstance(before, SendFiles)
    assert isinstance(post, SendFiles)
    assert (post.chat, post.thread, post.files[0].name) == (DESK, 7, before.files[0].name)
    content = (await FileMediaStore(office.places.outgoing).open(post.files[0].once or "")).decode()
    assert ("Meer bomen" in content, "café" in content, "Zachte Vos" in content) == (True, False, False)
    async with office.storage.reading() as work:
        (erasure,) = await work.erasures.pending()
    assert list(erasure.outgoing) == [before.files[0].once]


async def test_what_was_read_before_somebody_was_forgotten_is_not_sent(office: Office) -> None:
    await office.ask(ExportFormat.JSONL)
    async with office.storage.reading() as work:
        read = await work.town_exports.next_waiting()
    await office.forget(ANN)
    async with office.storage.writing() as work:
        again = await work.town_exports.next_waiting()
        assert read is not None
        assert again is not None
        assert again.asked == read.asked
        assert not await work.town_exports.settle(read.id)
        assert await work.town_exports.settle(again.id)
