"""Files open where people work, hold no formula, and nobody who wrote."""

import os
import shutil
import subprocess
import zipfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.dom import minidom

import pytest

from bot.sheets.writing import write_table
from cocreation.ideas.export import IDEAS, SHEETS, ExportFormat, Selection
from cocreation.ideas.export_words import about_title, choices, column_meanings, column_titles, sheet_title
from cocreation.ideas.ids import ProcessId, ThemeId
from locales import translator
from storage.engine import SqlStorage
from tests.bot.sheets.material import EVIL, LANGUAGES, NOW, fill, lines, opened, order, tables, write

TITLES = ["Over dit bestand", "Ideeën", "Thema’s", "Steun", "Antwoorden", "Reacties", "Moderatie"]


async def test_a_workbook_is_laid_out_for_reading(storage: SqlStorage, tmp_path: Path) -> None:
    await fill(storage)
    path = tmp_path / "ideas.xlsx"
    assert await write(storage, path, ExportFormat.XLSX) == 3
    book = opened(path)
    assert book.sheetnames == TITLES
    page = book["Ideeën"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("A2", "A1:O4")
    assert page["B1"].font.b
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    about = list(book["Over dit bestand"].iter_rows(values_only=True))
    assert [row[1] for row in about if row[2] == "about.made_at"] == ["4 mei 2026, 10:00"]
    assert [row[2] for row in about if "." in str(row[2]) and not row[3]] == [
        "about.period", "about.theme", "about.process", "about.made_at",
    ]  # fmt: skip
    assert page["B2"].alignment.wrap_text
    assert page.column_dimensions["B"].width == 70
    (written,) = [cell.column for cell in page[1] if cell.value == "Geschreven"]
    shown = page.cell(2, written)
    assert (shown.data_type == "d", shown.value) == (True, datetime(2026, 5, 4, 10, 0))  # noqa: DTZ001
    assert [row[1].value for row in page.iter_rows(min_row=2)][1:] == ["Een café bij de œuvre", "Meer bomen"]
    assert [[cell.value for cell in row] for row in book["Moderatie"].iter_rows(min_row=2)] == [
        ["Idee", "Onbeleefd", "Gemeld", 1],
        ["Reactie", "Privégegevens", "Verborgen", 1],
        ["Idee", None, "Wacht op een beslissing", 1],
        ["Idee", None, "Nu verborgen", 1],
    ]
    assert book["Antwoorden"].cell(3, 2).value == "Gepland"
    said = [cell.value for cell in book["Reacties"][3]][1:]
    assert said == ["@Bob ook aan de école", datetime(2026, 5, 4, 15, 0), "Zachte Vos"]  # noqa: DTZ001
    assert [cell.value for cell in book["Thema’s"][2]][5:] == ["nee", "nee"]


async def test_no_cell_of_a_workbook_is_a_formula(storage: SqlStorage, tmp_path: Path) -> None:
    await fill(storage)
    path = tmp_path / "ideas.xlsx"
    await write(storage, path, ExportFormat.XLSX)
    book = opened(path)
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    words = {cell.value: cell for cell in cells if isinstance(cell.value, str)}
    for text in (EVIL, "@Markt", "-Bomen", "+32 16 80 56 66 belt u."):
        assert (words[text].data_type, words[text].quotePrefix) == ("s", True)
    assert not words["Meer bomen"].quotePrefix


async def test_every_part_of_a_workbook_is_sound(storage: SqlStorage, tmp_path: Path) -> None:
    await fill(storage)
    path = tmp_path / "ideas.xlsx"
    await write(storage, path, ExportFormat.XLSX)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            minidom.parseString(archive.read(name))


async def test_csv_files_say_their_encoding_and_compute_nothing(storage: SqlStorage, tmp_path: Path) -> None:
    await fill(storage)
    path = tmp_path / "ideas.zip"
    await write(storage, path, ExportFormat.CSV)
    found = tables(path)
    assert list(found) == [f"{title}.csv" for title in TITLES]
    with zipfile.ZipFile(path) as archive:
        raw = archive.read("Ideeën.csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in raw
    titles, first, *_ = found["Ideeën.csv"]
    row = dict(zip(titles, first, strict=True))
    assert (row["Idee"], row["Plaats"]) == (f"'{EVIL}", "'@Markt")
    assert (row["Geschreven"], row["Breedtegraad"]) == ("2026-05-04 10:00:00", "-50.5")


async def test_json_lines_hold_words_as_they_were_written(storage: SqlStorage, tmp_path: Path) -> None:
    await fill(storage)
    path = tmp_path / "ideas.jsonl"
    await write(storage, path, ExportFormat.JSONL)
    found = list(lines(path))
    assert [line["record"] for line in found] == [
        "idea", "idea", "idea", "theme", "support", "reply", "reply", *["comment"] * 2, *["moderation"] * 4,
    ]  # fmt: skip
    assert {line["version"] for line in found} == {1}
    for line, sheet in zip((found[0], *found[3:6], found[7]), SHEETS, strict=False):
        assert list(line)[2:] == [column.name for column in sheet.columns]
    assert (found[0]["text"], found[0]["created_at"]) == (EVIL, "2026-05-04T08:00:00+00:00")
    assert found[3]["keywords"] == ["boom", "=schaduw"]


@pytest.mark.parametrize("format", ExportFormat)
async def test_nobody_and_nothing_that_is_not_public_is_in_a_file(
    storage: SqlStorage, tmp_path: Path, format: ExportFormat
) -> None:
    await fill(storage)
    path = tmp_path / f"ideas{format.ending}"
    await write(storage, path, format)
    parts = [path.read_bytes()]
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
            if "ideas.xlsx" in archive.namelist():
                with archive.open("ideas.xlsx") as inner, zipfile.ZipFile(inner) as book:
                    parts += [book.read(name) for name in book.namelist()]
    whole = b"".join(parts)
    assert b"Zachte Vos" in whole
    for secret in (b"98765432", b"Verborgen woord", b"Ingetrokken woord", b"Kladwoord", b"Geheim woord"):
        assert secret not in whole


async def test_an_anonymous_idea_has_neither_name_nor_number(storage: SqlStorage, tmp_path: Path) -> None:
    await fill(storage)
    path = tmp_path / "ideas.jsonl"
    await write(storage, path, ExportFormat.JSONL)
    who = [(line["pseudonym"], line["person"]) for line in lines(path) if line["record"] == "idea"]
    assert who == [("Zachte Vos", 1), (None, None), (None, 2)]


async def test_a_file_has_what_was_selected_and_no_more(storage: SqlStorage, tmp_path: Path) -> None:
    await fill(storage)
    path = tmp_path / "ideas.jsonl"

    async def counts(**selected: Any) -> list[int]:
        await write(storage, path, ExportFormat.JSONL, **selected)
        found = [line["record"] for line in lines(path)]
        return [found.count(sheet.record) for sheet in SHEETS]

    day = timedelta(days=1)
    assert await counts() == [3, 1, 1, 2, 2, 4]
    assert await counts(start=NOW + day) == [2, 1, 0, 0, 1, 0]
    assert await counts(start=NOW, end=NOW + day) == [1, 1, 1, 2, 1, 4]
    assert await counts(theme=ThemeId(1)) == [2, 1, 1, 2, 1, 4]
    assert await counts(process=ProcessId(1)) == [1, 1, 1, 2, 1, 4]
    assert await counts(end=NOW) == [0, 0, 0, 0, 0, 0]


async def test_an_empty_town_gives_files_that_open(storage: SqlStorage, tmp_path: Path) -> None:
    for format in ExportFormat:
        assert await write(storage, tmp_path / f"{format}{format.ending}", format) == 0
    assert [page.max_row for page in opened(tmp_path / "xlsx.xlsx").worksheets[1:]] == [1] * 6
    assert (tmp_path / "jsonl.jsonl").read_bytes() == b""


async def test_what_fails_leaves_the_file_that_was_there(storage: SqlStorage, tmp_path: Path) -> None:
    path = tmp_path / "ideas.jsonl"
    path.write_text("before")
    with pytest.raises(OSError, match="directory"):
        await write(storage, tmp_path / "missing" / "ideas.jsonl", ExportFormat.JSONL)
    await fill(storage)
    async with storage.writing() as work:
        await work._connection.exec_driver_sql("UPDATE themes SET keywords = 'broken'")
    with pytest.raises(ValueError, match="Expecting"):
        await write(storage, path, ExportFormat.JSONL)
    assert [file.name for file in _files(tmp_path) if "jsonl" in file.name] == ["ideas.jsonl"]
    assert path.read_text() == "before"


async def test_a_text_longer_than_a_cell_is_cut_where_people_see_it(
    storage: SqlStorage, tmp_path: Path
) -> None:
    from cocreation.ideas.idea import NewIdea

    async with storage.writing() as work:
        await work.ideas.add(NewIdea("🌳 " * 19_999 + "einde", NOW))
    path = tmp_path / "ideas.xlsx"
    await write(storage, path, ExportFormat.XLSX)
    text = str(opened(path)["Ideeën"]["B2"].value)
    assert text.endswith("…")
    assert 20_000 < len(text.encode("utf-16-le")) / 2 <= 32_767


async def test_ideas_alone_are_one_table_for_programs(storage: SqlStorage, tmp_path: Path) -> None:
    await fill(storage)
    path = tmp_path / "ideas.csv"
    async with storage.reading() as work:
        assert await write_table(work, Selection(), path) == 3
    head = path.read_text(encoding="utf-8-sig").splitlines()[0]
    assert head.split(",") == [column.name for column in IDEAS.columns]


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_tell_sheets_columns_and_choices_apart(language: str) -> None:
    t = translator(language)
    names = [about_title(t), *(sheet_title(sheet, t) for sheet in SHEETS)]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 31
    assert not set("[]:*?/\\") & set("".join(names))
    for sheet in SHEETS:
        titles = column_titles(sheet, t)
        assert set(titles) == set(column_meanings(sheet, t)) == {column.name for column in sheet.columns}
        assert len(set(titles.values())) == len(titles)
        for words in choices(sheet, t).values():
            assert len(set(words.values())) == len(words)


def _files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def _office(folder: Path, file: Path, ending: str) -> Path:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        reason = "no LibreOffice here: apt install --no-install-recommends libreoffice-calc"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    # Its dialog proposes UTF-8 for a file that begins with the mark; here nobody is asked.
    like = ["--infilter=CSV:44,34,76"] if file.suffix == ".csv" else []
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", *like]
    subprocess.run(
        [*command, "--convert-to", ending, "--outdir", str(folder / "office"), str(file)],
        check=True,
        timeout=110,
        capture_output=True,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
    )
    return folder / "office" / f"{file.stem}.{ending.split(':', maxsplit=1)[0]}"


async def test_libreoffice_opens_a_workbook_and_computes_nothing(storage: SqlStorage, tmp_path: Path) -> None:
    await fill(storage)
    path = tmp_path / "ideas.xlsx"
    await write(storage, path, ExportFormat.XLSX)
    again = opened(_office(tmp_path, path, "xlsx"))
    before = opened(path)
    assert again.sheetnames == before.sheetnames
    for page in before:
        there = [[cell.value for cell in row] for row in page.iter_rows()]
        assert [[cell.value for cell in row] for row in again[page.title].iter_rows()] == there
        assert {cell.data_type for row in again[page.title].iter_rows() for cell in row} <= {"s", "n", "d"}
    assert again["Ideeën"].auto_filter.ref == before["Ideeën"].auto_filter.ref


async def test_libreoffice_reads_csv_with_its_accents(storage: SqlStorage, tmp_path: Path) -> None:
    await fill(storage)
    path = tmp_path / "ideas.zip"
    await write(storage, path, ExportFormat.CSV)
    with zipfile.ZipFile(path) as archive:
        archive.extract("Ideeën.csv", tmp_path)
    page = opened(_office(tmp_path, tmp_path / "Ideeën.csv", "xlsx")).worksheets[0]
    assert [page.cell(row, 2).value for row in (1, 2, 3)] == ["Idee", f"'{EVIL}", "Een café bij de œuvre"]


def test_an_order_names_its_period() -> None:
    from bot.sheets.about import period_words

    t = translator("en")
    year = Selection(NOW, NOW + timedelta(days=364, hours=23))
    assert period_words(order("en"), t) == "all"
    assert period_words(order("en", year), t) == "4 May 2026 – 4 May 2027"
    assert period_words(order("en", Selection(NOW, NOW + timedelta(hours=1))), t) == "4 May 2026"
    assert period_words(order("en", Selection(start=NOW)), t) == "from 4 May 2026 on"
