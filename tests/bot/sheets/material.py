"""Towns with something on every sheet, and what files say about them."""

import csv
import io
import json
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile
from zoneinfo import ZoneInfo

from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from bot.sheets.order import Order
from bot.sheets.reading import open_export
from bot.sheets.writing import write_file
from cocreation.ideas.comment import CommentState, NewComment
from cocreation.ideas.export import SHEETS, ExportFormat, Selection
from cocreation.ideas.idea import IdeaState, NewIdea, Place
from cocreation.ideas.ids import ChatId, IdeaId, Language, MessageId
from cocreation.ideas.moderation import ActKind, NewAct, Sign, What
from cocreation.ideas.reply import NewReply, Status
from cocreation.ideas.report import Reason, Reported
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.ideas.town import Town
from cocreation.services.export_content import rows_of
from cocreation.services.import_content import import_content
from cocreation.services.import_ideas import ImportReport
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
NL = Language("nl")
LANGUAGES = tuple(map(Language, ("nl", "fr", "de", "en")))
TOWN = Town("Tienen", LANGUAGES, ZoneInfo("Europe/Brussels"), None, frozenset(), NL, "https://i.example")
EVIL = '=HYPERLINK("https://evil.example")\n"Bomen", zei ze 🌳'
ANN, BOB = ChatId(987654321), ChatId(987654322)


def order(language: str = "nl", selection: Selection = Selection()) -> Order:  # noqa: B008 - a value
    return Order(TOWN, Language(language), selection, NOW)


async def fill(storage: SqlStorage) -> Sequence[IdeaId]:
    """Two ideas of Ann, one of them anonymous, and one of Bob; a theme, supports, answers, reports."""
    async with storage.writing() as work:
        ann = await work.residents.meet(ANN, NL, NOW)
        bob = await work.residents.meet(BOB, NL, NOW)
        await work.residents.give_pseudonym(ann.id, "Zachte Vos")
        place = Place(-50.5, 3.5, "@Markt")
        new = [
            NewIdea(EVIL, NOW, ann.id, NL, place, chat=ANN, message=MessageId(1), process="Jeugd"),
            NewIdea("Een café bij de œuvre", NOW + timedelta(days=1), ann.id, chat=ANN, message=MessageId(2)),
            NewIdea("Meer bomen", NOW + timedelta(days=2), bob.id, NL, chat=BOB, message=MessageId(3)),
            NewIdea("Verborgen woord", NOW, bob.id, state=IdeaState.HIDDEN),
            NewIdea("Ingetrokken woord", NOW, bob.id, state=IdeaState.WITHDRAWN),
            NewIdea("Kladwoord", NOW, bob.id, state=IdeaState.DRAFT),
        ]
        ideas = [await work.ideas.add(idea) for idea in new]
        await work.ideas.set_anonymous(ideas[1], True)
        await work.supports.add(ideas[0], bob.id, NOW + timedelta(hours=1))
        theme = FoundTheme(None, "-Bomen", ("boom", "=schaduw"), tuple(Member(i, 1.0) for i in ideas[:2]), ())
        await work.themes.replace(Clustering((theme,), ()), NOW)
        for status, text in ((Status.RECEIVED, "Dank u."), (Status.PLANNED, "+32 16 80 56 66 belt u.")):
            await work.replies.add(NewReply(ideas[0], status, text, bob.id, NOW + timedelta(hours=2)))
        for number, (idea, author, text) in enumerate(
            ((0, bob, '+1, "mooi"'), (2, ann, "@Bob ook aan de école"), (0, bob, "Ingetrokken woord")), 4
        ):
            comment = NewComment(
                ideas[idea], author.id, text, NOW + timedelta(hours=number), BOB, MessageId(number)
            )
            added = await work.comments.add(comment)
            if added is not None and number == 6:
                await work.comments.set_state(added, CommentState.WITHDRAWN, NOW)
        await work.reports.add(Reported(idea=ideas[2]), ann.id, Reason.RUDE, NOW)
        await work.moderation.open(Reported(idea=ideas[2]), frozenset({Sign.REPORT}), NOW)
        for at in (1, 2):
            hidden = NewAct(ActKind.HIDE, What.COMMENT, NOW, bob.id, person=ann.id, reason=Reason.PRIVATE)
            act = await work.acts.add(hidden, "Geheim woord")
            if at == 2:
                await work.acts.undo(act, bob.id, NOW)
    return ideas[:3]


async def write(
    storage: SqlStorage, path: Path, format: ExportFormat, language: str = "nl", **selected: Any
) -> int:
    async with storage.reading() as work:
        return await write_file(work, order(language, Selection(**selected)), format, path)


async def bring(storage: SqlStorage, path: Path) -> ImportReport:
    with open_export(path) as export:
        assert export is not None
        report, _ = await import_content(storage, export, zone=TOWN.time_zone, language=NL, now=NOW)
    return report


async def content(work: SqlWork) -> Mapping[str, list[dict[str, Any]]]:
    """All that an export holds, with themes by their names: a database numbers them as they come."""
    found: dict[str, list[dict[str, Any]]] = {}
    for sheet in SHEETS[:5]:
        names = [column.name for column in sheet.columns]
        found[sheet.name] = [
            dict(zip(names, row, strict=True)) async for row in rows_of(work, sheet, Selection())
        ]
    for idea in found["ideas"]:
        del idea["theme"]
    for theme in found["themes"]:
        del theme["id"]
    found["themes"].sort(key=lambda theme: (-theme["ideas"], theme["label"]))
    return found


@asynccontextmanager
async def another(template: Path, path: Path) -> AsyncIterator[SqlStorage]:
    """A new town's database, copied from an empty one."""
    shutil.copy(template, path)
    storage = SqlStorage(f"sqlite:///{path}")
    await storage.open()
    try:
        yield storage
    finally:
        await storage.close()


def opened(path: Path) -> Workbook:
    return load_workbook(path)


def tables(path: Path) -> Mapping[str, list[list[str]]]:
    """The CSV files of a ZIP, by name."""
    with ZipFile(path) as archive:
        return {
            name: list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
            for name in archive.namelist()
        }


def lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            yield json.loads(line)
