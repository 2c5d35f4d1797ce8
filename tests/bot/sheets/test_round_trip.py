"""What an export holds comes back as it was, from every format."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cocreation.ideas.comment import NewComment
from cocreation.ideas.export import ExportFormat
from cocreation.ideas.idea import NewIdea, Place, clean_text
from cocreation.ideas.ids import ChatId, MessageId
from cocreation.ideas.reply import NewReply, Status
from cocreation.ideas.theme import Clustering, FoundTheme, Member
from cocreation.ideas.wall_time import from_the_clock, on_the_clock
from storage.engine import SqlStorage
from tests.bot.sheets.material import ANN, BOB, NL, NOW, another, bring, content, fill, lines, write

BRUSSELS = ZoneInfo("Europe/Brussels")
NASTY = (
    "=1+1", "'=1+1", "''", "+32 16", "-5 °C", "@jan", "#N/A", "TRUE", "007", "1e5", "2026-05-04", "_x000D_",
    "_x005F_x000D_", "a\tb", "a\n=b", "a;b,c\"d'", "＝1", "\u00a0=1", "x\ufffex", "'s Avonds 🌳", "ideas.id",
)  # fmt: skip
words = (
    st.one_of(
        st.sampled_from(NASTY),
        st.text(st.sampled_from("=+-@'\" ,;\t\n_x0Dé🌳a"), max_size=12),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    )
    .map(clean_text)
    .filter(bool)
)
names = words.map(lambda text: " ".join(text.split())).filter(bool)
degrees = st.decimals(-90, 90, places=6).map(float)
places = st.none() | st.builds(Place, degrees, degrees, st.none() | names) | st.builds(Place, name=names)
moments = st.datetimes(datetime(1890, 1, 1), datetime(2090, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
an_idea = st.tuples(words, moments, places, st.integers(0, 3), st.lists(words, max_size=2))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database."""
    path = tmp_path_factory.mktemp("template") / "morgen.db"

    async def make() -> None:
        storage = SqlStorage(f"sqlite:///{path}")
        await storage.open()
        await storage.close()

    asyncio.run(make())
    return path


async def _keep(storage: SqlStorage, ideas: list[tuple], label: str) -> None:  # type: ignore[type-arg]
    async with storage.writing() as work:
        kept = []
        for number, (text, moment, place, supports, answers) in enumerate(ideas, start=1):
            author = await work.residents.meet(ChatId(number % 2 + 1), NL, NOW)
            new = NewIdea(text, moment, author.id, NL, place, chat=ChatId(1), message=MessageId(number))
            kept.append(await work.ideas.add(new))
            for neighbour in range(supports):
                giver = await work.residents.meet(ChatId(100 + neighbour), NL, NOW)
                await work.supports.add(kept[-1], giver.id, moment + timedelta(seconds=neighbour))
            for at, answer in enumerate(answers):
                reply = NewReply(kept[-1], Status.PLANNED, answer, None, moment + timedelta(hours=at))
                await work.replies.add(reply)
                remark = NewComment(kept[-1], author.id, answer, moment + timedelta(hours=at))
                await work.comments.add(remark)
        half = kept[: len(kept) // 2 + 1]
        theme = FoundTheme(None, label, ("boom", "bank"), tuple(Member(idea, 1.0) for idea in half), ())
        await work.themes.replace(Clustering((theme,), ()), NOW)


async def _there_and_back(template: Path, folder: Path, ideas: list[tuple], label: str) -> None:  # type: ignore[type-arg]
    async with another(template, folder / "first.db") as first:
        await _keep(first, ideas, label)
        async with first.reading() as work:
            before = await content(work)
        for format in ExportFormat:
            path = folder / f"export{format.ending}"
            await write(first, path, format)
            async with another(template, folder / f"{format}.db") as second:
                report = await bring(second, path)
                assert report.problems == ()
                async with second.reading() as work:
                    assert await content(work) == before


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example([(clean_text(text), NOW, None, 1, ["=1", clean_text(text)]) for text in NASTY], "=Bomen")
@given(st.lists(an_idea, min_size=1, max_size=4), names)
def test_ideas_themes_supports_answers_dates_and_places_come_back(
    template: Path,
    ideas: list[tuple],  # type: ignore[type-arg]
    label: str,
) -> None:
    with TemporaryDirectory() as folder:
        asyncio.run(_there_and_back(template, Path(folder), ideas, label))


@given(st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)))  # noqa: DTZ001
@example(datetime(2026, 10, 25, 0, 30))  # noqa: DTZ001
@example(datetime(2026, 10, 25, 1, 30))  # noqa: DTZ001
def test_the_towns_clock_tells_every_second_of_the_year(moment: datetime) -> None:
    moment = moment.replace(microsecond=0, tzinfo=UTC)
    assert from_the_clock(on_the_clock(moment, BRUSSELS), BRUSSELS) == moment


@pytest.mark.parametrize("format", ExportFormat)
async def test_the_second_time_nothing_is_added(
    storage: SqlStorage, template: Path, tmp_path: Path, format: ExportFormat
) -> None:
    await fill(storage)
    path = tmp_path / f"export{format.ending}"
    await write(storage, path, format)
    assert (await bring(storage, path)).known == 3
    async with storage.reading() as work:
        before = await content(work)
    async with another(template, tmp_path / "other.db") as other:
        for added in (3, 0):
            report = await bring(other, path)
            assert (report.added, report.known) == (added, 3 - added)
        async with other.reading() as work:
            after = await content(work)
    assert after == before


async def test_an_import_makes_nobody_say_what_they_did_not(
    storage: SqlStorage, template: Path, tmp_path: Path
) -> None:
    await fill(storage)
    path = tmp_path / "export.jsonl"
    await write(storage, path, ExportFormat.JSONL)
    async with another(template, tmp_path / "other.db") as other:
        async with other.writing() as work:
            there = await work.residents.meet(BOB, NL, NOW)
            await work.residents.give_pseudonym(there.id, "Zachte Vos")
        await bring(other, path)
        async with other.reading() as work:
            assert await work.ideas.of_author(there.id, 9) == []
            views = await work.ideas.newest(9)
            assert [view.pseudonym for view in views] == [None, None, None]
            assert await work.residents.find(ANN) is None
            assert await work.notices.audience(views[-1].idea.id) == 0


async def test_an_import_that_was_interrupted_is_completed(
    storage: SqlStorage, template: Path, tmp_path: Path
) -> None:
    await fill(storage)
    path = tmp_path / "export.jsonl"
    await write(storage, path, ExportFormat.JSONL)
    half = tmp_path / "half.jsonl"
    half.write_text("".join(path.read_text().splitlines(keepends=True)[:2]))
    async with storage.reading() as work:
        before = await content(work)
    async with another(template, tmp_path / "other.db") as other:
        await bring(other, half)
        await bring(other, path)
        async with other.reading() as work:
            after = await content(work)
    assert {name: after[name] for name in ("supports", "replies", "comments", "themes")} == {
        name: before[name] for name in ("supports", "replies", "comments", "themes")
    }


@pytest.mark.parametrize(("cell", "size"), [("{}.0", 2), ("{} of them", 0), ("inf", 0)])
async def test_a_theme_cell_that_is_no_number_is_told_and_the_rest_comes_in(
    storage: SqlStorage, template: Path, tmp_path: Path, cell: str, size: int
) -> None:
    await fill(storage)
    path = tmp_path / "export.jsonl"
    await write(storage, path, ExportFormat.JSONL)
    rows = list(lines(path))
    for row in rows:
        if row.get("theme") is not None:
            row["theme"] = cell.format(row["theme"])
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    async with another(template, tmp_path / "other.db") as other:
        report = await bring(other, path)
        async with other.reading() as work:
            themes = await work.themes.all()
    assert (report.added, sum(theme.size for theme in themes)) == (3, size)
    assert ["is no number of a theme" in problem.message for problem in report.problems] == [True] * (
        2 - size
    )


async def test_a_town_with_themes_keeps_them(storage: SqlStorage, template: Path, tmp_path: Path) -> None:
    await fill(storage)
    path = tmp_path / "export.jsonl"
    await write(storage, path, ExportFormat.JSONL)
    async with another(template, tmp_path / "other.db") as other:
        async with other.writing() as work:
            own = await work.ideas.add(NewIdea("Een boom", NOW))
            theme = FoundTheme(None, "-bomen", ("b",), (Member(own, 1.0),), ())
            await work.themes.replace(Clustering((theme,), ()), NOW)
        await bring(other, path)
        async with other.reading() as work:
            assert [(theme.label, theme.size) for theme in await work.themes.all()] == [("-bomen", 3)]
