"""A town whose database is filled by hand and whose board is read over HTTP."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.applications import Starlette

from board.app import create_board
from cocreation.ideas.idea import Idea, IdeaState, NewIdea
from cocreation.ideas.ids import ChatId, IdeaId, Language, MediaId
from cocreation.ideas.media import MediaKind, NewMedia
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.ideas.town import Town
from storage.engine import SqlStorage

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
TOWN = Town(
    name="Tienen",
    languages=(Language("nl"), Language("fr"), Language("de"), Language("en")),
    time_zone=ZoneInfo("Europe/Brussels"),
    facilitator_chat=None,
    administrators=frozenset(),
    digest_language=Language("nl"),
    board_url="https://ideas.tienen.example",
    contact="ideas@tienen.example",
)


class Folder:
    """Media in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def keep(self, content: bytes, suffix: str) -> str:
        name = f"{len(list(self.folder.iterdir()))}{suffix}"
        (self.folder / name).write_bytes(content)
        return name

    async def open(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    async def forget(self, path: str) -> None:
        (self.folder / path).unlink()


@dataclass
class Filled:
    """A town's database and its board."""

    storage: SqlStorage
    media: Folder
    app: Starlette

    async def idea(
        self, text: str, language: str | None = None, created_at: datetime = NOW - timedelta(hours=1)
    ) -> Idea:
        async with self.storage.writing() as work:
            author = await work.residents.meet(ChatId(7), Language("nl"), NOW)
            new = NewIdea(text, created_at, author.id, Language(language) if language else None)
            added = await work.ideas.get(await work.ideas.add(new))
        assert added is not None
        return added

    async def theme(self, label: str, ideas: Sequence[IdeaId]) -> int:
        members = tuple(Member(idea, 1 - at / 1000) for at, idea in enumerate(ideas))
        found = FoundTheme(None, label, ("shade", "trees"), members, tuple(ideas[:1]))
        async with self.storage.writing() as work:
            await work.themes.replace(Clustering((found,), ()), NOW)
            (theme,) = await work.themes.all()
        return theme.id

    async def photo(self, idea: IdeaId, content: bytes, suffix: str = ".jpg") -> MediaId:
        path = await self.media.keep(content, suffix)
        async with self.storage.writing() as work:
            media = await work.media.add(NewMedia(idea, MediaKind.PHOTO, "file", "unique"), NOW)
            await work.media.stored(media, path, len(content))
        return media

    async def become(self, idea: IdeaId, state: IdeaState) -> None:
        async with self.storage.writing() as work:
            await work.ideas.set_state(idea, state, NOW)


def board_of(storage: SqlStorage, folder: Path, board_url: str | None = TOWN.board_url) -> Filled:
    media = Folder(folder)
    town = replace(TOWN, board_url=board_url)
    return Filled(
        storage,
        media,
        create_board(storage, lambda: town, lambda: NOW, media, lambda: "https://t.me/TienenBot"),
    )
