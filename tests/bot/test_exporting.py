"""All that is kept of a person comes as files that they can open."""

import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page

from bot.exporting import LARGEST, Exporting
from cocreation.ideas.ids import IdeaId, Language, OutboxId
from cocreation.ideas.media import MediaKind, NewMedia
from cocreation.ideas.messages import SendFiles
from cocreation.ideas.resident import Resident
from cocreation.ideas.town import Town
from cocreation.services.ask_for_data import Said, ask_for_data
from storage.engine import SqlStorage
from storage.media_store import FileMediaStore
from storage.personal import PERSONAL
from tests.sandbox.pictures import opus, picture
from tests.storage.people import ANN, BOB, NOW, fill, write

LANGUAGES = tuple(map(Language, ("nl", "fr", "de", "en")))
TOWN = Town(
    "Tienen",
    LANGUAGES,
    ZoneInfo("Europe/Brussels"),
    None,
    frozenset(),
    LANGUAGES[0],
    "https://ideas.tienen.example",
    "privacy@tienen.example",
)


class Kept:
    """A town's database and files."""

    def __init__(self, storage: SqlStorage, folder: Path) -> None:
        self.storage = storage
        self.media, self.outgoing = FileMediaStore(folder / "media"), FileMediaStore(folder / "outgoing")

    async def file(self, idea: IdeaId, kind: MediaKind, content: bytes, suffix: str) -> None:
        path = await self.media.keep(content, suffix)
        async with self.storage.writing() as work:
            id = await work.media.add(NewMedia(idea, kind, f"file-{path}", path), NOW)
            await work.media.stored(id, path, len(content))

    async def ask(self, resident: Resident, now: datetime = NOW) -> Said:
        async with self.storage.writing() as work:
            return (await ask_for_data(work, resident, now)).said

    async def make(self, largest: int = LARGEST) -> None:
        exporting = Exporting(
            self.storage, self.media, self.outgoing, town=lambda: TOWN, clock=lambda: NOW, largest=largest
        )
        await exporting.make_waiting()

    async def sent(self) -> list[SendFiles]:
        async with self.storage.reading() as work:
            rows = await work.outbox.waiting(OutboxId(0), 99)
        return [row.post for row in rows if isinstance(row.post, SendFiles)]

    async def opened(self) -> list[ZipFile]:
        paths = [file.once for post in await self.sent() for file in post.files]
        return [ZipFile(io.BytesIO(await self.outgoing.open(path))) for path in paths if path is not None]


@pytest.fixture
def kept(storage: SqlStorage, tmp_path: Path) -> Kept:
    return Kept(storage, tmp_path)


async def _ann(kept: Kept) -> tuple[Resident, IdeaId]:
    ann, (own,) = await write(kept.storage, ANN, "Een bank\nbij de rivier <b>& meer</b>")
    _, (bobs,) = await write(kept.storage, BOB, "Schaduw voor iedereen")
    await fill(kept.storage, ann, own, bobs)
    return ann, own


def _data(archive: ZipFile) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(archive.read("data.json"))
    return read


async def test_everything_is_in_the_data(kept: Kept) -> None:
    await _ann(kept)
    await kept.make()
    (archive,) = await kept.opened()
    data = _data(archive)
    assert {name: len(data[name]) > 0 for name in data} == dict.fromkeys(data, True)
    for rows in PERSONAL:
        assert set(data[rows.name][0]) == {column.name for column in rows.table.columns}
    assert "somebody said" not in archive.read("data.json").decode()
    assert data["ideas"][0]["text"] == "Een bank\nbij de rivier <b>& meer</b>"
    assert [each["text"] for each in data["mentioned_ideas"]] == ["Schaduw voor iedereen"]


def test_every_key_is_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "my-data.md").read_text()
    for rows in PERSONAL:
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{rows.name}` |")]
        assert {f"`{column.name}`" for column in rows.table.columns} <= set(line.replace(",", "").split())


async def test_the_page_says_it_in_the_persons_language(kept: Kept) -> None:
    ann, _ = await _ann(kept)
    async with kept.storage.writing() as work:
        await work.residents.set_language(ann.id, Language("fr"))
    await kept.make()
    (archive,) = await kept.opened()
    page = archive.read("my-data.html").decode()
    assert '<html lang="fr">' in page
    assert "Ce que Tienen garde de vous" in page
    assert "bij de rivier &lt;b&gt;&amp; meer&lt;/b&gt;" in page
    for words in ("markversion", "markcomment", "markreason", "markreply", "markwords", "Markante Vos"):
        assert words in page


async def test_photos_and_recordings_come_along_in_as_many_files_as_it_takes(kept: Kept) -> None:
    ann, (own,) = await write(kept.storage, ANN, "Een bank")
    photos = [picture(colour, (900, 700)) for colour in ("red", "green", "blue")]
    for photo in photos:
        await kept.file(own, MediaKind.PHOTO, photo, ".jpg")
    await kept.file(own, MediaKind.VOICE, opus(3), ".ogg")
    await kept.ask(ann)
    await kept.make(largest=30_000)
    archives = await kept.opened()
    names = [archive.namelist() for archive in archives]
    assert names[0][:2] == ["my-data.html", "data.json"]
    assert sorted(name for part in names for name in part if "/" in name) == [
        "photos/1.jpg",
        "photos/2.jpg",
        "photos/3.jpg",
        "recordings/4.ogg",
    ]
    assert [post.files[0].name for post in await kept.sent()][:2] == ["my-data.zip", "my-data-2.zip"]
    assert {
        archive.read(name) for archive in archives for name in archive.namelist() if "photos" in name
    } == {*photos}
    assert "data:image/jpeg;base64," in archives[0].read("my-data.html").decode()


async def test_it_is_made_once_for_each_time_it_is_asked_for(kept: Kept) -> None:
    ann, _ = await write(kept.storage, ANN, "Een bank")
    assert await kept.ask(ann) is Said.BEGUN
    assert await kept.ask(ann) is Said.UNDER_WAY
    await kept.make()
    await kept.make()
    assert len(await kept.sent()) == 1
    assert await kept.ask(ann, NOW + timedelta(minutes=9)) is Said.TOO_SOON
    assert await kept.ask(ann, NOW + timedelta(minutes=10)) is Said.BEGUN


async def test_what_is_gone_from_the_disk_is_left_out(kept: Kept) -> None:
    ann, (own,) = await write(kept.storage, ANN, "Een bank")
    await kept.file(own, MediaKind.PHOTO, b"no photo at all", ".jpg")
    await kept.file(own, MediaKind.PHOTO, picture(), ".jpg")
    async with kept.storage.reading() as work:
        path = (await work.belongings.all_of(ann)).rows["media"][1]["path"]
    await kept.media.forget(path)
    await kept.ask(ann)
    await kept.make()
    (archive,) = await kept.opened()
    assert archive.namelist() == ["my-data.html", "data.json", "photos/1.jpg"]
    assert "1 bestand" in archive.read("my-data.html").decode()


async def test_who_is_forgotten_meanwhile_gets_nothing(kept: Kept, tmp_path: Path) -> None:
    ann, _ = await write(kept.storage, ANN, "Een bank")
    await kept.ask(ann)
    async with kept.storage.writing() as work:
        await work.erasures.erase(ann, NOW)
    await kept.make()
    assert await kept.sent() == []
    assert not [path for path in (tmp_path / "outgoing").rglob("*") if path.is_file()]


@pytest.mark.browser
async def test_the_page_fits_a_phone_and_needs_nothing_else(kept: Kept, page: Page, tmp_path: Path) -> None:
    ann, (own, _) = await write(kept.storage, ANN, "Een bank bij de rivier", "x" * 300)
    await kept.file(own, MediaKind.PHOTO, picture("teal", (900, 700)), ".jpg")
    await kept.ask(ann)
    await kept.make()
    (archive,) = await kept.opened()
    archive.extractall(tmp_path / "unpacked")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.set_viewport_size({"width": 360, "height": 780})
    await page.goto((tmp_path / "unpacked" / "my-data.html").as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    assert await page.evaluate("document.images[0].naturalWidth") == 360
