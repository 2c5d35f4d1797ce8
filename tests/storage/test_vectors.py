"""An idea's meaning is computed once per text, and goes with it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta

from cocreation.ideas.duplicate import Duplicate
from cocreation.ideas.idea import IdeaState, NewIdea
from cocreation.ideas.ids import IdeaId, ThemeId
from cocreation.ideas.theme import Clustering, FoundTheme, IdeaText, Member
from cocreation.ideas.vector import IdeaVector, Vector
from cocreation.services.decide_themes import pin_theme
from storage.engine import SqlStorage
from storage.work import SqlWork

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ENCODER = "encoder 1"


async def _add(work: SqlWork, *texts: str) -> list[IdeaId]:
    return [await work.ideas.add(NewIdea(text, NOW)) for text in texts]


async def _keep(work: SqlWork, vectors: Sequence[IdeaVector]) -> None:
    texts = [*await work.ideas.texts(), IdeaText(IdeaId(999), "Gone")]
    await work.vectors.keep(texts, vectors)


def _vector(idea: IdeaId, encoder: str = ENCODER) -> IdeaVector:
    return IdeaVector(idea, encoder, Vector(bytes([idea % 256, 0x3C])))


async def test_ideas_without_a_vector_of_the_encoder_are_missing_newest_first(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c, d = await _add(work, "A", "B", "C", "D")
        await work.ideas.set_state(d, IdeaState.HIDDEN, NOW)
        await _keep(work, [_vector(b)])
        assert [text.id for text in await work.vectors.missing(ENCODER, 5)] == [c, a]
        assert [text.id for text in await work.vectors.missing("encoder 2", 2)] == [c, b]


async def test_another_encoder_takes_the_place_of_the_first(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b = await _add(work, "A", "B")
        await _keep(work, [_vector(a), _vector(b), _vector(IdeaId(999))])
        await _keep(work, [_vector(b, "encoder 2")])
        assert await work.vectors.all(ENCODER) == [_vector(a)]
        assert await work.vectors.all("encoder 2") == [_vector(b, "encoder 2")]


async def test_a_changed_text_loses_its_vector_and_its_twins(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c = await _add(work, "A", "B", "C")
        await _keep(work, [_vector(idea) for idea in (a, b, c)])
        await work.ideas.flag_duplicates([Duplicate(b, a, 0.9), Duplicate(c, b, 0.9)])
        await work.ideas.correct(a, "A", LATER)
        assert await work.ideas.duplicates_of(a) == [Duplicate(b, a, 0.9)]
        await work.ideas.correct(b, "Something else", LATER)
        assert await work.vectors.all(ENCODER) == [_vector(a), _vector(c)]
        assert (await work.ideas.duplicates_of(a), await work.ideas.duplicates_of(b)) == ([], [])


async def test_a_vector_that_was_computed_from_the_earlier_text_is_not_kept(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b = await _add(work, "A", "B")
        read = await work.ideas.texts()
        # The moment of an edit is that at which it began: it tells nothing about what was read.
        await work.ideas.correct(a, "Something else", NOW)
        assert await work.vectors.keep(read, [_vector(a), _vector(b)]) == {b}
        assert await work.vectors.all(ENCODER) == [_vector(b)]
        assert await work.vectors.keep(await work.ideas.texts(), [_vector(a)]) == {a}
        assert await work.vectors.all(ENCODER) == [_vector(a), _vector(b)]


async def test_an_idea_that_comes_back_is_read_anew(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b = await _add(work, "A", "B")
        await _keep(work, [_vector(a), _vector(b)])
        await work.ideas.set_state(a, IdeaState.WITHDRAWN, NOW)
        assert await work.vectors.all(ENCODER) == [_vector(b)]
        assert await work.vectors.missing(ENCODER, 5) == []
        await work.ideas.set_state(a, IdeaState.PUBLISHED, NOW)
        assert [text.id for text in await work.vectors.missing(ENCODER, 5)] == [a]


async def test_the_most_alike_of_the_published_twins_come_first(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b, c, d = await _add(work, "A", "B", "C", "D")
        twins = [Duplicate(b, a, 0.8), Duplicate(c, a, 0.9), Duplicate(d, a, 1.0)]
        await work.ideas.flag_duplicates([*twins, Duplicate(IdeaId(999), a, 1.0)])
        await work.ideas.set_state(d, IdeaState.HIDDEN, NOW)
        assert await work.ideas.duplicates_of(a) == [twins[1], twins[0]]


async def test_an_erased_idea_leaves_nothing_behind(storage: SqlStorage) -> None:
    async with storage.writing() as work:
        a, b = await _add(work, "A", "B")
        await _keep(work, [_vector(a)])
        await work.ideas.flag_duplicates([Duplicate(b, a, 0.9)])
        trees = FoundTheme(None, "Trees", (), (Member(a, 1.0),), ())
        await work.themes.replace(Clustering((trees,), (b,)), NOW)
        await pin_theme(work, ThemeId(1), by=None, now=LATER)
        await work.themes.replace(Clustering((), (b,)), LATER)
    with closing(sqlite3.connect(storage.path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM ideas WHERE id = ?", (a,))
        tables = ("idea_vectors", "duplicates", "decision_holds", "theme_members", "faded_members")
        left = [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]
    assert left == [0, 0, 0, 0, 0]
