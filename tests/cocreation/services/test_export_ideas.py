"""An export opens where it is read, and holds no formula and no person."""

import csv
import json
from datetime import UTC, datetime
from pathlib import Path

from cocreation.ideas.idea import IdeaState, NewIdea, Place
from cocreation.ideas.ids import ChatId, Language, MessageId
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.services.export_ideas import COLUMNS, ExportFormat, write_export
from storage.engine import SqlStorage

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
TEXT = '=HYPERLINK("https://evil.example")\n"Bomen", zei ze 🌳'


async def _export(storage: SqlStorage, path: Path, format: ExportFormat) -> int:
    async with storage.writing() as work:
        ann = (await work.residents.meet(ChatId(987654321), Language("nl"), NOW)).id
        place = Place(-50.5, 3.5, "Markt")
        idea = await work.ideas.add(
            NewIdea(TEXT, NOW, ann, Language("nl"), place, chat=ChatId(987654321), message=MessageId(1))
        )
        await work.ideas.add(NewIdea("Hidden", NOW, state=IdeaState.HIDDEN))
        bob = (await work.residents.meet(ChatId(987654322), Language("nl"), NOW)).id
        await work.supports.add(idea, bob, NOW)
        theme = FoundTheme(None, "Trees", ("tree",), (Member(idea, 1.0),), ())
        await work.themes.replace(Clustering((theme,), ()), NOW)
    async with storage.reading() as work:
        return await write_export(work.ideas.all(), path, format)


async def test_a_spreadsheet_shows_the_words_and_runs_no_formula(storage: SqlStorage, tmp_path: Path) -> None:
    path = tmp_path / "ideas.csv"
    assert await _export(storage, path, ExportFormat.CSV) == 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["text"] == "'" + TEXT
    assert (row["theme_label"], row["supports"], row["latitude"], row["place"]) == (
        "Trees",
        "1",
        "-50.5",
        "Markt",
    )
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


async def test_json_lines_hold_the_words_unchanged_and_nobody_behind_them(
    storage: SqlStorage, tmp_path: Path
) -> None:
    path = tmp_path / "ideas.jsonl"
    assert await _export(storage, path, ExportFormat.JSONL) == 1
    (line,) = path.read_text(encoding="utf-8").splitlines()
    row = json.loads(line)
    assert tuple(row) == COLUMNS
    assert (row["text"], row["created_at"], row["state"]) == (TEXT, "2026-05-04T08:00:00+00:00", "published")
    assert "987654321" not in line
