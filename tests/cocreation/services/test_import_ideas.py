"""An import adds each idea once, however often it is started."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.sheets.writing import write_table
from cocreation.ideas.export import Selection
from cocreation.ideas.idea import Place, Source
from cocreation.ideas.ids import ChatId, Language
from cocreation.ideas.submission import Submission
from cocreation.services.import_ideas import BATCH, ImportReport, import_ideas
from cocreation.services.read_ideas import TableIdea, read_ideas
from cocreation.services.read_table import Problem, open_table
from cocreation.services.submit_idea import submit_idea
from examples import demo_files
from storage.engine import SqlStorage

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
NL = Language("nl")
BRUSSELS = ZoneInfo("Europe/Brussels")


async def _import(storage: SqlStorage, rows: Iterable[TableIdea | Problem]) -> ImportReport:
    return await import_ideas(storage, rows, language=NL, now=NOW)


def _many(count: int) -> list[TableIdea]:
    return [TableIdea(number + 2, str(number), f"Idea {number}") for number in range(count)]


async def _count(storage: SqlStorage) -> int:
    async with storage.reading() as work:
        return await work.ideas.count()


async def test_the_second_time_nothing_is_added(storage: SqlStorage) -> None:
    rows = [row for path in demo_files() for row in read_ideas(open_table(path), BRUSSELS)]
    assert await _import(storage, rows) == ImportReport(len(rows), 0, ())
    assert await _import(storage, rows) == ImportReport(0, len(rows), ())
    assert await _count(storage) == len(rows)


async def test_an_interrupted_import_is_completed_by_the_next(storage: SqlStorage) -> None:
    rows = _many(2 * BATCH + 7)

    def interrupted() -> Iterator[TableIdea]:
        yield from rows[: BATCH + 3]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await _import(storage, interrupted())
    assert await _count(storage) == BATCH
    assert await _import(storage, rows) == ImportReport(BATCH + 7, BATCH, ())
    assert await _count(storage) == len(rows)


async def test_everything_a_row_tells_is_kept(storage: SqlStorage) -> None:
    moment, place = datetime(2026, 5, 4, 8, 0, tzinfo=UTC), Place(50.5, 3.5, "Markt")
    row = TableIdea(2, "7", "Un banc", "ann", moment, Language("fr"), place, "Lab")
    await _import(storage, [row])
    async with storage.reading() as work:
        (view,) = await work.ideas.newest(10)
        assert view.idea.author is not None
        author = await work.residents.get(view.idea.author)
    idea = view.idea
    assert (idea.text, idea.created_at, idea.language, idea.place, idea.source) == (
        "Un banc",
        moment,
        "fr",
        place,
        Source.IMPORT,
    )
    assert author is not None
    assert author.language == "fr"


async def test_what_a_row_does_not_tell_is_left_open(storage: SqlStorage) -> None:
    await _import(storage, [TableIdea(2, "7", "Een bank")])
    async with storage.reading() as work:
        (view,) = await work.ideas.newest(10)
    assert (view.idea.author, view.idea.language, view.idea.place, view.idea.created_at) == (
        None,
        None,
        None,
        NOW,
    )


async def test_ideas_of_one_author_have_one_author(storage: SqlStorage) -> None:
    await _import(storage, [TableIdea(n, str(n), f"Idea {n}", author) for n, author in enumerate("aba")])
    async with storage.reading() as work:
        authors = [view.idea.author for view in await work.ideas.newest(10)]
    assert len(authors) == 3
    assert len(set(authors)) == 2


async def test_the_same_id_of_another_process_is_another_idea(storage: SqlStorage) -> None:
    await _import(storage, [TableIdea(2, "1", "Een bank", process="Lab")])
    report = await _import(storage, [TableIdea(2, "1", "Een boom", process="Budget")])
    assert report == ImportReport(1, 0, ())


async def test_problems_are_passed_on(storage: SqlStorage) -> None:
    problem = Problem(3, "the text is empty")
    report = await _import(storage, [TableIdea(2, "1", "Een bank"), problem])
    assert report == ImportReport(1, 0, (problem,))


async def test_progress_counts_the_rows_that_are_done(storage: SqlStorage) -> None:
    heard: list[int] = []
    await import_ideas(storage, _many(BATCH + 7), language=NL, now=NOW, on_rows=heard.append)
    assert heard == [BATCH, BATCH + 7]


async def test_a_table_without_rows_adds_nothing(storage: SqlStorage) -> None:
    assert await _import(storage, []) == ImportReport(0, 0, ())


async def test_an_export_returns_to_its_own_town_without_doubling(
    storage: SqlStorage, tmp_path: Path
) -> None:
    async with storage.writing() as work:
        ann = await work.residents.meet(ChatId(1), NL, NOW)
        await submit_idea(work, ann, Submission(ChatId(1), 1, NOW, "Een bank"), NOW)  # type: ignore[arg-type]
    path = tmp_path / "ideas.csv"
    async with storage.reading() as work:
        await write_table(work, Selection(), path)
    report = await _import(storage, read_ideas(open_table(path), BRUSSELS))
    assert report == ImportReport(0, 1, ())


async def test_an_export_comes_to_another_town_word_for_word(storage: SqlStorage, tmp_path: Path) -> None:
    texts = ["=1+1 bank", "'=1+1", '"Bomen", zei ze\n🌳', "-5 °C in de klas", "'s Avonds licht"]
    await _import(storage, [TableIdea(n, str(n), text) for n, text in enumerate(texts)])
    path = tmp_path / "ideas.csv"
    async with storage.reading() as work:
        await write_table(work, Selection(), path)
    other = SqlStorage(f"sqlite:///{tmp_path}/other.db")
    await other.open()
    try:
        await _import(other, read_ideas(open_table(path), BRUSSELS))
        async with other.reading() as work:
            found = [idea.text for idea in await work.ideas.texts()]
    finally:
        await other.close()
    assert sorted(found) == sorted(texts)
